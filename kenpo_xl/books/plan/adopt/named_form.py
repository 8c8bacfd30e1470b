"""A copy of an adopted form with the defined names that bind its tables to those of the new plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kenpo_xl.books.common.bound_regions import own_lines, region_name
from kenpo_xl.domain.cell_reference import column_letters
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.edit.new_names import add_defined_names
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.references import Area, quoted_sheet
from kenpo_xl.ooxml.workbook import Sheet, Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts
from kenpo_xl.pipeline.adopt.adopted import AdoptedForm, AdoptedTable


def names_for_form(form: AdoptedForm, plan: Plan, book: Workbook) -> dict[str, str]:
    """The formula of the name of each table whose cells fill whole rows and columns."""
    found = {}
    for item, adopted in zip(plan.items, form.items, strict=False):
        tables = {table.name: table for table in item.tables}
        for one in (one for one in adopted.tables if one.name in tables):
            areas = _areas(one, book.sheets[one.sheet])
            if areas:
                found[region_name(plan, tables[one.name])] = ",".join(map(_reference, areas))
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


def _areas(table: AdoptedTable, sheet: Sheet) -> list[Area]:
    """The areas of the body of a table, none where its cells are not those of whole rows and columns."""
    rows_of_plan = [row for at, row in enumerate(table.cells) if at != table.repeating]
    cells = {
        (cell.source.row, cell.source.column) for row in (*rows_of_plan, *table.list_rows) for cell in row
    }
    rows, columns = ({cell[axis] for cell in cells} for axis in (0, 1))
    ends = sheet.merge_end_by_anchor
    last_row = {row: min(ends.get(cell, cell)[0] for cell in cells if cell[0] == row) for row in rows}
    last_column = {at: min(ends.get(cell, cell)[1] for cell in cells if cell[1] == at) for at in columns}
    areas = [
        Area(table.sheet, top, left, bottom, right)
        for top, bottom in _runs(last_row)
        for left, right in _runs(last_column)
    ]
    is_whole = len(cells) == len(rows) * len(columns)
    fits = (own_lines(sheet, areas, 0), own_lines(sheet, areas, 1)) == (
        tuple(sorted(rows)),
        tuple(sorted(columns)),
    )
    return areas if is_whole and fits else []


def _runs(last: Mapping[int, int]) -> Iterator[tuple[int, int]]:
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


def _reference(area: Area) -> str:
    corners: Iterable[tuple[int, int]] = ((area.top, area.left), (area.bottom, area.right))
    cells = ":".join(f"${column_letters(column)}${row}" for row, column in corners)
    return f"{quoted_sheet(area.sheet)}!{cells}"
