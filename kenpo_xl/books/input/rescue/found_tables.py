"""Finds the tables of an item's sheet by their captions, where the names of their areas are lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kenpo_xl.books.common import names
from kenpo_xl.books.input.read.alike_headers import best_unambiguous_pairs, header_likeness
from kenpo_xl.books.input.read.table_headers import header_parts_by_month, matches_forms
from kenpo_xl.books.input.rescue.doubts import Doubts
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import AsOf, Table
from kenpo_xl.ooxml.cell_areas import positions_and_texts
from kenpo_xl.ooxml.references import quoted_sheet
from kenpo_xl.ooxml.workbook import Area, Sheet, Workbook

_ALIKE = 0.7


def name_areas_of_tables(
    book: Workbook, plan: Plan, item: Item, key: str, sheet: Sheet, doubts: Doubts
) -> None:
    """Name the areas of an item's tables that have no name; `key` is that of the item in the book."""
    lost = [table for table in item.tables if not _has_area(book, plan, table, key)]
    captions = dict(_caption_cells_and_names(sheet)) if lost else {}
    if not captions:
        return
    ends = sorted({at[0] for at in _ends_of_tables(sheet)})
    for table, at in _captions_of_tables(plan, lost, captions, sheet, ends):
        area = _area_below(sheet, at, ends)
        if area is None:
            continue
        _name_area(book, table, key, area)
        if normalized(captions[at]) not in _names_in_captions(plan, table):
            reason = f"表の名前「{captions[at]}」を、計画の表「{table.name}」とみました"
            doubts.add_area(area, reason)
            doubts.labels.add(normalized(sheet.text(*at)))


def _has_area(book: Workbook, plan: Plan, table: Table, key: str) -> bool:
    return any(book.named_area(names.table_excel_name(key, one)) for one in plan.names_of_table(table))


def _caption_cells_and_names(sheet: Sheet) -> Iterator[tuple[CellPosition, str]]:
    """The cells with the caption of a table, and the name in each."""
    for at, text in positions_and_texts(sheet):
        if text.startswith(names.TABLE_TITLE.strip()) and text[1:2] in ("　", " "):
            yield at, text[2:].removesuffix(names.NOT_PRINTED).strip()


def _ends_of_tables(sheet: Sheet) -> Iterator[CellPosition]:
    """The cells below which another part begins."""
    yield from (at for at, _ in _caption_cells_and_names(sheet))
    for at, text in positions_and_texts(sheet):
        if normalized(text) == normalized(names.KPI_TITLE) or text.startswith(names.LINES_TITLE):
            yield at


def _names_in_captions(plan: Plan, table: Table) -> set[str]:
    return {normalized(name) for name in plan.names_of_table(table)}


def _captions_of_tables(
    plan: Plan, tables: list[Table], captions: dict[CellPosition, str], sheet: Sheet, ends: list[int]
) -> list[tuple[Table, CellPosition]]:
    """The tables with their captions: each its own, else one that is like its own or over its headers."""
    found = list(_tables_with_own_captions(plan, tables, captions))
    named = {table.name: at for table, at in found}
    free = [at for at in captions if at not in named.values()]
    left = [table for table in tables if table.name not in named]
    scores = {
        (number, place): max(
            header_likeness(normalized(table.name), normalized(captions[at])),
            _share_of_headers(plan, table, sheet, area),
        )
        for number, table in enumerate(left)
        for place, at in enumerate(free)
        if (area := _area_below(sheet, at, ends))
    }
    for number, place in best_unambiguous_pairs(scores, _ALIKE).items():
        found.append((left[number], free[place]))
    return found


def _tables_with_own_captions(
    plan: Plan, tables: Iterable[Table], captions: Mapping[CellPosition, str]
) -> Iterator[tuple[Table, CellPosition]]:
    """Each table that a caption names, with the first such caption."""
    for table in tables:
        own = (at for at, text in captions.items() if normalized(text) in _names_in_captions(plan, table))
        first = next(own, None)
        if first is not None:
            yield table, first


def _share_of_headers(plan: Plan, table: Table, sheet: Sheet, area: Area) -> float:
    """The share of a table's headers that are in an area."""
    texts = set(_texts_in_rows(sheet, area))
    labels = {label for axis in (*table.columns, *table.rows) for label in axis.labels if label}
    forms = [header_parts_by_month(label, plan) for label in labels]
    there = sum(any(matches_forms([known], (text,)) for text in texts) for known in forms)
    return there / len(labels) if labels else 0.0


def _texts_in_rows(sheet: Sheet, area: Area) -> Iterator[str]:
    """The normalized texts in the rows of an area."""
    for row, columns in sheet.non_empty_columns_by_row.items():
        if area.top <= row <= area.bottom:
            yield from (normalized(sheet.text(row, column)) for column in columns)


def _area_below(sheet: Sheet, caption: CellPosition, ends: list[int]) -> Area | None:
    """The cells below a caption, up to the next part."""
    last = min((row - 1 for row in ends if row > caption[0]), default=sheet.last_row)
    rows = {row: cells for row, cells in sheet.non_empty_columns_by_row.items() if caption[0] < row <= last}
    if not rows:
        return None
    columns = [column for cells in rows.values() for column in cells]
    return Area(sheet.name, min(rows), min(columns), max(rows), max(columns))


def _name_area(book: Workbook, table: Table, key: str, area: Area) -> None:
    """Name the area of a table, and the cells of its as-of months above its headers."""
    sheet = book.sheets[area.sheet]
    label = normalized(names.MONTH_LABEL)
    rows = (row for row in sheet.non_empty_columns_by_row if area.top <= row <= area.bottom)
    if table.as_of is not AsOf.PERIOD and (row := next(rows, None)) is not None:
        cells = sheet.non_empty_columns_by_row[row]
        at = next((column for column in cells if normalized(sheet.text(row, column)) == label), None)
        if at is not None:
            month = Area(area.sheet, row, at + 1, row, at + 1)
            _add_defined_name(book, names.months_excel_name(key, table.name), month)
            area = Area(area.sheet, row + 1, area.left, area.bottom, area.right)
    _add_defined_name(book, names.table_excel_name(key, table.name), area)


def _add_defined_name(book: Workbook, name: str, area: Area) -> None:
    first, last = a1(area.top, area.left), a1(area.bottom, area.right)
    book.names.setdefault(name, f"{quoted_sheet(area.sheet)}!{first}:{last}")
