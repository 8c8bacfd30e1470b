"""Finds the layout sheet of each item: by the key on it, else by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kenpo_xl.books.plan.layout.drawn_table import FRAME, MARK
from kenpo_xl.books.plan.layout.layout_sheet import KEY
from kenpo_xl.books.plan.support.keys import FILL, normalized_key
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.ooxml.workbook import Sheet, Workbook


def layout_sheets_by_item(
    book: Workbook, items: Sequence[Item], lists: Collection[str], problems: Problems
) -> dict[str, Sheet]:
    """The layout sheet of each item that has one, by number.

    It is the sheet with the item's key beside the mark 鍵, else the one named by the key, else the one named
    by the number, unless a key says that it is another item's.
    """
    others = [sheet for name, sheet in book.sheets.items() if name not in lists]
    marked = _sheets_by_key(others, problems) if any(item.own_key for item in items) else {}
    taken = {sheet.name for sheet in marked.values()}
    found: dict[str, Sheet] = {}
    for item in items:
        sheet = marked.get(item.own_key) or _sheet_named_for(item, book, taken)
        if sheet is None:
            continue
        found[item.id] = sheet
        if item.own_key not in marked:
            _warn_of_missing_key(item, sheet, problems)
    return found


def _sheet_named_for(item: Item, book: Workbook, taken: Collection[str]) -> Sheet | None:
    """The sheet that is named by the key of an item, else by its number; None if another item has it."""
    named = [name for name in (item.own_key, item.id) if name in book.sheets][:1]
    return next((book.sheets[name] for name in named if name not in taken), None)


def key_cell(sheet: Sheet) -> tuple[int, str] | None:
    """The row of the mark 鍵 on a layout sheet and the key beside it, None without one."""
    return next(_key_cells(sheet), None)


def _key_cells(sheet: Sheet) -> Iterator[tuple[int, str]]:
    for row in sheet.non_empty_rows():
        if normalized(sheet.text(row, MARK)) == KEY:
            yield row, normalized_key(sheet.text(row, FRAME))


def _sheets_by_key(sheets: Sequence[Sheet], problems: Problems) -> dict[str, Sheet]:
    """The sheets that have a key; reports one that is on two sheets."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        for row, key in _key_cells(sheet):
            first = found.setdefault(key, sheet) if key else sheet
            if first is not sheet:
                problems.add_error(
                    sheet.name,
                    a1(row, FRAME),
                    f"鍵 {key} がシート「{first.name}」にもあります。"
                    "写したシートなら、項の鍵（「施策」の列「鍵」）に直してください。",
                )
    return found


def _warn_of_missing_key(item: Item, sheet: Sheet, problems: Problems) -> None:
    if item.own_key and sheet.name != item.own_key:
        problems.add_warning(
            sheet.name,
            "A1",
            f"この様式図に項の鍵（{item.own_key}）がありません。項の番号が変わると、別の項の様式図になります。"
            f"{FILL} を実行すると入ります。",
        )
