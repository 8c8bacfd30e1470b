"""The tables of a form, with formulas over each other's cells, as the plan has them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.formulas.tree import Node
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.headers import BETWEEN_LEVELS
from kenpo_xl.domain.plan.placeholders import short_name_without_year
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.pipeline.adopt.adopted import (
    AdoptedCell,
    AdoptedCheck,
    AdoptedTable,
    CellUse,
    TablePlace,
    UnreadCell,
)
from kenpo_xl.pipeline.adopt.body import DraftCell
from kenpo_xl.pipeline.adopt.formulas import FormulaTranslator, RefusedFormulaError
from kenpo_xl.pipeline.adopt.grid import Content
from kenpo_xl.pipeline.adopt.level_headers import HeaderGrid, corner_headers
from kenpo_xl.pipeline.adopt.questions import FormCell
from kenpo_xl.pipeline.adopt.table_draft import TableDraft

_ONE_VALUE = "値"
_LONGEST_SHOWN = 40


class FormTables:
    """Translates the tables of a form together: a formula may use cells of another one."""

    def __init__(self, drafts: Sequence[TableDraft]) -> None:
        self.drafts = drafts
        self.checks: list[AdoptedCheck] = []
        self.unread: list[UnreadCell] = []
        self.uses: dict[FormCell, CellUse] = {}
        self.places: dict[FormCell, TablePlace] = {}
        for draft in drafts:
            self.places |= draft.places()

    @cached_property
    def _formula_translator(self) -> FormulaTranslator:
        texts, barred = set(), set()
        for draft in self.drafts:
            for cell, place in draft.places().items():
                own = draft.drafts[cell.row, cell.column]
                if own.is_text:
                    texts.add(place)
                if own.is_not_applicable:
                    barred.add(place)
        return FormulaTranslator(self.places, frozenset(texts), frozenset(barred), frozenset())

    def adopted_table(self, draft: TableDraft, name: str) -> AdoptedTable:
        """The table as the plan has it, under a name that its item has once."""
        shape, columns, rows = draft.shape, draft.columns_grid, draft.rows_grid
        cells = tuple(self._adopted_row(draft, row) for row in draft.rows)
        self._record_cell_uses(draft)
        corner = corner_headers(shape, columns.levels or 1, rows.levels, draft.text_with_placeholders)
        return AdoptedTable(
            number=draft.number,
            sheet=draft.sheet_name,
            area=shape.area,
            name=name,
            caption=draft.caption,
            unit=draft.unit,
            corner=corner,
            column_headers=columns.headers(across=True),
            row_headers=rows.headers(across=False),
            header_rows=columns.levels,
            header_columns=rows.levels,
            cells=cells,
            row_names=_row_names(draft, rows),
            column_names=_unique_names([_short_name(columns, at) for at in range(len(columns.lines))]),
            repeating=draft.repeating,
            list_rows=tuple(self._adopted_row(draft, row, silent=True) for row in shape.list_rows),
            notes=tuple(map(draft.text_with_placeholders, draft.texts.notes)),
            remarks=tuple(draft.texts.remarks),
            is_partly_given=any(cell.given for row in cells for cell in row),
        )

    def _adopted_row(self, draft: TableDraft, row: int, *, silent: bool = False) -> tuple[AdoptedCell, ...]:
        is_total = bool(draft.shape.list_rows) and row not in draft.shape.list_rows
        words = self._words_of_total(draft, row) if is_total else {}
        return tuple(
            words[column] if column in words else self._adopted_cell(draft, (row, column), silent=silent)
            for column in draft.shape.body_columns
        )

    @staticmethod
    def _words_of_total(draft: TableDraft, row: int) -> dict[int, AdoptedCell]:
        """The text columns beside the total of an open list: its word, and what does not apply."""
        shape = draft.shape
        columns = [column for column in shape.body_columns if column in draft.body_reader.text_columns]
        all_columns = (shape.number_column, *shape.body_columns)
        word = next((t for c in all_columns if c and (t := shape.sheet.text(row, c))), "計")
        found = {}
        for at, column in enumerate(columns):
            source = FormCell(draft.sheet_name, row, column)
            kind = CellKind.NOT_APPLICABLE if at else CellKind.FIXED
            found[column] = AdoptedCell(kind, "@", source, words="" if at else normalized(word))
        return found

    def _adopted_cell(self, draft: TableDraft, at: CellPosition, *, silent: bool) -> AdoptedCell:
        own = draft.drafts[at]
        source = FormCell(draft.sheet_name, *at)
        if own.is_text:
            return AdoptedCell(CellKind.TYPED, "@", source, value=own.cell.shown or None)
        if own.is_not_applicable:
            return AdoptedCell(CellKind.NOT_APPLICABLE, own.format_code(), source)
        formula = draft.guessed.get(at) or own.formula
        if formula and not silent:
            found = self._computed_cell(draft, own, formula, source)
            if found:
                return found
        return AdoptedCell(CellKind.TYPED, own.format_code(), source, value=own.value, given=own.is_given)

    def _computed_cell(
        self, draft: TableDraft, own: DraftCell, formula: str | Node, source: FormCell
    ) -> AdoptedCell | None:
        """The cell as a computed one; None, with the reason reported, if it cannot be."""
        place = self.places[source]
        try:
            found = self._formula_translator.translate(
                formula, draft.sheet_name, place, is_percent=own.is_percent and own.scale != 1
            )
        except RefusedFormulaError as refusal:
            shown = f"={own.formula}"[:_LONGEST_SHOWN] if isinstance(formula, str) else own.cell.shown
            self.unread.append(UnreadCell(source, shown, f"{refusal}入力する欄にしました。"))
            return None
        if found.is_across:
            self.checks.append(AdoptedCheck(place, found.tree))
            return None
        code = (
            own.format_code() if found.decimals is None else own.with_decimals(found.decimals).format_code()
        )
        return AdoptedCell(CellKind.COMPUTED, code, source, formula=found.tree, value=own.value)

    def _record_cell_uses(self, draft: TableDraft) -> None:
        """What every cell of the table's rectangle is."""
        shape, sheet = draft.shape, draft.shape.sheet
        top, left, bottom, right = shape.area
        for row in sheet.visible_rows(top, bottom):
            for column in sheet.visible_columns(left, right):
                use = _use_outside_body(draft, row, column)
                if use and sheet.text(row, column):
                    self.uses[FormCell(sheet.name, row, column)] = use
        for at, own in draft.drafts.items():
            self.uses[FormCell(sheet.name, *at)] = self._use_of_body_cell(draft, at, own)

    def _use_of_body_cell(self, draft: TableDraft, at: CellPosition, own: DraftCell) -> CellUse:
        if own.is_text:
            return CellUse.TEXT
        if own.is_not_applicable:
            return CellUse.NOT_APPLICABLE
        if own.is_given:
            return CellUse.GIVEN
        is_computed = at in draft.guessed or own.cell.content is Content.FORMULA
        return CellUse.COMPUTED if is_computed else CellUse.TYPED


def _use_outside_body(draft: TableDraft, row: int, column: int) -> CellUse | None:
    shape = draft.shape
    if row == shape.unit_row or (column == shape.unit_column and row in shape.body_rows):
        return CellUse.UNIT
    if column == shape.number_column and row in shape.body_rows:
        return CellUse.NUMBER
    is_header = row in shape.header_rows or column in shape.stub_columns or row in shape.section_rows
    return CellUse.HEADER if is_header else None


def _short_name(grid: HeaderGrid, at: int) -> str:
    return BETWEEN_LEVELS.join(filter(None, map(short_name_without_year, grid.labels(at))))


def _unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """A name for the frame of each row or column whose headers are those of another, '' for the others."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name}（{seen[name]}）" if seen[name] > 1 else "")
    return tuple(found)


def _row_names(draft: TableDraft, rows: HeaderGrid) -> tuple[str, ...]:
    if draft.shape.list_rows:
        return ("",) * len(draft.rows)
    if not rows.lines:
        count = len(draft.rows)
        return tuple(_ONE_VALUE if count == 1 else f"{at + 1}行目" for at in range(count))
    return _unique_names([_short_name(rows, at) for at in range(len(rows.lines))])
