"""The ratings of several KPIs as one, in every way."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.domain.plan.ratings import Scale, Step
from kenpo_xl.domain.plan.targets.aggregation import (
    Aggregation,
    CombinedRating,
    RatedKpi,
    combined_rating,
)

SCALE = Scale(
    (
        Step("S", "", Decimal("1.2")),
        Step("A", "", Decimal(1)),
        Step("B", "", Decimal("0.8")),
        Step("C", "", Decimal(0)),
        Step("－", "", interim=True),
    )
)
WORST, BEST, MEAN, MAIN, ALL_MET = Aggregation


def combined(rule: Aggregation, glyphs: str, main: int = 0) -> CombinedRating:
    kpis = [
        RatedKpi(f"指標{place}", "" if glyph == "?" else glyph, place == main)
        for place, glyph in enumerate(glyphs)
    ]
    return combined_rating(rule, kpis, SCALE)


@pytest.mark.parametrize(
    ("rule", "glyphs", "glyph"),
    [
        (WORST, "SAC", "C"),
        (WORST, "S－", "S"),
        (BEST, "CAB", "A"),
        (BEST, "C－", "C"),
        (BEST, "－－", "－"),
        (MEAN, "SC", "B"),
        (MEAN, "SAA", "A"),
        (MEAN, "SSA", "S"),
        (MEAN, "SA", "A"),
        (MEAN, "A－?", "A"),
        (MEAN, "??", ""),
        (ALL_MET, "SA", "S"),
        (ALL_MET, "SAB", "B"),
        (ALL_MET, "A－", "A"),
        (ALL_MET, "??", ""),
        (MAIN, "ACS", "A"),
        (MAIN, "?C", ""),
    ],
)
def test_one_rating_of_several(rule: Aggregation, glyphs: str, glyph: str) -> None:
    assert combined(rule, glyphs).glyph == glyph


@pytest.mark.parametrize(
    ("rule", "glyphs", "words"),
    [
        (WORST, "SA", ""),
        (BEST, "SA", "最も高い判定"),
        (MEAN, "SA", "判定の段階の平均"),
        (MAIN, "SA", "主たるKPI（指標0）の判定"),
        (ALL_MET, "SA", "すべて達成のため、最も高い判定"),
        (ALL_MET, "SB", "達成でない指標があるため、最も低い判定"),
        (ALL_MET, "?", ""),
        (BEST, "S", ""),
    ],
)
def test_how_it_came_about(rule: Aggregation, glyphs: str, words: str) -> None:
    assert combined(rule, glyphs).words == words


def test_of_several_main_ones_the_worst_counts() -> None:
    kpis = [RatedKpi("甲", "A", True), RatedKpi("乙", "B", True), RatedKpi("丙", "C")]
    assert combined_rating(MAIN, kpis, SCALE) == CombinedRating("B", "主たるKPI（甲、乙）の判定")
