"""What staff do to an input book in the spreadsheet program does not change what is read from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.common import names
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.cell_reference import a1, column_letters
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, LineEntry, RowEntry, Submission
from kenpo_xl.ooxml.workbook import Area, Workbook
from tests.office import Office, edits
from tests.paths import SAMPLE

GYOMU, REZEPT, HOKEN, KIKAKU = "業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(SAMPLE / "計画.xlsx")


class Desk:
    """A clerk's copy of a submitted book, and where its parts stand."""

    def __init__(self, office: Office, plan: Plan, folder: Path, group: str) -> None:
        self.office, self.plan, self.path = office, plan, folder / f"{group}.xlsm"
        shutil.copyfile(SAMPLE / "提出" / self.path.name, self.path)
        self.before = self.read()
        book = Workbook(self.path)
        keys = [key for key in plan.tables if book.named_area(names.table_excel_name(*key))]
        self.areas: dict[tuple[str, str], Area] = {
            key: book.named_area(names.table_excel_name(*key)) for key in keys
        }
        self.lines = {item.id: book.named_area(names.lines_excel_name(item.id)) for item in plan.items}

    def read(self) -> Submission:
        return read_submission(self.path, self.plan)

    def edit(self, change: Callable[[Any], None]) -> Submission:
        with self.office.edit(self.path) as document:
            change(document)
        return self.read()

    def area(self, item: str, table: str) -> Area:
        return self.areas[item, table]

    def cell(self, *identity: str) -> str:
        """Where a figure stands."""
        return source(self.before, self.plan, *identity).cell

    def typed(self, *identity: str, value: Any) -> Entry:
        """What is read after a clerk typed `value` into the cell of a figure."""
        place = source(self.before, self.plan, *identity)
        after = self.edit(lambda document: edits.set_value(document, place.sheet, place.cell, value))
        assert without(after, self.plan, *identity) == without(self.before, self.plan, *identity)
        return entry(after, self.plan, *identity)


@pytest.fixture
def desk(office: Office, plan: Plan, tmp_path: Path) -> Callable[[str], Desk]:
    return lambda group: Desk(office, plan, tmp_path, group)


def entry(submission: Submission, plan: Plan, *identity: str) -> Entry:
    """The entry of a figure: item, table, row, column."""
    row, column = place(plan, *identity)
    tables = {(item.item, table.table): table for item in submission.items for table in item.tables}
    return next(r for r in tables[identity[:2]].rows if r.row == row).cells[column]


def place(plan: Plan, item: str, table: str, row: str, column: str) -> tuple[int, int]:
    return plan.tables[item, table].positions[FigureId(item, table, row, column)]


def source(submission: Submission, plan: Plan, *identity: str) -> Source:
    found = entry(submission, plan, *identity).source
    assert found is not None
    return found


def without(submission: Submission, plan: Plan, *identity: str) -> Submission:
    """The submission with one figure left out, and what formulas give, since they follow it."""
    row, column = place(plan, *identity)

    def kept(r: RowEntry) -> RowEntry:
        cells = [Entry(formula=True) if cell.formula else cell for cell in r.cells]
        if r.row == row:
            cells[column] = Entry()
        return replace(r, cells=tuple(cells))

    def emptied(item: ItemEntry) -> ItemEntry:
        tables = []
        for table in item.tables:
            rows = table.rows
            if (item.item, table.table) == identity[:2]:
                rows = tuple(map(kept, rows))
            tables.append(replace(table, rows=rows))
        return replace(item, tables=tuple(tables))

    return replace(submission, items=tuple(map(emptied, submission.items)))


def item_of(submission: Submission, item: str) -> ItemEntry:
    return next(entry for entry in submission.items if entry.item == item)


def bare(lines: tuple[LineEntry, ...]) -> list[tuple[str, str, str]]:
    return [(line.block, line.kind, line.text) for line in lines]


TABLES = [
    (GYOMU, "1-2-2", "決定達成"),
    (GYOMU, "1-2-3", "柔整照会"),
    (REZEPT, "1-2-4", "査定金額"),
    (REZEPT, "1-2-5", "法的手続き"),
    (REZEPT, "1-2-5", "保険証回収率"),
    (HOKEN, "2-2-2", "集団健診"),
    (HOKEN, "2-2-2", "健診実施状況"),
    (HOKEN, "2-2-3", "特定保健指導実施状況"),
    (KIKAKU, "2-4", "広報物の発行状況"),
    (KIKAKU, "2-4", "健康保険委員だより発行状況"),
]
tables = pytest.mark.parametrize(("group", "item", "table"), TABLES)


