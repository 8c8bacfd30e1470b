"""A clerk at an input book: finds rows by what stands at their left, types into light yellow cells only."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

from kenpo_xl.books.common.styles import TYPED
from tests.edited import edited

LABELS = 4
"""Labels of tables and lines of text stand in column D; the block and the kind of a line left of them."""
KINDS = ("文", "表", "KPI")


def fill(built: Path, filled: Path, work: Mapping[str, str]) -> None:
    """Type into the sheets of a built book what `work` has for them, and save it as another one.

    A line is a label, then what is typed from the left, between bars; nothing leaves a cell as it is. The
    label is a row's header, `くり返し` for the next free row of an open list, `文 1` for the next line of
    block 1, `今後の取組 1` for that of its text field, or `評価 1` for its rating and reason. A number
    is typed as one; an apostrophe makes it a text, as in Excel.
    """
    with edited(built, filled) as book:
        for sheet in book:
            seen: Counter[str] = Counter()
            for line in dedent(work.get(sheet.title, "")).strip().splitlines():
                label, *values = (part.strip(" ") for part in line.split("|"))
                row, column = _place(sheet, label, seen[label])
                if label.startswith("評価 "):
                    _rate(sheet, row, values)
                else:
                    _type(sheet, row, column, values)
                seen[label] += 1


def yellow(cell: Any) -> bool:
    """Whether a cell is one that staff fill in."""
    return bool(cell.fill.fill_type) and cell.fill.fgColor.rgb.endswith(TYPED.lstrip("#"))


def _place(sheet: Any, label: str, nth: int) -> tuple[int, int]:
    """The row of a label, and the first column that may be typed in."""
    rows = {
        row: tuple(_text(sheet, row, column) for column in (2, 3, LABELS))
        for row in range(1, sheet.max_row + 1)
    }
    kind, _, block = label.partition(" ")
    if kind == "文" or any(headers[:2] == (block, kind) for headers in rows.values()):
        return [row for row, headers in rows.items() if headers[:2] == (block, kind)][nth], LABELS
    if kind == "評価":
        first = next(row for row, headers in rows.items() if headers[0] == block and headers[1] in KINDS)
        return first, next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == kind)
    if kind == "くり返し":
        free = [row for row, headers in rows.items() if not any(headers)]
        return next(row for row in free if yellow(sheet.cell(row, LABELS))), LABELS
    return next(row for row, headers in rows.items() if headers == ("", "", _plain(label))), LABELS + 1


def _type(sheet: Any, row: int, column: int, values: list[str]) -> None:
    for value in values:
        while not yellow(sheet.cell(row, column)):
            column += 1
            assert column <= sheet.max_column, f"{sheet.title}: no yellow cell for {value!r}"
        if value:
            sheet.cell(row, column).value = _typed(value)
        column += 1


def _rate(sheet: Any, row: int, values: list[str]) -> None:
    """Type a rating and its reason below their headers."""
    headers = {cell.value: cell.column for cells in sheet.iter_rows() for cell in cells if cell.value}
    for header, value in zip(("評価", "評価の理由"), values, strict=False):
        assert yellow(sheet.cell(row, headers[header]))
        sheet.cell(row, headers[header]).value = value


def _typed(value: str) -> float | str:
    try:
        return float(value) if value.isascii() else value
    except ValueError:
        return value.removeprefix("'")


def _text(sheet: Any, row: int, column: int) -> str:
    return _plain(sheet.cell(row, column).value)


def _plain(value: object) -> str:
    text = "" if value is None else unicodedata.normalize("NFKC", str(value))
    return "".join(text.split())
