"""What staff do to an input book in the spreadsheet program does not change what is read from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.common import names
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.cell_reference import a1, column_letters
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, LineEntry, RowEntry, Submission
from kenpo_xl.ooxml.workbook import Area, Workbook
from tests.office import Office, edits
from tests.paths import SAMPLE
from tests.sample import sample_plan, sample_submission

Identity = tuple[str, ...]
GYOMU, REZEPT, HOKEN, KIKAKU = "業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


@cache
def areas_in(group: str) -> tuple[dict[tuple[str, str], Area], dict[str, Area | None]]:
    """Where the tables and the lines stand in a group's book as it was handed in."""
    plan, book = sample_plan(), Workbook(SAMPLE / "提出" / f"{group}.xlsm")
    tables = {key: book.named_area(names.table_excel_name(*key)) for key in plan.tables}
    lines = {item.id: book.named_area(names.lines_excel_name(item.id)) for item in plan.items}
    return {key: area for key, area in tables.items() if area}, lines


class Desk:
    """A clerk's copy of a submitted book, and where its parts stand."""

    def __init__(self, office: Office, plan: Plan, folder: Path, group: str) -> None:
        self.office, self.plan, self.path = office, plan, folder / f"{group}.xlsm"
        shutil.copyfile(SAMPLE / "提出" / self.path.name, self.path)
        self.before = sample_submission(group)
        self.areas, self.lines = areas_in(group)

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

    def typed(self, values: Mapping[Identity, Any]) -> dict[Identity, Entry]:
        """What is read after a clerk typed these values into the cells of these figures."""
        places = {identity: source(self.before, self.plan, *identity) for identity in values}

        def change(document: Any) -> None:
            for identity, place in places.items():
                edits.set_value(document, place.sheet, place.cell, values[identity])

        after = self.edit(change)
        assert without(after, self.plan, values) == without(self.before, self.plan, values)
        return {identity: entry(after, self.plan, *identity) for identity in values}


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


def without(submission: Submission, plan: Plan, identities: Collection[Identity]) -> Submission:
    """The submission with some figures left out, and what formulas give, since they follow them."""
    places = {(identity[:2], *place(plan, *identity)) for identity in identities}
    tables = {identity[:2] for identity in identities}

    def kept(key: tuple[str, ...], row: RowEntry) -> RowEntry:
        cells = [
            Entry() if (key, row.row, column) in places else Entry(formula=True) if cell.formula else cell
            for column, cell in enumerate(row.cells)
        ]
        return replace(row, cells=tuple(cells))

    def emptied(item: ItemEntry) -> ItemEntry:
        found = (((item.item, table.table), table) for table in item.tables)
        return replace(
            item,
            tables=tuple(
                replace(table, rows=tuple(kept(key, row) for row in table.rows)) if key in tables else table
                for key, table in found
            ),
        )

    return replace(submission, items=tuple(map(emptied, submission.items)))


def item_of(submission: Submission, item: str) -> ItemEntry:
    return next(entry for entry in submission.items if entry.item == item)


def bare(lines: tuple[LineEntry, ...]) -> list[tuple[str, str, str]]:
    return [(line.block, line.kind, line.text) for line in lines]


TABLES = {
    GYOMU: [("1-2-2", "決定達成"), ("1-2-3", "柔整照会")],
    REZEPT: [("1-2-4", "査定金額"), ("1-2-5", "法的手続き"), ("1-2-5", "保険証回収率")],
    HOKEN: [("2-2-2", "集団健診"), ("2-2-2", "健診実施状況"), ("2-2-3", "特定保健指導実施状況")],
    KIKAKU: [("2-4", "広報物の発行状況"), ("2-4", "健康保険委員だより発行状況")],
}
# Several tables of a group in one go: the lowest and rightmost first, so that the others stay where they are.
groups = pytest.mark.parametrize("group", TABLES)


@groups
def test_a_blank_row_above_a_table(desk: Callable[[str], Desk], group: str) -> None:
    own = desk(group)
    tops = sorted(((own.area(*key).top, key[0]) for key in TABLES[group]), reverse=True)

    def change(document: Any) -> None:
        for top, item in tops:
            edits.insert_rows(document, item, top, 2)

    assert own.edit(change) == own.before


