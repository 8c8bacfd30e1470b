"""What of a book can be mended with certainty, cell by cell, and what comes there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from kenpo_xl.checks import rules, run
from kenpo_xl.checks.figure_words import shown
from kenpo_xl.checks.number_cells import NumberCell, all_cells
from kenpo_xl.checks.structure import is_cleared
from kenpo_xl.domain.adjustments import Choice
from kenpo_xl.domain.case import Case
from kenpo_xl.domain.figures import Figure, Figures
from kenpo_xl.domain.findings import Family, Finding
from kenpo_xl.domain.plan import CellKind, Plan
from kenpo_xl.domain.pythons import is_same_place
from kenpo_xl.domain.submission import Form, Source
from kenpo_xl.domain.survey import Survey
from kenpo_xl.domain.values import frozen
from kenpo_xl.excel.belonging import Belonging
from kenpo_xl.excel.cell_edits import CellEdit
from kenpo_xl.excel.marking.places import place_of
from kenpo_xl.excel.own_formulas import OwnFormulas
from kenpo_xl.excel.python_cell import named_pythons
from kenpo_xl.excel.reader import own_stamp, submission_of
from kenpo_xl.excel.rich_text import struck_letters
from kenpo_xl.excel.sheets import Workbook
from kenpo_xl.rate import rate
from kenpo_xl.recompute import recompute

_BRACKETS = re.compile(r"[（(]")
_PERCENT = re.compile(r"[%％]")


@frozen
class Repair:
    """A cell that can be mended: what stands there and what should, as text, and which rule tells of it.

    `figure` is the computed one whose formula comes back, None for any other repair.
    """

    edit: CellEdit
    before: str
    after: str
    code: str
    figure: Figure | None = None


def repairs(path: Path, plan: Plan, only: Collection[tuple[str, str]] | None = None) -> tuple[Repair, ...]:
    """What can be mended in a book, in the order of its sheets; of some cells (sheet, cell) `only`.

    KenpoError where the file is no book of this plan.
    """
    desk = _Desk(path, plan)
    found = [one for one in desk.found() if not desk.is_struck(one.edit)]
    found = [one for one in found if only is None or (one.edit.sheet, one.edit.cell) in only]
    order = list(desk.book.sheets)
    found.sort(key=lambda one: (order.index(one.edit.sheet), place_of(one.edit.cell)))
    return tuple(desk.with_values(found))


class _Desk:
    """One book with what its plan and the rules say of it."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self.plan, self.book = plan, Workbook(path)
        belonging = Belonging(self.book, plan, own_stamp(self.book, plan))
        self.submission = submission_of(belonging)
        # A table of another definition may have had a typed cell where the plan computes by now.
        tables = belonging.outdated or (plan.tables.values() if belonging.is_outdated else ())
        self.outdated = {(table.item, table.name) for table in tables}
        self.figures = recompute(plan, [self.submission])

    @cached_property
    def case(self) -> Case:
        standings = rate(self.plan, self.figures, [self.submission])
        return Case(self.plan, self.submission, Survey(), self.figures, standings)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return run(self.case, rules())[0]

    def found(self) -> Iterator[Repair]:
        for cell in all_cells(self.case):
            if cell.figure.id[:2] not in self.outdated:
                yield from self._number(cell) if cell.is_typed else self._formula(cell)
        yield from self._pythons()
        for item in self.submission.items:
            for rating in item.ratings:
                own = self.plan.scale.canonical(rating.glyph)
                if own and own != rating.glyph and rating.source and not self._has_formula(rating.source):
                    edit = CellEdit(rating.source.sheet, rating.source.cell, own)
                    code = self._code(rating.source, (Family.RATING,), "")
                    yield Repair(edit, rating.glyph, own, code)

    def is_struck(self, edit: CellEdit) -> bool:
        """Whether letters of a cell are struck through: what it should hold only its author knows."""
        raw = self.book.sheets[edit.sheet].get(*place_of(edit.cell))
        return raw is not None and bool(struck_letters(raw.value))

    def _pythons(self) -> Iterator[Repair]:
        """The Python of the buttons, where the book names another one than the plan."""
        for one in named_pythons(self.book) if self.plan.python else ():
            if one.source.cell and not is_same_place(one.text, self.plan.python):
                edit = CellEdit(one.source.sheet, one.source.cell, self.plan.python)
                yield Repair(edit, one.shown, self.plan.python, "ST17")

    def _number(self, cell: NumberCell) -> Iterator[Repair]:
        """A number that is held as text and read without doubt."""
        entry = cell.entry
        if entry.form is not Form.TEXT or entry.formula or cell.number is None or not cell.wants_number:
            return
        if not _is_doubtful(cell):
            edit = CellEdit(cell.source.sheet, cell.source.cell, cell.number, style=self._look(cell))
            code = self._code(cell.source, (Family.VALUES,), "VA03")
            yield Repair(edit, entry.written, cell.shown(), code)

    def _formula(self, cell: NumberCell) -> Iterator[Repair]:
        """A computed cell that was cleared, or holds an error, a number or a formula of a person's own."""
        figure, faulty = cell.figure, cell.entry.form is Form.FAULT
        cleared = is_cleared(figure) and not cell.entry.formula
        typed_over = figure.typed_over and cell.number is not None and figure.computed is not None
        if figure.cell.kind is not CellKind.COMPUTED or not (typed_over or faulty or cleared):
            return
        entry = next(
            table for table in self.case.entries[figure.id.item].tables if table.table == figure.id.table
        )
        places = OwnFormulas(self.book.sheets[cell.source.sheet], cell.table, entry)
        formula = places.of(figure.id, cell.source)
        if formula:
            edit = CellEdit(cell.source.sheet, cell.source.cell, None, formula, self._look(cell))
            same = cleared or figure.show(figure.typed) == figure.show(figure.computed)
            families = (Family.ARITHMETIC, Family.STRUCTURE, Family.VALUES)
            code = self._code(cell.source, families, "ST05" if same else "CA03")
            before = "空欄" if cleared else cell.entry.written if faulty else cell.shown()
            yield Repair(edit, before, "", code, figure)

    def with_values(self, found: list[Repair]) -> Iterator[Repair]:
        """The repairs with what the formulas give once all of them are there."""
        figures = [one.figure for one in found if one.figure]
        choices = {(figure.id, figure.entity): Choice.COMPUTED for figure in figures}
        after = _by_source(recompute(self.plan, [self.submission], choices=choices))
        for one in found:
            if one.figure is None:
                yield one
            else:
                value = after[one.figure.source].computed
                gives = "" if value is None else f"（{shown(self.case, one.figure, value)}）"
                yield replace(one, edit=replace(one.edit, value=value), after=f"算式{gives}")

    def _code(self, source: Source, families: Collection[Family], usual: str) -> str:
        """The rule that tells of a cell itself; the usual one where it tells of it with others."""
        here = (one for one in self.findings if (one.sheet, one.cell) == (source.sheet, source.cell))
        return next((one.code for one in here if one.family in families), usual)

    def _has_formula(self, source: Source) -> bool:
        cell = self.book.sheets[source.sheet].get(*place_of(source.cell))
        return cell is not None and bool(cell.formula)

    def _look(self, cell: NumberCell) -> int | None:
        """The look of a cell of the same kind in its table, where a person made its own that of a text."""
        wanted = cell.figure.cell
        if self._format(cell.source)[0] != "@" or wanted.format.is_text:
            return None
        rows = (figure for row in cell.table.rows for figure in row.figures)
        alike = (one for one in rows if one.cell.kind is wanted.kind and one.source)
        looks = (self._format(one.source) for one in alike if one.source)
        return next((style for code, style in looks if code == wanted.format.code), None)

    def _format(self, source: Source) -> tuple[str, int]:
        raw = self.book.sheets[source.sheet].get(*place_of(source.cell))
        return self.book.format_of(raw), raw.style if raw else 0


def _is_doubtful(cell: NumberCell) -> bool:
    """Whether a text may mean another number: (12) for -12, 0.965 for 96.5 ％."""
    text, number_format = cell.entry.written, cell.figure.cell.format
    if _BRACKETS.search(text) and not number_format.brackets:
        return True
    small = abs(cell.number or Decimal(0)) <= Decimal("0.01")
    return number_format.percent and small and cell.number != 0 and not _PERCENT.search(text)


def _by_source(figures: Figures) -> dict[Source | None, Figure]:
    return {figure.source: figure for figure in figures}
