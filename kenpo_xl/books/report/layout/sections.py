"""A section of the report as strands of parts: every text and table measured by the template's patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import zip_longest

from kenpo_xl.books.common.links import source_note
from kenpo_xl.books.report.layout.column_widths import set_tables
from kenpo_xl.books.report.layout.pagination import LayoutRow, PageBlock, PagePart
from kenpo_xl.books.report.layout.paragraph import HeadPart, Measure, TextPart, header
from kenpo_xl.books.report.layout.table import TableLook
from kenpo_xl.books.report.template.template import (
    BODY,
    CAPTION,
    CONTINUED,
    ITEM,
    KPI,
    NOTE,
    SECTION,
    TABLE_HEADER,
    TABLE_ROW,
    TEXT,
    Template,
    filled_text,
)
from kenpo_xl.domain.outputs.report import ReportBlock, ReportItem, ReportLine, ReportSection, ReportTable
from kenpo_xl.domain.source import Source

# A text of so few lines introduces the table below it and stays with it.
_INTRODUCTION = 3


class Setter:
    """Turns the values of a report into parts, by the patterns of one template."""

    def __init__(self, template: Template) -> None:
        self.template = template

    def strands(self, section: ReportSection) -> list[LayoutRow]:
        """The strands of a section; each item begins with its title, the first also with the section's."""
        found: list[LayoutRow] = []
        for item in section.items:
            titles = [self._title(ITEM, item.title, item.sources)]
            if not found and section.title != item.title:
                titles.insert(0, self._title(SECTION, section.title, section.sources))
            found += self._item(item, tuple(title for title in titles if title))
        return found

    def _title(self, name: str, text: str, sources: Sequence[Source]) -> HeadPart | None:
        pattern = self.template[name]
        return (
            header(self.template, pattern, [text] * len(pattern.slots), source_note(sources))
            if text
            else None
        )

    def _item(self, item: ReportItem, headers: tuple[HeadPart, ...]) -> Iterator[LayoutRow]:
        again = self._again(item.title)
        groups = _groups(item)
        if not groups:
            yield LayoutRow((), (), headers=headers, again=again)
        for index, blocks in enumerate(groups):
            left = tuple(self._sentences(blocks[0]))
            parts = tuple(PageBlock(tuple(self._parts(block)), block.rating) for block in blocks)
            yield LayoutRow(left, parts, headers=() if index else headers, again=again)

    def _sentences(self, block: ReportBlock) -> Iterator[TextPart]:
        for sentence, sources in zip_longest(block.sentences, block.sources):
            yield from _set(self.plan, sentence, source_note(sources or ()))

    def _again(self, title: str) -> tuple[HeadPart, ...]:
        pattern = self.template[CONTINUED]
        texts = [filled_text(slot.text, {"項": title}, location=BODY) for slot in pattern.slots]
        return (header(self.template, pattern, texts),) if title else ()

    def _parts(self, block: ReportBlock) -> Iterator[PagePart]:
        for line, following in zip_longest(block.lines, block.lines[1:]):
            yield from self._line(line, following)
        if not block.lines:
            yield self.progress.set("")

    def _line(self, line: ReportLine, following: ReportLine | None) -> Iterator[PagePart]:
        if line.text or line.table is None:
            *parts, last = self._paragraphs(line)
            yield from parts
            yield last.kept() if _stays(line, len(last.lines), following) else last
        if line.table is not None:
            yield from self._table(line.table)

    def _paragraphs(self, line: ReportLine) -> list[TextPart]:
        return _set(self.kpi if line.kpi else self.progress, line.text, source_note(line.sources))

    def _table(self, table: ReportTable) -> Iterator[PagePart]:
        if table.caption:
            captions = _set(self.caption, table.caption, source_note(table.sources))
            yield from (caption.kept() for caption in captions)
        yield from set_tables(table, self.look)
        told = zip_longest(table.notes, table.note_sources, fillvalue=())
        notes = [part for text, sources in told for part in _set(self.note, str(text), source_note(sources))]
        yield from (part.kept() for part in notes[:-1])
        yield from notes[-1:]

    def _measure(self, name: str, zone: int) -> Measure:
        pattern = self.template[name]
        return Measure.of(self.template, pattern, pattern.slot_in_zone(self.template.column_zones[zone]))

    @cached_property
    def plan(self) -> Measure:
        """How plan text is set."""
        return self._measure(TEXT, 0)

    @cached_property
    def progress(self) -> Measure:
        """How progress text is set."""
        return self._measure(TEXT, 1)

    @cached_property
    def kpi(self) -> Measure:
        """How a KPI line is set."""
        return self._measure(KPI, 1)

    @cached_property
    def caption(self) -> Measure:
        """How the caption of a table is set."""
        return self._measure(CAPTION, 1)

    @cached_property
    def note(self) -> Measure:
        """How a note below a table is set."""
        return self._measure(NOTE, 1)

    @cached_property
    def look(self) -> TableLook:
        """What tables are set into."""
        template = self.template
        header_slots, row_slots = template[TABLE_HEADER].slots, template[TABLE_ROW].slots
        first = header_slots[0].first
        last = max(header_slots[-1].last, row_slots[-1].last)
        columns = [template.columns.width(column, column) for column in range(first, last + 1)]
        return TableLook(
            first=first,
            columns=last - first + 1,
            width=min(columns, key=lambda width: width.least),
            size=row_slots[1].style.font_size,
            header_height=template[TABLE_HEADER].height,
            row_height=template[TABLE_ROW].height,
            not_applicable=row_slots[4].text,
        )


def _groups(item: ReportItem) -> list[list[ReportBlock]]:
    """Blocks with the ones after them that have no plan sentence of their own."""
    groups: list[list[ReportBlock]] = []
    for block in item.blocks:
        if block.sentences or not groups:
            groups.append([])
        groups[-1].append(block)
    return groups


def _stays(line: ReportLine, lines: int, following: ReportLine | None) -> bool:
    """True for a text that must not end a page: it introduces the table or the sentence after it."""
    if line.table is not None or (following is not None and following.table is not None):
        return line.kpi or lines <= _INTRODUCTION
    if following is None or lines > 1:
        return False
    is_title = not line.text.rstrip().endswith(("。", "）", ")"))
    return is_title and (following.kpi or following.text.rstrip().endswith("。"))


def _set(measure: Measure, text: str, note: str = "") -> list[TextPart]:
    """The paragraphs of a text; the first one carries the note."""
    first, *more = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [measure.set(first, note), *(measure.set(paragraph) for paragraph in more)]
