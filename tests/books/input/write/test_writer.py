"""Input books as built: right cached values, refusing cells, the sheets around the items, the same bytes."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.input.sentence_formulas import is_line_formula
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.carry.write_books import write_input_book
from scripts.sample import submissions
from tests.edited import loaded
from tests.office import Office
from tests.paths import SAMPLE
from tests.sample import sample_plan

GROUPS = ("業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ")
EXACT = 1e-9


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period folder with the sample's plan and the books built from it."""
    folder = tmp_path_factory.mktemp("period")
    shutil.copyfile(SAMPLE / "計画.xlsx", folder / "計画.xlsx")
    build_books(folder)
    return folder


@dataclass(frozen=True)
class Formula:
    """A formula cell: the value the file holds, and the one that LibreOffice computes."""

    sheet: str
    cell: str
    text: str
    cached: float | str
    computed: float | str

    @property
    def agrees(self) -> bool:
        if isinstance(self.cached, str) or isinstance(self.computed, str):
            return self.cached == self.computed
        return abs(self.cached - self.computed) <= EXACT


def formula_cells(office: Office, path: Path) -> list[Formula]:
    computed = office.recalculated(path)
    values = load_workbook(path, data_only=True)
    found = []
    for sheet in loaded(path).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            cached = values[sheet.title][cell.coordinate].value
            found.append(
                Formula(
                    sheet.title,
                    cell.coordinate,
                    str(cell.value),
                    "" if cached is None else cached,
                    computed[sheet.title].get(cell.coordinate, ""),
                )
            )
    return found


def area(book: Book, name: str) -> tuple[Worksheet, tuple[int, int, int, int]]:
    """The sheet and the rectangle (left, top, right, bottom) of a name."""
    sheet, cells = next(iter(book.defined_names[name].destinations))
    first, _, last = cells.replace("$", "").partition(":")
    one, other = book[sheet][first], book[sheet][last or first]
    return book[sheet], (one.column, one.row, other.column, other.row)


def refusing(sheet: Worksheet) -> set[str]:
    """The cells that take no input: a validation that is not true there, with a message."""
    return never_true(sheet, (None, "stop"))


def asking(sheet: Worksheet) -> set[str]:
    """The cells that take input only from a person who confirms it."""
    return never_true(sheet, ("warning",))


def never_true(sheet: Worksheet, styles: tuple[str | None, ...]) -> set[str]:
    rules = [
        rule
        for rule in sheet.data_validations.dataValidation
        if rule.type == "custom" and rule.errorStyle in styles
    ]
    never, without_mark = {"FALSE", "FALSE()"}, re.compile(r'\$A\d+=""')
    assert all(rule.formula1 in never or without_mark.fullmatch(rule.formula1) for rule in rules)
    assert all(rule.showErrorMessage and rule.error for rule in rules)
    cells: set[str] = set()
    for rule in rules:
        places = [place for part in rule.sqref.ranges for place in part.cells]
        assert rule.formula1 in never or all(sheet.cell(row, 1).value for row, _ in places)
        cells |= {f"{get_column_letter(column)}{row}" for row, column in places}
    return cells


@pytest.mark.parametrize("group", GROUPS)
def test_cached_values_are_what_the_formulas_give(office: Office, group: str) -> None:
    formulas = formula_cells(office, SAMPLE / "提出" / f"{group}.xlsm")
    assert len(formulas) > 10
    assert [formula for formula in formulas if not formula.agrees] == []


