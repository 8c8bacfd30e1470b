"""Lines of an item that begin with a date, of which one is out of order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import half_width

_FEWEST = 3
_MARKS = " \u3000・•●■◆○※"
_Dated = tuple[PrintedText, tuple[int, int, int], str]
"""A line, the year, month and day (0 for none) that it begins with, and the words of the date."""


@rule(
    "WO131",
    Family.WORDING,
    Severity.INFO,
    "日付で始まる行が、日付の順に並んでいません",
    why="日付の順に並んだ行の中で順の違う行は、日付を打ち間違えたか、行を入れ違えたものかもしれません。",
    remedy="日付と並びを元の資料で確かめ、違う方を直してください。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE, "CO06", "CO11", "WO05", "WO20", "WO57"),
)
def lines_are_not_in_order_of_their_dates(context: CheckContext) -> Iterator[Violation]:
    """Three or more lines in a row begin with dates, all in order but for one of them."""
    for (_, _), group in groupby(printed_lines(context), lambda one: (one.item.id, one.block)):
        for run in _runs_of_dated_lines(context, list(group)):
            odd = _index_of_line_out_of_order(run)
            if odd is not None:
                written, _, words = run[odd]
                yield written.violation(
                    written.text.find(words[:1]),
                    f"{quoted(words)}の行が、ほかの行の日付の順に並んでいません。",
                    "日付と並びを確かめ、違う方を直してください。",
                    actual=words,
                    related=(run[odd - 1 if odd else 1][0].source,),
                )


def _runs_of_dated_lines(context: CheckContext, lines: Sequence[PrintedText]) -> Iterator[list[_Dated]]:
    """The longest runs of neighbouring lines that begin with a date of the report's year."""
    run: list[_Dated] = []
    for written in lines:
        dated = _line_with_its_day(context, written)
        if dated:
            run.append(dated)
            continue
        if len(run) >= _FEWEST:
            yield run
        run = []
    if len(run) >= _FEWEST:
        yield run


def _line_with_its_day(context: CheckContext, written: PrintedText) -> _Dated | None:
    """A line with the date that it begins with, None for another line."""
    year = context.plan.fiscal_year
    first = next(iter(dates_in(written.text)), None)
    if first is None or not first.is_possible or half_width(written.text)[: first.start].strip(_MARKS):
        return None
    behind = half_width(written.text)[first.end :].lstrip()
    if not year.contains(first.month_in(year)) or behind.startswith(("号", "分", "から", "~", "末", "現在")):
        return None
    month = first.month_in(year)
    return written, (month.year, month.number, first.day or 0), written.text[first.start : first.end]


def _index_of_line_out_of_order(run: Sequence[_Dated]) -> int | None:
    """The only line without which all are in order, None where all are or more than one is not."""
    days = [day for _, day, _ in run]
    if _are_days_in_order(days):
        return None
    odd = [at for at in range(len(days)) if _are_days_in_order([*days[:at], *days[at + 1 :]])]
    return odd[-1] if odd else None


def _are_days_in_order(days: Sequence[tuple[int, int, int]]) -> bool:
    """Whether dates follow one another; of a month without a day any day of it may be meant."""
    return all(
        one[:2] < other[:2] or (one[:2] == other[:2] and one[2] <= (other[2] or 99))
        for one, other in pairwise(days)
    )
