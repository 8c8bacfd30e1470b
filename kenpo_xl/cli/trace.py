"""The commands that query the ledger for the source, the past and the trend of a number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, FAILED, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE, LEDGER, command, option
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.time.fiscal_calendar import date_text_in_both_calendars

if TYPE_CHECKING:
    from kenpo_xl.domain.outputs.figure_trend import FigureOfMonths, FigureTrend, ReportedFigure
    from kenpo_xl.domain.outputs.ledger_records import RecordVersion
    from kenpo_xl.domain.results.facts import Fact
    from kenpo_xl.tasks.carry.carried_in_books import CarriedIntoBook


@command(help="数値がどのセルから来たか、いつからその値かを、台帳から調べます。")
@click.argument("root", metavar="フォルダー", type=FILE)
@click.argument("words", metavar="識別名", nargs=-1, required=True)
@option("--branch", default="", metavar="支部", help="この支部だけを調べます")
@LEDGER
@with_exit_status
def trace(root: Path, words: tuple[str, ...], branch: str, ledger: str | None) -> ExitStatus:
    """Show the recorded states of a figure; 3 with the matching identities if there are several."""
    from kenpo_xl.tasks.ledgers.place import named_ledger
    from kenpo_xl.tasks.trace import trace_figure as task

    result = task(root, words, branch=branch, ledger=named_ledger(ledger) if ledger else None)
    if result.candidates:
        return _fail_with_candidates(result.candidates)
    say(*trace_lines(result.versions), *carried_lines(result.carried))
    return CLEAN


@command(help="数値が四半期と年度を通じてどう動いたかを、訂正も含めて、台帳から並べます。")
@click.argument("root", metavar="フォルダー|台帳", type=FILE)
@click.argument("words", metavar="識別名", nargs=-1, required=True)
@option("--branch", default="", metavar="支部", help="この支部だけを並べます")
@LEDGER
@with_exit_status
def trend(root: Path, words: tuple[str, ...], branch: str, ledger: str | None) -> ExitStatus:
    """Show a figure through quarters and years; 3 with the matching identities if there are several."""
    from kenpo_xl.tasks.branches.trend import trend_of_figure as task
    from kenpo_xl.tasks.ledgers.place import named_ledger

    result = task(root, words, branch=branch, ledger=named_ledger(ledger) if ledger else None)
    if result.candidates:
        return _fail_with_candidates(result.candidates)
    say(*trend_lines(result.trends))
    return CLEAN


def _fail_with_candidates(candidates: tuple[str, ...]) -> ExitStatus:
    say(*candidates)
    say("当たる識別名が 2 つ以上あります。1 つに決まるように指定してください。", err=True)
    return FAILED


def trend_lines(trends: tuple[FigureTrend, ...]) -> Iterator[str]:
    """The lines of a trend: the figure, then by branch a line for its months, corrected ones marked."""
    for entity, of_entity in groupby(sorted(trends, key=lambda one: one.entity), key=lambda one: one.entity):
        for number, one in enumerate(of_entity):
            if not number:
                yield f"{one.identity}（{entity}）" if entity else one.identity
            yield f"■ {one.branch}"
            yield from map(_time_line, one.times)


def _time_line(time: FigureOfMonths) -> str:
    fact, year = time.now.fact, time.to_last_year_text
    months = f"{fact.span}（{fact.span.kind}）" if fact.span else time.now.key.label
    corrected = "、".join(f"{one.text}（{_where_reported(one)}）" for one in time.corrected)
    return "　".join(
        filter(
            None,
            (
                f"  {months}",
                time.now.text,
                f"前年から {year}" if year else "",
                f"訂正あり　前は {corrected}" if corrected else "",
            ),
        )
    )


def _where_reported(one: ReportedFigure) -> str:
    until = f"、{date_text_in_both_calendars(one.last)}まで" if one.last else ""
    return f"{one.key.label}{until}"


def trace_lines(versions: tuple[RecordVersion[Fact], ...]) -> Iterator[str]:
    """The lines of a trace: the figure, then by period its current and its past values."""
    for (identity, entity), of_figure in groupby(
        _sorted_by_entity(versions), key=lambda one: _figure_key(one.record)
    ):
        yield f"{identity}（{entity}）" if entity else identity
        for key, of_period in groupby(of_figure, key=lambda one: one.key):
            found = list(of_period)
            yield f"■ {key.branch}　{key.label}" + (f"　{found[0].folder}" if found[0].folder else "")
            yield from map(_version_line, found)


def carried_lines(books: tuple[CarriedIntoBook, ...]) -> Iterator[str]:
    """The lines on where the values are from that books were filled with."""
    for one in books:
        carried, entity = one.carried, f"（{one.entity}）" if one.entity else ""
        value = decimal_text(carried.value) if isinstance(carried.value, Decimal) else f"「{carried.value}」"
        source = f"　出所 {carried.source}" if carried.source else ""
        yield f"{one.identity}{entity}"
        yield f"  引き継ぎ　{one.book} に入れた値 {value}　{carried.origin}{source}"


def _figure_key(fact: Fact) -> tuple[str, str]:
    return fact.identity, fact.entity


def _sorted_by_entity(versions: tuple[RecordVersion[Fact], ...]) -> list[RecordVersion[Fact]]:
    return sorted(versions, key=lambda one: one.record.entity)


def _version_line(version: RecordVersion[Fact]) -> str:
    fact = version.record
    months = f"{fact.span}（{fact.span.kind}）" if fact.span else ""
    source = f"出所 {fact.source}" if fact.source else ""
    days = f"{date_text_in_both_calendars(version.since)}から"
    if not version.is_current:
        days += f" {date_text_in_both_calendars(version.last)}まで"
    return "　".join(
        filter(None, ("  今" if version.is_current else "  前", _value_in_words(fact), months, source, days))
    )


def _value_in_words(fact: Fact) -> str:
    """The value as printed, with the typed and the computed one if these differ."""
    if fact.value is None:
        return f"数値なし（入力「{fact.typed_text}」）" if fact.typed_text else "数値なし"
    if fact.typed is None or fact.computed is None or fact.typed == fact.computed:
        return fact.value_with_unit(fact.value)
    printed, typed, computed = map(fact.value_with_unit, (fact.value, fact.typed, fact.computed))
    return f"{printed}（入力 {typed}、計算 {computed}）"
