"""Formulas that mean the same, however they are written."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.formulas.evaluate import parse_formula, with_mapped_keys
from kenpo_xl.domain.formulas.meaning import have_same_meaning
from kenpo_xl.domain.formulas.tree import Group, Node, cells_in_range


def tree(formula: str) -> Node:
    return with_mapped_keys(
        parse_formula(formula), lambda key: key, lambda group: Group(tuple(cells_in_range(group)))
    )


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("=SUM(E29:H29)", "=E29+F29+G29+H29", True),
        ("=SUM(E29:H29)", "=SUM(E29:F29)+SUM(G29,H29)", True),
        ("=SUM(E29:H29)", "=$H$29+(G29+F29)+E29", True),
        ("=SUM(E29:H29)", "=E29+F29+G29", False),
        ("=SUM(E29:H29)", "=SUM(E29:I29)", False),
        ("=SUM(E29:H29)", "=SUM(E28:H28)", False),
        ("=SUM(E29:H29)", "=SUM(E29:H29)+0.0001", False),
        ("=SUM(E29:H29)", "=ROUND(SUM(E29:H29),0)", False),
        ("=SUM(E29:H29)", "=AVERAGE(E29:H29)*4", True),
        ("=F26/E26", "=1/E26*F26", True),
        ("=F26/E26", "=E26/F26", False),
        ("=F26/E26*100%", "=F26/E26", True),
        ("=ROUND(F26/E26,3)", "=ROUND(F26/E26,4)", False),
        ("=ROUND(F26/E26,3)", "=ROUNDDOWN(F26/E26,3)", False),
        ("=ROUND(F26/E26,3)", "=ROUNDUP(F26/E26,3)", False),
        ("=E26-F26", "=-F26+E26", True),
        ("=(E26-F26)/F26", "=E26/F26-1", True),
        ("=MAX(E26:F26)", "=IF(E26>F26,E26,F26)", True),
        ("=MAX(E26:F26)", "=MIN(E26:F26)", False),
        ('=IF(E26=0,"",F26/E26)', "=F26/E26", True),
        ("=RANK(E26,E26:G26)", "=RANK(E26,E26:G26,1)", False),
        ("=RANK(E26,E26:G26)", "=RANK(E26,E26:G26,0)", True),
        ("=E26", "=E26", True),
        ("=E26", "=5", False),
    ],
)
def test_the_same_for_whatever_numbers(one: str, other: str, is_same: bool) -> None:
    def cells(key: object) -> list[object]:
        return [key]

    assert have_same_meaning(tree(one), cells, tree(other), cells) is is_same
    assert have_same_meaning(tree(other), cells, tree(one), cells) is is_same


def test_cells_that_are_empty_count_in_totals_only() -> None:
    def with_spare_rows(key: object) -> list[object]:
        return [None if getattr(key, "row", 0) > 3 else key]

    def cells(key: object) -> list[object]:
        return [key]

    assert have_same_meaning(tree("=SUM(E1:E3)"), cells, tree("=SUM(E1:E9)"), with_spare_rows)
    assert not have_same_meaning(tree("=E1+E2"), cells, tree("=E1+E2+E9"), with_spare_rows)