@groups
def test_a_blank_row_in_a_table(desk: Callable[[str], Desk], group: str) -> None:
    own = desk(group)
    rows = sorted(
        ((own.area(*key).top + own.plan.tables[key].header_rows + 1, key[0]) for key in TABLES[group]),
        reverse=True,
    )

    def change(document: Any) -> None:
        for row, item in rows:
            edits.insert_rows(document, item, row)

    assert own.edit(change) == own.before


@groups
def test_a_column_left_of_a_table(desk: Callable[[str], Desk], group: str) -> None:
    own = desk(group)
    columns = sorted({(own.area(*key).left, key[0]) for key in TABLES[group]}, reverse=True)

    def change(document: Any) -> None:
        for column, item in columns:
            edits.insert_columns(document, item, column_letters(column))

    assert own.edit(change) == own.before


@groups
def test_a_column_in_a_table(desk: Callable[[str], Desk], group: str) -> None:
    own = desk(group)
    columns = sorted(
        {(own.area(*key).left + own.plan.tables[key].header_columns + 1, key[0]) for key in TABLES[group]},
        reverse=True,
    )

    def change(document: Any) -> None:
        for column, item in columns:
            edits.insert_columns(document, item, column_letters(column))

    assert own.edit(change) == own.before


@groups
def test_hidden_rows(desk: Callable[[str], Desk], group: str) -> None:
    own = desk(group)

    def change(document: Any) -> None:
        for key in TABLES[group]:
            area = own.area(*key)
            edits.hide_rows(document, key[0], area.top, area.bottom - area.top + 1)

    assert own.edit(change) == own.before


@groups
def test_a_table_moved_away(desk: Callable[[str], Desk], group: str) -> None:
    """Cut and pasted below everything, with its as-of month."""
    own = desk(group)
    book = Workbook(own.path)

    def change(document: Any) -> None:
        for number, (item, table) in enumerate(TABLES[group]):
            area = own.area(item, table)
            months = book.named_area(names.months_excel_name(item, table))
            top = months.top if months else area.top
            cells = f"{a1(top, area.left)}:{a1(area.bottom, area.right)}"
            edits.move_range(document, item, cells, f"{column_letters(area.left)}{300 + 100 * number}")

    assert own.edit(change) == own.before


def test_a_column_moved_with_its_header(desk: Callable[[str], Desk]) -> None:
    own = desk(GYOMU)

    def change(document: Any) -> None:
        for item, table in TABLES[GYOMU]:
            area = own.area(item, table)
            column, free = column_letters(area.left + 1), column_letters(area.left + 3)
            edits.insert_columns(document, item, free)
            cells = f"{column}{area.top}:{column}{area.bottom}"
            edits.move_range(document, item, cells, f"{free}{area.top}")

    assert own.edit(change) == own.before


def test_columns_in_another_order(desk: Callable[[str], Desk]) -> None:
    own = desk(REZEPT)

    def change(document: Any) -> None:
        for table in ("債権催告", "保険者間調整"):
            area = own.area("1-2-5", table)
            first, third, spare = (
                column_letters(column) for column in (area.left + 1, area.left + 3, area.right + 5)
            )
            for source, target in ((first, spare), (third, first), (spare, third)):
                cells = f"{source}{area.top}:{source}{area.bottom}"
                edits.move_range(document, "1-2-5", cells, f"{target}{area.top}")

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


def test_renamed_sheets(desk: Callable[[str], Desk]) -> None:
    own = desk(REZEPT)

    def change(document: Any) -> None:
        for item, name in (("1-2-4", "レセプト点検"), ("1-2-5", "1-2-4 (2)"), ("操作", "写し's")):
            edits.rename_sheet(document, item, name)

    assert own.edit(change) == own.before


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


def test_lines_added_above_the_closing_row(desk: Callable[[str], Desk]) -> None:
    own = desk(GYOMU)
    area = own.lines["1-2-2"]
    assert area is not None
    added = (
        ("文", "追加", LineKind.TEXT),
        ("  文 ", "追加", LineKind.TEXT),
        ("ＫＰＩ", "郵送化率", LineKind.KPI),
        ("表", "郵送化率", LineKind.TABLE),
    )

    def change(document: Any) -> None:
        edits.insert_rows(document, "1-2-2", area.bottom, len(added))
        for row, (words, text, _) in enumerate(added, start=area.bottom):
            for column, value in (("B", "３"), ("C", words), ("D", text)):
                edits.set_value(document, "1-2-2", f"{column}{row}", value)

    lines = item_of(own.edit(change), "1-2-2").lines[-len(added) :]
    assert bare(lines) == [("3", kind, text) for _, text, kind in added]