@tables
def test_a_blank_row_above_a_table(desk: Callable[[str], Desk], group: str, item: str, table: str) -> None:
    own = desk(group)
    top = own.area(item, table).top
    assert own.edit(lambda document: edits.insert_rows(document, item, top, 2)) == own.before


@tables
def test_a_blank_row_in_a_table(desk: Callable[[str], Desk], group: str, item: str, table: str) -> None:
    own = desk(group)
    row = own.area(item, table).top + own.plan.tables[item, table].header_rows + 1
    assert own.edit(lambda document: edits.insert_rows(document, item, row)) == own.before


@tables
def test_a_column_left_of_a_table(desk: Callable[[str], Desk], group: str, item: str, table: str) -> None:
    own = desk(group)
    column = column_letters(own.area(item, table).left)
    assert own.edit(lambda document: edits.insert_columns(document, item, column)) == own.before


@tables
def test_a_column_in_a_table(desk: Callable[[str], Desk], group: str, item: str, table: str) -> None:
    own = desk(group)
    column = column_letters(own.area(item, table).left + own.plan.tables[item, table].header_columns + 1)
    assert own.edit(lambda document: edits.insert_columns(document, item, column)) == own.before


@tables
def test_hidden_rows(desk: Callable[[str], Desk], group: str, item: str, table: str) -> None:
    own = desk(group)
    area = own.area(item, table)
    count = area.bottom - area.top + 1
    assert own.edit(lambda document: edits.hide_rows(document, item, area.top, count)) == own.before


@tables
def test_a_table_moved_away(desk: Callable[[str], Desk], group: str, item: str, table: str) -> None:
    """Cut and pasted below everything, with its as-of month."""
    own = desk(group)
    area = own.area(item, table)
    months = Workbook(own.path).named_area(names.months_excel_name(item, table))
    top = months.top if months else area.top
    cells = f"{a1(top, area.left)}:{a1(area.bottom, area.right)}"
    target = f"{column_letters(area.left)}300"
    assert own.edit(lambda document: edits.move_range(document, item, cells, target)) == own.before


@pytest.mark.parametrize(("item", "table"), [("1-2-2", "決定達成"), ("1-2-3", "柔整照会")])
def test_a_column_moved_with_its_header(desk: Callable[[str], Desk], item: str, table: str) -> None:
    own = desk(GYOMU)
    area = own.area(item, table)
    column, free = column_letters(area.left + 1), column_letters(area.left + 3)

    def change(document: Any) -> None:
        edits.insert_columns(document, item, free)
        edits.move_range(document, item, f"{column}{area.top}:{column}{area.bottom}", f"{free}{area.top}")

    assert own.edit(change) == own.before


@pytest.mark.parametrize(("item", "table"), [("1-2-5", "債権催告"), ("1-2-5", "保険者間調整")])
def test_columns_in_another_order(desk: Callable[[str], Desk], item: str, table: str) -> None:
    own = desk(REZEPT)
    area = own.area(item, table)
    first, third, spare = (
        column_letters(column) for column in (area.left + 1, area.left + 3, area.right + 5)
    )

    def cells(column: str) -> str:
        return f"{column}{area.top}:{column}{area.bottom}"

    def change(document: Any) -> None:
        edits.move_range(document, item, cells(first), f"{spare}{area.top}")
        edits.move_range(document, item, cells(third), f"{first}{area.top}")
        edits.move_range(document, item, cells(spare), f"{third}{area.top}")

    assert own.edit(change) == own.before


@pytest.mark.parametrize("ascending", [True, False])
def test_sorted_rows(desk: Callable[[str], Desk], ascending: bool) -> None:
    own = desk(KIKAKU)
    area = own.area("2-4", "文書勧奨")
    top = area.top + own.plan.tables["2-4", "文書勧奨"].header_rows
    cells = f"{column_letters(area.left)}{top}:{column_letters(area.right)}{area.bottom}"
    column = column_letters(area.left + 1)
    after = own.edit(lambda document: edits.sort_range(document, "2-4", cells, column, ascending=ascending))
    assert after == own.before
    assert own.cell("2-4", "文書勧奨", "5月", "送付件数") != (
        source(after, own.plan, "2-4", "文書勧奨", "5月", "送付件数").cell
    )


