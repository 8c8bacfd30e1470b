"""An office's own report (様式), filled where its defined names bind regions to tables of the plan.

Cells that hold other values get new ones; every other byte of the workbook stays, but for the stored results
of formulas that read them, which are computed on opening. A formula of the office stays where the plan
computes the cell too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from pathlib import Path

from kenpo_xl.books.common.bound_cells import PROGRESS, RATING, BoundCell, read_bound_cells
from kenpo_xl.books.common.bound_regions import (
    OTHER_SCALE,
    BoundRegion,
    factor_from_plan_to_form,
    read_bindings,
)
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import a1, cell_position
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import NumberFormat, number_format, rounded
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.results.figures import Figure, Figures, TableFigures
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.calculation import compute_on_opening
from kenpo_xl.ooxml.edit.new_cells import put_cells_returning_skipped
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.stale_results import drop_results, formulas_that_read
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.package import Package, normalized_part_name
from kenpo_xl.ooxml.workbook import RawCell, Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts

_NO_NAMES = "「表_」で始まる名前がありません。数の入る欄を選び、表の名前を付けてください。"
_ARRAY = "いくつもの欄に入る式があるため、書けません。式を消すか、範囲から外してください。"
_FORMULA = "式を消すか、計画ブックの様式図でも計算の欄にしてください。"


@frozen
class FormFilling:
    """The parts, by name, that a copy of a form has otherwise, and how many places it fills.

    `problems` are sentences on what cannot be filled: then there are no parts.
    """

    places: int
    problems: tuple[str, ...]
    parts: Mapping[str, bytes] = field(default_factory=dict)

    def write(self, form: Path, target: Path) -> None:
        """Write the copy."""
        replace_parts(form, target, self.parts)


BlockTexts = Mapping[tuple[str, str], Mapping[str, str]]
"""The texts of each block, by item and block, then by kind."""


def texts_of_blocks(plan: Plan, report: Report) -> BlockTexts:
    """Rating and progress of each block as printed, without tables."""
    items = (item for section in report.sections for item in section.items)
    return {
        (item.id, block.name): {
            RATING: printed.rating,
            PROGRESS: "\n".join(line.text for line in printed.lines if line.table is None),
        }
        for item, own in zip(plan.items, items, strict=True)
        for block, printed in zip(item.blocks, own.blocks, strict=True)
    }


def filling_of_form(
    form: Path, figures: Figures, texts: BlockTexts | None = None, *, is_input: bool = False
) -> FormFilling:
    """What figures and texts change in a report, or figures in a form to be filled in (`is_input`).

    KenpoError if it cannot be read or edited.
    """
    book = Workbook(form)
    bindings = read_bindings(book, figures.plan)
    results: list[CellEdit | str] = [*bindings.problems]
    for region in bindings.regions:
        found = figures.tables[region.table.item, region.table.name]
        results += _RegionFilling(book, region, found, is_input=is_input).results()
    cells = [] if texts is None else list(read_bound_cells(book, figures.plan))
    for cell in cells:
        results += [cell] if isinstance(cell, str) else _text_results(book, cell, texts or {})
    places = len(bindings.regions) + len(cells)
    if not places and not results:
        results.append(_NO_NAMES)
    return _filling_with_results(book, places, results)


def _filling_with_results(book: Workbook, places: int, results: Sequence[CellEdit | str]) -> FormFilling:
    """The filling with the edits among the results, or with the sentences on what cannot be filled."""
    problems = [one for one in results if isinstance(one, str)]
    edits = [one for one in results if isinstance(one, CellEdit)]
    if problems or not edits:
        return FormFilling(places, tuple(problems))
    parts, skipped = _edited_parts(book, edits)
    if skipped:
        return FormFilling(places, tuple(f"{one.sheet}!{one.cell} には{_ARRAY}" for one in skipped))
    return FormFilling(places, (), parts)


def _text_results(book: Workbook, cell: BoundCell, texts: BlockTexts) -> Iterator[CellEdit | str]:
    """The edit of the cell for a text of a block, or the sentence why it cannot be written."""
    held = book.sheets[cell.sheet].cells.get((cell.row, cell.column))
    text = texts[cell.item, cell.block][cell.kind] or None
    if held and held.formula:
        yield f"{cell.sheet}!{a1(cell.row, cell.column)} には式があります。式を消すか、名前を消してください。"
    elif not _has_cell_this_value(held, text):
        yield CellEdit(cell.sheet, a1(cell.row, cell.column), text)


def is_filled_copy(path: Path, form: Path) -> bool:
    """Whether a workbook is a copy of a form with other cells and names only, which Excel did not save."""
    try:
        with Package(path) as copy, Package(form) as original:
            editor = PackageEditor(original)
            may_differ = {normalized_part_name(one.part) for one in editor.sheets()}
            may_differ.add(normalized_part_name(editor.main))
            return list(copy) == list(original) and all(
                copy.checksum(name) == original.checksum(name)
                for name in original
                if normalized_part_name(name) not in may_differ
            )
    except KenpoError:
        return False


def _edited_parts(book: Workbook, edits: Sequence[CellEdit]) -> tuple[dict[str, bytes], list[CellEdit]]:
    """The changed parts of a form, and the edits that a formula of several cells does not allow."""
    by_sheet = _edits_by_sheet(edits)
    changed = {name: {cell_position(edit.cell) for edit in own} for name, own in by_sheet.items()}
    stale = formulas_that_read(book, changed)
    skipped: list[CellEdit] = []
    try:
        editor = PackageEditor(book.package)
        for sheet in (one for one in editor.sheets() if one.kind == "worksheet"):
            if sheet.name in by_sheet:
                own = by_sheet[sheet.name]
                skipped += put_cells_returning_skipped(
                    editor.editable_part(sheet.part), own, recalculates=False
                )
            if sheet.name in stale:
                drop_results(editor.editable_part(sheet.part), stale[sheet.name])
        if stale:
            compute_on_opening(editor)
        return editor.changed_and_removed_parts()[0], skipped
    except ValueError as error:
        raise edit_error(book.path.name, error) from error


def _edits_by_sheet(edits: Iterable[CellEdit]) -> dict[str, list[CellEdit]]:
    found: dict[str, list[CellEdit]] = {}
    for edit in edits:
        found.setdefault(edit.sheet, []).append(edit)
    return found


class _RegionFilling:
    """Fills one region with the figures of its table.

    In a form to be filled in, formulas are the office's own matter, and cells that are computed stay empty.
    """

    def __init__(self, book: Workbook, region: BoundRegion, found: TableFigures, *, is_input: bool) -> None:
        self.book, self.region, self.found, self.is_input = book, region, found, is_input
        self.sheet, self.table = book.sheets[region.sheet], region.table

    def results(self) -> Iterator[CellEdit | str]:
        """The edits, and sentences on what cannot be filled."""
        entries = [row for row in self.found.rows if row.index == self.table.repeating]
        if len(entries) > len(self.region.list_rows):
            yield (
                f"名前「{self.region.name}」の範囲には {len(self.region.list_rows)} 行ありますが、"
                f"表「{self.table.name}」は {len(entries)} 行です。様式に行を増やしてください。"
            )
            return
        rows = {row.index: row.figures for row in self.found.rows if row.index != self.table.repeating}
        for index in range(len(self.table.rows)):
            if index == self.table.repeating:
                for at, row in enumerate(self.region.list_rows):
                    yield from self._edits_and_problems_of_row(
                        row, index, entries[at].figures if at < len(entries) else ()
                    )
            else:
                yield from self._edits_and_problems_of_row(
                    self.region.sheet_row(index), index, rows.get(index, ())
                )

    def _edits_and_problems_of_row(
        self, row: int, index: int, figures: tuple[Figure, ...]
    ) -> Iterator[CellEdit | str]:
        for place, column in enumerate(self.region.columns):
            definition, cell = self.table.cells[index][place], self.sheet.cells.get((row, column))
            if definition.kind is CellKind.NOT_APPLICABLE or isinstance(definition.value, str):
                continue
            if cell and cell.formula:
                if definition.kind is not CellKind.COMPUTED and not self.is_input:
                    name = self._sheet_and_cell(row, column)
                    yield f"{name} には式がありますが、計画では入力の欄です。{_FORMULA}"
                continue
            style = number_format(self.book.number_format_code(cell))
            if style.scaling_comma_count != definition.format.scaling_comma_count:
                yield f"{self._sheet_and_cell(row, column)} {OTHER_SCALE}"
                continue
            value = self._value_for_cell(figures, (index, place), style)
            if not _has_cell_this_value(cell, value):
                yield CellEdit(self.sheet.name, a1(row, column), value)

    def _value_for_cell(
        self, figures: tuple[Figure, ...], at: tuple[int, int], style: NumberFormat
    ) -> Decimal | str | None:
        """The value for a cell of the form with this format; None for one that stays empty.

        `at` is the row and the column in the table.
        """
        definition, place = self.table.cells[at[0]][at[1]], at[1]
        is_left = self.is_input and definition.kind is CellKind.COMPUTED
        value = figures[place].printed_value if figures and not is_left else None
        if not isinstance(value, Decimal):
            return value
        points = self.table.holds_percent_as_points(*at)
        return _value_shown_alike(value, definition.format, style, points=points)

    def _sheet_and_cell(self, row: int, column: int) -> str:
        return f"{self.sheet.name}!{a1(row, column)}"


def _value_shown_alike(
    value: Decimal, planned: NumberFormat, style: NumberFormat, *, points: bool
) -> Decimal:
    """The value with which a cell of the form shows what the plan's cell shows."""
    value *= factor_from_plan_to_form(planned, style, points=points)
    is_rounded = style.is_general and not planned.is_general and not planned.is_text
    return rounded(value, planned.decimals) if is_rounded else value


def _has_cell_this_value(cell: RawCell | None, value: Decimal | str | None) -> bool:
    """Whether a cell has a value already."""
    held = cell.value if cell else None
    if isinstance(value, Decimal):
        return isinstance(held, float) and held == float(value)
    return (held in (None, "") and not value) or (isinstance(held, str) and held == value)
