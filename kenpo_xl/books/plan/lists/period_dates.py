"""Checks the days of a period (期): impossible and unusual ones."""

from __future__ import annotations

from datetime import date, timedelta

from kenpo_xl.books.plan.support.list_sheets import ListRow
from kenpo_xl.domain.plan.named_years import each_year_named_in
from kenpo_xl.domain.plan.plan import Period
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month, date_text_with_weekday
from kenpo_xl.domain.time.span import Years

_MEETING, _DAY, _DOCUMENT, _DUE = "会議", "開催日", "資料番号", "提出期限"
_LATE, _TOO_LATE = timedelta(days=184), timedelta(days=366)


def check_dates(row: ListRow, period: Period, fiscal_year: FiscalYear) -> None:
    """Reports impossible days of the period, warns of unusual ones and other years."""
    for header, day in ((_DUE, period.due), (_DAY, period.held_on)):
        if day is not None:
            _check_day(row, header, day, period, fiscal_year)
    if period.due and period.held_on and period.due > period.held_on:
        row.add_error(
            _DUE,
            f"提出期限 {date_text_with_weekday(period.due)} が"
            f"開催日 {date_text_with_weekday(period.held_on)} より後です。どちらかを直してください。",
        )
    for header, text in ((_MEETING, period.meeting), (_DOCUMENT, period.document)):
        wrong = first_unexpected_year(text, _fiscal_years_meeting_may_name(period, fiscal_year))
        if wrong:
            row.add_warning(
                header,
                f"「{text}」に {wrong} とありますが、この行は{_period_text(period, fiscal_year)}です。"
                "年を確かめてください。",
            )


def _check_day(row: ListRow, header: str, day: date, period: Period, fiscal_year: FiscalYear) -> None:
    fact, first = (
        f"{header} {date_text_with_weekday(day)} は、{_period_text(period, fiscal_year)}",
        _first_day_of_period(period, fiscal_year),
    )
    if day < first:
        row.add_error(
            header,
            f"{fact}が始まる {date_text_with_weekday(first)} より前です。"
            "前の年度の日付が残っていないか確かめてください。",
        )
    elif day > period.as_of + _TOO_LATE:
        row.add_error(header, f"{fact}の基準日から 1 年より後です。年を直してください。")
    elif day < period.as_of:
        row.add_warning(
            header,
            f"{fact}の基準日 {date_text_with_weekday(period.as_of)} より前です。日付を確かめてください。",
        )
    elif day > period.as_of + _LATE:
        row.add_warning(header, f"{fact}の基準日から半年より後です。日付を確かめてください。")
    elif not period.cycle.is_last(period.number) and Month.of(day) > fiscal_year.last:
        row.add_warning(header, f"{fact}ですが、次の年度の日付です。日付を確かめてください。")


def _first_day_of_period(period: Period, year: FiscalYear) -> date:
    return period.cycle.first_day_of(*period.cycle.period_of(Month.of(period.as_of), year))


def _period_text(period: Period, fiscal_year: FiscalYear) -> str:
    return period.cycle.full_name_of(fiscal_year, period.number)


def _fiscal_years_meeting_may_name(period: Period, fiscal_year: FiscalYear) -> set[int]:
    """The fiscal years that a meeting's name may contain: of the plan and of its day."""
    held_on: set[int] = {fiscal_year.of(Month.of(period.held_on))} if period.held_on else set()
    next_year: set[int] = {fiscal_year + 1} if period.cycle.is_last(period.number) and not held_on else set()
    return {fiscal_year} | held_on | next_year


def first_unexpected_year(text: str, possible: set[int]) -> Years | None:
    """The first year named in a text that is not a possible one, else None.

    A calendar year (令和7年) may also be that in which a fiscal year ends.
    """
    calendar = possible | {year + 1 for year in possible}
    return next(
        (one for one in each_year_named_in(text) if one.last not in (calendar if one.calendar else possible)),
        None,
    )
