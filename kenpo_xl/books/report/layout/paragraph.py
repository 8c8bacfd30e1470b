"""Paragraphs and titles as parts of a page: what is printed, in which columns, and how high it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from kenpo_xl.books.common.text_metrics import best_fit, printable_text, with_breaks_after_commas
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.books.report.template.template import POINT, Pattern, Slot, Template, points_to_pixels
from kenpo_xl.domain.frozen import frozen

# What stays free at the sides of a cell, in points: in Excel about 5 pixels, in LibreOffice 2 × 0.35 mm.
_EXCEL_SIDES, _OFFICE_SIDES = 3.75, 2.0
# Excel's letters may come out a little wider than they are drawn.
_SLACK = 1.01
# An indent is three digits of the default font.
_INDENT = 1.5
# Where the template does not spread the lines, Excel sets them this far apart (in font sizes).
_LEADING = 1.25
# A single line of spread text: the letters and a little air.
_AIR = 3
# So many narrow columns may be left empty at the end of a text.
_CHOICES = 5
# A paragraph is never torn so that fewer lines than this stand alone.
_FEWEST = 2


@frozen
class Measure:
    """How text is set into a slot of a pattern: the columns it may end in, and the heights of its lines."""

    pattern: Pattern
    slot: Slot
    ends: tuple[int, ...]
    rooms: tuple[tuple[int, int], ...]
    first_line: int
    next_line: int

    @classmethod
    def of(cls, template: Template, pattern: Pattern, slot: Slot, *, full: bool = False) -> Measure:
        """The measure of a slot; narrow columns at its right end may be left out to move line ends.

        With `full` the text keeps all columns of the slot and at least the height of the row.
        """
        size = slot.style.font_size
        ends = (slot.last,) if full else _ends(template, slot)
        indent = slot.style.indent_steps * _INDENT * template.default.font_size
        spreads = slot.style.has_spread_lines and not full
        return cls(
            pattern,
            slot,
            ends,
            tuple(rooms(template.columns.width(slot.first, end), size, indent) for end in ends),
            first_line=min(pattern.height, points_to_pixels(size) + _AIR) if spreads else pattern.height,
            next_line=pattern.height if spreads else points_to_pixels(size * _LEADING),
        )

    def height(self, lines: int) -> int:
        """The height of so many lines in pixels."""
        return self.first_line + (lines - 1) * self.next_line

    def set(self, text: str, note: str = "") -> TextPart:
        """A paragraph of this measure, with the note that its cell carries."""
        text = printable_text(text)
        found = best_fit(text, self.rooms)
        return TextPart(self, text, found.lines, self.ends[found.choice], note=note)


def rooms(width: Width, size: float, indent: float = 0) -> tuple[int, int]:
    """How many halves fit into a cell: in Excel on any screen with some slack, and in LibreOffice."""
    half = size / 2
    excel, office = (points * POINT - indent for points in (width.least, width.usual))
    return int((excel - _EXCEL_SIDES) / (half * _SLACK)), int((office - _OFFICE_SIDES) / half)


def _ends(template: Template, slot: Slot) -> tuple[int, ...]:
    """The columns that a text may end in: the last of the slot, and some before it while they are narrow."""
    narrow = slot.style.font_size * 1.2 / POINT
    ends = [slot.last]
    while len(ends) <= _CHOICES and ends[-1] > slot.first and template.column_pixels[ends[-1]] <= narrow:
        ends.append(ends[-1] - 1)
    return tuple(ends)


@frozen
class TextPart:
    """A paragraph in its lines; it lets itself be split between them, and the first piece keeps the note."""

    measure: Measure
    text: str
    lines: tuple[str, ...]
    last: int
    keeps: bool = False
    note: str = ""

    @cached_property
    def height(self) -> int:
        """The height in pixels."""
        return self.measure.height(len(self.lines))

    def kept(self) -> TextPart:
        """The same paragraph, staying on a page with what follows."""
        return replace(self, keeps=True)

    def split(self, room: int, *, whole: int, force: bool) -> tuple[TextPart, TextPart] | None:  # noqa: ARG002
        """The lines that fit and the rest, if both are more than a lonely line."""
        measure, count = self.measure, len(self.lines)
        fitting = (room - measure.first_line) // measure.next_line + 1
        if force:
            fitting = max(min(fitting, count - 1), 1)
            return self._torn(fitting) if count > 1 else None
        fitting = min(fitting, count - _FEWEST)
        return self._torn(fitting) if fitting >= _FEWEST else None

    def _torn(self, count: int) -> tuple[TextPart, TextPart]:
        upper, lower = self.lines[:count], self.lines[count:]
        return (
            replace(self, text="".join(upper), lines=upper, keeps=False),
            replace(self, text="".join(lower), lines=lower, note=""),
        )


@frozen
class HeadPart:
    """A row across the page with a text for each slot of its pattern: titles."""

    texts: tuple[TextPart, ...]

    @cached_property
    def height(self) -> int:
        """The height of the highest of its texts."""
        return max(text.height for text in self.texts)

    @property
    def pattern(self) -> Pattern:
        """The pattern of the row."""
        return self.texts[0].measure.pattern

    @property
    def keeps(self) -> bool:
        """A title never ends a page."""
        return True

    def split(self, room: int, *, whole: int, force: bool) -> tuple[HeadPart, HeadPart] | None:  # noqa: ARG002
        """A title is never split."""
        return None


def repeated(
    template: Template, pattern: Pattern, texts: Sequence[str], notes: Sequence[str] = ()
) -> HeadPart:
    """A row that every page repeats, as high as its texts need; long ones are broken behind commas."""
    measures = [Measure.of(template, pattern, slot, full=True) for slot in pattern.slots]
    told = zip(measures, texts, notes or [""] * len(texts), strict=False)
    return HeadPart(
        tuple(
            measure.set(with_breaks_after_commas(printable_text(text), measure.rooms[0][0]), note)
            for measure, text, note in told
        )
    )


def header(template: Template, pattern: Pattern, texts: Sequence[str], note: str = "") -> HeadPart:
    """A row of titles, one text for each of the pattern's slots; the first carries the note."""
    measures = [Measure.of(template, pattern, slot) for slot in pattern.slots]
    first, *more = (measure.set(text) for measure, text in zip(measures, texts, strict=False))
    return HeadPart((replace(first, note=note), *more))
