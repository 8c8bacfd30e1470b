"""The joined status report (事業実施状況) as values, ready to be laid out on pages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.heads import Head


class Tone(StrEnum):
    """How a table cell is shown: what was typed, what was computed, what does not apply."""

    TYPED = "typed"
    COMPUTED = "computed"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class ReportCell:
    """A body cell: a number with its Excel number format, or text (may hold line feeds), or nothing.

    `shown` is the value as it will be printed (number format applied), for measuring widths.
    """

    value: Decimal | str | None
    number_format: str
    shown: str
    tone: Tone = Tone.TYPED


@dataclass(frozen=True)
class ReportTable:
    """A printed table. `corner` is the text above the row heads ('' prints an empty corner).

    column_heads: rows 0 … head_rows-1, columns counted from the first body column.
    row_heads: rows counted from the first body row, columns 0 … head_columns-1.
    `joined` holds the indexes of body rows that continue the row above (last year in brackets): no line.
    """

    caption: str
    corner: str
    head_rows: int
    head_columns: int
    column_heads: tuple[Head, ...]
    row_heads: tuple[Head, ...]
    rows: tuple[tuple[ReportCell, ...], ...]
    notes: tuple[str, ...] = ()
    joined: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ReportLine:
    """A line of progress: a paragraph (text), a KPI line (text) or a table."""

    text: str = ""
    kpi: bool = False
    table: ReportTable | None = None


@dataclass(frozen=True)
class ReportBlock:
    """Plan sentences, the progress that answers them, and at most one rating glyph ('' where none)."""

    sentences: tuple[str, ...]
    lines: tuple[ReportLine, ...]
    rating: str = ""


@dataclass(frozen=True)
class ReportItem:
    """An item (項) with its title and blocks in order. Blocks may follow one another without a sentence."""

    title: str
    blocks: tuple[ReportBlock, ...]


@dataclass(frozen=True)
class ReportSection:
    """A section (節): `chapter` and `title` make the running head; `title` stands above its first item."""

    name: str
    chapter: str
    title: str
    items: tuple[ReportItem, ...]


@dataclass(frozen=True)
class Report:
    """The whole document. `words` fills the {placeholders} of the template's cover; `legend` the heads."""

    words: dict[str, str]
    legend: str
    sections: tuple[ReportSection, ...]
