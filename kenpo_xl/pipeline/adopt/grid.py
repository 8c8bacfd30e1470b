"""The cells of a worksheet as a person sees them: text, look, merged cells, hidden rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property

from kenpo_xl.domain.cell_reference import CellPosition, Rectangle
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat, number_format
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.pipeline.adopt.words import is_unit

CellContent = Decimal | str | date | bool | None
_FIRST_YEAR, _LAST_YEAR = 1980, 2100
_NOT_APPLICABLE = ("／", "/")
_DASHES = ("-", "－", "―", "ー", "−", "–", "…", "***", "＊＊＊")


class Content(Enum):
    """What a cell holds, as a person sees it."""

    BLANK = auto()
    TEXT = auto()
    NUMBER = auto()
    FORMULA = auto()
    DATE = auto()
    SIGN = auto()


@frozen
class SourceCell:
    """A cell of the form; `shown` is its text as displayed, `value` what it holds.

    `is_framed` if it has a border, `is_filled` if it has a colour, `is_crossed` if a line goes through it.
    """

    value: CellContent = None
    shown: str = ""
    formula: str = ""
    format: NumberFormat = number_format("General")
    is_framed: bool = False
    is_filled: bool = False
    is_crossed: bool = False

    @property
    def content(self) -> Content:
        """What kind of content the cell has."""
        if self.is_crossed and not self.shown:
            return Content.SIGN
        if self.formula:
            return Content.TEXT if isinstance(self.value, str) and self._is_words else Content.FORMULA
        if isinstance(self.value, date):
            return Content.DATE
        if isinstance(self.value, Decimal):
            return Content.NUMBER
        return self._content_of_text()

    def _content_of_text(self) -> Content:
        """What kind of content a typed text is."""
        text = normalized(self.shown)
        if not text:
            return Content.BLANK
        if text in map(normalized, (*_NOT_APPLICABLE, *_DASHES)):
            return Content.SIGN
        return Content.NUMBER if self.number_in_text is not None else Content.TEXT

    @property
    def _is_words(self) -> bool:
        """Whether a formula gives words: a title that is put together, not the "" or "-" of a guard."""
        words = normalized(str(self.value))
        return bool(words) and words not in map(normalized, _DASHES) and self.number_in_text is None

    @property
    def number_in_text(self) -> tuple[Decimal, str] | None:
        """The number and the unit of a text that is one: １２３, 1,234件; 4月 and 1回当たり are none."""
        found = typed_number_and_unit(self.shown) if isinstance(self.value, str) else None
        return found if found and (not found[1] or is_unit(found[1])) else None

    @property
    def number(self) -> Decimal | None:
        """The number that the cell holds, also as text; a fraction for one with ％."""
        if isinstance(self.value, Decimal):
            return self.value
        found = self.number_in_text
        return found[0] if found else None

    @property
    def is_crossed_out(self) -> bool:
        """Whether the cell says that it does not apply (／ or a line), not only that there is none (－)."""
        return self.is_crossed or normalized(self.shown) in map(normalized, _NOT_APPLICABLE)

    @property
    def is_year_number(self) -> bool:
        """Whether a number is a year that heads a column or row: 2024."""
        value = self.value
        plain = self.format.is_general or self.format.code == "0" or "年" in self.format.code
        whole = isinstance(value, Decimal) and value == int(value)
        return whole and plain and _FIRST_YEAR <= int(value) <= _LAST_YEAR  # type: ignore[arg-type]

    @property
    def is_month_number(self) -> bool:
        """Whether a number is shown as a month: 4 as 4月."""
        return isinstance(self.value, Decimal) and self.format.unit in ("月", "月分")


EMPTY = SourceCell()


@frozen
class SourceSheet:
    """A worksheet of the form. Cells by (row, column), 1-based, without the hidden rows and columns.

    `is_hidden` for a sheet that is not displayed. `hidden` are the filled cells of hidden rows and columns,
    `struck` those that are struck through, `objects` what else is on the sheet, each with its first cell.
    """

    name: str
    cells: Mapping[CellPosition, SourceCell]
    merges: tuple[Rectangle, ...] = ()
    is_hidden: bool = False
    hidden: tuple[CellPosition, ...] = ()
    struck: tuple[CellPosition, ...] = ()
    objects: tuple[tuple[str, CellPosition], ...] = ()
    skipped_rows: frozenset[int] = frozenset()
    skipped_columns: frozenset[int] = frozenset()

    @cached_property
    def roots(self) -> dict[CellPosition, CellPosition]:
        """The first visible cell of the merged cells that a cell belongs to."""
        found = {}
        for top, left, bottom, right in self.merges:
            members = [
                (row, column)
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
                if self.is_visible(row, column)
            ]
            found.update(dict.fromkeys(members, (top, left)))
        return found

    def is_visible(self, row: int, column: int) -> bool:
        """Whether neither row nor column of a cell is left out."""
        return row not in self.skipped_rows and column not in self.skipped_columns

    def root(self, row: int, column: int) -> CellPosition:
        """The cell that holds the content of a cell."""
        return self.roots.get((row, column), (row, column))

    def at(self, row: int, column: int) -> SourceCell:
        """The cell, or the first of the merged cells that it belongs to."""
        return self.cells.get(self.root(row, column), EMPTY)

    def text(self, row: int, column: int) -> str:
        """The displayed text of a cell or its merged cells."""
        return self.at(row, column).shown

    @cached_property
    def areas(self) -> dict[CellPosition, Rectangle]:
        """The merged rectangles by their first cell."""
        return {(one[0], one[1]): one for one in self.merges}

    def is_wide(self, at: CellPosition) -> bool:
        """Whether a cell is merged with others at its right."""
        _, left, _, right = self.area(*at)
        return right > left

    def area(self, row: int, column: int) -> Rectangle:
        """The rectangle of the merged cells that a cell belongs to, or of itself."""
        root = self.root(row, column)
        return self.areas.get(root, (*root, *root))

    @cached_property
    def framed(self) -> frozenset[CellPosition]:
        """The visible cells within a border or colour; merged cells if their first one is."""
        own = {at for at, cell in self.cells.items() if cell.is_framed or cell.is_filled}
        merged = {at for at, root in self.roots.items() if root in own}
        return frozenset(at for at in own | merged if self.is_visible(*at))

    @cached_property
    def filled(self) -> frozenset[CellPosition]:
        """The visible first cells with content; a formula may have no value yet."""
        cells = self.cells.items()
        return frozenset(at for at, cell in cells if (cell.shown or cell.formula) and self.is_visible(*at))

    def visible_rows(self, first: int, last: int) -> list[int]:
        """The rows of a range that are not left out."""
        return [row for row in range(first, last + 1) if row not in self.skipped_rows]

    def visible_columns(self, first: int, last: int) -> list[int]:
        """The columns of a range that are not left out."""
        return [column for column in range(first, last + 1) if column not in self.skipped_columns]


def bounding_rectangle(places: Iterable[CellPosition]) -> Rectangle:
    """The smallest rectangle around some cells."""
    rows, columns = zip(*places, strict=True)
    return min(rows), min(columns), max(rows), max(columns)


def cells_of(area: Rectangle) -> Iterator[CellPosition]:
    """The cells of a rectangle, row by row."""
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
