"""Task of the button 様式を取り入れる: a plan book of the form whose path is in 操作."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.common import names
from kenpo_xl.books.common.stamp import key_in_planner_book
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.workbook import saved_path, temporary_copy
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.adopt.adopt import AdoptResult, adopt_form
from kenpo_xl.tasks.buttons.asked_cell import text_in_asked_cell

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook

_QUOTES = "\"'“”「」"
_NO_PATH = "取り入れる様式の場所が入っていません。「操作」のこのセルに場所を入れて、もう一度押してください。"
_OLD_BOOK = "このブックには、様式の場所を入れるセルがありません。コマンド kenpo-xl adopt を使ってください。"


@frozen
class AdoptedFromCell:
    """The plan book that was made, and a sentence on it; else why none was, and the cell with the path."""

    made: Path = Path()
    sentence: str = ""
    refusal: str = ""
    cell: tuple[str, str] | None = None


def adopt_form_named_in_open_book(book: OpenBook, *, today: date) -> AdoptedFromCell:
    """Make the plan book of the form whose path is in 操作 of the open book, in a folder beside the form.

    The book with which an office begins is of no plan; its plan book is made beside it.
    """
    folder = saved_path(book).parent
    with temporary_copy(book) as copy:
        content = Workbook(copy)
    text, cell = text_in_asked_cell(content, names.ADOPT_FROM)
    output = None if key_in_planner_book(content) else folder
    text = text.strip().strip(_QUOTES).strip()
    if cell is None:
        return AdoptedFromCell(refusal=_OLD_BOOK)
    if not text:
        return AdoptedFromCell(refusal=_NO_PATH, cell=cell)
    try:
        result = adopt_form(folder / text, today=today, output=output)
    except KenpoError as error:
        return AdoptedFromCell(refusal=str(error), cell=cell)
    return AdoptedFromCell(result.path, _sentence_on_result(result))


def _sentence_on_result(result: AdoptResult) -> str:
    """What was made, and what to do next."""
    name = result.path.parent.name
    if result.is_unchanged:
        return f"答えは変わっていません。フォルダー「{name}」の計画ブックを開きました。"
    done = "答えを入れて作り直しました" if result.is_again else "作りました"
    unread = f"読めなかったところが {len(result.unread)} 件あります。" if result.unread else ""
    asked = len(result.questions)
    answer = (
        f"「確認」の {asked} 件を見て、違うものを直し、保存して閉じてから、もう一度押してください。"
        if asked
        else ""
    )
    return f"フォルダー「{name}」に計画ブックを{done}。{unread}{answer}{result.named_sentence}"
