"""What one group submitted: lines, ratings and table cells, each with the cell that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.emphasis import EmphasisedSpan
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.findings.return_remark import ListedRemark
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.converted import ConvertedValue
from kenpo_xl.domain.submission.save_time import SaveRecord
from kenpo_xl.domain.submission.uncertain import UncertainValue


class CellType(StrEnum):
    """What a cell held as Excel sees it, whatever was made of it."""

    EMPTY = "空"
    NUMBER = "数"
    TEXT = "文字"
    BOOLEAN = "真偽"
    DATE = "日付"
    ERROR = "エラー"


@frozen
class Entry:
    """One table cell as found: a number that was read, or text, or nothing.

    `form` is what the cell held, `written` how it reads there: 「43,089 件」 where 43089 was read from text.
    `formula`: the cell holds a formula; `value` is then its result, where known.
    `unseen` names the characters of the cell that show nothing (U+200B). `last_place` is a unit of the last
    place that the cell showed when the book was issued, None where the plan shows as many places now.
    """

    value: Decimal | str | None = None
    formula: bool = False
    source: Source | None = field(default=None, compare=False)
    cell_type: CellType = field(default=CellType.EMPTY, compare=False)
    written: str = field(default="", compare=False)
    unseen: str = field(default="", compare=False)
    last_place: Decimal | None = field(default=None, compare=False)


@frozen
class RowEntry:
    """One row of a table: `row` is its index in the plan, `entity` its key in an open list (else empty)."""

    row: int
    cells: tuple[Entry, ...]
    entity: str = ""


@frozen
class TableEntry:
    """The rows of one table as found, and the typed as-of months (基準月), one, one per column, or none.

    A month is its calendar number, 1 to 12; None where nothing was typed; `month_sources` are their cells,
    None for a column that was not found. `title` is the cell above the
    table, `column_headers` the lowest header cell of each of the plan's columns, None where it was not found.
    """

    table: str
    rows: tuple[RowEntry, ...]
    months: tuple[int | None, ...] = ()
    month_sources: tuple[Source | None, ...] = field(default=(), compare=False)
    title: Source | None = field(default=None, compare=False)
    column_headers: tuple[Source | None, ...] = field(default=(), compare=False)


@frozen
class WordingChange:
    """Words of a line that the planner put there: from `start` up to `end` in its text, and their cell."""

    start: int
    end: int
    source: Source | None = None


@frozen
class LineEntry:
    """One line of progress: its block, its kind, and its text (or the name of its table or KPI).

    `left_out`: the planner does not want it printed, or that the plan has given it up. `carried` is the text
    that the book was issued with as last quarter's, '' for none; `confirmed`: staff say that it holds.
    `emphases` are its bold, underlined and coloured parts.
    A line whose cell has a formula that quotes figures has them in `text` as {table/row/column}.
    `text_field` is the name of the text field (記入欄) that the text is of, '' for progress.
    """

    block: str
    kind: LineKind
    text: str
    mark: str = ""
    source: Source | None = field(default=None, compare=False)
    changes: tuple[WordingChange, ...] = field(default=(), compare=False)
    left_out: bool = field(default=False, compare=False)
    carried: str = field(default="", compare=False)
    confirmed: bool = field(default=False, compare=False)
    emphases: tuple[EmphasisedSpan, ...] = field(default=(), compare=False)
    text_field: str = ""

    @property
    def is_progress(self) -> bool:
        """Whether it is of the progress (実施状況), not of a text field."""
        return not self.text_field

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it is last quarter's text, neither edited nor confirmed."""
        return bool(self.carried) and self.text == self.carried and not self.confirmed

    def source_at(self, position: int) -> Source | None:
        """The cell that holds the letter at `position` of the text: the group's, or the planner's."""
        found = (change.source for change in self.changes if change.start <= position < change.end)
        return next(found, self.source)

    def sources(self) -> list[Source | None]:
        """The cell of each letter of the text, as `source_at`."""
        if not self.changes:
            return [self.source] * len(self.text)
        return [self.source_at(position) for position in range(len(self.text))]


@frozen
class RatingEntry:
    """A rating (評価) as typed beside a block, with its reason and as-of date, both as typed.

    `source` is the cell of the glyph, `reason_source` that of the reason, `as_of_source` that of the date.
    """

    block: str
    glyph: str
    reason: str = ""
    as_of: str = ""
    source: Source | None = field(default=None, compare=False)
    reason_source: Source | None = field(default=None, compare=False)
    as_of_source: Source | None = field(default=None, compare=False)


