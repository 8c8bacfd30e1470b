"""Regions of an office's own workbook that its defined names (名前の定義) bind to tables of the plan.

A name is 表_ and the name of the table, with the number or the key of its item between them where several
items have a table of that name; a sign that no name can have is _. It names the cells for the values, without
headers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kenpo_xl.books.common.region_headers import clause_on_wrong_header
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.ooxml.workbook import Area, Sheet, Workbook, parse_area

PREFIX = "表_"
"""So begins a name that binds a region to a table."""
# More than any table has: the cells of a whole column are not looked at one by one.
_MOST_CELLS = 100_000
_SHOWN = 5
_AREAS = LazyPattern(r"(?:'(?:[^']|'')*'|[^,'])+")
_NOT_IN_NAMES = LazyPattern(r"[^\w.]")
OTHER_SCALE = "の表示形式は、様式図と桁（千円など）が違います。表示形式を様式図と同じにしてください。"
"""The end of the sentence on a cell that shows other thousands than that of the plan."""
_REMEDY = "数の入る欄だけを様式図と同じ並びで選び、名前を付け直してください。"


def factor_from_plan_to_form(planned: NumberFormat, style: NumberFormat, *, points: bool) -> Decimal:
    """By what a value of the plan is multiplied for a cell of the form to show the same.

    A rate is a fraction where the format has a % sign, else in points, which `points` says of the plan's.
    """
    if planned.is_percent and not style.is_percent:
        return Decimal(100)
    return Decimal("0.01") if points and style.is_percent else Decimal(1)


@frozen
class BoundRegion:
    """The cells of a table in an office's workbook: the rows and columns of its sheet, from 1.

    Of cells that are merged they have the first one. An open list has all rows between its fixed ones. Of
    several `areas` the rows or columns between them are left out.
    """

    name: str
    table: Table
    areas: tuple[Area, ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.areas[0].sheet

    @property
    def list_rows(self) -> tuple[int, ...]:
        """The rows of an open list, without those that the plan gives; none for another table."""
        first = self.table.repeating
        if first is None:
            return ()
        return self.rows[first : len(self.rows) - (len(self.table.rows) - 1 - first)]

    def value_cells(self) -> Iterator[CellPosition]:
        """The cells for values: without what does not apply and the words that the plan gives."""
        for index, cells in enumerate(self.table.cells):
            rows = self.list_rows if index == self.table.repeating else (self.sheet_row(index),)
            for row in rows:
                for column, cell in zip(self.columns, cells, strict=True):
                    if cell.kind is not CellKind.NOT_APPLICABLE and not isinstance(cell.value, str):
                        yield row, column

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


def first_sentences_and_count(problems: Sequence[str]) -> str:
    """The first of many sentences, and how many more there are."""
    rest = len(problems) - _SHOWN
    return "".join(problems[:_SHOWN]) + (f"ほか {rest} 件あります。" if rest > 0 else "")


def has_bindings(book: Workbook) -> bool:
    """Whether a workbook has a name that binds a region to a table."""
    return any(_is_binding_name(name) for name, _ in book.every_name)


def read_bindings(book: Workbook, plan: Plan) -> Bindings:
    """What the defined names of a workbook bind to tables of the plan."""
    found = [
        _region_or_problem(book, plan, name, text) for name, text in book.every_name if _is_binding_name(name)
    ]
    regions = [one for one in found if isinstance(one, BoundRegion)]
    problems = [one for one in found if isinstance(one, str)]
    return Bindings(tuple(regions), (*problems, *_overlap_sentences(regions)))


def region_name(plan: Plan, table: Table) -> str:
    """The defined name that binds a region to a table."""
    name = text_as_in_defined_names(table.name)
    alike = sum(
        _comparable_name(one.name) == _comparable_name(name) for item in plan.items for one in item.tables
    )
    return f"{PREFIX}{name}" if alike == 1 else f"{PREFIX}{text_as_in_defined_names(table.item)}_{name}"


def _is_binding_name(name: str) -> bool:
    return normalized(name).startswith(PREFIX)


def text_as_in_defined_names(text: str) -> str:
    """A text with the signs of a defined name only."""
    return _NOT_IN_NAMES.sub("_", normalized(text))


def _region_or_problem(book: Workbook, plan: Plan, name: str, text: str) -> BoundRegion | str:
    """The region of a defined name, or the sentence why there is none."""
    table = _table_named(plan, name)
    if isinstance(table, str):
        return table
    areas = tuple(filter(None, map(parse_area, _AREAS.findall(text))))
    known = {area.sheet for area in areas} & set(book.sheets)
    if len(areas) != len(_AREAS.findall(text)) or len(known) != 1 or len({one.sheet for one in areas}) != 1:
        return f"名前「{name}」は {text or '何も'} を指しています。1 枚のシートの範囲にしてください。"
    return _checked_region(plan, name, table, book.sheets[areas[0].sheet], areas)


def _table_named(plan: Plan, name: str) -> Table | str:
    """The table that a defined name means, or the sentence why it means none."""
    wanted = _comparable_name(name)
    for former in (False, True):
        found = [
            table
            for item in plan.items
            for table in item.tables
            if wanted in map(_comparable_name, _names_of_table(plan, item, table, former=former))
        ]
        if len(found) == 1:
            return found[0]
        if found:
            names = "」「".join(region_name(plan, one) for one in found)
            return f"名前「{name}」の表は計画に {len(found)} つあります。「{names}」のどれかにしてください。"
    return f"名前「{name}」の表は計画にありません。計画ブックの表の名前を確かめてください。"


def _comparable_name(name: str) -> str:
    return text_as_in_defined_names(name).casefold()


def _names_of_table(plan: Plan, item: Item, table: Table, *, former: bool) -> Iterator[str]:
    """The names that mean a table, or those that once did."""
    for own in plan.names_of_table(table) if former else (table.name,):
        yield f"{PREFIX}{own}"
        yield f"{PREFIX}{item.id}_{own}"
        yield f"{PREFIX}{item.key}_{own}"


def _checked_region(
    plan: Plan, name: str, table: Table, sheet: Sheet, areas: tuple[Area, ...]
) -> BoundRegion | str:
    """The region that a name binds to a table, or the sentence on why it cannot."""
    where = f"名前「{name}」の範囲（{'、'.join(map(_area_text, areas))}）"
    if sum((area.bottom - area.top + 1) * (area.right - area.left + 1) for area in areas) > _MOST_CELLS:
        return f"{where}は広すぎます。{_REMEDY}"
    region = BoundRegion(
        name, table, areas, row_or_column_numbers(sheet, areas, 0), row_or_column_numbers(sheet, areas, 1)
    )
    problem = (
        _clause_on_wrong_size(region)
        or _clause_on_missing_cell(region)
        or _clause_on_merged_cell(region, sheet)
        or _clause_on_wrong_header(plan, region, sheet)
    )
    return f"{where}{problem}" if problem else region


def _clause_on_wrong_size(region: BoundRegion) -> str:
    """The end of the sentence on a region of other rows and columns than its table; '' if it has those."""
    table, rows, columns = region.table, len(region.rows), len(region.columns)
    is_list = table.repeating is not None
    fits = rows >= len(table.rows) if is_list else rows == len(table.rows)
    if fits and columns == len(table.columns):
        return ""
    wanted = f"{len(table.rows)} 行{'以上' if is_list else ''} {len(table.columns)} 列"
    return (
        f"は {rows} 行 {columns} 列ですが、計画の表「{table.name}」（{table.item}）は {wanted}です。{_REMEDY}"
    )


def _clause_on_missing_cell(region: BoundRegion) -> str:
    """The end of the sentence on areas that leave out a cell of their rows and columns; '' for none."""
    cells = ((row, column) for row in region.rows for column in region.columns)
    missing = (cell for cell in cells if not any(_contains(area, *cell) for area in region.areas))
    first = next(missing, None)
    return f"に {a1(*first)} がありません。どの行も同じ列で選び、名前を付け直してください。" if first else ""


def _clause_on_merged_cell(region: BoundRegion, sheet: Sheet) -> str:
    """The end of the sentence on a cell for a value that is merged with another; '' for none."""
    merged = (cell for cell in region.value_cells() if sheet.merge_anchors.get(cell, cell) != cell)
    first = next(merged, None)
    return f"の {a1(*first)} は、ほかの欄と結合しています。結合を解除してください。" if first else ""


def _clause_on_wrong_header(plan: Plan, region: BoundRegion, sheet: Sheet) -> str:
    """The end of the sentence on headers that differ from those of the plan; '' for none."""
    wrong = clause_on_wrong_header(plan, region.table, sheet, region.areas[0], region.rows, region.columns)
    return f"の{wrong}。様式の見出しを、計画ブックの様式図に合わせてください。" if wrong else ""


def _area_text(area: Area) -> str:
    return f"{area.sheet}!{a1(area.top, area.left)}:{a1(area.bottom, area.right)}"


def _contains(area: Area, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right


def row_or_column_numbers(sheet: Sheet, areas: Iterable[Area], axis: int) -> tuple[int, ...]:
    """The rows (axis 0) or columns (1) of some areas in which a cell begins: merged ones count once."""
    anchors = sheet.merge_anchors
    cells = (
        (row, column)
        for area in areas
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    )
    return tuple(sorted({cell[axis] for cell in cells if anchors.get(cell, cell)[axis] == cell[axis]}))


def _overlap_sentences(regions: Sequence[BoundRegion]) -> Iterator[str]:
    """A sentence for each two names that share cells."""
    for at, one in enumerate(regions):
        for other in regions[at + 1 :]:
            if any(_share_cells(a, b) for a in one.areas for b in other.areas):
                yield f"名前「{one.name}」と「{other.name}」の範囲が重なっています。分けてください。"


def _share_cells(one: Area, other: Area) -> bool:
    return (
        one.sheet == other.sheet
        and one.top <= other.bottom
        and other.top <= one.bottom
        and one.left <= other.right
        and other.left <= one.right
    )
