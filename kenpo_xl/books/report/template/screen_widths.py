"""The widths of columns in Excel on other screens than the one that a template was designed on.

Excel stores a column's width in digits of the workbook's default font and rounds the pixels of every column
by itself, for the screen and for the printer. A digit has another number of pixels at 125 % or 150 % screen
scaling, or where the font is missing, so that a sheet becomes up to an eighth wider or a little narrower.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from kenpo_xl.domain.frozen import frozen

# Pixels of an inch at 100 %, 125 % and 150 % screen scaling.
_SCALINGS = (96, 120, 144)
_POINTS = 72
# XlsxWriter counts column widths in digits of 7 pixels, whatever the font.
DIGIT = 7
_PARTS = 256
# How much wider a digit of a font that replaces a missing one may be than the widest that is expected.
_REPLACED_FONT = 1.04


@frozen
class Screen:
    """A screen: the pixels of a digit of the default font, and of an inch."""

    digit: int
    inch: int

    def displayed_pixels(self, width: float) -> float:
        """The width of a stored column as Excel displays it, in pixels of 1/96 inch."""
        shown = int((_PARTS * width + int(128 / self.digit)) / _PARTS * self.digit)
        return shown * _SCALINGS[0] / self.inch


def possible_screens(font_size: float) -> tuple[Screen, ...]:
    """The screens that a default font of this size in points, half as wide as high, may be displayed on.

    At 100 % the font may be missing, and a digit of its replacement be a pixel wider.
    """
    found = {Screen(_default_digit_pixels(font_size) + 1, _SCALINGS[0]): None}
    for inch in _SCALINGS:
        letter = int(font_size * inch / _POINTS + 0.5)
        found |= {Screen(digit, inch): None for digit in (letter // 2, (letter + 1) // 2)}
    return tuple(found)


def _default_digit_pixels(font_size: float) -> int:
    return (int(font_size * _SCALINGS[0] / _POINTS + 0.5) + 1) // 2


# Pixels of a screen to one of 96 dpi: a usual one, an X server without a size, and 125 and 150 ％ of Windows.
OFFICE_SCALES = (1.0, 100 / 96, 1.25, 1.5)


@frozen
class Width:
    """The width of some columns in pixels: as designed, and the least and the most on any screen in Excel.

    `office` are the widths in LibreOffice at each of its scales, `OFFICE_SCALES`.
    """

    usual: int
    least: float
    most: float
    office: tuple[int, ...]

    @classmethod
    def fixed(cls, pixels: int) -> Width:
        """A width that is the same on every screen, or matters only on the usual one."""
        return cls(pixels, pixels, pixels, tuple(int(pixels * scale) for scale in OFFICE_SCALES))

    def times(self, count: int) -> Width:
        """The width of `count` such columns."""
        office = tuple(pixels * count for pixels in self.office)
        return Width(self.usual * count, self.least * count, self.most * count, office)


@frozen
class SheetColumns:
    """The columns of a sheet: pixels as designed, widths as stored, and possible screens."""

    pixels: tuple[int, ...]
    stored: tuple[float, ...]
    screens: tuple[Screen, ...]

    @classmethod
    def for_characters(cls, character_widths: Sequence[float], font_size: float) -> SheetColumns:
        """The columns of these widths in characters, for a default font of `font_size` points."""
        digit = designed_digit_pixels(font_size)
        pixels = tuple(int(width * digit + 0.5) for width in character_widths)
        stored = tuple(xlsxwriter_pixels(width) * _PARTS // DIGIT / _PARTS for width in character_widths)
        return cls(pixels, stored, possible_screens(font_size))

    @cached_property
    def _displayed_widths(self) -> tuple[tuple[float, ...], ...]:
        return tuple(tuple(map(screen.displayed_pixels, self.stored)) for screen in self.screens)

    @cached_property
    def _office_ends(self) -> tuple[tuple[int, ...], ...]:
        """Where each column begins, and the last one ends, at each scale of LibreOffice.

        It cuts every column to whole pixels.
        """
        return tuple(
            tuple(accumulate((int(pixels * scale) for pixels in self.pixels), initial=0))
            for scale in OFFICE_SCALES
        )

    def width(self, first: int, last: int) -> Width:
        """The width of the columns from `first` to `last`, counted from 0."""
        sums = [sum(columns[first : last + 1]) for columns in self._displayed_widths]
        usual = sum(self.pixels[first : last + 1])
        office = tuple(ends[last + 1] - ends[first] for ends in self._office_ends)
        return Width(usual, min(usual, *sums), max(usual, *sums), office)


def designed_digit_pixels(font_size: float) -> int:
    """The pixels of a digit of a default font of so many points, on the screen where it was designed."""
    return round(font_size * _SCALINGS[0] / _POINTS / 2)


def printed_pixels(character_widths: Sequence[float], font_size: float) -> float:
    """The width of columns of these widths in characters, in pixels, for the scale of their print.

    As designed where a digit of the default font of `font_size` points has whole pixels. Else it is the most
    of any screen, and a little for a font that replaces a missing one.
    """
    if font_size * _SCALINGS[0] / _POINTS % 2 == 0:
        return sum(map(xlsxwriter_pixels, character_widths))
    columns = SheetColumns.for_characters(character_widths, font_size)
    return columns.width(0, len(columns.pixels) - 1).most * _REPLACED_FONT


def xlsxwriter_pixels(character_width: float) -> int:
    """The pixels that XlsxWriter takes for a width in characters."""
    return round(character_width * DIGIT)
