"""Two numbers in each other's cell, as the other rows or columns show."""

from __future__ import annotations

import pytest

from kenpo_xl.ooxml.workbook import Value
from tests.checks.clerk import HOKEN, KIKAKU, REZEPT, found, new

CODE = "VA29"


@pytest.mark.parametrize(
    ("typed", "is_odd"),
    [
        ({"2-4!E75": 119.0, "2-4!F75": 863.0}, True),  # 863 letters, 119 persons registered
        ({"2-4!E75": 119.0}, False),
        ({"2-4!F75": 863.0}, False),
        ({"2-4!E75": 119.0, "2-4!F75": 86.0}, False),
        ({"2-4!E75": 100.0, "2-4!F75": 12_000.0}, False),  # fits neither way
    ],
)
def test_two_numbers_of_a_month(typed: dict[str, Value], is_odd: bool) -> None:
    assert new(KIKAKU, typed, CODE) == [(CODE, "2-4!E75")] * is_odd


def test_the_other_cell_and_another_row_are_named() -> None:
    (finding,) = found(KIKAKU, {"2-4!E75": 119.0, "2-4!F75": 863.0}, CODE)
    assert [one.cell for one in finding.related] == ["F75"]
    assert "E69 と F69 では" in finding.message


def test_the_sample_has_none() -> None:
    assert [new(group, {}, CODE) for group in (HOKEN, KIKAKU, REZEPT)] == [[], [], []]
