"""Plan, submissions, figures and ratings joined into the status report (事業実施状況)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest

from kenpo_xl.domain.emphasis import spans_in_changed_text
from kenpo_xl.domain.frozen import replace
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.outputs.changes import Changes
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.outputs.report import (
    FieldLine,
    Report,
    ReportBlock,
    ReportCell,
    ReportItem,
    ReportLine,
    ReportSection,
    ReportTable,
    Tone,
)
from kenpo_xl.domain.outputs.summary import Summary
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.items import owners_of_block
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders
from kenpo_xl.domain.plan.plan import Block, Item, Plan, Section
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.results.facts import Fact, Origin, kpi_fact_identity
from kenpo_xl.domain.results.figures import Figure, Figures, TableFigures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.joined_items import joined_entries
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, RatingEntry, Submission
from kenpo_xl.pipeline.annex_marks import with_annex_marks
from kenpo_xl.pipeline.cover_words import cover_placeholder_values

NOT_SUBMITTED = "（未提出）"
_TONES = {CellKind.COMPUTED: Tone.COMPUTED, CellKind.NOT_APPLICABLE: Tone.NOT_APPLICABLE}


def assemble_report(
    plan: Plan,
    submissions: Iterable[Submission],
    figures: Figures,
    assessments: Assessments,
    *,
    facts: Sequence[Fact] = (),
    remarks: Sequence[Remark] = (),
    books: Mapping[str, str] | None = None,
    changes: Changes | None = None,
    summary: Summary | None = None,
) -> Report:
    """The whole report as values; blocks of a group that submitted nothing contain （未提出）.

    While a remark is an error, the cover and the headers contain 案.
    """
    joiner = _ReportAssembler(plan, joined_entries(plan, submissions), figures, assessments, facts)
    draft = "案" if any(remark.is_error for remark in remarks) else ""
    return Report(
        words={**cover_placeholder_values(plan), "案": draft},
        legend=plan.legend_text,
        legend_sources=_unique_known_sources(
            step.source for step in plan.scale.steps if step.in_legend and any(numbers_in(step.meaning))
        ),
        sections=tuple(joiner.report_section(section) for section in plan.sections),
        facts=tuple(facts),
        fiscal_year=plan.fiscal_year,
        assessments=assessments,
        remarks=tuple(remarks),
        books=books or {},
        changes=changes,
        summary=summary,
        text_fields=tuple(field.name for field in plan.text_fields),
    )


class _ReportAssembler:
    def __init__(
        self,
        plan: Plan,
        entries: dict[str, ItemEntry],
        figures: Figures,
        assessments: Assessments,
        facts: Sequence[Fact],
    ) -> None:
        self.plan, self.entries, self.figures, self.assessments = plan, entries, figures, assessments
        self.facts = {_fact_key(fact.identity, fact.entity, fact.source): i for i, fact in enumerate(facts)}
        self.kpi_facts = {fact.identity: fact for fact in facts if fact.origin is Origin.KPI}

    def report_section(self, section: Section) -> ReportSection:
        return ReportSection(
            section.id,
            section.chapter,
            section.title,
            tuple(map(self.report_item, section.items)),
            sources=_sources_if_text_has_numbers(section.title, section.source),
            chapter_sources=_sources_if_text_has_numbers(section.chapter, section.chapter_source),
        )

    def report_item(self, item: Item) -> ReportItem:
        blocks = tuple(self.report_block(item, block) for block in item.blocks)
        heading = item.heading
        return ReportItem(
            item.title,
            blocks,
            _sources_if_text_has_numbers(item.title, item.source),
            heading.title if heading else "",
            _sources_if_text_has_numbers(heading.title, heading.source) if heading else (),
        )

    def report_block(self, item: Item, block: Block) -> ReportBlock:
        rating = self.assessments.blocks[item.id, block.name]
        entry = self.entries.get(item.id)
        lines = (*self.report_lines(item, entry, block), *_lines_of_awaited_groups(item, entry, block))
        filled = [self._filled_text_and_sources(item.id, line) for line in _plan_sentence_lines(block)]
        given = rating.entry if rating.prints_group_rating else None
        if given and given.reason.strip():
            lines = (*lines, _reason_line(given))
        as_of = given.as_of.strip() if given else ""
        place = item.id, block.name
        lines = with_annex_marks(lines, [one for one in self.plan.annexes if (one.item, one.block) == place])
        sentences, sources = tuple(text for text, _ in filled), tuple(cells for _, cells in filled)
        texts, fields = block.column_texts, tuple(self._field_lines(item, entry, block))
        return ReportBlock(sentences, lines, rating.printed_glyph, as_of, sources, texts, fields)

    def _field_lines(self, item: Item, entry: ItemEntry | None, block: Block) -> Iterator[FieldLine]:
        """The lines of the further text fields of a block."""
        for field in self.plan.text_fields:
            for line in self.report_lines(item, entry, block, field.name):
                yield FieldLine(field.name, line)

    def report_lines(
        self, item: Item, entry: ItemEntry | None, block: Block, text_field: str = ""
    ) -> Iterator[ReportLine]:
        scale = self.plan.scale_of_text_field(text_field)
        for line in entry.lines if entry else ():
            if (line.block, line.text_field) == (block.name, text_field) and not line.left_out:
                glyph = scale.canonical_glyph(line.text) if scale else ""
                yield from self.report_lines_of_entry(item, replace(line, text=glyph) if glyph else line)

    def report_lines_of_entry(self, item: Item, line: LineEntry) -> Iterator[ReportLine]:
        if line.kind is LineKind.TEXT:
            text, sources = self._filled_text_and_sources(item.id, line)
            emphases = spans_in_changed_text(line.emphases, line.text, text)
            yield ReportLine(text, sources=sources, emphases=emphases)
        elif line.kind is LineKind.KPI:
            text = self._kpi_line_text(line.text)
            if text:
                yield ReportLine(text, kpi=True, sources=self._kpi_line_sources(line.text))
        else:
            found = self.figures.tables.get((item.id, line.text))
            unknown = ReportLine(f"（表「{line.text}」は計画にありません）")
            yield ReportLine(table=self.report_table(found)) if found else unknown

    def _filled_text_and_sources(self, item_id: str, line: LineEntry) -> tuple[str, tuple[Source, ...]]:
        """A text with its placeholders filled, and the cells of its numbers: its own, or a figure's."""
        text, cells, at, own = "", list[Source | None](), 0, line.sources()
        for place, part in enumerate(PLACEHOLDER.split(line.text)):
            typed = f"{{{part}}}" if place % 2 else part
            written = fill_placeholders(
                typed, self.plan.placeholder_context(), self._figure_text_lookup(item_id)
            )
            figure = self.figures.figure_named(item_id, part) if place % 2 else None
            held = own[at : at + len(typed)]
            cells += (
                held
                if written == typed
                else [figure.source_of_printed_value if figure else held[0]] * len(written)
            )
            text, at = text + written, at + len(typed)
        return text, _unique_known_sources(cells[number.start] for number in numbers_in(text))

    def _kpi_line_sources(self, kpi_name: str) -> tuple[Source, ...]:
        """The cells of the values in a KPI's line in their order, of its own words, of result and target."""
        assessment = self.assessments.assessment_of_kpi(kpi_name)
        if assessment is None:
            return ()
        words = [*PLACEHOLDER.findall(assessment.kpi.print), "印字", "実績", "目標"]
        return _unique_known_sources(self._source_of_kpi_placeholder(assessment, word) for word in words)

    def _source_of_kpi_placeholder(self, assessment: KpiAssessment, word: str) -> Source | None:
        identity = kpi_fact_identity(assessment.kpi.name, word)
        fact = self.kpi_facts.get(identity) or self.kpi_facts.get(f"{identity}/1")
        figure = self.figures.figure_named(assessment.item, word)
        return fact.source if fact else figure.source_of_printed_value if figure else None

    def _kpi_line_text(self, kpi_name: str) -> str:
        assessment = self.assessments.assessment_of_kpi(kpi_name)
        if assessment is None:
            return f"（指標「{kpi_name}」は計画にありません）"
        words = {"名称": kpi_name, "目標": assessment.target_text, "実績": assessment.result_text}
        figure_text = self._figure_text_lookup(assessment.item)
        placeholder_context = self.plan.placeholder_context(assessment.base.number)
        return fill_placeholders(
            assessment.kpi.print, placeholder_context, lambda word: words.get(word) or figure_text(word)
        )

    def report_table(self, found: TableFigures) -> ReportTable:
        table, rows = found.table, found.printed_rows()
        words = self._figure_text_lookup(table.item)

        def filled_text(template: str, month: int | None) -> str:
            return fill_placeholders(template, self.plan.placeholder_context(month), words)

        def filled_header(header: Header, month: int | None) -> Header:
            text, sources = filled_text(header.text, month), self._number_sources(table, header.text)
            return replace(header, text=text, sources=sources)

        indexes = [row.index for row in rows]
        return ReportTable(
            caption=filled_text(table.caption, found.as_of_month()),
            corner=tuple(filled_header(header, found.as_of_month()) for header in table.corner),
            header_rows=table.header_rows,
            header_columns=table.header_columns,
            column_headers=tuple(filled_header(h, found.as_of_month(h.column)) for h in table.column_headers),
            row_headers=tuple(
                filled_header(h, found.as_of_month()) for h in _printed_headers(table.row_headers, indexes)
            ),
            rows=tuple(tuple(map(self._report_cell, row.figures)) for row in rows),
            notes=tuple(filled_text(note, found.as_of_month()) for note in table.notes),
            joined=frozenset(place for place, row in enumerate(rows) if found.continues_row_above(row)),
            sources=self._number_sources(table, table.caption),
            note_sources=tuple(self._number_sources(table, note) for note in table.notes),
        )

    def _number_sources(self, table: Table, *templates: str) -> tuple[Source, ...]:
        """The cells of the numbers in some texts of a table: that of the plan, or a figure's."""
        cells = dict(table.texts)
        lines = (LineEntry("", LineKind.TEXT, text, source=cells.get(text)) for text in templates)
        return _unique_known_sources(
            source for line in lines for source in self._filled_text_and_sources(table.item, line)[1]
        )

    def _report_cell(self, figure: Figure) -> ReportCell:
        tone = _TONES.get(figure.cell.kind, Tone.TYPED)
        shown = "／" if tone is Tone.NOT_APPLICABLE else figure.printed_text()
        place = _fact_key(str(figure.id), figure.entity, figure.source_of_printed_value)
        fact = self.facts.get(place) if figure.printed_number is not None else None
        sources = (
            _sources_if_text_has_numbers(shown, figure.source_of_printed_value)
            if figure.printed_number is None
            else ()
        )
        return ReportCell(figure.printed_value, figure.cell.format.code, shown, tone, fact, sources)

    def _figure_text_lookup(self, item_id: str) -> Callable[[str], str | None]:
        return partial(self.figures.text_of_figure_named, item_id)


