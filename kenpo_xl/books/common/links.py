"""Ways from a number of the report to where it came from: links to a row of 数値 or to a book, and notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.source import Source

FIGURES = "数値"
# Excel follows no more links on a sheet, and takes no longer ones and no longer screen tips (in UTF-16).
_MOST_LINKS, _LONGEST_LINK, _LONGEST_TIP = 65_530, 2_080, 255
# What a path in a link must not hold as it is; % comes first.
_ESCAPED = {ord(character): f"%{ord(character):02X}" for character in '%#"<>[]^`{} '}


class Links:
    """The links of one worksheet; those that Excel would not take are left out."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._count = 0

    def put(self, row: int, column: int, link: str, style: Any, *, tip: str = "") -> None:
        """Link a cell; its value is to be written afterwards, and takes the place of the empty text here."""
        self._count += 1
        if self._count <= _MOST_LINKS and _cut(link, _LONGEST_LINK) == link:
            self._sheet.write_url(row, column, link, style, string="", tip=_cut(tip, _LONGEST_TIP))


def _cut(text: str, units: int) -> str:
    """The beginning of a text, of at most so many units of UTF-16."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")


def to_fact(index: int) -> str:
    """The link to a fact's row on the sheet 数値, whose first row holds the headers."""
    return f"internal:'{FIGURES}'!A{index + 2}"


def to_source(source: Source, books: Mapping[str, str]) -> str:
    """The link to a cell of a book, or to the book; '' where no way to that book is known."""
    way = books.get(source.workbook)
    return to_place(way, source.sheet, source.cell) if way else ""


def to_place(way: str, sheet: str = "", cell: str = "") -> str:
    """The link to a file by its way from here; where a sheet is named, to its cell or its first."""
    file = f"external:{way.translate(_ESCAPED)}"
    name = sheet.replace("'", "''")
    return f"{file}#'{name}'!{cell or 'A1'}" if sheet else file


def tip(fact: Fact) -> str:
    """The source and the identity of a fact, for a screen tip."""
    identity = f"{fact.identity}（{fact.entity}）" if fact.entity else fact.identity
    return "\n".join(str(part) for part in (fact.source, identity) if part)


def note(sources: Iterable[Source]) -> str:
    """What the note of a text says; the same cell is named once."""
    return "\n".join(dict.fromkeys(f"出所: {source}" for source in sources))
