"""Pages written into a worksheet: boxes over a grid of rows that is cut wherever a box begins or ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from kenpo_xl.books.common.fast_worksheet import Blanks
from kenpo_xl.books.common.links import Links, fact_tooltip, link_to_fact
from kenpo_xl.books.common.text_metrics import mixes_latin_and_japanese
from kenpo_xl.books.report.layout.formats import Formats, emphasised_style
from kenpo_xl.books.report.layout.page import Page, PlacedPart, Rating
from kenpo_xl.books.report.layout.paragraph import HeaderPart, TextPart
from kenpo_xl.books.report.layout.pattern_areas import PatternArea, full_width_zone, pattern_areas
from kenpo_xl.books.report.layout.printed_conditions import PrintedConditions
from kenpo_xl.books.report.layout.shrink_to_fit import as_of_style, as_of_text, rating_style
from kenpo_xl.books.report.layout.source_notes import write_source_note
from kenpo_xl.books.report.layout.tables.table import TablePart, line_pitch
from kenpo_xl.books.report.layout.tables.table_boxes import placed_cells
from kenpo_xl.books.report.layout.tables.table_padding import half_of_free_height
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import (
    CLOSING,
    CONTINUED,
    RUNNING,
    TEXT,
    Pattern,
    SlotCondition,
    Template,
    Zone,
)
from kenpo_xl.domain.emphasis import EmphasisedSpan
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.results.facts import Fact

# Excel allows 409 points to a row.
_HIGHEST_ROW = 500


@frozen
class SheetBox:
    """A cell to be written: columns, pixels from the top of the page (end excluded), value and style.

    LibreOffice prints cells of mixed script after all others, so that a table copied out of the PDF would
    have its row headers after its figures. A `late` text is therefore written in two pieces: it is then
    printed with the cells of mixed script in its row.

    `below` is a text in smaller letters below the value of a rating.
    `emphases` are bold, underlined and coloured parts of its text.
    `conditions` are the conditional formats of its cell in the template.
    `fact` is the index of a number's fact, to which the cell is linked; `note` names the sources of
    the numbers in a text.
    """

    first: int
    last: int
    top: int
    end: int
    value: str | Decimal | None
    style: Style
    late: bool = False
    fact: int | None = None
    note: str = ""
    below: str = ""
    conditions: tuple[SlotCondition, ...] = ()
    emphases: tuple[EmphasisedSpan, ...] = ()


class SheetWriter:
    """Writes the pages of one section below the repeated header rows; numbers link to their `facts`."""

    def __init__(self, sheet: Any, template: Template, formats: Formats, facts: Sequence[Fact] = ()) -> None:
        self.sheet = sheet
        self.template = template
        self.formats = formats
        self.facts = facts
        self.links = Links(sheet)
        self.row = 0
        self.pages = 0
        self.breaks: list[int] = []
        self.conditions = PrintedConditions()
        self._blanks_by_zone: dict[tuple[str, int, int, tuple[str, ...], int], Blanks] = {}

    def write_headers(self, parts: Sequence[HeaderPart]) -> None:
        """Write the rows that every page repeats, and freeze them on the screen."""
        for part in parts:
            boxes = [box for text in part.texts for box in _header_boxes(text, part.height)]
            self._write_boxes(
                boxes, [PatternArea(full_width_zone(self.template), 0, part.height, part.pattern)]
            )
        self.sheet.repeat_rows(0, self.row - 1)
        self.sheet.freeze_panes(self.row, 0)

    def write_page(self, page: Page) -> None:
        """Write one page; the next one begins below a page break."""
        if self.pages:
            self.breaks.append(self.row)
        self.pages += 1
        end = page.end + self.template[CLOSING].height
        self._write_boxes(
            list(_page_boxes(page, self.template)), list(pattern_areas(page, self.template, end))
        )

    def _write_boxes(self, boxes: Sequence[SheetBox], areas: Sequence[PatternArea]) -> None:
        cuts = _row_boundaries(boxes, areas)
        rows = {cut: self.row + index for index, cut in enumerate(cuts)}
        for cut, following in pairwise(cuts):
            self.sheet.set_height(rows[cut], following - cut)
        # The columns that boxes take, as the bits of a number for each row.
        taken: defaultdict[int, int] = defaultdict(int)
        for box in boxes:
            first, last = rows[box.top], rows[box.end] - 1
            self._write_box(box, first, last)
            if box.conditions:
                self.conditions.add((first, box.first, last, box.last), box.conditions)
            for row in range(first, last + 1):
                taken[row] |= (1 << box.last + 1) - (1 << box.first)
        for area in areas:
            self._format_free_cells(area, rows, taken)
        self.row += len(cuts) - 1

    def _write_box(self, box: SheetBox, first: int, last: int) -> None:
        style = self.formats[box.style]
        if (first, box.first) != (last, box.last):
            # Without lines at its sides only the first cell of a merged one needs a format.
            self.sheet.merge_range(
                first, box.first, last, box.last, "", style if box.style.has_border else None
            )
        if box.note:
            write_source_note(self.sheet, first, box.first, box.note, box.style)
        if isinstance(box.value, Decimal):
            self._write_number(box, box.value, first, style)
        elif box.value:
            self._write_text(box, box.value, first, style)
        else:
            self.sheet.write_blank(first, box.first, None, style)

    def _write_number(self, box: SheetBox, value: Decimal, first: int, style: Any) -> None:
        if box.fact is not None:
            found = self.facts[box.fact]
            self.links.write_link(first, box.first, link_to_fact(box.fact), style, tip=fact_tooltip(found))
        self.sheet.write_number(first, box.first, float(value), style)

    def _write_text(self, box: SheetBox, text: str, first: int, style: Any) -> None:
        if box.below:
            pieces = (text, self.formats[as_of_style(box.style)], f"\n{box.below}")
            self.sheet.write_rich_string(first, box.first, style, *pieces, style)
        elif box.emphases:
            self._write_emphasised_text(box, first, style)
        elif box.late and _is_splittable(text):
            self.sheet.write_rich_string(first, box.first, text[0], style, text[1:], style)
        else:
            self.sheet.write_string(first, box.first, text, style)

    def _write_emphasised_text(self, box: SheetBox, row: int, style: Any) -> None:
        text = str(box.value)
        pieces: list[Any] = []
        at = 0
        for span in box.emphases:
            before, inside = text[at : span.start], text[span.start : span.end]
            pieces += [style, before] if before else []
            pieces += [self.formats[emphasised_style(box.style, span.emphasis)], inside]
            at = span.end
        pieces += [style, text[at:]] if text[at:] else []
        if len(pieces) > 2:
            self.sheet.write_rich_string(row, box.first, *pieces, style)
        else:
            self.sheet.write_string(row, box.first, text, pieces[0])

    def _format_free_cells(
        self, area: PatternArea, rows: Mapping[int, int], taken_columns: Mapping[int, int]
    ) -> None:
        first, last = rows[area.top], rows[area.end] - 1
        zone = (1 << area.zone.last + 1) - (1 << area.zone.first)
        for row in range(first, last + 1):
            sides = (*(("top",) if row > first else ()), *(("bottom",) if row < last else ()))
            taken = taken_columns[row] & zone
            if taken != zone:
                self.sheet.write_blanks(row, self._free_blanks(area.pattern, area.zone, sides, taken))

    def _free_blanks(self, pattern: Pattern, zone: Zone, open_sides: tuple[str, ...], taken: int) -> Blanks:
        """The blanks that a pattern paints in the columns of a zone that are not taken; made once.

        A row within a pattern that is cut into several has no lines at its `open_sides`.
        """
        key = pattern.name, zone.first, zone.last, open_sides, taken
        if key not in self._blanks_by_zone:
            columns = [column for column in range(zone.first, zone.last + 1) if not taken >> column & 1]
            self._blanks_by_zone[key] = self.sheet.blanks(
                (column, self.formats[style.without_borders(*open_sides)])
                for column, style in pattern.painted
                if column in columns
            )
        return self._blanks_by_zone[key]


def _row_boundaries(boxes: Sequence[SheetBox], areas: Sequence[PatternArea]) -> list[int]:
    """Heights at which a row begins or ends; none is further from the next than a row may be high."""
    pieces: list[SheetBox | PatternArea] = [*boxes, *areas]
    wanted = sorted({at for piece in pieces for at in (piece.top, piece.end)})
    cuts = wanted[:1]
    for cut in wanted[1:]:
        while cut - cuts[-1] > _HIGHEST_ROW:
            cuts.append(cuts[-1] + _HIGHEST_ROW)
        cuts.append(cut)
    return cuts


def _is_splittable(text: str) -> bool:
    return len(text) > 1 and not mixes_latin_and_japanese(text)


def _page_boxes(page: Page, template: Template) -> Iterator[SheetBox]:
    for placed in (*page.headers, *page.left, *page.right, *page.further):
        yield from _part_boxes(placed, template)
    for rating in page.ratings:
        yield _rating_box(rating, template)


def _part_boxes(placed: PlacedPart, template: Template) -> Iterator[SheetBox]:
    part = placed.part
    if isinstance(part, TextPart):
        yield _text_box(part, placed.top, placed.bottom)
    elif isinstance(part, HeaderPart):
        for text in part.texts:
            if part.pattern.name == RUNNING:
                yield from _header_boxes(text, part.height, top=placed.top)
            else:
                # Lines are spread over the height of their cell, also where a title beside them has more.
                yield _text_box(text, placed.top, placed.top + text.height)
    elif isinstance(part, TablePart):
        for cell in placed_cells(part, template):
            top, end = placed.top + cell.top, placed.top + cell.end
            yield SheetBox(
                *(cell.first, cell.last, top, end, cell.value, cell.style, cell.late, cell.fact, cell.note),
                conditions=cell.conditions,
            )


def _rating_box(rating: Rating, template: Template) -> SheetBox:
    slot = template[TEXT].slot_in_zone(template.column_zones[2])
    width, height = template.columns.width(slot.first, slot.last), rating.end - rating.top
    glyph = f"（{rating.glyph}）" if rating.continued else rating.glyph
    style = rating_style(glyph, slot.style, width, height, default_size=template.default.font_size)
    below = as_of_text(rating.as_of, width) if rating.as_of else ""
    style = style.wrapped if below else style
    if rating.continued:
        grey = template[CONTINUED].slots[0].style.properties_by_name.get("font_color")
        style = style.with_properties(font_color=grey)
    place = (slot.first, slot.last, rating.top, rating.end)
    return SheetBox(*place, glyph, style, below=below, conditions=slot.conditions)


def _text_box(part: TextPart, top: int, end: int) -> SheetBox:
    slot = part.measure.slot
    style = slot.style.shrunk if part.shrinks else slot.style.wrapped
    place = (slot.first, part.last, top, end - part.space_below)
    return SheetBox(
        *place, part.text, style, note=part.note, conditions=slot.conditions, emphases=part.emphases
    )


def _header_boxes(part: TextPart, height: int, *, top: int = 0) -> Iterator[SheetBox]:
    """The cells of a repeated header: each of several lines has its own, as far apart as in a table's cell.

    `top` is the pixels from the top of the page, for the heading of a chapter.
    LibreOffice spreads no lines that end with a line break.
    """
    slot, lines = part.measure.slot, [line.strip("\n") for line in part.lines]
    pitch = line_pitch(slot.style.font_size, slot.style.leading)
    above, end = half_of_free_height(height - len(lines) * pitch), top + height
    if len(lines) == 1 or above <= 0:
        style = slot.style.wrapped if len(lines) > 1 else slot.style
        yield _header_box(part, part.text, (top, end), style)
        return
    plain = slot.style.without_borders("top", "bottom")
    yield _header_box(part, "", (top, top + above), slot.style.without_borders("bottom"))
    for place, line in enumerate(lines):
        at = top + above + place * pitch
        yield _header_box(part, line, (at, at + pitch), plain)
    yield _header_box(part, "", (at + pitch, end), slot.style.without_borders("top"))


def _header_box(part: TextPart, text: str, place: tuple[int, int], style: Style) -> SheetBox:
    slot = part.measure.slot
    note = part.note if part.text.startswith(text or "\n") else ""
    return SheetBox(
        slot.first, slot.last, *place, text, style, late=True, note=note, conditions=slot.conditions
    )