def _lines_of_awaited_groups(item: Item, entry: ItemEntry | None, block: Block) -> Iterator[ReportLine]:
    """（未提出） where no group submitted the block, else a line for each of its groups that did not."""
    awaited = [group for name, group in (entry.awaited if entry else ()) if name == block.name]
    if entry is None or len(awaited) == len(owners_of_block(item, block)):
        yield ReportLine(NOT_SUBMITTED)
    else:
        yield from (ReportLine(f"（{group}は未提出）") for group in awaited)


def _reason_line(rating: RatingEntry) -> ReportLine:
    """The reason of a group's rating, as it is printed below the block."""
    text = f"評価の理由：{rating.reason.strip()}"
    return ReportLine(text, note=True, sources=_sources_if_text_has_numbers(text, rating.reason_source))


def _plan_sentence_lines(block: Block) -> Iterator[LineEntry]:
    """The plan sentences of a block, each with its cell."""
    for sentence, source in zip_longest(block.sentences, block.sources):
        yield LineEntry(block.name, LineKind.TEXT, sentence, source=source)


def _printed_headers(headers: tuple[Header, ...], indexes: list[int]) -> Iterator[Header]:
    """The row headers of the printed rows, with spans cut to what is printed."""
    for header in headers:
        places = [
            place for place, index in enumerate(indexes) if header.row <= index < header.row + header.down
        ]
        if places:
            yield replace(header, row=places[0], down=len(places))


def _fact_key(identity: str, entity: str, source: Source | None) -> tuple[str, str, Source | None]:
    """A key unique to each fact of a table, also in two rows of an open list with the same entity."""
    return identity, entity, source


def _sources_if_text_has_numbers(text: str, source: Source | None) -> tuple[Source, ...]:
    """The cell of a text, if the text contains numbers; else empty."""
    return _unique_known_sources([source]) if any(numbers_in(text)) else ()


def _unique_known_sources(sources: Iterable[Source | None]) -> tuple[Source, ...]:
    """The cells that are known, each once."""
    return tuple(dict.fromkeys(source for source in sources if source))