@pytest.mark.parametrize("group", GROUPS)
def test_no_cell_shows_an_error(office: Office, group: str, empty: Path) -> None:
    for path in (SAMPLE / "提出" / f"{group}.xlsm", empty / "入力" / f"{group}.xlsm"):
        shown = office.recalculated(path)
        texts = [value for cells in shown.values() for value in cells.values() if isinstance(value, str)]
        assert [text for text in texts if text.startswith(("#", "Err:", "エラー"))] == []


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_is_computed_in_an_empty_book(office: Office, group: str, empty: Path, plan: Plan) -> None:
    path = empty / "入力" / f"{group}.xlsm"
    formulas = formula_cells(office, path)
    assert [formula for formula in formulas if not formula.agrees] == []
    # Headers with the as-of month in them and lines that quote figures always show their words.
    figures = [one for one in formulas if "月" not in one.text and not is_line_formula(one.text.strip("="))]
    assert figures
    assert {formula.computed for formula in figures} == {""}
    for item in read_submission(path, plan).items:
        cells = [cell for table in item.tables for row in table.rows for cell in row.cells]
        assert {cell.value for cell in cells} <= {None}
        assert item.ratings == ()


def test_an_empty_book_starts_with_the_lines_of_the_plan(empty: Path, plan: Plan) -> None:
    items = read_submission(empty / "入力" / "業務グループ.xlsm", plan).items
    lines = next(item for item in items if item.item == "1-2-2").lines
    assert [(line.block, line.kind, line.text) for line in lines] == [
        ("1", LineKind.KPI, "サービススタンダードの達成状況"),
        ("1", LineKind.TABLE, "決定達成"),
        ("2", LineKind.KPI, "現金給付等の申請に係る郵送化率"),
        ("2", LineKind.TABLE, "郵送化率"),
    ]