DECIDED, DONE = ("1-2-2", "決定達成", "当年", "決定件数"), ("1-2-2", "決定達成", "当年", "達成件数")
DECIDED_BEFORE, DONE_BEFORE = (("1-2-2", "決定達成", "前年", column) for column in ("決定件数", "達成件数"))
COMBINED = ("1-2-3", "併給調整")
RATES = ("1-2-2", "郵送化率")
ADJUSTED = ("1-2-5", "保険者間調整", "回収金額")
CARDS = ("1-2-5", "保険証回収率", "当年")


@pytest.mark.parametrize(
    ("group", "cases"),
    [
        (
            GYOMU,
            [
                (DECIDED, "４３，０８９ 件", "43089"),
                (DONE, " 43089 ", "43089"),
                (DECIDED_BEFORE, "43 089", "43089"),
                (DONE_BEFORE, "△12", "-12"),
                ((*COMBINED, "当年", "確認対象"), "－１２", "-12"),
                ((*COMBINED, "当年", "確認済"), "=1000+7", "1007"),
                ((*COMBINED, "当年", "返納対象"), "=SUM(1000,7)*2", "2014"),
                ((*RATES, "当年", "郵送化率"), "96.5％", "0.965"),
                ((*RATES, "前年", "郵送化率"), "９６．５", "0.965"),
                (("1-2-3", "柔整申請割合", "当年", "申請割合"), 0.965, "0.965"),
            ],
        ),
        (
            REZEPT,
            [
                ((*ADJUSTED, "第1四半期"), "▲1,234千円", "-1234"),
                ((*CARDS, "10月"), "82.00％", "82"),
                ((*CARDS, "11月"), "８２．００", "82"),
            ],
        ),
    ],
    ids=[GYOMU, REZEPT],
)
def test_what_a_clerk_types(
    desk: Callable[[str], Desk], group: str, cases: list[tuple[Identity, Any, str]]
) -> None:
    found = desk(group).typed({identity: typed for identity, typed, _ in cases})
    for identity, typed, read in cases:
        assert found[identity].value == Decimal(read), typed
        assert found[identity].formula == str(typed).startswith("="), typed


def test_text_stays_text(desk: Callable[[str], Desk]) -> None:
    typed = {DECIDED: "未集計", DONE: "約4万件", DECIDED_BEFORE: "430 89", DONE_BEFORE: "31 35"}
    found = desk(GYOMU).typed(typed)
    assert {identity: entry.value for identity, entry in found.items()} == typed


def test_an_emptied_cell_is_empty(desk: Callable[[str], Desk]) -> None:
    found = desk(GYOMU).typed({DECIDED: None, DONE: "　"})
    assert found[DECIDED] == Entry()
    assert found[DONE].value is None


def test_a_computed_cell_overwritten_or_cleared(desk: Callable[[str], Desk]) -> None:
    overwritten, cleared = (("1-2-2", "決定達成", row, "達成率") for row in ("当年", "前年"))
    found = desk(GYOMU).typed({overwritten: 0.99, cleared: None})
    assert found == {overwritten: Entry(Decimal("0.99")), cleared: Entry()}


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
        for column, value in ((left, "令和 7 年 3 月 9 日"), (left + 1, "新市"), (left + 2, "１２人")):
            edits.set_value(document, "2-2-2", f"{column_letters(column)}{area.bottom}", value)

    rows = rows_of(own.edit(change), "2-2-2", "集団健診")
    assert rows[:-1] == rows_of(own.before, "2-2-2", "集団健診")
    assert rows[-1].entity == "新市"
    assert [cell.value for cell in rows[-1].cells] == ["令和 7 年 3 月 9 日", "新市", Decimal(12)]


@groups
def test_lost_names(desk: Callable[[str], Desk], group: str) -> None:
    """A table is found by its title, while the others keep their names."""
    own = desk(group)

    def change(document: Any) -> None:
        for key in TABLES[group]:
            document.NamedRanges.removeByName(names.table_excel_name(*key))

    assert own.edit(change) == own.before


@groups
def test_all_names_lost(desk: Callable[[str], Desk], group: str) -> None:
    own = desk(group)

    def change(document: Any) -> None:
        for name in document.NamedRanges.ElementNames:
            if name.startswith("kx_"):
                document.NamedRanges.removeByName(name)

    assert own.edit(change) == own.before
