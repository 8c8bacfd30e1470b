"""A copy of an adopted form with the defined names that bind its tables to those of the new plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kenpo_xl.books.common.bound_regions import region_name, row_or_column_numbers
from kenpo_xl.domain.cell_reference import CellPosition, column_letters
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.edit.new_names import add_defined_names
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.references import Area, quoted_sheet
from kenpo_xl.ooxml.workbook import Sheet, Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts
from kenpo_xl.pipeline.adopt.adopted import AdoptedForm, AdoptedTable


def formula_by_defined_name(form: AdoptedForm, plan: Plan, book: Workbook) -> dict[str, str]:
    """The formula of the name of each table whose cells fill whole rows and columns."""
    found = {}
    for item, adopted in zip(plan.items, form.items, strict=False):
        tables = {table.name: table for table in item.tables}
        for one in (one for one in adopted.tables if one.name in tables):
            areas = _body_areas(one, book.sheets[one.sheet])
            if areas:
                found[region_name(plan, tables[one.name])] = ",".join(map(_absolute_reference, areas))
    return {name: formula for name, formula in found.items() if name not in book.names}


def write_named_form(book: Workbook, names: Mapping[str, str], target: Path) -> None:
    """Write a copy of the form with these names. KenpoError if it cannot be edited."""
    try:
        editor = PackageEditor(book.package)
        add_defined_names(editor, names)
        parts, _ = editor.changed_and_removed_parts()
    except ValueError as error:
        raise edit_error(book.path.name, error) from error
    replace_parts(book.path, target, parts)


def _body_areas(table: AdoptedTable, sheet: Sheet) -> list[Area]:
    """The areas of the body of a table, none where its cells are not those of whole rows and columns."""
    cells = _cells_of_form(table)
    rows, columns = _last_line_by_first_line(cells, sheet, 0), _last_line_by_first_line(cells, sheet, 1)
    if len(cells) != len(rows) * len(columns):
        return []
    areas = [
        Area(table.sheet, top, left, bottom, right)
        for top, bottom in _first_and_last_of_runs(rows)
        for left, right in _first_and_last_of_runs(columns)
    ]
    own = row_or_column_numbers(sheet, areas, 0), row_or_column_numbers(sheet, areas, 1)
    return areas if own == (tuple(sorted(rows)), tuple(sorted(columns))) else []


def _cells_of_form(table: AdoptedTable) -> set[CellPosition]:
    """The cells of the form that the body of a table was read from."""
    rows_of_plan = [row for at, row in enumerate(table.cells) if at != table.repeating]
    return {
        (cell.source.row, cell.source.column) for row in (*rows_of_plan, *table.list_rows) for cell in row
    }


def _last_line_by_first_line(cells: Iterable[CellPosition], sheet: Sheet, axis: int) -> dict[int, int]:
    """The rows (axis 0) or columns (1) of some cells, each with the line that its shortest cell ends in."""
    found: dict[int, int] = {}
    for cell in cells:
        end = sheet.merge_end_by_anchor.get(cell, cell)[axis]
        found[cell[axis]] = min(end, found.get(cell[axis], end))
    return found


def _first_and_last_of_runs(last: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The first and the last of lines without a gap; `last` is where each of them ends."""
    begin = end = 0
    for line in sorted(last):
        if line != end + 1:
            if begin:
                yield begin, end
            begin = line
        end = last[line]
    if begin:
        yield begin, end


def _absolute_reference(area: Area) -> str:
    corners: Iterable[tuple[int, int]] = ((area.top, area.left), (area.bottom, area.right))
    cells = ":".join(f"${column_letters(column)}${row}" for row, column in corners)
    return f"{quoted_sheet(area.sheet)}!{cells}"