def test_a_sorted_list_keeps_its_rows(desk: Callable[[str], Desk]) -> None:
    own = desk(HOKEN)
    area = own.area("2-2-2", "集団健診")
    cells = [row.cells[0].source.cell for row in rows_of(own.before, "2-2-2", "集団健診")]
    body = f"{column_letters(area.left)}{cells[0][1:]}:{column_letters(area.right)}{cells[-1][1:]}"
    column = column_letters(area.left + 1)
    after = own.edit(lambda document: edits.sort_range(document, "2-2-2", body, column))
    found = rows_of(after, "2-2-2", "集団健診")
    assert {row.entity: row for row in found} == {
        row.entity: row for row in rows_of(own.before, "2-2-2", "集団健診")
    }


def rows_of(submission: Submission, item: str, table: str) -> tuple:
    return next(t for t in item_of(submission, item).tables if t.table == table).rows


def test_a_deleted_row_is_empty_and_harms_no_other(desk: Callable[[str], Desk]) -> None:
    own = desk(KIKAKU)
    row = int(own.cell("2-4", "文書勧奨", "8月", "送付件数").lstrip("ABCDEFGHIJKLMNOP"))
    after = own.edit(lambda document: edits.delete_rows(document, "2-4", row))
    index, _ = place(own.plan, "2-4", "文書勧奨", "8月", "送付件数")
    before = rows_of(own.before, "2-4", "文書勧奨")
    assert rows_of(after, "2-4", "文書勧奨") == tuple(r for r in before if r.row != index)
    rest = [t for t in item_of(after, "2-4").tables if t.table != "文書勧奨"]
    assert rest == [t for t in item_of(own.before, "2-4").tables if t.table != "文書勧奨"]


@pytest.mark.parametrize("name", ["サービス水準", "1-2-2 (2)", "写し's"])
def test_a_renamed_sheet(desk: Callable[[str], Desk], name: str) -> None:
    own = desk(GYOMU)
    assert own.edit(lambda document: edits.rename_sheet(document, "1-2-2", name)) == own.before


def test_merged_cells(desk: Callable[[str], Desk]) -> None:
    """A figure over two rows of the sheet, and a header over two columns."""
    own = desk(GYOMU)
    area = own.area("1-2-2", "決定達成")
    row = area.top + 2
    column = column_letters(area.left + 1)

    def change(document: Any) -> None:
        edits.insert_rows(document, "1-2-2", row)
        for place in range(area.left, area.right + 1):
            edits.merge(document, "1-2-2", f"{column_letters(place)}{row - 1}:{column_letters(place)}{row}")
        edits.insert_columns(document, "1-2-2", column_letters(area.left + 2))
        edits.merge(document, "1-2-2", f"{column}{area.top}:{column_letters(area.left + 2)}{area.top}")

    assert own.edit(change) == own.before


def test_a_line_row_belongs_to_the_block_above(desk: Callable[[str], Desk]) -> None:
    own = desk(GYOMU)
    lines = item_of(own.before, "1-2-2").lines
    last = [line for line in lines if line.block == "2"][-1]
    assert last.source is not None
    row = int(last.source.cell[1:]) + 1

    def change(document: Any) -> None:
        edits.insert_rows(document, "1-2-2", row)
        edits.set_value(document, "1-2-2", f"{last.source.cell[0]}{row}", "・行を足した。")

    after = item_of(own.edit(change), "1-2-2")
    place = lines.index(last) + 1
    added = ("2", LineKind.TEXT, "・行を足した。")
    assert bare(after.lines) == [*bare(lines[:place]), added, *bare(lines[place:])]
    assert after.ratings == item_of(own.before, "1-2-2").ratings
    assert after.tables == item_of(own.before, "1-2-2").tables


@pytest.mark.parametrize("words", ["文", "  文 ", "ＫＰＩ", "表"])
def test_a_line_added_above_the_closing_row(desk: Callable[[str], Desk], words: str) -> None:
    own = desk(GYOMU)
    area = own.lines["1-2-2"]
    assert area is not None
    text = {"文": "追加"}.get(words.strip(), "郵送化率")

    def change(document: Any) -> None:
        edits.insert_rows(document, "1-2-2", area.bottom)
        for column, value in (("B", "３"), ("C", words), ("D", text)):
            edits.set_value(document, "1-2-2", f"{column}{area.bottom}", value)

    line = item_of(own.edit(change), "1-2-2").lines[-1]
    kind = {"文": LineKind.TEXT, "ＫＰＩ": LineKind.KPI, "表": LineKind.TABLE}[words.strip()]
    assert (line.block, line.kind, line.text) == ("3", kind, text)


COUNT = ("1-2-2", "決定達成", "当年", "決定件数")
RATE = ("1-2-2", "郵送化率", "当年", "郵送化率")
MONEY = ("1-2-5", "保険者間調整", "回収金額", "第1四半期")
POINTS = ("1-2-5", "保険証回収率", "当年", "11月")


