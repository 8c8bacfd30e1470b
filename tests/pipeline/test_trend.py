"""A figure through quarters and years: which report counts, what is a correction, last year's months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kenpo_xl.domain.outputs.figure_trend import FigureOfMonths, ReportedFigure
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.span import Accumulation, Span
from kenpo_xl.pipeline.trend import figure_trends
from tests.ledger.records import FACT, KEY

JULY = Span(Month(2024, 7), Month(2024, 9), Accumulation.CUMULATIVE)


def reported(
    value: str | None, period: int = 3, year: int = 2024, *, last: date | None = None, **changes: object
) -> ReportedFigure:
    """A record of a period: of the months up to its end unless others are given."""
    key = PeriodKey(KEY.branch, FiscalYear(year), period)
    end = key.last_day
    span = Span(Month(year, 4), Month(end.year, end.month), Accumulation.CUMULATIVE)
    number = None if value is None else Decimal(value)
    fact = replace(FACT, value=number, typed=number, computed=None, **({"span": span} | changes))
    return ReportedFigure(key, fact, last)


def times(*found: ReportedFigure) -> tuple[FigureOfMonths, ...]:
    (trend,) = figure_trends(found)
    return trend.times


def shown(*found: ReportedFigure) -> list[tuple[str, list[str]]]:
    """The value of each time with those that were corrected."""
    return [(one.now.text, [other.text for other in one.corrected]) for one in times(*found)]


def test_quarters_and_years_in_order() -> None:
    found = times(reported("0.5"), reported("0.4", 1), reported("0.3", 4, 2023), reported("0.2", 3, 2023))
    assert [(one.now.key.fiscal_year, one.now.key.number) for one in found] == [
        (2023, 3),
        (2023, 4),
        (2024, 1),
        (2024, 3),
    ]
    assert [one.to_last_year_text for one in found] == ["", "", "", "+30ポイント"]


@pytest.mark.parametrize(
    ("now", "then", "changes", "text"),
    [
        ("0.99904", "0.99806", {}, "+0.09ポイント"),
        ("0.99904", "0.999", {}, "±0ポイント"),
        ("12", "15", {"unit": "件", "decimals": 0}, "-3 件"),
        ("1.5", "1", {"unit": "", "decimals": None}, "+0.5"),
        (None, "1", {}, ""),
        ("1", None, {}, ""),
    ],
)
def test_the_change_is_that_of_the_printed_values(
    now: str | None, then: str | None, changes: dict[str, object], text: str
) -> None:
    assert times(reported(then, 3, 2023, **changes), reported(now, **changes))[-1].to_last_year_text == text


def test_the_unit_of_last_year_may_be_another() -> None:
    assert times(reported("12", 3, 2023, unit="件"), reported("0.5"))[-1].last_year is None


def test_a_later_report_of_the_same_months_counts() -> None:
    same = [reported("0.5", 2, span=JULY), reported("0.5", 3, span=JULY)]
    assert shown(*same) == [("50.00％", [])]
    assert shown(*same, reported("0.6", 4, span=JULY)) == [("60.00％", ["50.00％"])]


def test_what_differs_in_no_printed_place_is_no_correction() -> None:
    assert shown(reported("0.50001", 2, span=JULY), reported("0.50002", 3, span=JULY)) == [("50.00％", [])]


def test_a_former_state_of_the_same_period_is_a_correction() -> None:
    day = date(2025, 1, 6)
    (one,) = times(reported("0.5"), reported("0.4", last=day), reported(None, last=date(2025, 1, 5)))
    assert [(other.text, other.last) for other in one.corrected] == [
        ("40.00％", day),
        ("数値なし", date(2025, 1, 5)),
    ]


def test_what_no_report_has_any_more_is_left_out() -> None:
    day = date(2025, 1, 6)
    assert shown(reported("0.5"), reported("0.4", span=JULY, last=day)) == [("50.00％", [])]
    assert figure_trends([reported("0.4", last=day)]) == ()


def test_a_newer_report_without_the_figure_leaves_the_older_one() -> None:
    gone = reported("0.6", 3, span=JULY, last=date(2025, 1, 6))
    assert shown(reported("0.5", 2, span=JULY), gone) == [("50.00％", ["60.00％"])]


def test_without_months_a_time_is_a_period() -> None:
    assert shown(reported("0.5", 2, span=None), reported("0.6", 3, span=None)) == [
        ("50.00％", []),
        ("60.00％", []),
    ]


def test_branches_and_rows_of_lists_apart() -> None:
    other = reported("0.5")
    found = [
        reported("0.5", entity="熊谷市"),
        reported("0.4", entity="川越市"),
        replace(other, key=other.key._replace(branch="千葉支部")),
    ]
    assert [(one.branch, one.entity) for one in figure_trends(found)] == [
        ("千葉支部", ""),
        ("埼玉支部", "川越市"),
        ("埼玉支部", "熊谷市"),
    ]
