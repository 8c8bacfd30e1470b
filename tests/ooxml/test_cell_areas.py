"""Connected areas: what touches, and what a blank row or column keeps apart."""

from __future__ import annotations

import pytest

from kenpo_xl.ooxml.cell_areas import ContentArea, groups_of_connected_areas


def cell(row: int, column: int) -> ContentArea:
    return ContentArea(row, column, row, column, f"{row}/{column}")


@pytest.mark.parametrize(
    ("other", "count"),
    [((5, 6), 1), ((6, 6), 1), ((4, 4), 1), ((5, 7), 1), ((7, 5), 1), ((7, 6), 2), ((7, 7), 2), ((5, 8), 2)],
)
def test_two_cells(other: tuple[int, int], count: int) -> None:
    assert len(groups_of_connected_areas([cell(5, 5), cell(*other)])) == count


def test_a_wide_one_joins_what_it_reaches() -> None:
    wide = ContentArea(5, 4, 5, 11, "D5:K5")
    assert groups_of_connected_areas([cell(5, 12), cell(9, 1), wide]) == [[wide, cell(5, 12)], [cell(9, 1)]]


def test_a_chain_is_one_and_in_the_order_of_a_reader() -> None:
    chain = [cell(row, row) for row in range(1, 2000)]
    assert groups_of_connected_areas(reversed(chain)) == [chain]
