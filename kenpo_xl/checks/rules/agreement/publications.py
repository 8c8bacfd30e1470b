"""Rules on published issues (号) and the table of their copies (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, quoted, sentence_at
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width, match_positions, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.table import Axis, CellKind, FigureId
from kenpo_xl.domain.results.figures import Figure

_SHORTEST_NAME = 3
_BETWEEN = LazyPattern(r"[\s「」『』の]")
_ISSUE = LazyPattern(r"(?<!\d)(1[0-2]|0?[1-9])\s*月\s*号")


@rule(
    rule_codes.ISSUE_WITHOUT_COPIES,
    Family.AGREEMENT,
    Severity.WARNING,
    "発行したと書かれた号の部数が空です",
    why="発行状況に載せた号の部数が空だと、発行したのかどうか読み手に分かりません。",
    remedy="部数を入れてください。発行していなければ、号の記載を直してください。",
)
def issue_without_copies(context: CheckContext) -> Iterator[Violation]:
    """「○○だより 10月号」 in a line or in a list of its name, while its column in a table by months
    is empty in this year's row of that month. 予定 is no issue yet, nor one in a list of a month after
    the period's as-of date. With ／ in the plan no issue is due in that month; a named one is reported.
    """
    violations: dict[FigureId, Violation] = {}
    for written in all_printed_texts(context):
        for found in _ISSUE.finditer(half_width(written.text)):
            if "予定" not in sentence_at(written.text, found.start()):
                for figure in _empty_cells_of_issue(context, written, found):
                    violations.setdefault(figure.id, _issue_violation(context, written, found, figure))
    yield from violations.values()


def _issue_violation(
    context: CheckContext, written: PrintedText, found: re.Match[str], figure: Figure
) -> Violation:
    issue, name = quoted(_text_naming_issue(written, found)), name_of_figure(context, figure)
    if figure.cell.kind is CellKind.NOT_APPLICABLE or figure.source is None:
        message = f"{issue}とありますが、{name}は計画で「／」（発行しない月）です。"
        return written.violation(
            found.start(), message, "号の月を確かめて直してください。", actual=issue[1:-1]
        )
    here = figure.source.sheet == written.source.sheet
    place = f"{'このシート' if here else f'{written.source.sheet} '}の {written.source.cell}"
    message = f"{place} に{issue}とありますが、{name}が空欄です。"
    hint = f"部数を入れてください。発行していないときは、{written.source.cell} の号の記載を直してください。"
    return Violation(figure.source, figure.identity_with_entity, message, hint)


def _text_naming_issue(written: PrintedText, found: re.Match[str]) -> str:
    return written.text[max(0, found.start() - 12) : found.end()] if written.line else written.text


def _empty_cells_of_issue(
    context: CheckContext, written: PrintedText, found: re.Match[str]
) -> Iterator[Figure]:
    """The cells for the copies of an issue that are empty or contain ／."""
    for table in context.own_tables:
        if not any(row.months for row in table.table.rows):
            continue
        for place, column in enumerate(table.table.columns):
            if not _is_issue_of_publication(context, written, found, column.name):
                continue
            for row in table.rows:
                figure = row.figures[place]
                if _is_of_month_this_year(table.table.rows[row.index], int(found[1])) and (
                    figure.cell.kind is CellKind.NOT_APPLICABLE
                    or _is_empty_though_due(context, written, figure)
                ):
                    yield figure


def _is_of_month_this_year(axis: Axis, month: int) -> bool:
    """Whether an axis is of one month of this year."""
    return axis.months == (month, month) and axis.year_role in (None, YearRole.CURRENT)


def _is_empty_though_due(context: CheckContext, written: PrintedText, figure: Figure) -> bool:
    """Whether an empty cell is due by the as-of month, or because a line names the issue."""
    is_empty = figure.cell.kind is CellKind.TYPED and figure.printed_value in (None, "")
    if not is_empty or not figure.source:
        return False
    return bool(written.line) or context.figures.span_of_figure(figure.id).last <= context.plan.as_of_month


def _is_issue_of_publication(
    context: CheckContext, written: PrintedText, found: re.Match[str], name: str
) -> bool:
    """Whether the text before the issue, or its list, names the publication."""
    if len(normalized(name)) < _SHORTEST_NAME:
        return False
    if written.line is not None:
        return any(
            not _BETWEEN.sub("", written.text[end : found.start()])
            for _, end in match_positions(name, written.text)
            if end <= found.start()
        )
    table = context.plan.tables.get((written.item.id, written.identity.split("/")[1]))
    return table is not None and normalized(name) in normalized(f"{table.name}{table.caption}")
