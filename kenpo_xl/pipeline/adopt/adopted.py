"""What was understood of a form: items with tables and lines, as a plan has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from kenpo_xl.domain.cell_reference import Rectangle
from kenpo_xl.domain.formulas.tree import Node
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.pipeline.adopt.questions import FormCell, Question
from kenpo_xl.pipeline.adopt.years import FormTime


class CellUse(StrEnum):
    """What a cell of the form is in the plan."""

    TITLE = "表題"
    CAPTION = "表の題"
    HEADER = "見出し"
    UNIT = "単位"
    NOTE = "注"
    REMARK = "メモ"
    LINE = "文"
    OFFICE = "事務欄"
    NUMBER = "番号"
    TYPED = "入力"
    TEXT = "文字の入力"
    COMPUTED = "計算"
    GIVEN = "計画値"
    NOT_APPLICABLE = "対象外"


class TablePlace(NamedTuple):
    """A body cell: the number of its table in the form, its row and column in the body, from 0."""

    table: int
    row: int
    column: int


@frozen
class AdoptedCell:
    """A body cell of a table.

    `value` is the number of the form as the plan has it (a fraction for ％), `given` if the plan gives it,
    `words` fixed words of a total in an open list. Keys of `formula` are `TablePlace`.
    """

    kind: CellKind
    format: str
    source: FormCell
    formula: Node | None = None
    value: Decimal | str | None = None
    given: bool = False
    words: str = ""


@frozen
class AdoptedTable:
    """A table as a layout sheet draws it: headers in its corner, above and beside the body, from 0.

    `row_names` are names for the frame beside a row, '' where its headers say enough. `list_rows` are the
    rows of an open list, `sheet` and `area` where the table is in the form.
    """

    number: int
    sheet: str
    area: Rectangle
    name: str
    caption: str
    unit: str
    corner: tuple[Header, ...]
    column_headers: tuple[Header, ...]
    row_headers: tuple[Header, ...]
    header_rows: int
    header_columns: int
    cells: tuple[tuple[AdoptedCell, ...], ...]
    row_names: tuple[str, ...] = ()
    column_names: tuple[str, ...] = ()
    repeating: int | None = None
    list_rows: tuple[tuple[AdoptedCell, ...], ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    is_partly_given: bool = False


@frozen
class AdoptedItem:
    """A sheet of the form as an item of the plan; `parts` are tables, and lines of text to fill in."""

    title: str
    sheet: str
    parts: tuple[AdoptedTable | str, ...]
    owner: str = ""

    @property
    def tables(self) -> list[AdoptedTable]:
        """The tables in their order."""
        return [part for part in self.parts if isinstance(part, AdoptedTable)]


@frozen
class AdoptedCheck:
    """A cell that the form computes from other tables: the plan compares it with them."""

    place: TablePlace
    formula: Node


@frozen
class AdoptedKpi:
    """An indicator of the form with the cells of its target and its result, and the format of that."""

    name: str
    target: TablePlace
    result: TablePlace
    format: str
    is_at_most: bool = False


@frozen
class UnreadCell:
    """A cell that was not understood, or not in full: what it holds, and why."""

    place: FormCell
    shown: str
    reason: str


@frozen
class AdoptedForm:
    """A form as understood. `uses` says what became of each filled or framed cell."""

    title: str
    time: FormTime
    items: tuple[AdoptedItem, ...]
    checks: tuple[AdoptedCheck, ...] = ()
    questions: tuple[Question, ...] = ()
    unread: tuple[UnreadCell, ...] = ()
    uses: Mapping[FormCell, CellUse] = field(default_factory=dict)
    places: Mapping[FormCell, TablePlace] = field(default_factory=dict)
    kpis: tuple[AdoptedKpi, ...] = ()

    def with_unread(self, cells: Iterable[UnreadCell]) -> AdoptedForm:
        """The same with more cells that were not read."""
        return replace(self, unread=(*self.unread, *cells))
