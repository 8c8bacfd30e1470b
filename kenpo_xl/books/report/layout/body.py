"""The body of the report: its sections as the sheets and pages on which they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from kenpo_xl.books.common.links import source_note
from kenpo_xl.books.report.layout.further_texts import FurtherTexts
from kenpo_xl.books.report.layout.page import Page
from kenpo_xl.books.report.layout.pagination import Spacing, paginate
from kenpo_xl.books.report.layout.paragraph import HeaderPart, repeated_header
from kenpo_xl.books.report.layout.plan_width import EstimatedHeights, may_save_page
from kenpo_xl.books.report.layout.row import LayoutRow
from kenpo_xl.books.report.layout.sections import SectionTypesetter
from kenpo_xl.books.report.layout.stretch import balanced_pages
from kenpo_xl.books.report.template.moved_columns import with_moved_columns
from kenpo_xl.books.report.template.options import BlockSpace, PageBreak
from kenpo_xl.books.report.template.template import (
    BODY,
    CLOSING,
    GAP,
    HEADERS,
    RUNNING,
    SPACE,
    TEXT,
    Template,
    filled_text,
)
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.report import Report, ReportSection
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER

# Narrow columns of the sheet that may be moved from progress to plan text, or back: more where some help.
_MOVED_COLUMNS = ((3, 6), (-3, -6))
# A space is made higher by so many lines of text at most.
_MOST_STRETCHED = 2
_Sections = Sequence[ReportSection]


@frozen
class BodySheet:
    """A sheet of the body: its name before Excel's rules, the rows that every page repeats, its pages.

    `raised` is how much higher these rows are than drawn, in pixels: those above them are on the pages.
    """

    name: str
    headers: tuple[HeaderPart, ...]
    pages: tuple[Page, ...]
    raised: int = 0


@frozen
class Body:
    """The sheets of the body in order, and the template with the columns in which they are set."""

    template: Template
    sheets: tuple[BodySheet, ...]

    @property
    def page_count(self) -> int:
        """The number of pages."""
        return sum(len(sheet.pages) for sheet in self.sheets)


def report_body(report: Report, template: Template) -> Body:
    """The body: one sheet for each section, for each chapter, or for all, by the options of the template.

    Where the template asks for it, the plan text is wider or narrower than drawn if that takes fewer pages.
    """
    body = _LaidOutBody(report, template)
    if template.options.fits_widths:
        other = _best_moved_columns(body)
        moved = _LaidOutBody(report, other) if other else body
        body = min(body, moved, key=lambda one: one.page_count)
    return body.finished()


def _best_moved_columns(drawn: _LaidOutBody) -> Template | None:
    """The template with the plan width at which the body is lowest, None where that saves no page.

    To lay out the body takes long: the heights at each width are estimated from the texts as drawn, and one
    that is hardly lower is not tried.
    """
    heights = EstimatedHeights(row for sheet in drawn.sheets for row in sheet.rows)
    as_drawn = heights.in_columns_of(drawn.template)
    lowest, best = as_drawn, None
    for counts in _MOVED_COLUMNS:
        before = as_drawn
        for moved in filter(None, (with_moved_columns(drawn.template, count) for count in counts)):
            height = heights.in_columns_of(moved)
            if height > before:
                break
            before = height
            lowest, best = min((lowest, best), (height, moved), key=itemgetter(0))
    last_pages = [sheet.pages[-1].end for sheet in drawn.sheets if len(sheet.pages) > 1]
    return best if may_save_page(as_drawn - lowest, last_pages) else None


class _LaidOutBody:
    """The body on its pages, in the columns of one template."""

    def __init__(self, report: Report, template: Template) -> None:
        self.template = template
        self.typesetter = SectionTypesetter(template, FurtherTexts(report, template))
        self.sheets = [
            _LaidOutSheet(sections, report, self.typesetter)
            for sections in _sections_split_at_page_breaks(report, template)
        ]

    @property
    def page_count(self) -> int:
        """The number of pages."""
        return sum(len(sheet.pages) for sheet in self.sheets)

    def finished(self) -> Body:
        """The body with pages that end at the same height where the template asks for it."""
        by_chapter = any(len(sheet.sections) > 1 for sheet in self.sheets)
        return Body(self.template, tuple(sheet.finished(by_chapter=by_chapter) for sheet in self.sheets))


class _LaidOutSheet:
    """Some sections on the pages of their sheet."""

    def __init__(self, sections: _Sections, report: Report, typesetter: SectionTypesetter) -> None:
        self.sections = sections
        self.template = template = typesetter.template
        self.chapters = [tuple(chapter) for _, chapter in groupby(sections, lambda one: one.chapter)]
        repeated = (RUNNING, HEADERS) if len(self.chapters) == 1 else (HEADERS,)
        self.headers = tuple(_repeated_header(name, sections, report, template) for name in repeated)
        self.rows = list(self._layout_rows(report, typesetter))
        self.spacing = Spacing(*(template[name].height for name in (GAP, SPACE, CLOSING)))
        self.page_height = template.height_below_headers(sum(header.height for header in self.headers))
        self.pages = paginate(self.rows, self.page_height, self.spacing)

    def _layout_rows(self, report: Report, typesetter: SectionTypesetter) -> Iterator[LayoutRow]:
        """The rows of all sections, below the heading of their chapter where the sheet has several."""
        for chapter in self.chapters:
            rows = [row for section in chapter for row in typesetter.layout_rows(section)]
            if len(self.chapters) == 1:
                yield from rows
                continue
            heading = _repeated_header(RUNNING, chapter, report, self.template)
            for index, row in enumerate(rows or [LayoutRow((), ())]):
                yield replace(row, chapter_heading=heading, begins_chapter=index == 0)

    def finished(self, *, by_chapter: bool) -> BodySheet:
        """The sheet, named for its chapter, for its first section, or for the whole body."""
        pages: Sequence[Page] = self.pages
        if self.template.options.block_space is BlockSpace.STRETCHED:
            most = _MOST_STRETCHED * self.template[TEXT].height
            pages = balanced_pages(self.pages, self.rows, self.page_height, self.spacing, most=most)
        first = self.sections[0]
        name = first.chapter if by_chapter and first.chapter else first.name
        name = name if len(self.chapters) == 1 else BODY
        raised = 0 if len(self.chapters) == 1 else self.template[RUNNING].height
        return BodySheet(name, self.headers, tuple(pages), raised)


def _sections_split_at_page_breaks(report: Report, template: Template) -> Iterator[_Sections]:
    if template.options.page_break is PageBreak.SECTION:
        yield from ((section,) for section in report.sections)
    elif template.options.page_break is PageBreak.NOTHING:
        yield from [report.sections] if report.sections else []
    else:
        for _, sections in groupby(report.sections, lambda section: section.chapter):
            yield tuple(sections)


def _repeated_header(name: str, sections: _Sections, report: Report, template: Template) -> HeaderPart:
    """A row that every page repeats; it names the chapter, and the section where there is only one."""
    pattern, first = template[name], sections[0]
    section = first if len(sections) == 1 else None
    words = {"章": first.chapter, "節": section.title if section else "", "凡例": report.legend}
    texts = [
        filled_text(slot.text, {**report.words, **words}, location=f"シート「{BODY}」").strip("　")
        for slot in pattern.slots
    ]
    sources_by_word = {
        "章": first.chapter_sources,
        "節": section.sources if section else (),
        "凡例": report.legend_sources,
    }
    notes = [
        source_note(
            source for word in PLACEHOLDER.findall(slot.text) for source in sources_by_word.get(word, ())
        )
        for slot in pattern.slots
    ]
    return repeated_header(template, pattern, texts, notes)
