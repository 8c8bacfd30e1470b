"""Numbers that leave the line of months, years or targets that they stand in."""

from __future__ import annotations

import pytest

from tests.checks.clerk import GYOMU, HOKEN, KIKAKU, REZEPT, found, new

CODE = "VA22"


@pytest.mark.parametrize(
    ("cell", "value", "is_odd"),
    [
        ("1-2-5!I57", 59.77, True),  # 79.77 between 79.43 and 79.40
        ("1-2-5!I57", 76.2, True),
        ("1-2-5!I57", 78.9, False),
        ("1-2-5!L58", 18.15, True),  # the 100 %-complement of 81.85
        ("1-2-5!I52", 34.24, True),  # 44.24 between 43.52 and 49.89: a total so far does not fall
        ("1-2-5!I52", 46.9, False),
        ("1-2-5!L57", 72.9, False),  # the last month may go on anywhere, but not
        ("1-2-5!L57", 39.4, True),
    ],
)
def test_a_rate_among_other_months(cell: str, value: float, is_odd: bool) -> None:
    assert new(REZEPT, {cell: value}, CODE) == [(CODE, cell)] * is_odd


@pytest.mark.parametrize(
    ("cell", "value", "is_odd"),
    [
        ("2-4!E39", 5_232.0, True),  # メールマガジン: this year is 1.33 to 1.44 times last year
        ("2-4!E39", 9_832.0, True),
        ("2-4!E39", 8_000.0, False),
        ("2-4!E76", 2_606.0, False),  # a letter of one month: 655 to 2,307
        ("2-4!E69", 411.0, False),  # what is counted may begin slowly
    ],
)
def test_a_count_beside_those_of_last_year(cell: str, value: float, is_odd: bool) -> None:
    assert new(KIKAKU, {cell: value}, CODE) == [(CODE, cell)] * is_odd


@pytest.mark.parametrize(("value", "is_odd"), [(5_851.0, True), (2_851.0, False)])
def test_a_quotient_to_last_year_unlike_those_of_the_row(value: float, is_odd: bool) -> None:
    assert new(GYOMU, {"1-2-3!E31": value}, CODE) == [(CODE, "1-2-3!E30")] * is_odd


def test_columns_that_move_by_themselves_are_silent() -> None:
    assert new(HOKEN, {"2-2-3!G42": 5_390.0}, CODE) == []


def test_the_neighbors_are_named_and_the_rating_is_not_blamed() -> None:
    (finding,) = found(REZEPT, {"1-2-5!L58": 53.44}, (CODE, "RA04"))
    assert "82.12％（K58）、81.53％（M58）" in finding.message
    assert [one.cell for one in finding.related] == ["K58", "M58"]


def test_the_sample_has_none() -> None:
    assert [new(group, {}, CODE) for group in (GYOMU, KIKAKU, HOKEN, REZEPT)] == [[]] * 4
