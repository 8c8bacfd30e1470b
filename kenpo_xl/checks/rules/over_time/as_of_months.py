"""Rules on typed as-of months (時系列): left from last quarter, or after the period; months to come."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, value_text
from kenpo_xl.checks.support.miswritten import report_time_of
from kenpo_xl.checks.support.number_cells import NumberCell, all_number_cells
from kenpo_xl.checks.support.past_reports import as_of_groups_in_both_reports, last_report_of_fiscal_year
from kenpo_xl.checks.support.printed_text import printed_lines, quoted
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.plan.table import Axis, CellKind, Table
from kenpo_xl.domain.results.figures import Figure, TableFigures, TableRow
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.span import Span


@rule(
    rule_codes.AS_OF_MONTH_NOT_MOVED,
    Family.HISTORY,
    Severity.WARNING,
    "基準月が前の期のままで、数値だけが変わっています",
    why="基準月を進め忘れると、新しい数値が前の期の月の数値として印刷されます。",
    remedy="表の上の基準月を、数値を数えた月に直してください。",
    needs=Requirement.HISTORY,
)
def as_of_month_was_not_moved(context: CheckContext) -> Iterator[Violation]:
    """A typed as-of month is last quarter's, but more than half of its figures changed.

    Half of them or fewer count as corrections (TI01). One finding for each month, at its cell; it explains
    what other rules find in its figures and in the lines of its item.
    """
    before = last_report_of_fiscal_year(context)
    for group in as_of_groups_in_both_reports(context):
        if before is not None and group.has_changed_under_old_month:
            figure, then = group.changed_figures[0]
            change = f"{value_text(context, figure, then)} から {value_text(context, figure)} に"
            month = group.table.months[group.place]
            message = (
                f"「{figure.id.table}」の基準月は {month} 月で、{before.label}の報告と同じですが、"
                f"数値は変わっています（{name_of_figure(context, figure)}は {change}）。"
            )
            hint = "表の上の基準月を直してください。前の値の訂正であれば、「指摘」に理由を入れてください。"
            yield violation_of_month(context, group.table, group.place, message, hint)


@rule(
    "TI09",
    Family.HISTORY,
    Severity.INFO,
    "表が前の期から進んでいません",
    why="新しい数値が届いているのに、前の期の表のまま出してしまうことがあります。",
    remedy="新しい数値が届いていれば入れてください。まだであれば、直す必要はありません。",
    needs=Requirement.HISTORY,
)
def table_is_last_quarters(context: CheckContext) -> Iterator[Violation]:
    """A typed as-of month and at least half of its figures are those of last quarter's report."""
    before = last_report_of_fiscal_year(context)
    for group in as_of_groups_in_both_reports(context):
        if before is not None and group.has_old_as_of_month and not group.has_changed_under_old_month:
            message = f"「{group.table.table.name}」は、基準月が{before.label}の報告から進んでいません。"
            hint = (
                "新しい数値が届いていれば、基準月と数値を入れてください。まだであれば、このままで構いません。"
            )
            yield violation_of_month(context, group.table, group.place, message, hint)


@rule(
    rule_codes.AS_OF_MONTH_IN_FUTURE,
    Family.HISTORY,
    Severity.WARNING,
    "基準月が期の基準日より後です",
    why="まだ来ていない月の数値として印刷され、前年同期との比べ方や KPI の判定も変わります。",
    remedy="表の上の基準月を、数値を数えた月に直してください。",
)
def as_of_month_is_in_future(context: CheckContext) -> Iterator[Violation]:
    """A typed as-of month is after that of the period; one finding for each month, at its cell."""
    plan = context.plan
    for table in context.own_tables:
        for place, month in enumerate(table.months):
            if month and plan.fiscal_year.month(month) > plan.as_of_month:
                message = (
                    f"「{table.table.name}」の基準月が {month} 月ですが、"
                    f"この期の基準は {plan.as_of_month.number} 月で、{month} 月はまだ来ていません。"
                )
                hint = "表の上の基準月を、数値を数えた月に直してください。"
                yield violation_of_month(context, table, place, message, hint)


@rule(
    "TI11",
    Family.HISTORY,
    Severity.WARNING,
    "まだ来ていない月に数が入っています",
    why="基準日より後の月の数は、別の月や前の年の数を入れ違えたものかもしれません。",
    remedy="どの月の数か確かめてください。まだの月であれば空欄にしてください。",
)
def number_of_a_month_to_come(context: CheckContext) -> Iterator[Violation]:
    """A typed number, also a 0, in a row or column whose month or quarter begins after the as-of month.

    Not where a header says 予定, 見込, 計画 or 目標, nor for copies and issues (部, 通, 回, 号) of the very
    next month, which are known when the report is written. One finding for each month, at its first figure.
    """
    found: dict[tuple[str, str, Span], list[NumberCell]] = {}
    for cell in all_number_cells(context):
        span = context.figures.span_of_figure(cell.figure.id)
        is_later = context.plan.fiscal_year.contains(span.last) and cell.number is not None
        if cell.is_input_cell and is_later and _is_cell_of_time_to_come(context, cell, span):
            found.setdefault((*cell.figure.id[:2], span), []).append(cell)
    for (_, _, span), (first, *others) in found.items():
        more = f"（{'、'.join(cell.source.cell for cell in others)} にも）" if others else ""
        yield first.violation(
            f"{first.name}に {first.displayed_value()} とありますが{more}、"
            f"{span}はこの期の基準（{context.plan.as_of_month.number}月）より後です。",
            "どの月の数か確かめてください。まだ来ていない月であれば空欄にしてください。",
        )


