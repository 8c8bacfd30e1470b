"""Reads the planner's answers from 引継ぎ.xlsx, wherever its rows and columns went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kenpo_xl.books.handover import sheet as words
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import decimal_from_excel
from kenpo_xl.domain.outputs.handover import AS_IT_IS, HandoverAnswer, HandoverState
from kenpo_xl.domain.plan.yearly_cells import CellContent
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Sheet, Value, Workbook, text_of_value

_NEEDED = (words.STATE, words.NEW, words.CONFIRMED, *words.HIDDEN)
# Words in 確認済 that say that it is not.
_NOT_YET = {"いいえ", "未", "未確認", "×", "✕", "✗", "X", "NO", "NG", "-", "－", "保留", "要確認", "?"}


@frozen
class HandoverAnswers:
    """The answers by the id of their row, and the folder of the period before ('' if it is not given)."""

    by_id: dict[str, HandoverAnswer]
    previous: str = ""


def read_handover_answers(path: Path) -> HandoverAnswers:
    """The answers; KenpoError for a book without the sheet or its headers."""
    book = Workbook(path)
    sheet = book.sheets.get(words.SHEET)
    row, columns = sheet.header_row_and_columns(words.HEADERS) if sheet else (0, {})
    missing = [header for header in _NEEDED if header not in columns]
    if sheet is None or missing:
        what = f"見出し「{'」「'.join(missing)}」" if sheet else f"シート「{words.SHEET}」"
        raise KenpoError(
            f"{path.name} に{what}がありません。元に戻すか、{path.name} を別の場所へ移してから"
            "kenpo-xl new で作り直してください。"
        )
    return HandoverAnswers(dict(_ids_and_answers(sheet, row, columns)), _previous_plan_text(sheet, row))


def _ids_and_answers(
    sheet: Sheet, header_row: int, columns: dict[str, int]
) -> Iterator[tuple[str, HandoverAnswer]]:
    for row in (row for row in sheet.non_empty_rows() if row > header_row):
        name = sheet.text(row, columns[words.ID])
        if name:
            yield name, _answer_in_row(sheet, row, columns)


def _answer_in_row(sheet: Sheet, row: int, columns: dict[str, int]) -> HandoverAnswer:
    new = _content_of_value(sheet.value(row, columns[words.NEW]))
    written = _content_of_value(sheet.value(row, columns[words.WRITTEN]))
    confirmed = _confirming_word(sheet.value(row, columns[words.CONFIRMED]))
    if isinstance(new, str) and normalized(new) == normalized(AS_IT_IS):
        new, confirmed = None, confirmed or AS_IT_IS
    if isinstance(written, str) and written.startswith(words.NAMED):
        written = None if confirmed else written.removeprefix(words.NAMED)
    return HandoverAnswer(
        new=new if new != written else None,
        confirmed=confirmed,
        cell=f"{words.SHEET}!{a1(row, columns[words.CONFIRMED])}",
        is_open=sheet.text(row, columns[words.STATE]) == HandoverState.OPEN,
        digest=sheet.text(row, columns[words.DIGEST]),
    )


def _confirming_word(value: Value) -> str:
    """The word that confirms a row; a number, and a word such as 未, confirm nothing."""
    text = text_of_value(value) if isinstance(value, str) else ""
    return "" if normalized(text).upper() in _NOT_YET else text


def _previous_plan_text(sheet: Sheet, header_row: int) -> str:
    for row in range(1, header_row):
        if normalized(sheet.text(row, 1)) == normalized(words.PREVIOUS_LABEL):
            texts = (sheet.text(row, column) for column in sheet.non_empty_columns_by_row.get(row, [])[1:])
            return next(filter(None, texts), "")
    return ""


def _content_of_value(value: Value) -> CellContent:
    if isinstance(value, bool) or value in (None, ""):
        return None
    if isinstance(value, float):
        return decimal_from_excel(value)
    return value if isinstance(value, date) else text_of_value(value) or None
