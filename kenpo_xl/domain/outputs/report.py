"""The joined status report (事業実施状況) as values, ready to be laid out on pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.emphasis import EmphasisedSpan
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.changes import Changes
from kenpo_xl.domain.outputs.figure_trend import FigureTrend
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.outputs.summary import Summary
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.plan import ColumnText
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear


class Tone(StrEnum):
    """How a table cell is shown: what was typed, what was computed, what does not apply."""

    TYPED = "typed"
    COMPUTED = "computed"
    NOT_APPLICABLE = "not applicable"


@frozen
class ReportCell:
    """A body cell: a number with its Excel number format, or text (may hold line feeds), or nothing.

    `shown` is the value as it will be printed (number format applied), for measuring widths.
    `fact` is the index of its fact in the report, None where it is no number; `sources` are the cells that
    the numbers in its text came from.
    """

    value: Decimal | str | None
    number_format: str
    shown: str
    tone: Tone = Tone.TYPED
    fact: int | None = None
    sources: tuple[Source, ...] = ()


@frozen
class ReportTable:
    """A printed table. `corner` are the headers above the row headers.

    column_headers: rows 0 … header_rows-1, columns counted from the first body column.
    row_headers: rows counted from the first body row, columns 0 … header_columns-1.
    `joined` holds the indexes of body rows that continue the row above (last year in brackets): no line.
    `sources` are the cells that the numbers in its caption came from, `note_sources` (for each note) those of
    the notes.
    """

    caption: str
    corner: tuple[Header, ...]
    header_rows: int
    header_columns: int
    column_headers: tuple[Header, ...]
    row_headers: tuple[Header, ...]
    rows: tuple[tuple[ReportCell, ...], ...]
    notes: tuple[str, ...] = ()
    joined: frozenset[int] = frozenset()
    sources: tuple[Source, ...] = ()
    note_sources: tuple[tuple[Source, ...], ...] = ()


@frozen
class ReportLine:
    """A line of progress: a paragraph (text), a KPI line (text), a small note (text) or a table.

    `sources` are the cells that the numbers in its text came from, `emphases` its bold, underlined and
    coloured parts.
    """

    text: str = ""
    kpi: bool = False
    note: bool = False
    table: ReportTable | None = None
    sources: tuple[Source, ...] = ()
    emphases: tuple[EmphasisedSpan, ...] = ()


@frozen
class FieldLine:
    """A line of a text field, by the name of the field."""

    name: str
    line: ReportLine


@frozen
class ReportBlock:
    """Plan sentences, the progress that answers them, and at most one rating glyph ('' where none).

    `field_lines` are those of the text fields (記入欄), which a template prints in columns of their names,
    else below the progress.

    `as_of` is the as-of date of the rating where the group gave one, as typed.

    `sources` are for each sentence the cells that its numbers came from, or nothing at all. `column_texts`
    are texts of the plan for the columns that a template adds.
    """

    sentences: tuple[str, ...]
    lines: tuple[ReportLine, ...]
    rating: str = ""
    as_of: str = ""
    sources: tuple[tuple[Source, ...], ...] = ()
    column_texts: tuple[ColumnText, ...] = ()
    field_lines: tuple[FieldLine, ...] = ()


@frozen
class ReportItem:
    """An item (項) with its title and blocks in order. Blocks may follow one another without a sentence.

    `sources` are the cells that the numbers in its title came from. `heading` is the title of several items
    that is printed above the first of them, '' for none.
    """

    title: str
    blocks: tuple[ReportBlock, ...]
    sources: tuple[Source, ...] = ()
    heading: str = ""
    heading_sources: tuple[Source, ...] = ()


@frozen
class ReportSection:
    """A section (節): `chapter` and `title` make the running header; `title` is printed above its first item.

    `sources` are the cells that the numbers in the title came from, `chapter_sources` those of the chapter's.
    """

    name: str
    chapter: str
    title: str
    items: tuple[ReportItem, ...]
    sources: tuple[Source, ...] = ()
    chapter_sources: tuple[Source, ...] = ()


@frozen
class Report:
    """The whole document. `words` fills the {placeholders} of the template's cover; `legend` the headers.

    `legend_sources` are the cells that the numbers in the legend came from.

    `summary` is its first page (概要), None without one.
    Behind the printed pages: `assessments` for the sheet KPI一覧, `remarks` for 要確認, `facts` for 数値, and
    `changes` for 変更一覧, which is left out where they are None.
    `trends` are those of KPIs for the sheet 推移, none without it.
    `books` gives the way from the report to each workbook that a source names, relative and with /.
    One that `is_public` has none of the sheets 要確認 and 数値. `text_fields` are the names of
    the plan's text fields, `fiscal_year` is its year.
    """

    words: dict[str, str]
    legend: str
    sections: tuple[ReportSection, ...]
    facts: tuple[Fact, ...] = ()
    assessments: Assessments | None = None
    remarks: tuple[Remark, ...] = ()
    books: Mapping[str, str] = field(default_factory=dict)
    legend_sources: tuple[Source, ...] = ()
    changes: Changes | None = None
    summary: Summary | None = None
    is_public: bool = False
    text_fields: tuple[str, ...] = ()
    trends: tuple[FigureTrend, ...] = ()
    fiscal_year: FiscalYear = FiscalYear(0)