def _is_cell_of_time_to_come(context: CheckContext, cell: NumberCell, span: Span) -> bool:
    is_next = span.first == span.last == context.plan.as_of_month.next
    is_known = is_next and _KNOWN_AHEAD.is_in(cell.unit)
    is_planned = _PLANNED.is_in(cell.header_text)
    return context.figures.is_in_future(cell.figure.id) and not is_known and not is_planned


@rule(
    "TI19",
    Family.HISTORY,
    Severity.WARNING,
    "まだ来ていない日の行に、済んだことが書かれています",
    why="開催日が基準日より後の行に受診者数や「実施済」があると、予定と実績のどちらか分かりません。",
    remedy="開催日を確かめてください。まだの行であれば、数や「済」を消してください。済んでいれば、理由を残してください。",
)
def row_to_come_has_results(context: CheckContext) -> Iterator[Violation]:
    """In an open list a row whose dates are all after the as-of date has a count, or a text that ends in 済.

    Not in a list with 予定 in its name or a column's, nor under 定員, 申込 and the like. One finding a row,
    at the first such cell.
    """
    for table in context.own_tables:
        for row in table.rows if _is_table_of_what_was_done(table.table) else ():
            late = _figure_with_future_date(context, row)
            results = zip(row.figures, table.table.columns, strict=False) if late else ()
            result = next(
                (one for one in results if one[0] is not late and _is_figure_of_what_is_over(*one)), None
            )
            if late and late.source and result:
                yield _violation_for_result_of_future_row(context, *result, late)


def _is_table_of_what_was_done(table: Table) -> bool:
    """Whether a table is an open list, and neither its name nor a column says 予定."""
    names = "".join((table.name, *(column.name for column in table.columns)))
    return table.repeating is not None and not _PLANNED.is_in(names)


def _violation_for_result_of_future_row(
    context: CheckContext, figure: Figure, column: Axis, late: Figure
) -> Violation:
    shown = value_text(context, figure) if figure.printed_number else str(figure.printed_value).strip()
    as_of = context.plan.period.as_of
    assert figure.source is not None
    assert late.source is not None
    return Violation(
        figure.source,
        figure.identity_with_entity,
        f"{column.name}に「{shown}」とありますが、この行の{quoted(str(late.printed_value))}は"
        f"基準日（{as_of.month}月{as_of.day}日）より後です。",
        f"日付（{late.source.cell}）を確かめてください。まだのことであれば消してください。",
        actual=shown,
        related=(late.source,),
    )


def _figure_with_future_date(context: CheckContext, row: TableRow) -> Figure | None:
    """The cell of a row with its dates if all of them are after the as-of date."""
    for figure in row.figures:
        text = figure.printed_value
        dates = dates_in(text) if isinstance(text, str) else ()
        if dates:
            return figure if all(map(report_time_of(context).is_to_come, dates)) else None
    return None


def _is_figure_of_what_is_over(figure: Figure, column: Axis) -> bool:
    """Whether a cell says that something is over: a count, or a text that ends in 済."""
    if figure.source is None:
        return False
    if _PLANNED.is_in(column.name) or _ASKED.is_in(column.name):
        return False
    if isinstance(figure.printed_value, str):
        return figure.printed_value.strip(" 。　)）").endswith(_OVER)
    return figure.cell.kind is CellKind.TYPED and bool(figure.printed_number)


_ASKED = AnyOf("定員|申込|募集|対象|案内|申請|枠|番号|部数|年度")
_OVER = ("済", "済み", "実施した", "開催した", "終了", "終了した", "受診した", "参加した")
_KNOWN_AHEAD = AnyOf("部|通|回|号")
_PLANNED = AnyOf("予定|見込|計画|目標")


def violation_of_month(
    context: CheckContext, table: TableFigures, place: int, message: str, hint: str
) -> Violation:
    """A violation at the cell of a month; it explains its figures and the dates in the item's lines."""
    item, source = table.table.item, source_of_month(context, table, place)
    explained = _sources_of_month(table, place)
    lines = [
        one.source_at(named.start) for one in printed_lines(context, item) for named in dates_in(one.text)
    ]
    return Violation(
        source or explained[0],
        f"{item}/{table.table.name}/基準月",
        message,
        hint,
        f"{table.months[place]} 月",
        explains=tuple(dict.fromkeys((*explained, *lines))),
    )


def source_of_month(context: CheckContext, table: TableFigures, place: int) -> Source | None:
    """The cell of a typed as-of month."""
    entries = context.entries_by_item[table.table.item].tables
    entry = next(one for one in entries if one.table == table.table.name)
    return entry.month_sources[place] if place < len(entry.month_sources) else None


def _sources_of_month(table: TableFigures, place: int) -> list[Source]:
    """The cells of a table that an as-of month is of."""
    figures = (
        row.figures if len(table.months) == 1 else row.figures[place : place + 1] for row in table.rows
    )
    return [figure.source for figure in chain.from_iterable(figures) if figure.source]
