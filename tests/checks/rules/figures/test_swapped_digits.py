"""Two digits that have changed places, as the numbers beside them show."""

from __future__ import annotations

import pytest

from tests.checks.clerk import GYOMU, KIKAKU, found, new

CODE = "VA21"


@pytest.mark.parametrize(
    ("cell", "value", "is_odd"),
    [
        ("2-4!F37", 216_000.0, True),  # 126,000 among 125,600 to 128,100
        ("2-4!F37", 216_300.0, True),  # 126,300 would fit as well
        ("2-4!F37", 226_000.0, False),  # no two digits make it fit
        ("2-4!I44", 2_020.0, True),  # 2,200 in every other month
        ("2-4!I44", 2_100.0, False),
        ("2-4!E37", 2_830.0, True),
        ("2-4!E37", 8_320.0, False),  # 8,230 too, but it is like its neighbors
        ("2-4!E76", 3_103.0, False),  # 1,303 among 655 to 2,307: these are not steady
    ],
)
def test_a_month_among_steady_ones(cell: str, value: float, is_odd: bool) -> None:
    assert new(KIKAKU, {cell: value}, CODE) == [(CODE, cell)] * is_odd


def test_the_number_that_is_meant_is_named_with_one_beside_it() -> None:
    (finding,) = found(KIKAKU, {"2-4!F37": 216_000.0}, CODE)
    assert (finding.actual, finding.expected) == ("216,000 部", "126,000 部")
    assert "令和6年8月の 126,000 部（F43）" in finding.message
    assert [one.cell for one in finding.related] == ["F43"]


@pytest.mark.parametrize(
    ("value", "is_odd"),
    [(635_337.0, True), (653_337.0, False), (356_337.0, False), (735_337.0, False)],
)
def test_this_year_beside_the_year_before(value: float, is_odd: bool) -> None:
    """365,337 beside 362,123; what differs by less than half of it may be right."""
    assert new(GYOMU, {"1-2-3!E36": value}, CODE) == [(CODE, "1-2-3!E36")] * is_odd


def test_where_either_may_be_wrong_both_are_named() -> None:
    (finding,) = found(GYOMU, {"1-2-3!F36": 632_123.0}, CODE)
    assert (finding.cell, [one.cell for one in finding.related]) == ("E36", ["F36"])
    assert "E36 か" not in finding.hint
    assert "（ここか F36）" in finding.hint


@pytest.mark.parametrize(("value", "is_odd"), [(40_389.0, True), (43_080.0, False), (40_398.0, False)])
def test_a_part_with_the_digits_of_its_whole(value: float, is_odd: bool) -> None:
    """達成件数 40,389 of 決定件数 43,089."""
    assert new(GYOMU, {"1-2-2!F26": value}, CODE) == [(CODE, "1-2-2!F26")] * is_odd


def test_the_sample_has_none() -> None:
    assert [new(group, {}, CODE) for group in (GYOMU, KIKAKU)] == [[], []]
