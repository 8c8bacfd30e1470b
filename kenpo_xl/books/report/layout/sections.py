"""A section of the report as layout rows: every text and table measured by the template's patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import zip_longest

from kenpo_xl.books.common.links import source_note
from kenpo_xl.books.report.layout.further_texts import FurtherTexts
from kenpo_xl.books.report.layout.page import PagePart
from kenpo_xl.books.report.layout.paragraph import (
    HeaderPart,
    SlotMeasure,
    TextPart,
    paragraph_parts,
    title_header,
)
from kenpo_xl.books.report.layout.row import LayoutRow, PageBlock, stacked_height
from kenpo_xl.books.report.layout.shrink_to_fit import rating_height_with_as_of
from kenpo_xl.books.report.layout.tables.column_widths import table_parts
from kenpo_xl.books.report.layout.tables.table import TableLook
from kenpo_xl.books.report.layout.tables.table_boxes import pattern_styles
from kenpo_xl.books.report.template.template import (
    BODY,
    CAPTION,
    CONTINUED,
    GAP,
    ITEM,
    KPI,
    NOTE,
    SECTION,
    TABLE_HEADER,
    TABLE_ROW,
    TEXT,
    Pattern,
    Slot,
    Template,
    filled_text_or_empty,
)
from kenpo_xl.domain.outputs.report import ReportBlock, ReportItem, ReportLine, ReportSection, ReportTable
from kenpo_xl.domain.source import Source

# A text of no more lines introduces the table below it and is kept with it, one below a caption of its own.
_INTRODUCTION, _BEFORE_CAPTION = 3, 1


class SectionTypesetter:
    """Turns the values of a report into parts of a page, by the patterns of one template."""

    def __init__(self, template: Template, further: FurtherTexts) -> None:
        self.template = template
        self.further = further
        self._measures_by_title: dict[str, list[SlotMeasure]] = {}

    def layout_rows(self, section: ReportSection) -> list[LayoutRow]:
        """The rows of a section; each item begins with its title, the first also with the section's."""
        found: list[LayoutRow] = []
        heading = ""
        for item in section.items:
            titles = [self._title_part(ITEM, item.title, item.sources)]
            if item.heading and item.heading != heading:
                titles.insert(0, self._title_part(ITEM, item.heading, item.heading_sources))
            heading = item.heading
            if not found and section.title != item.title:
                titles.insert(0, self._title_part(SECTION, section.title, section.sources))
            headers = tuple(title for title in titles if title)
            continued = self._continuation_headers(section.title) if found else ()
            found += self._item_rows(item, headers, (*continued, *headers), section.title)
        return found

    def _title_part(self, name: str, text: str, sources: Sequence[Source]) -> HeaderPart | None:
        pattern = self.template[name]
        return (
            title_header(self._title_measures(name), [text] * len(pattern.slots), source_note(sources))
            if text
            else None
        )

    def _item_rows(
        self,
        item: ReportItem,
        headers: tuple[HeaderPart, ...],
        page_headers: tuple[HeaderPart, ...],
        section: str,
    ) -> Iterator[LayoutRow]:
        continuation = self._continuation_headers(section, item.title)
        groups = _blocks_by_plan_text(item)
        if not groups:
            yield LayoutRow((), (), headers, continuation, page_headers)
        for index, blocks in enumerate(groups):
            left = tuple(self._plan_text_parts(blocks[0]))
            parts = tuple(self._page_block(block, is_first=block is item.blocks[0]) for block in blocks)
            above = ((), ()) if index else (headers, page_headers)
            yield LayoutRow(left, parts, above[0], continuation, above[1])

    def _page_block(self, block: ReportBlock, *, is_first: bool) -> PageBlock:
        """A block with its parts, which are at least as high as its rating with its as-of date."""
        parts, gap = list(self._block_parts(block)), self.template[GAP].height
        needed = rating_height_with_as_of(block.rating, block.as_of, self.template) if block.as_of else 0
        while stacked_height(parts, gap) < needed:
            parts.append(self.progress_measure.text_part(""))
        further = self.further.parts_of_block(block, is_first=is_first)
        return PageBlock(tuple(parts), block.rating, block.as_of, further)

    def _plan_text_parts(self, block: ReportBlock) -> Iterator[TextPart]:
        for sentence, sources in zip_longest(block.sentences, block.sources):
            *parts, last = paragraph_parts(self.plan_measure, sentence, source_note(sources or ()))
            yield from parts
            yield last.kept_with_next() if _is_title(last) else last

    def _continuation_headers(self, section: str, item: str = "") -> tuple[HeaderPart, ...]:
        """What names a section, and one of its items, at the top of a page on which they continue."""
        pattern, words = self.template[CONTINUED], {"節": section, "項": item}
        slots = self._title_slots(pattern)
        texts = [filled_text_or_empty(slot.text, words, location=BODY) for slot in slots]
        return (title_header(self._title_measures(CONTINUED), texts),) if any(texts) else ()

    def _block_parts(self, block: ReportBlock) -> Iterator[PagePart]:
        lines = (*block.lines, *self.further.lines_without_column(block))
        for line, following in zip_longest(lines, lines[1:]):
            yield from self._line_parts(line, following)
        if not lines:
            yield self.progress_measure.text_part("")

    def _line_parts(self, line: ReportLine, following: ReportLine | None) -> Iterator[PagePart]:
        if line.text or line.table is None:
            *parts, last = self._line_paragraphs(line)
            yield from parts
            yield last.kept_with_next() if _must_keep_with_next(line, len(last.lines), following) else last
        if line.table is not None:
            yield from self._table_parts(line.table)

    def _line_paragraphs(self, line: ReportLine) -> list[TextPart]:
        measure = self.kpi_measure if line.kpi else self.progress_measure
        return paragraph_parts(
            self.note_measure if line.note else measure, line.text, source_note(line.sources), line.emphases
        )

    def _table_parts(self, table: ReportTable) -> Iterator[PagePart]:
        if table.caption:
            captions = paragraph_parts(self.caption_measure, table.caption, source_note(table.sources))
            yield from (caption.kept_with_next() for caption in captions)
        yield from table_parts(table, self.table_look)
        noted = zip_longest(table.notes, table.note_sources, fillvalue=())
        notes = [
            part
            for text, sources in noted
            for part in paragraph_parts(self.note_measure, str(text), source_note(sources))
        ]
        yield from (part.kept_with_next() for part in notes[:-1])
        yield from notes[-1:]

    def _title_measures(self, name: str) -> list[SlotMeasure]:
        """The measures of all slots of a pattern, that of plan text first."""
        if name not in self._measures_by_title:
            pattern = self.template[name]
            self._measures_by_title[name] = [
                SlotMeasure.for_slot(self.template, pattern, slot) for slot in self._title_slots(pattern)
            ]
        return self._measures_by_title[name]

    def _title_slots(self, pattern: Pattern) -> list[Slot]:
        """The slots of a pattern, that of plan text first, wherever the template has its column."""
        plan = self.template.column_zones[0]
        return sorted(pattern.slots, key=lambda slot: not plan.first <= slot.first <= plan.last)

    def _slot_measure(self, name: str, zone: int) -> SlotMeasure:
        pattern = self.template[name]
        return SlotMeasure.for_slot(
            self.template, pattern, pattern.slot_in_zone(self.template.column_zones[zone])
        )

    @cached_property
    def plan_measure(self) -> SlotMeasure:
        """The measure of plan text."""
        return self._slot_measure(TEXT, 0)

    @cached_property
    def progress_measure(self) -> SlotMeasure:
        """The measure of progress text."""
        return self._slot_measure(TEXT, 1)

    @cached_property
    def kpi_measure(self) -> SlotMeasure:
        """The measure of a KPI line."""
        return self._slot_measure(KPI, 1)

    @cached_property
    def caption_measure(self) -> SlotMeasure:
        """The measure of the caption of a table."""
        return self._slot_measure(CAPTION, 1)

    @cached_property
    def note_measure(self) -> SlotMeasure:
        """The measure of a note below a table, or below a block."""
        return self._slot_measure(NOTE, 1)

    @cached_property
    def table_look(self) -> TableLook:
        """The columns and heights of tables."""
        return table_look(self.template)