@frozen
class KpiEntry:
    """A row of the KPI judgement: what its cells of target, result, last year and rating (判定) give."""

    name: str
    target: Entry
    result: Entry
    same_period: Entry = field(default=Entry(), compare=False)
    judged: Entry = field(default=Entry(), compare=False)


@frozen
class ItemEntry:
    """Everything that was read from one item's sheet.

    `rating_cells` are the cells where each block's rating belongs: those of its first row, by block. `absent`
    are blocks of the plan that the book has no place for. `blank_lines` are the rows of the progress
    without a text, with the kind that is written beside it. `awaited` are blocks of an item of several
    groups, and those of their groups that submitted nothing.
    """

    item: str
    lines: tuple[LineEntry, ...] = ()
    ratings: tuple[RatingEntry, ...] = ()
    tables: tuple[TableEntry, ...] = ()
    rating_cells: tuple[tuple[str, Source], ...] = field(default=(), compare=False)
    kpis: tuple[KpiEntry, ...] = field(default=(), compare=False)
    absent: tuple[str, ...] = field(default=(), compare=False)
    blank_lines: tuple[LineEntry, ...] = field(default=(), compare=False)
    awaited: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def blank_progress_cells(self, block: str) -> Iterator[Source]:
        """The cells of the empty lines of progress in a block."""
        lines = (one for one in self.blank_lines if one.block == block and one.is_progress)
        return (one.source for one in lines if one.source)


@frozen
class BookPart:
    """A part of a book and the cell or sheet where it is, or belongs where it was not found.

    `kind` is シート, 表, 行, 列, 基準月, 実施状況 and the like; `words` call it for staff where kind and
    identity do not suffice.
    """

    kind: str
    identity: str
    source: Source
    words: str = ""

    def __str__(self) -> str:
        return self.words or f"{self.kind} {self.identity}"


class MismatchKind(StrEnum):
    """How a part of a book differs from the plan as it is now, since the book was made."""

    OUTDATED = "旧様式"
    EXCHANGED = "入れ替わり"
    CHANGED = "書き換え"
    DROPPED = "計画にないもの"
    ADDED = "計画に加わったもの"


NOT_REPORTED = "報告書に載せません。"
"""The end of the sentence on a part that the report leaves out."""


@frozen
class Mismatch:
    """A part of a book that is not that of the plan; `fact` is a Japanese sentence that names it.

    `identity` is that of the plan, of a dropped part that of the book; `issued` is the path of an item, block
    or table in the plan that the book was built from, () where it does not matter.
    """

    kind: MismatchKind
    identity: str
    fact: str
    source: Source
    issued: tuple[str, ...] = field(default=(), compare=False)


class UnreadNear(StrEnum):
    """What an area that was not read belongs to, as far as its place shows."""

    LINES = "実施状況"
    TABLE = "表"
    LIST = "行の増える表"
    KPI = "KPI"
    PLAN = "計画内容"
    HEADING = "見出し"
    NOTHING = ""


@frozen
class Unread:
    """Connected cells, or objects on a sheet, that reach neither report nor ledger.

    `source` is the first cell, `near` what they touch, `place` that in words (表「併給調整」の右, '' for
    nothing), `text` a short quotation, `value` their content for comparison, `cells` the number of
    non-empty ones. `more` counts further areas of the sheet that have no entry of their own.
    """

    source: Source
    identity: str
    near: UnreadNear
    place: str
    text: str
    value: str
    cells: int
    more: int = 0


@frozen
class Submission:
    """What was read from one input book (入力ブック).

    `missed` are the parts that were not found in it, `accepted` the findings that the group accepts (確認済),
    `record` is what it records of its last save, `mismatches` the parts that are not those of the plan now,
    `unread` what the sheets of its items hold that no reader took. `converted` are numbers that were put into
    another scale when the plan changed, `uncertain` what was carried into it by likeness or position only.
    `listed_remarks` are the planner's remarks (差戻し) in its list of findings.
    """

    group: str
    items: tuple[ItemEntry, ...]
    workbook: str = ""
    missed: tuple[BookPart, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    record: SaveRecord = field(default=SaveRecord(), compare=False)
    mismatches: tuple[Mismatch, ...] = ()
    unread: tuple[Unread, ...] = field(default=(), compare=False)
    converted: tuple[ConvertedValue, ...] = field(default=(), compare=False)
    uncertain: tuple[UncertainValue, ...] = field(default=(), compare=False)
    listed_remarks: tuple[ListedRemark, ...] = field(default=(), compare=False)
