"""Which KPIs some words name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.checks.support.sentences.stated_kpis import kpis_named_best
from tests.checks.text_cases import HEALTH, computed

RATE, RANK = "生活習慣病予防健診実施率", "生活習慣病予防健診実施率の順位"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (RANK, [RANK]),
        (RATE, [RATE]),
        (f"全国の{RANK}", [RANK]),
        (f"{RATE}と{RANK}", [RATE, RANK]),
        (f"{RANK}と{RATE}", [RATE, RANK]),
        ("事業者健診データ取得率", []),
    ],
)
def test_a_name_within_a_longer_one_is_the_longer_one(words: str, named: list[str]) -> None:
    _, assessments = computed(HEALTH, neighbours=True)
    rate = next(one for one in assessments.kpis if one.kpi.name == RATE)
    rank = replace(rate, kpi=replace(rate.kpi, name=RANK))
    assert [one.kpi.name for one in kpis_named_best([rate, rank], words)] == named
