"""Regions of an office's own workbook that its defined names (名前の定義) bind to tables of the plan.

A name is 表_ and the name of the table, with the number or the key of its item between them where several
items have a table of that name; a sign that no name can have is _. It names the cells for the values, without
headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kenpo_xl.books.common.region_headers import wrong_header
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.ooxml.workbook import Area, Sheet, Workbook, parse_area

PREFIX = "表_"
"""So begins a name that binds a region to a table."""
# More than any table has: the cells of a whole column are not looked at one by one.
_MOST_CELLS = 100_000
_NOT_IN_NAMES = re.compile(r"[^\w.]")
OTHER_SCALE = "の表示形式は、様式図と桁（千円など）が違います。表示形式を様式図と同じにしてください。"
"""The end of the sentence on a cell that shows other thousands than that of the plan."""
_REMEDY = "数の入る欄だけを様式図と同じ並びで選び、名前を付け直してください。"


def factor_to_form(planned: NumberFormat, style: NumberFormat, *, points: bool) -> Decimal:
    """By what a value of the plan is multiplied for a cell of the form to show the same.

    A rate is a fraction where the format has a % sign, else in points, which `points` says of the plan's.
    """
    if planned.is_percent and not style.is_percent:
        return Decimal(100)
    return Decimal("0.01") if points and style.is_percent else Decimal(1)


@frozen
class BoundRegion:
    """The cells of a table in an office's workbook: the rows and columns of its sheet, from 1.

    Of cells that are merged they have the first one. An open list has all rows between its fixed ones.
    """

    name: str
    table: Table
    area: Area
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def list_rows(self) -> tuple[int, ...]:
        """The rows of an open list, without those that the plan gives; none for another table."""
        first = self.table.repeating
        if first is None:
            return ()
        return self.rows[first : len(self.rows) - (len(self.table.rows) - 1 - first)]

    def sheet_row(self, index: int, entry: int = 0) -> int:
        """The row of the sheet for a row of the plan, of an open list for one of its entries."""
        first = self.table.repeating
        if first is None or index < first:
            return self.rows[index]
        return self.list_rows[entry] if index == first else self.rows[index - len(self.table.rows)]


@frozen
class Bindings:
    """The regions of a workbook, and a sentence for each name that cannot be used."""

    regions: tuple[BoundRegion, ...]
    problems: tuple[str, ...]


def has_bindings(book: Workbook) -> bool:
    """Whether a workbook has a name that binds a region to a table."""
    return any(_binds(name) for name, _ in book.every_name)


def read_bindings(book: Workbook, plan: Plan) -> Bindings:
    """What the defined names of a workbook bind to tables of the plan."""
    found = [_region(book, plan, name, text) for name, text in book.every_name if _binds(name)]
    regions = [one for one in found if isinstance(one, BoundRegion)]
    problems = [one for one in found if isinstance(one, str)]
    return Bindings(tuple(regions), (*problems, *_overlaps(regions)))


def _binds(name: str) -> bool:
    return normalized(name).startswith(PREFIX)


def _as_in_names(text: str) -> str:
    """A text with the signs of a defined name only."""
    return _NOT_IN_NAMES.sub("_", normalized(text))


def _region(book: Workbook, plan: Plan, name: str, text: str) -> BoundRegion | str:
    """The region of a defined name, or the sentence why there is none."""
    table = _table_named(plan, name)
    if isinstance(table, str):
        return table
    area = parse_area(text)
    if area is None or area.sheet not in book.sheets:
        return f"名前「{name}」は {text or '何も'} を指しています。1 枚のシートの、続いた範囲にしてください。"
    return _checked_region(plan, name, table, book.sheets[area.sheet], area)


def _table_named(plan: Plan, name: str) -> Table | str:
    """The table that a defined name means, or the sentence why it means none."""
    wanted = _comparable(name)
    for former in (False, True):
        found = [
            table
            for item in plan.items
            for table in item.tables
            if wanted in map(_comparable, _names_of(plan, item, table, former=former))
        ]
        if len(found) == 1:
            return found[0]
        if found:
            names = "」「".join(f"{PREFIX}{_as_in_names(one.item)}_{_as_in_names(one.name)}" for one in found)
            return f"名前「{name}」の表は計画に {len(found)} つあります。「{names}」のどれかにしてください。"
    return f"名前「{name}」の表は計画にありません。計画ブックの表の名前を確かめてください。"


def _comparable(name: str) -> str:
    return _as_in_names(name).casefold()


def _names_of(plan: Plan, item: Item, table: Table, *, former: bool) -> Iterator[str]:
    """The names that mean a table, or those that once did."""
    for own in plan.names_of_table(table) if former else (table.name,):
        yield f"{PREFIX}{own}"
        yield f"{PREFIX}{item.id}_{own}"
        yield f"{PREFIX}{item.key}_{own}"


def _checked_region(plan: Plan, name: str, table: Table, sheet: Sheet, area: Area) -> BoundRegion | str:
    where = f"名前「{name}」の範囲（{area.sheet}!{a1(area.top, area.left)}:{a1(area.bottom, area.right)}）"
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) > _MOST_CELLS:
        return f"{where}は広すぎます。{_REMEDY}"
    rows, columns = _own_lines(sheet, area, 0), _own_lines(sheet, area, 1)
    is_list = table.repeating is not None
    fits = len(rows) >= len(table.rows) if is_list else len(rows) == len(table.rows)
    if not fits or len(columns) != len(table.columns):
        wanted = f"{len(table.rows)} 行{'以上' if is_list else ''} {len(table.columns)} 列"
        return (
            f"{where}は {len(rows)} 行 {len(columns)} 列ですが、"
            f"計画の表「{table.name}」（{table.item}）は {wanted}です。{_REMEDY}"
        )
    merged = _covered_cell(sheet, rows, columns)
    if merged:
        return f"{where}の {merged} は、ほかの欄と結合しています。結合を解除してください。"
    region = BoundRegion(name, table, area, rows, columns)
    wrong = wrong_header(plan, table, sheet, area, rows, columns)
    return f"{where}の{wrong}。様式の見出しを、計画ブックの様式図に合わせてください。" if wrong else region


def _own_lines(sheet: Sheet, area: Area, axis: int) -> tuple[int, ...]:
    """The rows (axis 0) or columns (1) of an area in which a cell begins: merged ones count once."""
    anchors = sheet.merge_anchors
    cells = [
        (row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    return tuple(sorted({cell[axis] for cell in cells if anchors.get(cell, cell)[axis] == cell[axis]}))


def _covered_cell(sheet: Sheet, rows: Iterable[int], columns: Sequence[int]) -> str:
    """The first cell of these rows and columns that a merged range of another one covers, '' for none."""
    anchors = sheet.merge_anchors
    cells = ((row, column) for row in rows for column in columns)
    return next((a1(*cell) for cell in cells if anchors.get(cell, cell) != cell), "")


def _overlaps(regions: Sequence[BoundRegion]) -> Iterator[str]:
    """A sentence for each two names that share cells."""
    for at, one in enumerate(regions):
        for other in regions[at + 1 :]:
            if _share_cells(one.area, other.area):
                yield f"名前「{one.name}」と「{other.name}」の範囲が重なっています。分けてください。"


def _share_cells(one: Area, other: Area) -> bool:
    return (
        one.sheet == other.sheet
        and one.top <= other.bottom
        and other.top <= one.bottom
        and one.left <= other.right
        and other.left <= one.right
    )
