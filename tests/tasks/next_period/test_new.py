"""The next period's folder: made as a whole beside the old one, its plan book moved on and nothing more."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import DataBarRule

from kenpo_xl.books.plan.missing_keys import write_copy_with_keys
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.outputs.handover import HandoverState
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.next_period.new import NextPeriod, make_next_period
from kenpo_xl.tasks.nightly.run import run_nightly
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from scripts.sample import plan_book
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.made_once import made_once
from tests.paths import SAMPLE
from tests.soak import IS_LONG, soak
from tests.tasks.periods import write_period

pytestmark = pytest.mark.period
PLAN, HANDOVER = "計画.xlsx", "引継ぎ.xlsx"
BASICS, PERIODS, HISTORY = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet6.xml"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "saitama-fy2024-q3"
    folder.mkdir()
    (folder / PLAN).write_bytes(keyed_plan_book())
    return folder


@cache
def keyed_plan_book() -> bytes:
    """The plan book of the sample with keys."""
    with TemporaryDirectory() as name:
        target = Path(name) / PLAN
        write_copy_with_keys(SAMPLE / PLAN, target)
        return target.read_bytes()


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed_parts(one: Path, other: Path) -> set[str]:
    before, after = parts(one), parts(other)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def rows(made: NextPeriod, state: HandoverState) -> list[str]:
    return [row.name for row in made.handover.rows if row.state is state]


class TestQuarter:
    def test_one_cell_of_the_plan_book_changes(self, old: Path) -> None:
        made = make_next_period(old)
        assert made.folder == old.with_name("saitama-fy2024-q4")
        assert sorted(path.name for path in made.folder.iterdir()) == sorted([PLAN, HANDOVER])
        assert changed_parts(old / PLAN, made.folder / PLAN) == {BASICS}
        before, after = (parts(folder / PLAN)[BASICS].decode() for folder in (old, made.folder))
        assert len(after) - len(before) < 20
        assert PeriodKey.of(read_plan(made.folder / PLAN)) == PeriodKey("埼玉支部", FiscalYear(2024), 4)

    def test_nothing_is_to_confirm_and_build_runs_at_once(self, old: Path) -> None:
        made = make_next_period(old)
        assert not made.handover.open_rows
        assert "第4四半期の提出期限" in rows(made, HandoverState.INFO)
        assert len(build_books(made.folder).made) == 5

    def test_missing_keys_are_given_and_the_items_stay_the_same(self, old: Path) -> None:
        shutil.copy(SAMPLE / PLAN, old)
        made = make_next_period(old)
        assert read_plan(made.folder / PLAN).uses_keys
        assert not made.handover.open_rows
        assert {row.kind for row in made.handover.rows} == {"期", "計画"}

    @pytest.mark.parametrize("text", ["3", "第3四半期", "第３四半期", "3Q"])
    def test_a_quarter_that_is_typed_as_text_stays_text(self, old: Path, text: str) -> None:
        set_cell(old / PLAN, "基本", "B4", text)
        made = make_next_period(old)
        value = openpyxl.load_workbook(made.folder / PLAN)["基本"]["B4"].value
        assert value == text.replace("3", "4").replace("３", "4")
        assert read_plan(made.folder / PLAN).period.number == 4

    def test_a_quarter_that_is_a_formula_is_refused(self, old: Path) -> None:
        set_cell(old / PLAN, "基本", "B4", "=1+2")
        with pytest.raises(KenpoError):
            make_next_period(old)
        assert [path.name for path in old.parent.iterdir()] == [old.name]


class TestFolder:
    def test_an_existing_one_is_never_used(self, old: Path) -> None:
        target = old.with_name("saitama-fy2024-q4")
        target.mkdir()
        with pytest.raises(KenpoError, match="すでにあります"):
            make_next_period(old)
        assert not list(target.iterdir())

    def test_a_period_that_has_a_folder_gets_no_second_one(self, old: Path) -> None:
        make_next_period(old, output=old.with_name("別の名前"))
        with pytest.raises(KenpoError, match="別の名前"):
            make_next_period(old)

    def test_its_place_can_be_given(self, old: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "次"
        assert make_next_period(old, output=elsewhere).folder == elsewhere
        assert (elsewhere / PLAN).exists()

    def test_it_is_never_made_inside_the_old_one(self, old: Path) -> None:
        with pytest.raises(KenpoError, match="の中には作れません"):
            make_next_period(old, output=old / "次")
        assert [path.name for path in old.iterdir()] == [PLAN]

    def test_the_current_folder_can_be_moved_on(self, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(old)
        assert make_next_period(Path()).folder == Path("../saitama-fy2024-q4")
        assert (old.with_name("saitama-fy2024-q4") / PLAN).exists()

    @pytest.mark.parametrize("folder", ["templates", "報告の様式", "入力の様式"])
    def test_own_templates_and_forms_come_along(self, old: Path, folder: str) -> None:
        (old / folder).mkdir()
        (old / folder / "status_report.xlsx").write_bytes(b"x")
        made = make_next_period(old)
        assert (made.folder / folder / "status_report.xlsx").read_bytes() == b"x"

    def test_books_of_the_old_period_stay_there(self, old: Path) -> None:
        build_books(old)
        made = make_next_period(old)
        assert sorted(path.name for path in made.folder.iterdir()) == sorted([PLAN, HANDOVER])

    def test_a_plan_with_errors_is_not_moved_on(self, old: Path) -> None:
        set_cell(old / PLAN, "基本", "B3", None)
        with pytest.raises(KenpoError, match="年度"):
            make_next_period(old)
        assert [path.name for path in old.parent.iterdir()] == [old.name]


class TestYear:
    @pytest.fixture
    def last(self, old: Path) -> Path:
        """The last quarter of the year, made of the third one."""
        return made_once(old.with_name("saitama-fy2024-q4"), "last quarter", lambda _: make_next_period(old))

    def test_year_and_number_move_on_and_last_years_dates_go(self, last: Path) -> None:
        made = make_next_period(last)
        assert made.folder.name == "saitama-fy2025-q1"
        plan = read_plan(made.folder / PLAN)
        assert PeriodKey.of(plan) == PeriodKey("埼玉支部", FiscalYear(2025), 1)
        assert plan.period.as_of == date(2025, 6, 30)
        sheet = openpyxl.load_workbook(made.folder / PLAN)["期"]
        assert not [cell.coordinate for column in "BDF" for cell in sheet[column][1:] if cell.value]
        assert sheet["C4"].value == "第4回埼玉支部評議会"
        assert {str(area.sqref) for area in sheet.conditional_formatting} >= {"B2", "D4", "F4"}

    def test_from_any_quarter_when_asked(self, old: Path) -> None:
        assert make_next_period(old, year=True).key == PeriodKey("埼玉支部", FiscalYear(2025), 1)

    def test_targets_plan_values_and_dates_are_to_confirm(self, last: Path) -> None:
        made = make_next_period(last)
        kinds = [row.kind for row in made.handover.open_rows]
        assert {kind: kinds.count(kind) for kind in kinds} == {
            "目標": 11,
            "計画値": 9,
            "日付": 2,
            "過去実績": 1,
        }
        target = next(row for row in made.handover.rows if row.name == "健康宣言事業所数の目標")
        assert (str(target.old), target.new, str(target.source)) == ("1270", None, f"{PLAN} KPI!B13")

    def test_texts_that_name_a_year_or_a_day_are_to_confirm(self, old: Path) -> None:
        drawing = plan_book()
        measures = [
            {**row, "計画内容": text} if row.get("計画内容") and text else row
            for row, text in zip(
                drawing.measures,
                ["", "", "", "令和6年度に始める。", "10月7日に開く。", "12月に開く。", "{年度}に開く。"]
                + [""] * 999,
                strict=False,
            )
        ]
        write_drawn_book(old / PLAN, replace(drawing, measures=measures))
        made = make_next_period(old, year=True)
        texts = [row.old for row in made.handover.open_rows if row.kind == "年や日付のある文"]
        wanted = [
            row["計画内容"]
            for row in measures
            if row.get("計画内容") in ("令和6年度に始める。", "10月7日に開く。")
        ]
        assert texts == wanted
        assert texts

    def test_sheets_of_the_planner_and_charts_stay_to_the_byte(self, last: Path) -> None:
        add_own_content(last / PLAN)
        made = make_next_period(last)
        changed = changed_parts(last / PLAN, made.folder / PLAN)
        assert changed <= {BASICS, PERIODS, "xl/styles.xml"}
        assert openpyxl.load_workbook(made.folder / PLAN)["企画のメモ"]["A1"].value == "覚え"

    def test_a_formula_that_reads_the_year_is_computed_when_the_book_is_opened(self, last: Path) -> None:
        add_own_content(last / PLAN, formula='=基本!B3&"年度"')
        made = make_next_period(last)
        assert changed_parts(last / PLAN, made.folder / PLAN) == {
            BASICS,
            PERIODS,
            "xl/styles.xml",
            "xl/workbook.xml",
        }
        assert b'fullCalcOnLoad="1"' in parts(made.folder / PLAN)["xl/workbook.xml"]

    def test_dates_that_the_planner_computes_stay(self, last: Path) -> None:
        set_cell(last / PLAN, "期", "D4", "=DATE(2025,1,17)")
        made = make_next_period(last)
        sheet = openpyxl.load_workbook(made.folder / PLAN)["期"]
        assert sheet["D4"].value == "=DATE(2025,1,17)"
        assert sheet["F4"].value is None

    def test_a_second_turn_adds_no_second_colour(self, last: Path) -> None:
        first = make_next_period(last).folder
        set_cell(first / PLAN, "期", "D4", date(2026, 1, 16))
        second = make_next_period(first, year=True).folder
        sheet = openpyxl.load_workbook(second / PLAN)["期"]
        areas = [str(area.sqref) for area in sheet.conditional_formatting]
        assert areas.count("D4") == 1


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in its fourth quarter, every figure as of March."""
    folder = tmp_path_factory.mktemp("期") / "saitama-fy2024-q4"
    return write_period(folder, 2024, 4, lambda entry, _: replace(entry, months=(3,) * len(entry.months)))


