"""Whether a drawn table is one whole rectangle: nothing merged over its edge, no column without anything."""

from __future__ import annotations

from collections.abc import Callable, Container

from kenpo_xl.ooxml.workbook import Sheet

Refuse = Callable[[int, int, str], None]


def check_outline(sheet: Sheet, top: int, bottom: int, left: int, refuse: Refuse) -> None:
    """Refuses what the rows `top` to `bottom` from column `left` on hold that is no part of one rectangle."""
    filled = {
        column for row in range(top, bottom + 1) for column in sheet.displayed.get(row, []) if column >= left
    }
    right = max(filled, default=left)
    for first, start, last, end in sheet.merges:
        meets = first <= bottom and last >= top and start <= right and end >= left
        if meets and not (first >= top and last <= bottom and start >= left and end <= right):
            refuse(
                first,
                start,
                "結合が表の枠からはみ出しています。結合を解き、見出しの中だけで結合し直してください。",
            )
    gap = next((column for column in range(left, right) if column not in filled), None)
    if gap is not None:
        refuse(
            top,
            gap,
            "表の途中に何もない列があります。列を削除してください。"
            "右にあるのが別の表なら、横に並べずに下へ移し、A 列に「表」の印を付けてください。",
        )


def check_names(sheet: Sheet, row: int, left: int, body: Container[int], refuse: Refuse) -> None:
    """Refuses the short names (名札) of `row`, from column `left` on, that stand above no body column."""
    for column in sheet.displayed.get(row, []):
        name = sheet.text(row, column)
        if name and column >= left and column not in body:
            refuse(row, column, f"名札「{name}」の下に欄がありません。欄の列の上に移してください。")