@pytest.mark.parametrize("group", GROUPS)
def test_the_same_input_gives_the_same_bytes(plan: Plan, group: str, tmp_path: Path) -> None:
    submission = submissions()[group]
    paths = [tmp_path / name for name in ("一.xlsx", "二.xlsx")]
    for path in paths:
        write_input_book(plan, group, path, submission)
    sums = {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    assert len(sums) == 1
    with zipfile.ZipFile(paths[0]) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


def test_a_book_that_is_there_is_not_overwritten(empty: Path, tmp_path: Path) -> None:
    shutil.copytree(empty, tmp_path / "期")
    own = tmp_path / "期" / "入力" / "業務グループ.xlsm"
    own.write_bytes(b"in use")
    (tmp_path / "期" / "入力" / "保健グループ.xlsm").unlink()
    result = build_books(tmp_path / "期")
    assert [path.name for path in result.made] == ["保健グループ.xlsm"]
    assert own in result.kept
    assert own.read_bytes() == b"in use"


def test_hidden_columns_of_the_findings_make_no_row_high() -> None:
    sheet = loaded(SAMPLE / "提出" / f"{GROUPS[0]}.xlsm")["指摘"]
    wraps = {False: set(), True: set()}
    for column in sheet.column_dimensions.values():
        wraps[bool(column.hidden)].add(bool(column.alignment.wrap_text))
    assert wraps == {False: {True}, True: {False}}


@pytest.mark.parametrize("group", GROUPS)
def test_sheets(plan: Plan, group: str) -> None:
    book = loaded(SAMPLE / "提出" / f"{group}.xlsm")
    items = [item.id for item in plan.items_of(group)]
    assert book.sheetnames == ["操作", *items, "指摘", "確認記録", names.STAMP_SHEET]
    assert book[names.STAMP_SHEET].sheet_state == "hidden"
    assert {sheet.sheet_state for sheet in book.worksheets if sheet.title != names.STAMP_SHEET} == {"visible"}
    assert not any(sheet.protection.sheet for sheet in book.worksheets)
    assert book.security is None or not book.security.lockStructure
    assert {sheet.page_setup.paperSize for sheet in book.worksheets[:-1]} == {9}
    assert all(book[item].freeze_panes for item in items)
    links = {cell.value for cell in book["操作"]["B"] if cell.hyperlink}
    assert links == set(items)


@pytest.mark.parametrize(("item", "frozen"), [("1-2-4", (2, 0)), ("1-2-5", (3, 5))])
def test_the_buttons_of_a_sheet_stay_on_the_screen(item: str, frozen: tuple[int, int]) -> None:
    """In the last columns of a screen, or among those that stay where a wide table is scrolled sideways."""
    path = SAMPLE / "提出" / "レセプトグループ.xlsm"
    pane = loaded(path)[item].sheet_view.pane
    assert (int(pane.ySplit), int(pane.xSplit or 0)) == frozen
    number = loaded(path).sheetnames.index(item) + 1
    with zipfile.ZipFile(path) as book:
        shapes = book.read(f"xl/drawings/vmlDrawing{number}.vml").decode()
    places = [list(map(int, one.split(","))) for one in re.findall(r"<x:Anchor>\s*([^<]+)", shapes)]
    assert len(places) == 2
    for _, _, top, _, right, _, bottom, _ in places:
        assert top == bottom == frozen[0] - 1
        assert right < (frozen[1] or 11)


def computed_cells(book: Book, table: Table) -> tuple[Worksheet, set[str]]:
    """The cells of a table that hold a formula."""
    sheet, (left, top, right, bottom) = area(book, names.table_excel_name(table.item, table.name))
    body = sheet.iter_rows(top + table.header_rows, bottom, left + table.header_columns, right)
    return sheet, {cell.coordinate for row in body for cell in row if cell.data_type == "f"}


@pytest.mark.parametrize("group", GROUPS)
def test_computed_cells_ask_before_they_take_input(empty: Path, plan: Plan, group: str) -> None:
    book = loaded(empty / "入力" / f"{group}.xlsm")
    for item in plan.items_of(group):
        for table in item.tables:
            kinds = [cell.kind for row in table.cells for cell in row]
            if set(kinds) == {CellKind.FIXED}:
                continue
            sheet, computed = computed_cells(book, table)
            assert len(computed) >= kinds.count(CellKind.COMPUTED), table.name
            assert computed <= asking(sheet), table.name
            assert not computed & refusing(sheet), table.name


@pytest.mark.parametrize("group", GROUPS)
def test_typed_cells_take_input(plan: Plan, group: str) -> None:
    """No cell that was filled in refuses."""
    path = SAMPLE / "提出" / f"{group}.xlsm"
    book = loaded(path)
    for item in read_submission(path, plan).items:
        refused = refusing(book[item.item]) | asking(book[item.item])
        for table in item.tables:
            definition = plan.tables[item.item, table.table]
            for row in table.rows:
                for cell, drawn in zip(row.cells, definition.cells[row.row], strict=True):
                    if cell.source and drawn.kind is CellKind.TYPED:
                        assert cell.source.cell not in refused, (table.table, cell.source)


@pytest.mark.parametrize("group", GROUPS)
def test_plan_text_and_kpis_refuse_input(plan: Plan, group: str) -> None:
    book = loaded(SAMPLE / "提出" / f"{group}.xlsm")
    for item in plan.items_of(group):
        sheet = book[item.id]
        refused = refusing(sheet)
        texts = [row for row in sheet.iter_rows(min_col=2, max_col=11) if row[1].value == names.PLAN_KIND]
        assert [row[0].value for row in texts] == [block.name for block in item.blocks]
        assert {cell.coordinate for row in texts for cell in row} <= refused
        lines = [row for row in sheet.iter_rows(min_col=2, max_col=11) if row[1].value in list(LineKind)]
        typed = {cell.coordinate for row in lines for cell in (*row[:5], row[-1])}
        assert refused.isdisjoint(typed)
        assert {cell.coordinate for row in lines for cell in row} - typed <= refused
        title = next((cell for cell in sheet["B"] if cell.value == names.KPI_TITLE), None)
        if title is not None:
            cells = [cell for row in sheet.iter_rows(title.row + 2) for cell in row if cell.data_type == "f"]
            assert cells
            assert {cell.coordinate for cell in cells} <= refused


def test_choices(plan: Plan) -> None:
    sheet = loaded(SAMPLE / "提出" / "業務グループ.xlsm")["1-2-2"]
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert lists == {'"文,表,KPI"', '"◎,〇,△,×,－"'}
    hints = {rule.promptTitle for rule in sheet.data_validations.dataValidation if rule.prompt}
    assert {"評価", "基準月", "基準日"} <= hints