@pytest.fixture(scope="module")
def made(reported: Path) -> NextPeriod:
    return make_next_period(reported)


class TestFinalResults:
    """At the turn of the year each KPI that was reported gets a row of 過去実績."""

    def test_they_are_those_of_the_last_report(self, reported: Path, made: NextPeriod) -> None:
        old, new = consolidate(PeriodFolder(reported)), read_plan(made.folder / PLAN)
        results = {
            one.kpi.name: one.assessment.result
            for one in old.assessments.kpis
            if one.assessment.result is not None and not one.kpi.newest  # of November, which is not final
        }
        assert made.results == len(results) > 10
        assert {name: new.history[name, 2024] for name in results} == {
            name: pytest.approx(value) for name, value in results.items()
        }
        assert new.history["返納金債権の回収率", 2023] == old.plan.history["返納金債権の回収率", 2023]

    def test_each_says_in_a_note_where_it_is_from(self, made: NextPeriod) -> None:
        sheet = openpyxl.load_workbook(made.folder / PLAN)["過去実績"]
        row = next(row for row in sheet.iter_rows(min_row=6) if row[0].value == "レセプト点検の査定率")
        assert row[1].value == 2024
        assert row[2].number_format == "0.000%"
        assert row[2].comment is not None
        assert "令和6年度第4四半期の報告から（レセプトグループ.xlsm 1-2-4!" in row[2].comment.text

    def test_a_column_for_sources_is_used_instead_of_notes(self, reported: Path, tmp_path: Path) -> None:
        folder = tmp_path / "q4"
        shutil.copytree(reported, folder)
        set_cell(folder / PLAN, "過去実績", "D1", "出典")
        made = make_next_period(folder)
        sheet = openpyxl.load_workbook(made.folder / PLAN)["過去実績"]
        assert not [cell for cell in sheet["C"] if cell.comment]
        assert str(sheet["D6"].value).startswith("令和6年度第4四半期の報告から")

    def test_a_target_that_rests_on_one_needs_no_answer(self, made: NextPeriod) -> None:
        assert "過去実績" not in [row.kind for row in made.handover.open_rows]

    def test_a_ledger_gives_them_where_the_folder_has_no_books(self, reported: Path, tmp_path: Path) -> None:
        root = tmp_path / "全体"
        shutil.copytree(reported, root / "q4")
        with ThreadPoolExecutor(1) as executor:
            day = date(2025, 4, 20)
            run_nightly(root, executor, today=day, user="", since="", watch=lambda *_: None)
        expected = make_next_period(root / "q4", output=tmp_path / "から本").results
        shutil.rmtree(root / "q4" / "提出")
        assert make_next_period(root / "q4").results == expected > 10

    def test_what_the_planner_has_put_there_stays(self, reported: Path, tmp_path: Path) -> None:
        folder = tmp_path / "q4"
        shutil.copytree(reported, folder)
        for cell, value in (("A6", "レセプト点検の査定率"), ("B6", 2024), ("C6", 0.002)):
            set_cell(folder / PLAN, "過去実績", cell, value)
        plan = read_plan(make_next_period(folder).folder / PLAN)
        assert str(plan.history["レセプト点検の査定率", 2024]) == "0.002"


