"""Dates that a sentence gives to what an open list has with other dates (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentences_with_start
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure, TableFigures

_HELD = AnyOf("実施|開催|行った|行う|行い")
_OTHER_ACT = AnyOf(
    "案内|送付|発送|通知|周知|広報|依頼|協議|打合せ|打ち合わせ|申込|申し込|予約|訪問|連絡|協定|締結|会議|報告|説明"
    "|前年|昨年|延期|変更|中止|当初|予備|まで|以降|以前|から|現在|時点|末"
)
_BRACKET = LazyPattern(r"\([^()]*\)", needs="(")
_SHORTEST = 2
_Days = set[tuple[int, int]]


@frozen
class _TableRow:
    """What a row of a list is called, with the days of its cells, the first of which is `cell`."""

    name: str
    cell: Figure
    days: _Days


@rule(
    "CO110",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の日付が、一覧の同じ名前の行の日付と違います",
    why="「秩父市では3月13日に実施」と書けば、読み手は一覧の秩父市の行の日付と比べます。",
    remedy="元の資料で日付を確かめ、文か一覧を直してください。",
    superseded_by=("CO11", "CO49", "WO10"),
)
def date_differs_from_its_row(context: CheckContext) -> Iterator[Violation]:
    """A sentence names one row of an open list and the list, and a day of 実施 that no such row has.

    Silent where the sentence names another act (案内, 申込), a span or another year.
    """
    for found in context.own_tables:
        rows = list(_rows_with_one_dated_cell(found)) if found.table.repeating is not None else []
        name = normalized(found.table.name)
        for written in printed_lines(context, found.table.item) if rows else ():
            plain = half_width(written.text)
            for sentence, start in sentences_with_start(plain) if "日" in plain else ():
                if name in normalized(sentence) and _HELD.is_in(sentence) and not _OTHER_ACT.is_in(sentence):
                    yield from _violations_for_days_not_in_row(written, sentence, start, rows)


def _rows_with_one_dated_cell(found: TableFigures) -> Iterator[_TableRow]:
    for row in found.rows:
        texts = [one for one in row.figures if isinstance(one.printed_value, str) and one.source]
        dated = [(one, days) for one in texts if (days := _days_in(str(one.printed_value)))]
        name = _BRACKET.sub("", normalized(row.entity or ""))
        if len(dated) == 1 and len(name) >= _SHORTEST:
            yield _TableRow(name, *dated[0])


def _days_in(text: str) -> _Days:
    return {days[:2] for days in _whole_dates(text)}


def _whole_dates(text: str) -> list[tuple[int, int, int]]:
    """Month and day of each date of a text that has a day, and where it begins."""
    dates = dates_in(half_width(text))
    return [(one.month, one.day, one.start) for one in dates if one.day is not None]


def _violations_for_days_not_in_row(
    written: PrintedText, sentence: str, start: int, rows: list[_TableRow]
) -> Iterator[Violation]:
    words = normalized(sentence)
    named = [row for row in rows if row.name in words]
    if not named or len({row.name for row in named}) != 1:
        return
    days = set().union(*(row.days for row in named))
    for month, day, place in _whole_dates(sentence):
        if (month, day) not in days:
            cell = named[0].cell
            source = cell.source
            assert source is not None
            yield written.violation(
                start + place,
                f"文では「{named[0].name}」が{month}月{day}日ですが、一覧（{source.cell}）では"
                f"{quoted(str(cell.printed_value))}です。",
                "元の資料で日付を確かめ、文か一覧を直してください。",
                actual=f"{month}月{day}日",
                related=(source,),
            )
            return
