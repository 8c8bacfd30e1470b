"""Tables of KPIs that hold last quarter's numbers, and rates that hold last year's."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.results.history import History
from kenpo_xl.ooxml.workbook import Value
from tests.checks.clerk import KIKAKU, REZEPT, new
from tests.checks.rules.over_time.test_copied_figures import past
from tests.checks.rules.over_time.test_reported_figures import told

__all__ = ["past"]
ROW = ("E95", "F95", "G95")


def _reported(past: History) -> dict[str, Value]:
    """委員KPI達成状況 as it was reported, by its cells."""
    columns = ("被保険者数割合", "委嘱者数", "委嘱事業所数")
    facts = [past.periods[0].facts_by_key[f"2-4/委員KPI達成状況/当月末/{one}", ""] for one in columns]
    return {f"2-4!{cell}": float(fact.value) for cell, fact in zip(ROW, facts, strict=True)}


def test_a_table_of_a_kpi_that_did_not_move_is_one_finding(past: History) -> None:
    assert told(past, _reported(past), KIKAKU) == [("TI22", "2-4!E95")]


@pytest.mark.parametrize("cell", ROW)
def test_one_number_that_moved_is_enough(past: History, cell: str) -> None:
    typed = _reported(past)
    del typed[f"2-4!{cell}"]
    assert "TI22" not in [code for code, _ in told(past, typed, KIKAKU)]


_NOW = ("E", "F", "G", "H", "I", "J", "K", "L")
_THEN = (26.83, 33.12, 36.34, 36.75, 41.34, 44.74, 48.67, 53.44)


@pytest.mark.parametrize(("moved", "expected"), [(0, [("TI23", "1-2-5!E52")]), (1, [])])
def test_a_line_of_rates_that_is_last_years(moved: int, expected: list[tuple[str, str]]) -> None:
    typed = dict(zip((f"1-2-5!{column}52" for column in _NOW), _THEN, strict=True))
    typed["1-2-5!L52"] += moved
    assert new(REZEPT, dict(typed), "TI23") == expected