def set_cell(path: Path, sheet: str, cell: str, value: object) -> None:
    with edited(path) as book:
        book[sheet][cell].value = value


def add_own_content(path: Path, formula: str = "") -> None:
    """Give a plan book a chart, a comment, a conditional format and a sheet of the planner's own."""
    with edited(path) as book:
        book["KPI"]["A2"].comment = Comment("確かめた", "企画")
        own = book.create_sheet("企画のメモ")
        own["A1"], own["B1"], own["B2"], own["B3"] = "覚え", 1, 2, formula or None
        own.conditional_formatting.add("B1:B2", DataBarRule("num", 0, "num", 9, "FF638EC6"))  # type: ignore[no-untyped-call]
        book.calculation.fullCalcOnLoad = False
        chart = BarChart()
        chart.add_data(Reference(own, min_col=2, min_row=1, max_row=2))
        own.add_chart(chart, "D2")


@soak
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("turn", [False, True])
def test_killed_at_any_write_there_is_no_folder_or_a_whole_one(old: Path, *, turn: bool) -> None:
    expected = make_next_period(old, year=turn, output=old.with_name("全部")).folder
    whole = contents(expected)
    shutil.rmtree(expected)
    target = old.with_name("次")

    def make() -> None:
        make_next_period(old, year=turn, output=target)

    def is_none_or_whole() -> bool:
        return not target.exists() or contents(target) == whole

    count = count_of_writes(make, is_none_or_whole)
    assert count > 5
    assert contents(target) == whole
    for number in range(count) if IS_LONG else (0, count // 2, count - 1):
        shutil.rmtree(target, ignore_errors=True)
        assert is_killed_at_write(number, make)
        assert is_none_or_whole()
    shutil.rmtree(target, ignore_errors=True)
    make()
    assert contents(target) == whole
    assert sorted(path.name for path in old.parent.iterdir()) == sorted([old.name, target.name])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def count_of_writes(act: Callable[[], object], look: Callable[[], bool]) -> int:
    """How often something writes, done in one process that looks at the disk before each write.

    What it sees there is what a kill at that moment leaves.
    """

    def look_again(_: int) -> None:
        if not look():
            os._exit(_FAILED)

    status = _status_of_fork(act, look_again)
    assert status < _FAILED
    return status


def is_killed_at_write(number: int, act: Callable[[], object]) -> bool:
    """Do something in a process that ends before its n-th write; False if it came to its end."""
    return _status_of_fork(act, lambda seen: os._exit(_KILLED) if seen == number else None) == _KILLED


_FAILED, _KILLED = 250, 251


def _status_of_fork(act: Callable[[], object], before_write: Callable[[int], None]) -> int:
    """Do something in a process of its own: how often it wrote, or the status with which it was ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writes = event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree") or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if writes:
            before_write(seen)
            seen += 1

    sys.addaudithook(count)
    status = _FAILED
    try:
        act()
        status = min(seen, _FAILED)
    finally:
        os._exit(status)
