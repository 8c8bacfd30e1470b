"""Task of the button ブックを写す: the book that is named in 操作, carried into a fresh input book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.common import names
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.workbook import saved_path, temporary_copy
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.buttons.asked_cell import text_in_asked_cell
from kenpo_xl.tasks.carry.rescue import carry_book

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook

_QUOTES = "\"'“”「」"
_NO_PATH = "写すブックの場所が入っていません。「操作」のこのセルに場所を入れて、もう一度押してください。"
_OLD_BOOK = (
    "このブックには、写すブックの場所を入れるセルがありません。コマンド kenpo-xl carry を使ってください。"
)


@frozen
class CarriedFromCell:
    """The books that were made, and a sentence on them; else why none was, and the cell with the path."""

    made: tuple[Path, ...] = ()
    sentence: str = ""
    refusal: str = ""
    cell: tuple[str, str] | None = None


def carry_book_named_in_open_book(book: OpenBook) -> CarriedFromCell:
    """Carry the book whose path is in 操作 into the period of the open book."""
    period = saved_path(book).parent
    with temporary_copy(book) as copy:
        text, cell = text_in_asked_cell(Workbook(copy), names.CARRY_FROM)
    text = text.strip().strip(_QUOTES).strip()
    if cell is None:
        return CarriedFromCell(refusal=_OLD_BOOK)
    if not text:
        return CarriedFromCell(refusal=_NO_PATH, cell=cell)
    try:
        result = carry_book(period / text, period)
    except KenpoError as error:
        return CarriedFromCell(refusal=str(error), cell=cell)
    sentences = [sentence for one in result.books for sentence in one.sentences()]
    paths = tuple(one.path for one in result.books)
    return CarriedFromCell(paths, "".join(f"{one.rstrip('。')}。" for one in (*sentences, *result.losses)))
