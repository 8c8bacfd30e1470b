"""Checks that a drawn table is one rectangle without empty columns."""

from __future__ import annotations

from collections.abc import Container

from kenpo_xl.books.plan.support.problems import AddError
from kenpo_xl.ooxml.workbook import Sheet

Rectangle = tuple[int, int, int, int]
"""Top, left, bottom and right of a range of cells, inclusive."""


def check_is_one_rectangle(sheet: Sheet, top: int, bottom: int, left: int, add_error: AddError) -> None:
    """Reports merges across the edge and empty columns in rows `top` to `bottom`."""
    rows = (sheet.displayed_columns_by_row.get(row, ()) for row in range(top, bottom + 1))
    filled = {column for columns in rows for column in columns if column >= left}
    right = max(filled, default=left)
    for merge in sheet.merges:
        if _crosses_edge(merge, (top, left, bottom, right)):
            add_error(
                *merge[:2],
                "結合が表の枠からはみ出しています。結合を解き、見出しの中だけで結合し直してください。",
            )
    gap = next((column for column in range(left, right) if column not in filled), None)
    if gap is not None:
        add_error(
            top,
            gap,
            "表の途中に何もない列があります。列を削除してください。"
            "右にあるのが別の表なら、横に並べずに下へ移し、A 列に「表」の印を付けてください。",
        )


def _crosses_edge(merge: Rectangle, outer: Rectangle) -> bool:
    """Whether a rectangle (top, left, bottom, right) is partly inside another."""
    top, left, bottom, right = outer
    meets = merge[0] <= bottom and merge[2] >= top and merge[1] <= right and merge[3] >= left
    is_inside = merge[0] >= top and merge[2] <= bottom and merge[1] >= left and merge[3] <= right
    return meets and not is_inside


def check_short_names_above_body(
    sheet: Sheet, row: int, left: int, body: Container[int], add_error: AddError
) -> None:
    """Reports short names (名札) of `row`, from `left` on, above no body column."""
    for column in sheet.displayed_columns_by_row.get(row, []):
        name = sheet.text(row, column)
        if name and column >= left and column not in body:
            add_error(row, column, f"名札「{name}」の下に欄がありません。欄の列の上に移してください。")
