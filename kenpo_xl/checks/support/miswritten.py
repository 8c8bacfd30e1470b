"""Findings for pieces of a text that contradict themselves or the calendar."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.printed_text import excerpt, found_in_each, quoted
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.times.report_time import ReportTime

# Letters of a quote around what is wrong: enough to find the place.
_BEFORE, _BEHIND = 4, 8


def miswritten_violations(
    context: CheckContext, find: Callable[..., Iterator[Miswritten]], hint: str, *about: Hashable
) -> Iterator[Violation]:
    """A violation for each piece of a printed text that a function of a module finds, as `found_in_each`."""
    for written, pieces in found_in_each(context, find, *about):
        for wrong in pieces:
            piece = quoted(written.text[wrong.start : wrong.end])
            message = f"{_quoted_place(written.text, wrong, piece)}は{wrong.wrong}。"
            yield written.violation(wrong.start, message, hint, actual=piece[1:-1])


def _quoted_place(text: str, wrong: Miswritten, piece: str) -> str:
    """The quoted piece, with its neighbours where the text has the same letters twice."""
    if text.count(text[wrong.start : wrong.end]) == 1:
        return piece
    around = excerpt(text, max(0, wrong.start - _BEFORE), wrong.end + _BEHIND)
    return piece if around in piece else f"「{around}」の{piece}"


def report_time_of(context: CheckContext) -> ReportTime:
    """The fiscal year and the as-of date of the plan."""
    return ReportTime(context.plan.fiscal_year, context.plan.period.as_of)
