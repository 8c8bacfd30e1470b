"""Texts of the columns that a template adds: text fields, those of 施策, or a sample of the template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from kenpo_xl.books.common.links import source_note
from kenpo_xl.books.common.text_metrics import with_breaks_between_words
from kenpo_xl.books.report.layout.page import PagePart
from kenpo_xl.books.report.layout.paragraph import SlotMeasure, paragraph_parts
from kenpo_xl.books.report.template.template import BODY, TEXT, FurtherColumn, Slot, Template
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.outputs.report import Report, ReportBlock, ReportLine
from kenpo_xl.domain.plan.plan import ColumnText


class FurtherTexts:
    """The further columns of one template as parts of a page, for the texts of one report."""

    def __init__(self, report: Report, template: Template) -> None:
        self.template = template
        given = {normalized(one.header) for one in _column_texts(report)}
        self._headers = given | set(map(normalized, report.text_fields))

    def lines_without_column(self, block: ReportBlock) -> tuple[ReportLine, ...]:
        """The lines of text fields that the template has no column for, the name of the field before them."""
        columns = {column.name for column in self.template.further_columns}
        found, named = list[ReportLine](), set[str]()
        for name, line in ((one.name, one.line) for one in block.field_lines):
            if normalized(name) not in columns:
                found.append(line if name in named else _line_after(f"{name}：", line))
                named.add(name)
        return tuple(found)

    def parts_of_block(self, block: ReportBlock, *, is_first: bool) -> tuple[tuple[PagePart, ...], ...]:
        """The parts of each column beside a block; a sample is printed beside the first of an item."""
        return tuple(
            tuple(self._parts_of_column(block, column, measure, is_first=is_first))
            for column, measure in self._columns_and_text_measures
        )

    def notes(self) -> Iterator[str]:
        """A sentence for each column that 施策 has no text for."""
        for column in self.template.further_columns:
            if column.name not in self._headers:
                done = "見本の文をそのまま印刷しました" if column.sample else "空けてあります"
                yield (
                    f"ひな形の「{BODY}」の列「{column.name}」に入る文が、計画ブックの「施策」にないため、{done}。"
                    f"「施策」に列「{column.name}」を作って文を入れてください。"
                )

    def _parts_of_column(
        self, block: ReportBlock, column: FurtherColumn, measure: SlotMeasure, *, is_first: bool
    ) -> Iterator[PagePart]:
        if column.name not in self._headers:
            if column.sample and is_first:
                yield from paragraph_parts(measure, column.sample)
            return
        for one in block.column_texts:
            if normalized(one.header) == column.name:
                yield from _parts_of_text(measure, one.text, _note_of_numbers(one))
        for line in (one.line for one in block.field_lines if normalized(one.name) == column.name):
            yield from paragraph_parts(measure, line.text, source_note(line.sources), line.emphases)

    @cached_property
    def _columns_and_text_measures(self) -> list[tuple[FurtherColumn, SlotMeasure]]:
        pattern = self.template[TEXT]
        return [
            (column, SlotMeasure.for_slot(self.template, pattern, self._slot_of_text_row(column)))
            for column in self.template.further_columns
        ]

    def _slot_of_text_row(self, column: FurtherColumn) -> Slot:
        """The cell of row 本文 in the column; like that of the plan text where it is missing."""
        zone = column.zone
        slots = self.template[TEXT].slots
        own = next((slot for slot in slots if zone.first <= slot.first <= zone.last), None)
        like = self.template[TEXT].slot_in_zone(self.template.column_zones[0])
        return own or replace(like, first=zone.first, last=zone.last)


def _parts_of_text(measure: SlotMeasure, text: str, note: str) -> Iterable[PagePart]:
    """The paragraphs of a text of 施策; a single name is broken between its words."""
    parts = paragraph_parts(measure, text, note)
    if len(parts) > 1 or len(parts[0].lines) == 1 or "。" in text:
        return parts
    return [measure.text_part(with_breaks_between_words(text, min(measure.capacities[0])), note)]


def _line_after(words: str, line: ReportLine) -> ReportLine:
    """A line with words before it."""
    moved = (replace(one, start=one.start + len(words), end=one.end + len(words)) for one in line.emphases)
    return replace(line, text=words + line.text, emphases=tuple(moved))


def _column_texts(report: Report) -> Iterable[ColumnText]:
    return (
        text
        for section in report.sections
        for item in section.items
        for block in item.blocks
        for text in block.column_texts
    )


def _note_of_numbers(text: ColumnText) -> str:
    """The note on the source of a text that has numbers, '' for others."""
    has_numbers = text.source is not None and any(numbers_in(text.text))
    return source_note([text.source]) if has_numbers and text.source else ""
