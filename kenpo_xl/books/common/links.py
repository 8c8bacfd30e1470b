"""Links from a number of the report to its origin: to a row of 数値 or to a book, and comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.source import Source

FIGURES = "数値"
# Excel follows no more links on a sheet, and takes no longer ones and no longer screen tips (in UTF-16).
_MOST_LINKS, _LONGEST_LINK, _LONGEST_TIP = 65_530, 2_080, 255
_KEPT_PATHS = 64
# Characters that a path in a link must not contain; % is first.
_ESCAPED = {ord(character): f"%{ord(character):02X}" for character in '%#"<>[]^`{} '}


class Links:
    """Writes the links of one worksheet, and omits those that Excel would reject."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._count = 0

    def write_link(self, row: int, column: int, link: str, style: Any, *, tip: str = "") -> None:
        """Link a cell; its value is to be written afterwards, over the empty text written here."""
        self._count += 1
        if self._count <= _MOST_LINKS and _truncated_text(link, _LONGEST_LINK) == link:
            self._sheet.write_link(row, column, link, style, _truncated_text(tip, _LONGEST_TIP))


def _truncated_text(text: str, max_units: int) -> str:
    """The beginning of a text, of at most `max_units` units of UTF-16."""
    if 2 * len(text) <= max_units:
        return text
    return text.encode("utf-16-le")[: 2 * max_units].decode("utf-16-le", errors="ignore")


def link_to_fact(index: int) -> str:
    """The link to a fact's row on the sheet 数値, whose first row contains the headers."""
    return f"internal:'{FIGURES}'!A{index + 2}"


def link_to_source(source: Source, path_by_book: Mapping[str, str]) -> str:
    """The link to a cell of a book, or to the book; '' for a book without a known path."""
    path = path_by_book.get(source.workbook)
    return link_to_file_or_cell(path, source.sheet, source.cell) if path else ""


def link_to_file_or_cell(path: str, sheet: str = "", cell: str = "") -> str:
    """The link to a file by its relative path; with a sheet, to its cell or its first cell."""
    file = f"external:{_escaped(path)}"
    name = sheet.replace("'", "''")
    return f"{file}#'{name}'!{cell or 'A1'}" if sheet else file


@lru_cache(maxsize=_KEPT_PATHS)
def _escaped(path: str) -> str:
    return path.translate(_ESCAPED)


def fact_tooltip(fact: Fact) -> str:
    """The source and the identity of a fact, for a screen tip."""
    identity = f"{fact.identity}（{fact.entity}）" if fact.entity else fact.identity
    return "\n".join(str(part) for part in (fact.source, identity) if part)


def source_note(sources: Iterable[Source]) -> str:
    """The comment of a text with its sources, each once."""
    return "\n".join(dict.fromkeys(f"出所: {source}" for source in sources))