def table_look(template: Template) -> TableLook:
    """The columns and heights of tables in a template."""
    header_slots, row_slots = template[TABLE_HEADER].slots, template[TABLE_ROW].slots
    first = header_slots[0].first
    last = max(header_slots[-1].last, row_slots[-1].last)
    styles = pattern_styles(template)
    columns = [template.columns.width(column, column) for column in range(first, last + 1)]
    return TableLook(
        first=first,
        columns=last - first + 1,
        width=min(columns, key=lambda width: width.least),
        size=row_slots[1].style.font_size,
        header_height=template[TABLE_HEADER].height,
        row_height=template[TABLE_ROW].height,
        not_applicable=row_slots[4].text,
        margin=template[GAP].height,
        centred=frozenset(kind for kind, style in styles.items() if style.is_centred),
        leading=max(style.leading for style in styles.values()),
    )


def _blocks_by_plan_text(item: ReportItem) -> list[list[ReportBlock]]:
    """Blocks, each followed by those after it that have no plan sentence of their own."""
    groups: list[list[ReportBlock]] = []
    for block in item.blocks:
        if block.sentences or not groups:
            groups.append([])
        groups[-1].append(block)
    return groups


def _must_keep_with_next(line: ReportLine, lines: int, following: ReportLine | None) -> bool:
    """True for a text that must not end a page: it introduces the table or the sentence after it."""
    table = line.table or (following.table if following else None)
    if table is not None:
        return line.kpi or lines <= (_BEFORE_CAPTION if table.caption else _INTRODUCTION)
    if following is None or lines > 1:
        return False
    is_title = not line.text.rstrip().endswith(("。", "）", ")"))
    return is_title and (following.kpi or following.text.rstrip().endswith("。"))


def _is_title(part: TextPart) -> bool:
    """True for a line above what it names: it ends with a colon, or is in brackets."""
    text = part.text.strip()
    is_bracketed = text[:1] in tuple("【〔［[■") and not text.endswith("。")
    return len(part.lines) == 1 and (text.endswith(("：", ":")) or is_bracketed)
