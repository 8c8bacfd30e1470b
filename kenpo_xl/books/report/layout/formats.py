"""XlsxWriter formats for the styles of a template."""

from __future__ import annotations

from typing import Any

from kenpo_xl.books.report.template.style import Properties, Style
from kenpo_xl.domain.emphasis import Emphasis


class Formats:
    """XlsxWriter formats by style, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[Properties, Any] = {}

    def __getitem__(self, style: Style) -> Any:
        found = self._known.get(style.properties)
        if found is None:
            found = self._known[style.properties] = self._book.add_format(style.properties_by_name)
        return found


def emphasised_style(style: Style, emphasis: Emphasis) -> Style:
    """The style of letters that are set apart in a text of this style."""
    changes: dict[str, Any] = {}
    if emphasis.is_bold:
        changes["bold"] = True
    if emphasis.is_underlined:
        changes["underline"] = 1
    if emphasis.colour:
        changes["font_color"] = f"#{emphasis.colour}"
    return style.with_properties(**changes)
