"""Particles and verbs that a noun does not take, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import said_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("・県民会館に研修会を開催した。", "WO61"),
        ("・10月で開始し、12月に終えた。", "WO61"),
        ("・労働局に連名で文書を送付した。", "WO61"),
        ("・関係団体に連携して周知した。", "WO61"),
        ("・計画と基づき実施した。", "WO61"),
        ("・前年度を比べ、受診率が上がった。", "WO61"),
        ("・効果を行うため、見直した。", "WO98"),
        ("・チラシを行った。", "WO98"),
        ("・会議を作成した。", "WO98"),
        ("・理解を上げるため、説明会を開いた。", "WO98"),
        ("・事業所にたいて説明した。", "WO39"),
        ("・事業所に回答をもめた。", "WO39"),
        ("・引き続周知を行う。", "WO39"),
    ],
)
def test_a_particle_or_verb_of_another_noun(text: str, code: str) -> None:
    assert said_of(text, code) == [(code, "1-3!D9")]


@pytest.mark.parametrize(
    "text",
    [
        "・県民会館に集まり、研修会の準備をした。",
        "・10月で終了し、11月に集計した。",
        "・労働局と連名で、事業所に文書を送付した。",
        "・前年度と今年度を比べ、傾向を確認した。",
        "・効果を確認し、理解を行動につなげた。",
        "・引き続き、事業所に対して回答を求めた。",
    ],
)
def test_a_particle_or_verb_of_its_noun(text: str) -> None:
    assert said_of(text, "WO61", "WO98", "WO39") == []
