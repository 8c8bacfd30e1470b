"""Paragraphs and titles as parts of a page: texts, their columns and heights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Self

from kenpo_xl.books.common.text_metrics import (
    LineCapacities,
    best_fit_of_widths,
    line_width,
    printable_text,
    with_breaks_after_commas,
)
from kenpo_xl.books.report.template.page_setup import GRID, POINT, points_to_grid_pixels
from kenpo_xl.books.report.template.screen_widths import OFFICE_SCALES, Width
from kenpo_xl.books.report.template.template import Pattern, Slot, Template
from kenpo_xl.domain.emphasis import EmphasisedSpan, spans_of_part
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lengths import Pixels

# The padding at the sides of a cell, in points: in Excel about 5 pixels, in LibreOffice 2 × 0.35 mm, and with
# what it may round in a smaller scale.
EXCEL_SIDES, _PAPER_SIDES, _OFFICE_SIDES = 3.75, 1.98, 2.5
# Excel's letters may come out a little wider than they are drawn.
_SLACK = 1.01
# An indent is three digits of the default font.
_INDENT = 1.5
# Where the template does not spread the lines, Excel sets them this far apart (in font sizes).
_LEADING = 1.25
# The most narrow columns that may be left empty at the end of a text.
_CHOICES = 5
# A line that only some screens would break is written in one, in letters that are smaller there.
_LEAST_SHRUNK = 0.92
# A paragraph is never split into fewer lines than this.
_FEWEST = 2


@frozen
class SlotMeasure:
    """The layout of text in a slot of a pattern: possible last columns, heights of lines in pixels."""

    pattern: Pattern
    slot: Slot
    last_columns: tuple[int, ...]
    capacities: tuple[LineCapacities, ...]
    first_line: int
    next_line: int

    @classmethod
    def for_slot(cls, template: Template, pattern: Pattern, slot: Slot, *, full: bool = False) -> SlotMeasure:
        """The measure of a slot; narrow columns at its right end may be left out to move line ends.

        With `full` the text keeps all columns of the slot and at least the height of the row.
        """
        size = slot.style.font_size
        ends = (slot.last,) if full else _possible_last_columns(template, slot)
        indent = slot.style.indent_steps * _INDENT * template.default.font_size
        spreads = slot.style.has_spread_lines and not full
        return cls(
            pattern,
            slot,
            ends,
            tuple(line_capacities(template.columns.width(slot.first, end), size, indent) for end in ends),
            first_line=pattern.height,
            next_line=pattern.height
            if spreads
            else points_to_grid_pixels(size * max(_LEADING, slot.style.leading)),
        )

    @property
    def spreads_loosely(self) -> bool:
        """True where lines are spread over more than they need, in a cell without lines around it."""
        style = self.slot.style
        if not style.has_spread_lines or style.has_border or self.slot.conditions:
            return False
        needed = style.font_size * max(_LEADING, style.leading) / POINT
        return 2 * needed <= self.height_of_lines(2) - GRID

    def height_of_lines(self, line_count: int) -> Pixels:
        """The height of this number of lines in pixels."""
        return self.first_line + (line_count - 1) * self.next_line

    def text_part(self, text: str, note: str = "") -> TextPart:
        """A paragraph of this measure, with the note of its cell."""
        text = printable_text(text)
        found = best_fit_of_widths(text, self.capacities)
        if len(found.lines) > 1 and self._is_almost_one_line(text):
            return TextPart(self, text, (text,), self.last_columns[0], note=note, shrinks=True)
        return TextPart(self, text, found.lines, self.last_columns[found.choice], note=note)

    def _is_almost_one_line(self, text: str) -> bool:
        """True for a text that is one line on paper, and on every screen in slightly smaller letters."""
        width, usual = line_width(text), self.capacities[0]
        return "\n" not in text and width <= usual.paper and width * _LEAST_SHRUNK <= usual.excel


@lru_cache(maxsize=1024)
def line_capacities(width: Width, size: float, indent: float = 0) -> LineCapacities:
    """The half-width characters that fit into a cell: on any screen, and on paper."""
    half = size / 2
    excel, office = (points * POINT - indent for points in (width.least, width.usual))
    paper = int((office - _PAPER_SIDES) / half)
    loose = min(int((office - _OFFICE_SIDES) / half), *_office_screen_capacities(width, size, indent))
    return LineCapacities(min(int((excel - EXCEL_SIDES) / (half * _SLACK)), loose), loose, paper)


def _office_screen_capacities(width: Width, size: float, indent: float) -> Iterator[int]:
    """The half-width characters that LibreOffice draws into a cell, where a letter has whole pixels."""
    for scale, pixels in zip(OFFICE_SCALES, width.office, strict=True):
        letter = max(round(size / POINT * scale), 1)
        yield int((pixels - (indent + _OFFICE_SIDES) / POINT * scale) / (letter / 2))


def _possible_last_columns(template: Template, slot: Slot) -> tuple[int, ...]:
    """The columns that a text may end in: the last of the slot, and some before it while they are narrow.

    Only the last where a line is drawn at its right.
    """
    if "right" in slot.style.properties_by_name:
        return (slot.last,)
    narrow = slot.style.font_size * 1.2 / POINT
    ends = [slot.last]
    while len(ends) <= _CHOICES and ends[-1] > slot.first and template.column_pixels[ends[-1]] <= narrow:
        ends.append(ends[-1] - 1)
    return tuple(ends)


@frozen
class TextPart:
    """A paragraph in its lines; it can be split between them, and the first piece keeps the note.

    One that `shrinks` is a single line, in smaller letters where its cell is too narrow.
    """

    measure: SlotMeasure
    text: str
    lines: tuple[str, ...]
    last: int
    keep_with_next: bool = False
    note: str = ""
    emphases: tuple[EmphasisedSpan, ...] = ()
    shrinks: bool = False

    @cached_property
    def height(self) -> Pixels:
        """The height in pixels."""
        return self.measure.height_of_lines(len(self.lines))

    @property
    def space_below(self) -> Pixels:
        """What its lines leave free of its height, in pixels: they are nearer to one another than paragraphs.

        Excel and LibreOffice spread the lines of a cell from its top to its bottom.
        """
        return GRID if len(self.lines) > 1 and self.measure.spreads_loosely else 0

    def kept_with_next(self) -> TextPart:
        """The same paragraph, kept on a page with what follows."""
        return replace(self, keep_with_next=True)

    def split_to_fit(self, available: int, *, force: bool) -> tuple[Self, Self] | None:
        """The lines that fit and the rest, if both have two lines or more."""
        measure, count = self.measure, len(self.lines)
        fitting = (available - measure.first_line) // measure.next_line + 1
        if force:
            fitting = max(min(fitting, count - 1), 1)
            return self._split_after_lines(fitting) if count > 1 else None
        fitting = min(fitting, count - _FEWEST)
        return self._split_after_lines(fitting) if fitting >= _FEWEST else None

    def _split_after_lines(self, count: int) -> tuple[Self, Self]:
        upper, lower = self.lines[:count], self.lines[count:]
        above, below = "".join(upper), "".join(lower)
        cut = len(self.text) - len(below)
        above_spans, below_spans = (
            spans_of_part(self.emphases, *part) for part in ((0, cut), (cut, len(self.text)))
        )
        return (
            replace(self, text=above, lines=upper, keep_with_next=False, emphases=above_spans),
            replace(self, text=below, lines=lower, note="", emphases=below_spans),
        )


@frozen
class HeaderPart:
    """A row across the page with a text for each slot of its pattern: titles."""

    texts: tuple[TextPart, ...]

    @cached_property
    def height(self) -> Pixels:
        """The height of the highest of its texts."""
        return max(text.height for text in self.texts)

    @cached_property
    def columns(self) -> tuple[HeaderPart, ...]:
        """The titles of plan text and of progress, one of both where something is drawn behind them."""
        return tuple(HeaderPart((text,)) for text in self.texts) if self.pattern.is_bare else (self,)

    @property
    def pattern(self) -> Pattern:
        """The pattern of the row."""
        return self.texts[0].measure.pattern

    @property
    def keep_with_next(self) -> bool:
        """A title never ends a page."""
        return True

    def split_to_fit(self, available: int, *, force: bool) -> tuple[Self, Self] | None:  # noqa: ARG002
        """A title is never split."""
        return None


def repeated_header(
    template: Template, pattern: Pattern, texts: Sequence[str], notes: Sequence[str] = ()
) -> HeaderPart:
    """A row that every page repeats, as high as its texts; long ones are broken after commas."""
    measures = [SlotMeasure.for_slot(template, pattern, slot, full=True) for slot in pattern.slots]
    noted = zip(measures, texts, notes or [""] * len(texts), strict=False)
    return HeaderPart(
        tuple(
            measure.text_part(with_breaks_after_commas(printable_text(text), measure.capacities[0][0]), note)
            for measure, text, note in noted
        )
    )


def title_header(measures: Sequence[SlotMeasure], texts: Sequence[str], note: str = "") -> HeaderPart:
    """A row of titles, one text for each of the pattern's slots; the first has the note."""
    first, *more = (measure.text_part(text) for measure, text in zip(measures, texts, strict=False))
    return HeaderPart((replace(first, note=note), *more))


def paragraph_parts(
    measure: SlotMeasure, text: str, note: str = "", emphases: Sequence[EmphasisedSpan] = ()
) -> list[TextPart]:
    """The paragraphs of a text with their emphasised spans; the first one carries the note."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    parts: list[TextPart] = []
    start = 0
    for paragraph in whole.split("\n"):
        end = start + len(paragraph)
        part = measure.text_part(paragraph, "" if parts else note)
        # Where letters are left out that no sheet stores, the positions of the others are not known.
        spans = spans_of_part(emphases, start, end) if whole == text and part.text == paragraph else ()
        parts.append(replace(part, emphases=spans) if spans else part)
        start = end + 1
    return parts
