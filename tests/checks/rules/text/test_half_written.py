"""Lost nouns, letters that were not converted, clauses said twice, sentences that end too early."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import CELL, ITEM, said_of

HERE = f"{ITEM}!{CELL}"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("WO90", "・一覧を 1 ページに収めた。に載せた後は、書類の不足が減った。"),
        ("WO90", "・警察、医師会、が加わる会議を開いた。"),
        ("WO90", "・173 人についてを失う手続きを行った。"),
        ("WO90", "・文書を送付したを行った。"),
        ("WO90", "・事業所のを確認した。"),
        ("WO91", "・手続きを行ttあ。"),
        ("WO91", "・173 人にtういて確認した。"),
        ("WO91", "・説明会を実施しsた。"),
        ("WO91", "・2 回目を行う予定dである。"),
        ("WO91", "・事業所ｗ訪問した。"),
        ("WO19", "・そこで今年度は、そこで今年度は、事業所に依頼した。"),
        ("WO19", "・小学校 6 校、中学校 2 校、中学校 2 校、図書館に置いた。"),
        ("WO19", "・研修を行ったを行った。"),
        ("WO19", "・関係機関と連携し、協議を行い、関係機関と連携し、事業を進めた。"),
        ("WO19", "・文書を送付した後、電話勧奨を行った後、電話勧奨を行った。"),
        ("WO22", "・申込みが増加したことを踏まえ。"),
        ("WO22", "・また、事業主に対しては"),
        ("WO69", "ため、文書を送付した。"),
    ],
)
def test_a_slip(code: str, text: str) -> None:
    assert said_of(text, code) == [(code, HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "・「に」、「を」を使った文、に、を使わない文を点検した。",
        "・議案についてを議題とした。せざるを得ないことを説明した。やむを得ない。",
        "・昨年度増えたのを受けて、最も有効なのが訪問であった。",
        "・kg、cm、webを使い、eラーニングとa案とx軸を示した。pHは 7.0 とした。",
        "・順に 10 件、10 件、12 件を、4 件、4 件とした。",
        "・少しずつ、少しずつ進め、繰り返し繰り返し案内した。",
        "・4 月は 10 事業所を訪問し、5 月は 12 事業所を訪問し、6 月は 8 事業所を訪問した。",
        "・訪問し、説明した。見直し。取りまとめ。",
    ],
)
def test_right(text: str) -> None:
    assert said_of(text, "WO90", "WO91", "WO19", "WO22", "WO69") == []
