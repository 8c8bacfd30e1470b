"""The as-of dates (基準日) that staff type beside ratings, printed below them (評価)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, date_text

_VAGUE = AnyOf("頃|ころ|ごろ|前後|先月|今月|前月|来月|当月|直近|最近|未定|確認中|調査中|不明")
"""Words that leave open which day or month it is once the report is printed."""


@rule(
    "RA28",
    Family.RATING,
    Severity.WARNING,
    "評価の基準日が、いつか分からないか、暦にないか、この年度の基準日までの日ではありません",
    why="評価の下に印字される基準日が「11月31日」や「12月頃」、前の年度の日だと、いつの実績による評価か分かりません。",
    remedy="評価のもとになった実績の日か月に直してください。",
)
def as_of_date_of_rating_is_doubtful(context: CheckContext) -> Iterator[Violation]:
    """A rating's as-of cell is vague, or its only date is impossible, of another fiscal year, or to come."""
    for item in context.own_items:
        entry = context.entries_by_item.get(item.id)
        for rating in entry.ratings if entry else ():
            reason = _reason_against_text(context, rating.as_of) if rating.as_of_source else ""
            if reason and rating.as_of_source:
                yield Violation(
                    rating.as_of_source,
                    f"{item.id}/ブロック {rating.block}/基準日",
                    f"評価の基準日が「{rating.as_of.strip()}」ですが、{reason}。",
                    "評価のもとになった実績の日か月に直してください。",
                    rating.as_of.strip(),
                )


def _reason_against_text(context: CheckContext, as_of: str) -> str:
    """What is wrong with what an as-of cell contains, '' for nothing."""
    if _VAGUE.is_in(as_of):
        return "いつのことか、報告書を読む方には分かりません"
    dates = dates_in(as_of)
    return _reason_against_date(context, dates[0]) if len(dates) == 1 else ""


def _reason_against_date(context: CheckContext, named: NamedDate) -> str:
    """What is wrong with an as-of date, '' for nothing."""
    year, as_of = context.plan.fiscal_year, context.plan.period.as_of
    if not named.is_possible:
        return "暦にない日です"
    if _last_day_of_named_date(named, year) > as_of:
        return f"この期の基準日（{date_text(as_of)}）より後です"
    return "" if year.contains(named.month_in(year)) else "この年度の日ではありません"


def _last_day_of_named_date(named: NamedDate, year: FiscalYear) -> date:
    return named.day_in(year) or named.month_in(year).last_day
