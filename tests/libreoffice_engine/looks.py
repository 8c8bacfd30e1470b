"""How cells look: colours, fonts, number formats, alignment."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes, utils

from tests.libreoffice_engine.complete import complete
from tests.libreoffice_engine.uno_bridge import uno

Colour = tuple[int, int, int]
NO_COLOUR = -1
BOLD = 150.0
NORMAL = 100.0
HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "fill": "REPEAT",
    "justify": "BLOCK",
}
# com.sun.star.table.CellVertJustify2
VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}
BOTTOM_BY_DEFAULT = 0


class Looks:
    """The part of a range that its formats are."""

    book: Any
    _cells: Any

    @property
    def color(self) -> Colour | None:
        return _rgb(self._cells.CellBackColor)

    @color.setter
    def color(self, color_or_rgb: Colour | str | int | None) -> None:
        self._cells.CellBackColor = _number(color_or_rgb)

    @property
    def font(self) -> Font:
        return Font(self._cells)

    @property
    def number_format(self) -> str | None:
        key = self._cells.NumberFormat
        return None if key is None else self.book.formats.code(key)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._cells.NumberFormat = self.book.formats.key(value)

    @property
    def wrap_text(self) -> bool | None:
        return self._cells.IsTextWrapped

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._cells.IsTextWrapped = value

    @property
    def horizontal_alignment(self) -> str | None:
        kept = self._cells.HoriJustify
        return next((name for name, kind in HORIZONTAL.items() if kept and kept.value == kind), None)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        kind = HORIZONTAL[value]
        self._cells.HoriJustify = uno().Enum("com.sun.star.table.CellHoriJustify", kind)

    @property
    def vertical_alignment(self) -> str | None:
        kept = self._cells.VertJustify or VERTICAL["bottom"]
        return next((name for name, kind in VERTICAL.items() if kept == kind), None)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._cells.VertJustify = VERTICAL[value]

    def add_hyperlink(
        self,
        address: str,
        text_to_display: str | None = None,
        screen_tip: str | None = None,
    ) -> None:
        """A link as the cell's text; LibreOffice has no screen tip."""
        cell = self._cells.getCellByPosition(0, 0)
        field = self.book.document.createInstance("com.sun.star.text.TextField.URL")
        field.URL = address
        field.Representation = text_to_display or address
        cell.setString("")
        cell.Text.insertTextContent(cell.Text.createTextCursor(), field, False)

    @property
    def hyperlink(self) -> str:
        fields = self._cells.getCellByPosition(0, 0).TextFields
        if not fields.Count:
            raise RuntimeError("the cell holds no hyperlink")
        return fields.getByIndex(0).URL


@complete
class Font(base_classes.Font):
    """The font of a range."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells

    @property
    def api(self) -> Any:
        return self._cells

    @property
    def bold(self) -> bool:
        return self._cells.CharWeight >= BOLD

    @bold.setter
    def bold(self, value: bool) -> None:
        self._cells.CharWeight = BOLD if value else NORMAL

    @property
    def italic(self) -> bool:
        return self._cells.CharPosture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._cells.CharPosture = uno().Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE")

    @property
    def size(self) -> float:
        return self._cells.CharHeight

    @size.setter
    def size(self, value: float) -> None:
        self._cells.CharHeight = float(value)

    @property
    def name(self) -> str:
        return self._cells.CharFontName

    @name.setter
    def name(self, value: str) -> None:
        # Excel has one font for all characters; LibreOffice has one more for Japanese.
        self._cells.CharFontName = self._cells.CharFontNameAsian = value

    @property
    def color(self) -> Colour | None:
        return _rgb(self._cells.CharColor)

    @color.setter
    def color(self, color_or_rgb: Colour | str | int | None) -> None:
        self._cells.CharColor = _number(color_or_rgb)


def _rgb(number: int) -> Colour | None:
    return None if number == NO_COLOUR else ((number >> 16) & 255, (number >> 8) & 255, number & 255)


def _number(colour: Colour | str | int | None) -> int:
    """LibreOffice's number of a colour; Excel's has red and blue the other way round."""
    if colour is None:
        return NO_COLOUR
    if isinstance(colour, str):
        return int(colour.removeprefix("#"), 16)
    red, green, blue = utils.int_to_rgb(colour) if isinstance(colour, int) else colour
    return red << 16 | green << 8 | blue
