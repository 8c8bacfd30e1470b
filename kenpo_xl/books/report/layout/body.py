"""The body of the report: its sections as the sheets and pages on which they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kenpo_xl.books.common.links import source_note
from kenpo_xl.books.report.layout.further_texts import FurtherTexts
from kenpo_xl.books.report.layout.page import Page
from kenpo_xl.books.report.layout.pagination import Spacing, paginate
from kenpo_xl.books.report.layout.paragraph import HeaderPart, repeated_header
from kenpo_xl.books.report.layout.sections import SectionTypesetter
from kenpo_xl.books.report.layout.stretch import stretch_to_bottom
from kenpo_xl.books.report.template.moved_columns import with_moved_columns
from kenpo_xl.books.report.template.options import BlockSpace, PageBreak, PlanWidth
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

# Narrow columns of the sheet that may be moved from progress to plan text, or back.
_MOVED_COLUMNS = (3, -3, 6, -6)
_Sections = Sequence[ReportSection]


@frozen
class BodySheet:
    """A sheet of the body: its name before Excel's rules, the rows that every page repeats, its pages."""

    name: str
    headers: tuple[HeaderPart, ...]
    pages: tuple[Page, ...]


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
    """The body: one sheet for each section, or for each chapter, by the options of the template.

    Where the template asks for it, the plan text is wider or narrower than drawn if that takes fewer pages.
    """
    drawn = _body(report, template)
    if template.options.plan_width is PlanWidth.AS_DRAWN:
        return drawn
    moved = (with_moved_columns(template, count) for count in _MOVED_COLUMNS)
    bodies = [drawn, *(_body(report, one) for one in moved if one)]
    return min(bodies, key=lambda body: body.page_count)


def _body(report: Report, template: Template) -> Body:
    typesetter = SectionTypesetter(template, FurtherTexts(report, template))
    groups = list(_sections_by_sheet(report, template))
    by_chapter = any(len(sections) > 1 for sections in groups)
    sheets = [
        BodySheet(
            sections[0].chapter if by_chapter and sections[0].chapter else sections[0].name,
            *_headers_and_pages(sections, report, typesetter),
        )
        for sections in groups
    ]
    return Body(template, tuple(sheets))


def _sections_by_sheet(report: Report, template: Template) -> Iterator[_Sections]:
    if template.options.page_break is PageBreak.SECTION:
        yield from ((section,) for section in report.sections)
    else:
        for _, sections in groupby(report.sections, lambda section: section.chapter):
            yield tuple(sections)


def _headers_and_pages(
    sections: _Sections, report: Report, typesetter: SectionTypesetter
) -> tuple[tuple[HeaderPart, ...], tuple[Page, ...]]:
    template = typesetter.template
    headers = tuple(_repeated_header(name, sections, report, template) for name in (RUNNING, HEADERS))
    rows = [row for section in sections for row in typesetter.layout_rows(section)]
    spacing = Spacing(*(template[name].height for name in (GAP, SPACE, CLOSING)))
    height = template.height_below_headers(sum(header.height for header in headers))
    pages = paginate(rows, height, spacing)
    if template.options.block_space is BlockSpace.STRETCHED:
        for page in pages[:-1]:
            stretch_to_bottom(page, height - spacing.closing, most=template[TEXT].height)
    return headers, tuple(pages)


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
