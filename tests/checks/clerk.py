"""The sample as read, with what a clerk typed into some of its cells, and what the rules find then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from kenpo_xl.books.common.typed_values import cell_type_of, codes_of_invisible_characters, intended_value
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, Submission, TableEntry
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Value
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tokenizer import available_tokenizer
from tests.sample import sample_plan, sample_submission

GYOMU, REZEPT, HOKEN, KIKAKU = "業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ"
OURS = None
"""Typed into a computed cell: the formula as built is back."""


def found(
    group: str, typed: Mapping[str, Value], codes: str | tuple[str, ...], plan: Plan | None = None
) -> list[Finding]:
    """What the rules with codes that begin so find after `typed` went into cells, sheet!cell."""
    plan = plan or sample_plan()
    submission = changed(sample_submission(group), plan, typed)
    figures = recompute_figures(plan, [submission])
    assessments = rate_kpis_and_blocks(plan, figures, [submission])
    context = CheckContext(
        plan=plan,
        submission=submission,
        survey=Survey(),
        figures=figures,
        assessments=assessments,
        tokenizer=available_tokenizer(),
    )
    findings, runs = run_rules(context, [rule for rule in all_rules() if rule.code.startswith(codes)])
    assert all(one.status == "ran" for one in runs), runs
    return list(findings)


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    """Code and cell (sheet!cell) of each finding."""
    return [(one.code, f"{one.sheet}!{one.cell}") for one in findings]


def new(group: str, typed: Mapping[str, Value], codes: str | tuple[str, ...]) -> list[tuple[str, str]]:
    """The places that the rules find beyond those of the sample itself."""
    return [place for place in places(found(group, typed, codes)) if place not in _known(group, codes)]


@cache
def _known(group: str, codes: str | tuple[str, ...]) -> list[tuple[str, str]]:
    return places(found(group, {}, codes))


def changed(submission: Submission, plan: Plan, typed: Mapping[str, Value]) -> Submission:
    """The submission with other values in some of its cells."""
    left = dict(typed)
    items = tuple(_item(item, plan, left) for item in submission.items)
    assert not left, f"no such cells: {left}"
    return replace(submission, items=items)


def _item(item: ItemEntry, plan: Plan, typed: dict[str, Value]) -> ItemEntry:
    tables = tuple(_table(entry, plan.tables[item.item, entry.table], typed) for entry in item.tables)
    lines = tuple(
        replace(line, text=str(typed.pop(f"{line.source.sheet}!{line.source.cell}")))
        if line.source and f"{line.source.sheet}!{line.source.cell}" in typed
        else line
        for line in item.lines
    )
    return replace(item, tables=tables, lines=lines)


def _table(entry: TableEntry, table: Table, typed: dict[str, Value]) -> TableEntry:
    rows = []
    for row in entry.rows:
        cells = list(row.cells)
        for column, cell in enumerate(cells):
            place = f"{cell.source.sheet}!{cell.source.cell}" if cell.source else ""
            if cell.formula:
                cells[column] = replace(cell, value=None)  # it follows what is typed
            if place in typed:
                cells[column] = _typed(typed.pop(place), cell, table, row.row, column)
        rows.append(replace(row, cells=tuple(cells)))
    return replace(entry, rows=tuple(rows))


def _typed(value: Value, cell: Entry, table: Table, row: int, column: int) -> Entry:
    definition = table.cells[row][column]
    if value is OURS and definition.kind is CellKind.COMPUTED:
        return Entry(None, formula=True, source=cell.source)
    points = table.holds_percent_as_points(row, column)
    number = intended_value(value, definition, table.unit_at(row, column), points=points)
    return Entry(
        number,
        False,
        cell.source,
        cell_type_of(value),
        text_typed_by_user(value),
        codes_of_invisible_characters(value),
    )
