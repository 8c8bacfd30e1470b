"""Parts of a book besides sheets and macros that can carry or start something: files, ribbons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import BookPart
from kenpo_xl.ooxml.drawings import first_picture_cell
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.parts import relations_by_id
from kenpo_xl.ooxml.workbook import Sheet

_ON_SHEETS = {
    "oleObject": "埋め込まれたファイル",
    "package": "埋め込まれたファイル",
    "control": "ActiveX の部品",
}
_OF_BOOK = {
    "extensibility": "リボンやメニューを変える部品",
    "attachedToolbars": "ツールバーの部品",
    "taskpanes": "アドインの作業ウィンドウ",
    "webextensiontaskpanes": "アドインの作業ウィンドウ",
}


def embedded_parts(
    package: Package, main_part: str, sheets: Iterable[Sheet], workbook_name: str
) -> Iterator[BookPart]:
    """Embedded files and controls by sheet, at the first picture, then parts of the whole book."""
    for sheet in sheets:
        relations = relations_by_id(package, sheet.part)
        for word in dict.fromkeys(_ON_SHEETS.values()):
            count = sum(_ON_SHEETS.get(kind) == word for kind, _ in relations.values())
            if count:
                at = first_picture_cell(package, sheet)
                source = Source(workbook_name, sheet.name, a1(*at) if at else "")
                yield BookPart(word, f"{sheet.name}/{word}", source, str(count))
    for word in _names_of_book_level_parts(package, main_part):
        yield BookPart(word, word, Source(workbook_name, "", ""))


def _names_of_book_level_parts(package: Package, main_part: str) -> Iterable[str]:
    """What belongs to the whole book, each once."""
    kinds = [kind for part in ("", main_part) for kind, _ in relations_by_id(package, part).values()]
    return dict.fromkeys(_OF_BOOK[kind] for kind in kinds if kind in _OF_BOOK)