@pytest.mark.parametrize(
    ("group", "identity", "typed", "read"),
    [
        (GYOMU, COUNT, "４３，０８９ 件", "43089"),
        (GYOMU, COUNT, " 43089 ", "43089"),
        (GYOMU, COUNT, "43 089", "43089"),
        (GYOMU, COUNT, "△12", "-12"),
        (GYOMU, COUNT, "－１２", "-12"),
        (REZEPT, MONEY, "▲1,234千円", "-1234"),
        (GYOMU, RATE, "96.5％", "0.965"),
        (GYOMU, RATE, "９６．５", "0.965"),
        (GYOMU, RATE, 0.965, "0.965"),
        (REZEPT, POINTS, "82.00％", "82"),
        (REZEPT, POINTS, "８２．００", "82"),
        (GYOMU, COUNT, "=1000+7", "1007"),
        (GYOMU, COUNT, "=SUM(1000,7)*2", "2014"),
    ],
)
def test_what_a_clerk_types(
    desk: Callable[[str], Desk], group: str, identity: tuple[str, ...], typed: Any, read: str
) -> None:
    found = desk(group).typed(*identity, value=typed)
    assert found.value == Decimal(read)
    assert found.formula == str(typed).startswith("=")


@pytest.mark.parametrize("text", ["未集計", "約4万件", "430 89", "31 35"])
def test_text_stays_text(desk: Callable[[str], Desk], text: str) -> None:
    assert desk(GYOMU).typed(*COUNT, value=text).value == text


def test_an_emptied_cell_is_empty(desk: Callable[[str], Desk]) -> None:
    assert desk(GYOMU).typed(*COUNT, value=None) == Entry()
    assert desk(GYOMU).typed(*COUNT, value="　").value is None


def test_a_computed_cell_overwritten(desk: Callable[[str], Desk]) -> None:
    found = desk(GYOMU).typed("1-2-2", "決定達成", "当年", "達成率", value=0.99)
    assert found == Entry(Decimal("0.99"))


def test_a_cleared_computed_cell_is_not_overwritten(desk: Callable[[str], Desk]) -> None:
    found = desk(GYOMU).typed("1-2-2", "決定達成", "当年", "達成率", value=None)
    assert found == Entry()


@pytest.mark.parametrize(
    ("typed", "month"), [(11, 11), ("11月", 11), ("１１月", 11), ("令和6年11月末", 11), (None, None)]
)
def test_the_as_of_month(desk: Callable[[str], Desk], typed: Any, month: int | None) -> None:
    """The headers change with it; the rows are found all the same."""
    own = desk(GYOMU)
    area = Workbook(own.path).named_area(names.months_excel_name("1-2-2", "決定達成"))
    cell = f"{column_letters(area.left)}{area.top}"
    after = own.edit(lambda document: edits.set_value(document, "1-2-2", cell, typed))
    found = next(t for t in item_of(after, "1-2-2").tables if t.table == "決定達成")
    assert found.months == (month,)
    assert found.rows == rows_of(own.before, "1-2-2", "決定達成")


def test_a_row_added_to_an_open_list(desk: Callable[[str], Desk]) -> None:
    own = desk(HOKEN)
    area = own.area("2-2-2", "集団健診")
    left = area.left

    def change(document: Any) -> None:
        edits.insert_rows(document, "2-2-2", area.bottom)
        for column, value in ((left, "令和 7 年 3 月 9 日"), (left + 1, "新市"), (left + 5, "１２人")):
            edits.set_value(document, "2-2-2", f"{column_letters(column)}{area.bottom}", value)

    rows = rows_of(own.edit(change), "2-2-2", "集団健診")
    assert rows[:-1] == rows_of(own.before, "2-2-2", "集団健診")
    assert rows[-1].entity == "新市"
    assert [cell.value for cell in rows[-1].cells] == ["令和 7 年 3 月 9 日", "新市", Decimal(12)]


@tables
def test_a_lost_name(desk: Callable[[str], Desk], group: str, item: str, table: str) -> None:
    """The table is found by its title."""
    own = desk(group)

    def change(document: Any) -> None:
        document.NamedRanges.removeByName(names.table_excel_name(item, table))

    assert own.edit(change) == own.before


@pytest.mark.parametrize("group", [GYOMU, REZEPT, HOKEN, KIKAKU])
def test_all_names_lost(desk: Callable[[str], Desk], group: str) -> None:
    own = desk(group)

    def change(document: Any) -> None:
        for name in document.NamedRanges.ElementNames:
            if name.startswith("kx_"):
                document.NamedRanges.removeByName(name)

    assert own.edit(change) == own.before
