"""What a clean book consists of, each with its cell and a way to type over it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.span import Span
from scripts.judging.mistakes import Planted


def place(source: Source) -> str:
    """The cell as `1-2-4!D7`."""
    return f"{source.sheet}!{source.cell}"


def edit(at: str, value: Decimal | int | str | None, formula: str = "") -> CellEdit:
    """The edit that types a value (None empties) into the cell `1-2-4!D7`."""
    sheet, _, cell = at.rpartition("!")
    return CellEdit(sheet, cell, Decimal(value) if isinstance(value, int) else value, formula)


@dataclass(frozen=True)
class TextLine:
    """A line of progress text in its cell; `block` is the name of its block within the item."""

    item: str
    block: str
    text: str
    cell: str

    def typed(self, text: str | None, note: str = "") -> Planted:
        """The line with another text."""
        return Planted(note or f"{self.text} → {text}", (edit(self.cell, text),), (self.cell,))

    def replaced(self, old: str, new: str) -> Planted | None:
        """The line with the first `old` written as `new`; None if it lacks `old`."""
        if old not in self.text:
            return None
        before, _, behind = self.text.partition(old)
        note = f"{old} → {new} in …{before[-12:]}【{new}】{behind[:12]}…"
        return self.typed(before + new + behind, note)


@dataclass(frozen=True)
class Number:
    """A number of a table: `value` as Excel holds it, `shown` as printed (43,089 件).

    `is_typed` is False for a computed cell. `span` says which months it covers, `entity` is the key of
    an open list's row. `row` and `column` are indexes in `table`. `quoted_in` are the cells of its item's
    lines that say the number with its unit.
    """

    figure: Figure
    table: Table
    row: int
    column: int
    value: Decimal
    span: Span
    cell: str
    quoted_in: tuple[str, ...] = ()

    @property
    def item(self) -> str:
        return self.table.item

    @property
    def identity(self) -> str:
        """item/table/row/column, by short names."""
        return str(self.figure.id)

    @property
    def is_typed(self) -> bool:
        return self.figure.cell.kind is CellKind.TYPED

    @property
    def unit(self) -> str:
        return self.table.unit_at(self.row, self.column)

    @property
    def shown(self) -> str:
        return self.figure.printed_text()

    @property
    def digits(self) -> str:
        """As in a sentence, without unit: 43,089 or 96.5."""
        return self.figure.number_text_without_unit

    @property
    def is_whole(self) -> bool:
        return self.value == self.value.to_integral_value()

    def typed(self, value: Decimal | int | str | None, note: str = "") -> Planted:
        """The cell typed over with a number, a text, or nothing."""
        note = note or f"{self.identity}: {value} for {self.value}"
        return Planted(note, (edit(self.cell, value),), (self.cell,), self.quoted_in)


@dataclass(frozen=True)
class Rating:
    """The rating of a block in its cell, and the cell of its reason."""

    item: str
    block: str
    glyph: str
    cell: str
    reason: str
    reason_cell: str

    def typed(self, glyph: str | None) -> Planted:
        """Another glyph, None for none."""
        return Planted(f"rating {glyph} for {self.glyph}", (edit(self.cell, glyph),), (self.cell,))

    def reasoned(self, reason: str) -> Planted:
        """Another reason, which either its own cell or that of the glyph may be reported for."""
        cells = (self.reason_cell, self.cell)
        return Planted(
            f"{self.glyph} of {self.item} because {reason}", (edit(self.reason_cell, reason),), cells
        )


@dataclass(frozen=True)
class AsOfMonth:
    """A typed as-of month (基準月) of a table, or of one of its columns."""

    item: str
    table: Table
    column: int | None
    month: int
    cell: str

    def typed(self, month: int | str | None) -> Planted:
        """Another month."""
        note = f"基準月 {month} for {self.month} of {self.item}/{self.table.name}"
        return Planted(note, (edit(self.cell, month),), (self.cell,))
