"""Warnings for columns, cells and sheets of a plan book that are not read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.ooxml.workbook import Sheet

# Headers and keys of remarks.
_REMARK = re.compile(
    r"備考|メモ|覚え?書|注記|コメント|説明|補足|連絡|^No\.?$|№|番号|通番|更新|確認|作成|出典|根拠|参考|鍵|^注$|^※",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\d+(?:[-・._]\d+)+")
_LAYOUT_MARKS = ("表", "ブロック", "KPI")
_ALIKE = 0.5


def is_header_of_remarks(header: str) -> bool:
    """Whether a header or key is a user's remark (備考, メモ, No.)."""
    return bool(_REMARK.search(normalized(header)))


def closest_word(word: str, known: Collection[str]) -> str:
    """The known word most similar to a possibly misspelt word, '' for none."""
    words = {normalized(one): one for one in known}
    found = get_close_matches(normalized(word), words, n=1, cutoff=_ALIKE)
    return words[found[0]] if found else ""


def check_unread_columns(
    sheet: Sheet, header_row: int, columns: Mapping[str, int], known: Sequence[str], problems: Problems
) -> None:
    """Adds warnings for unread columns with content, errors for duplicate columns."""
    first = _first_filled_rows(sheet, header_row)
    headers = {
        column: sheet.text(header_row, column)
        for column in sheet.displayed_columns_by_row.get(header_row, [])
    }
    words = {normalized(word) for word in known}
    for column, row in first.items():
        header = headers.get(column, "")
        if column in columns.values() or is_header_of_remarks(header):
            continue
        if normalized(header) in words:
            message = f"列「{header}」が 2 つあります。使うのは左の列だけです。1 つにしてください。"
            problems.add_error(sheet.name, a1(header_row, column), message)
        elif header:
            problems.add_warning(
                sheet.name, a1(header_row, column), _unknown_column_message(header, set(known) - set(columns))
            )
        elif column - 1 in headers:
            message = "見出しのない列の値は読みません。見出しを入れるか、ほかの列に移してください。"
            problems.add_warning(sheet.name, a1(row, column), message)


def further_columns(
    sheet: Sheet, header_row: int, columns: Mapping[str, int], known: Sequence[str]
) -> dict[str, int]:
    """The columns with a header of their own, by header; not those that look like a misspelt known one."""
    taken = {normalized(word) for word in known}
    missing = set(known) - set(columns)
    found: dict[str, int] = {}
    for column in sheet.displayed_columns_by_row.get(header_row, []):
        header = sheet.text(header_row, column)
        if normalized(header) not in taken and not closest_word(header, missing):
            taken.add(normalized(header))
            found[header] = column
    return found


def _first_filled_rows(sheet: Sheet, header_row: int) -> dict[int, int]:
    """The first filled row below the headers, by column."""
    found: dict[int, int] = {}
    for row, filled in sheet.non_empty_columns_by_row.items():
        if row > header_row:
            for column in filled:
                if sheet.cells[row, column].formula or sheet.text(row, column):
                    found.setdefault(column, row)
    return dict(sorted(found.items()))


def _unknown_column_message(header: str, missing: Collection[str]) -> str:
    likely = closest_word(header, missing)
    remedy = f"「{likely}」のことなら見出しを直してください。" if likely else ""
    return f"列「{header}」は使いません。{remedy}覚え書きの列なら、見出しを「備考」にしてください。"


def check_sheet_names(
    sheets: Mapping[str, Sheet],
    used: Collection[str],
    items: Collection[str],
    lists: Sequence[str],
    problems: Problems,
) -> None:
    """Adds errors for names that differ in width or blanks, warnings for likely typos.

    `used` are the layout sheets, `items` the numbers and keys of items.
    """
    expected = {normalized(name): name for name in (*items, *lists)}
    missing = [name for name in lists if name not in sheets]
    for name in [name for name in sheets if name not in (*used, *lists)]:
        same = expected.get(normalized(name), name)
        if same != name:
            message = f"シート名「{name}」を「{same}」にしてください（空白や全角の字が混じっています）。"
            problems.add_error(name, "A1", message)
        elif warning := _warning_of_unread_sheet(sheets[name], closest_word(name, missing)):
            problems.add_warning(name, "A1", warning)


def _warning_of_unread_sheet(sheet: Sheet, likely: str) -> str:
    """The warning of a sheet that seems to be an item's, or the list `likely`; '' for any other."""
    name = sheet.name
    if _ITEM.fullmatch(normalized(name)) or _is_layout_sheet(sheet):
        return (
            f"シート「{name}」に当たる項が「施策」にありません。読まずに進めます。"
            "シート名を項の番号（例 1-2-2）にしてください。"
        )
    if likely:
        return f"シート「{name}」は読みません。「{likely}」のことなら、シート名を直してください。"
    return ""


def _is_layout_sheet(sheet: Sheet) -> bool:
    return any(normalized(sheet.text(row, 1)) in _LAYOUT_MARKS for row in sheet.non_empty_rows())


def warn_of_unread_cell(sheet: Sheet, row: int, last: int, mark: str, problems: Problems) -> None:
    """Adds a warning for the first cell after column `last` in a row with a mark."""
    for column in sheet.non_empty_columns_by_row.get(row, []):
        if column > last and (sheet.cells[row, column].formula or sheet.text(row, column)):
            message = f"「{mark}」の行のこの欄は読みません。{a1(row, last)} までに入れるか、消してください。"
            problems.add_warning(sheet.name, a1(row, column), message)
            return
