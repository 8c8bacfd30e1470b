"""The handover of a period: build waits for it, puts answers into effect, and keeps them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from kenpo_xl.books.handover.reader import read_handover_answers
from kenpo_xl.books.plan import reader
from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.books.plan.support.problems import Problem
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.next_period.handover import confirmed_plan
from kenpo_xl.tasks.next_period.new import make_next_period
from kenpo_xl.tasks.period.folder import PeriodFolder
from tests.edited import edited
from tests.paths import SAMPLE
from tests.screen_width import SCREEN, shown_width

pytestmark = pytest.mark.period
PLAN, HANDOVER, SHEET = "計画.xlsx", "引継ぎ.xlsx", "引継ぎ"
AS_IT_IS = "このまま"
KIND, NAME, OLD, NEW, CONFIRMED = 1, 2, 3, 4, 5
Row = list[Any]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan of the sample in its third quarter, and the next year's first quarter made of it."""
    root = tmp_path_factory.mktemp("年")
    (root / "saitama-fy2024-q3").mkdir()
    shutil.copy(SAMPLE / PLAN, root / "saitama-fy2024-q3")
    make_next_period(root / "saitama-fy2024-q3", year=True)
    make_next_period(root / "saitama-fy2024-q3")
    return root


@pytest.fixture
def year(years: Path, tmp_path: Path) -> Path:
    return shutil.copytree(years, tmp_path / "年") / "saitama-fy2025-q1"


@pytest.fixture
def quarter(years: Path, tmp_path: Path) -> Path:
    return shutil.copytree(years, tmp_path / "期") / "saitama-fy2024-q4"


def answer(folder: Path, act: Callable[[Row], None]) -> None:
    """Type into the rows of the handover that wait."""
    with edited(folder / HANDOVER) as book:
        for row in book[SHEET].iter_rows(min_row=5):
            if str(row[0].value).startswith("="):
                act(list(row))


def confirm(row: Row) -> None:
    row[CONFIRMED].value = AS_IT_IS


def waiting(folder: Path) -> str:
    with pytest.raises(KenpoError) as caught:
        build_books(folder)
    assert not (folder / "入力").exists()
    return str(caught.value)


def test_what_to_do_is_on_a_screen_of_1366_pixels(year: Path) -> None:
    with edited(year / HANDOVER) as book:
        assert shown_width(book[SHEET]) <= SCREEN


def test_it_names_the_button_that_makes_the_books_of_the_new_period(year: Path) -> None:
    """入力ブックを作る in the planner's book that is open would make those of the old one."""
    with edited(year / HANDOVER) as book:
        note = str(book[SHEET]["A2"].value)
    assert "もう一度「次の期を作る」（コマンドでは build）" in note
    assert "入力ブックを作る" not in note


def test_build_names_how_many_wait_and_the_first_cell(year: Path) -> None:
    assert waiting(year).startswith(
        "引継ぎ.xlsx に確認していない行が 23 件あるため、入力ブックは作っていません"
        "（最初は 引継ぎ!F5「サービススタンダードの達成状況の目標」）。"
    )
    done = CliRunner().invoke(main, ["build", str(year)])
    assert done.exit_code == 3


def test_when_all_is_confirmed_the_plan_book_stays_and_books_are_made(year: Path) -> None:
    before = (year / PLAN).read_bytes()
    answer(year, confirm)
    assert len(build_books(year).made) == 5
    assert (year / PLAN).read_bytes() == before
    assert not build_books(year).made


def test_each_plan_book_is_read_once(year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def counted(path: Path) -> tuple[Plan | None, list[Problem]]:
        read.append(path.parent.name)
        return plan_and_problems(path)

    answer(year, confirm)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(reader, "plan_and_problems", counted)
    confirmed_plan(PeriodFolder(year))
    assert read == ["saitama-fy2024-q3", "saitama-fy2025-q1"]


def test_an_error_in_the_plan_book_is_named(year: Path) -> None:
    with edited(year / PLAN) as book:
        book["KPI"]["B13"].value = "そのうち"
    assert "KPI!B13" in waiting(year)


def test_typed_values_come_into_the_plan_book(year: Path) -> None:
    def type_values(row: Row) -> None:
        match row[KIND].value, row[NAME].value:
            case "目標", "健康宣言事業所数の目標":
                row[NEW].value = 1300
            case "目標", "生活習慣病予防健診実施率の目標":
                row[NEW].value = 0.53
            case "日付", "第3四半期の開催日":
                row[NEW].value = datetime(2026, 1, 16)  # noqa: DTZ001
            case "計画値", _:
                row[NEW].value = row[OLD].value + 1
            case _:
                confirm(row)

    before = (year / PLAN).read_bytes()
    answer(year, type_values)
    build_books(year)
    plan = read_plan(year / PLAN)
    kpis = {kpi.name: str(kpi.target) for kpi in plan.kpis}
    assert (kpis["健康宣言事業所数"], kpis["生活習慣病予防健診実施率"]) == ("1300", "0.53")
    assert openpyxl.load_workbook(year / PLAN)["期"]["D4"].value == datetime(2026, 1, 16)  # noqa: DTZ001
    value = plan.tables["2-2-2", "計画の数"].cells[0][0].value
    assert str(value) == "590776"
    assert (year / f"{PLAN}.bak").read_bytes() == before


def test_some_typed_values_are_not_asked_for_again(year: Path) -> None:
    def type_one(row: Row) -> None:
        if row[NAME].value == "健康宣言事業所数の目標":
            row[NEW].value = 1300

    answer(year, type_one)
    assert "22 件" in waiting(year)
    assert "22 件" in waiting(year)
    answers = read_handover_answers(year / HANDOVER).by_id
    assert answers["目標|健康宣言事業所数|目標"].new is None, "it is in the plan book"


def test_a_change_in_the_plan_book_itself_counts_and_is_never_undone(year: Path) -> None:
    def type_one(row: Row) -> None:
        if row[NAME].value == "健康宣言事業所数の目標":
            row[NEW].value = 1300

    answer(year, type_one)
    waiting(year)
    for value in (1310, 1320):
        with edited(year / PLAN) as book:
            book["KPI"]["B13"].value = value
        assert "22 件" in waiting(year)
        assert str(read_plan(year / PLAN).kpi("健康宣言事業所数").target) == str(value)  # type: ignore[union-attr]


def test_a_value_that_breaks_the_plan_changes_nothing(year: Path) -> None:
    def type_nonsense(row: Row) -> None:
        if row[NAME].value == "第3四半期の提出期限":
            row[NEW].value = "そのうち"

    before = (year / PLAN).read_bytes()
    answer(year, type_nonsense)
    assert "入れられないもの" in waiting(year)
    assert "期!F4" in waiting(year)
    assert (year / PLAN).read_bytes() == before


@pytest.mark.parametrize("column", [NEW, CONFIRMED])
def test_the_word_confirms_in_either_column(year: Path, column: int) -> None:
    before = (year / PLAN).read_bytes()

    def confirm_there(row: Row) -> None:
        row[column].value = " このまま "

    answer(year, confirm_there)
    assert confirmed_plan(PeriodFolder(year)).plan.fiscal_year == 2025
    assert (year / PLAN).read_bytes() == before


@pytest.mark.parametrize("word", ["未", "いいえ", "×", 0.53])
def test_a_word_that_says_not_yet_confirms_nothing(year: Path, word: object) -> None:
    def refuse(row: Row) -> None:
        row[CONFIRMED].value = word

    answer(year, refuse)
    assert "23 件" in waiting(year)


def test_the_dates_of_a_quarter_can_be_typed_into_the_sheet(quarter: Path) -> None:
    typed = {
        "第4四半期の提出期限": datetime(2025, 4, 9),  # noqa: DTZ001
        "第4四半期の会議": "第1回埼玉支部評議会",
    }
    with edited(quarter / HANDOVER) as book:
        for row in book[SHEET].iter_rows(min_row=5):
            if row[NAME].value in typed:
                row[NEW].value = typed.pop(row[NAME].value)
    assert not typed
    period = confirmed_plan(PeriodFolder(quarter)).plan.period
    assert (period.due, period.meeting) == (date(2025, 4, 9), "第1回埼玉支部評議会")


def test_a_date_comes_as_text_where_the_plan_has_a_text(year: Path) -> None:
    with edited(year / PLAN) as book:
        book["期"]["D4"].number_format = "@"

    def type_date(row: Row) -> None:
        if row[NAME].value == "第3四半期の開催日":
            row[NEW].value = datetime(2026, 1, 16)  # noqa: DTZ001

    answer(year, type_date)
    assert "22 件" in waiting(year)
    assert openpyxl.load_workbook(year / PLAN)["期"]["D4"].value == "2026/1/16"


def test_a_text_that_is_there_twice_is_replaced_in_both_cells(years: Path, tmp_path: Path) -> None:
    old = shutil.copytree(years / "saitama-fy2024-q3", tmp_path / "saitama-fy2024-q3")
    with edited(old / PLAN) as book:
        sheet = book["施策"]
        column = next(cell.column for cell in sheet[1] if cell.value == "計画内容")
        cells = [row[column - 1] for row in sheet.iter_rows(min_row=2) if row[column - 1].value][:2]
        for cell in cells:
            cell.value = "令和6年度に行う。"
        places = [cell.coordinate for cell in cells]
    made = make_next_period(old, year=True).folder

    def type_text(row: Row) -> None:
        if row[OLD].value == "令和6年度に行う。":
            row[NEW].value = "令和7年度に行う。"
        else:
            confirm(row)

    answer(made, type_text)
    confirmed_plan(PeriodFolder(made))
    sheet = openpyxl.load_workbook(made / PLAN)["施策"]
    assert [sheet[place].value for place in places] == ["令和7年度に行う。"] * 2


def test_answers_stay_with_their_rows_wherever_they_are_sorted(year: Path) -> None:
    answer(year, lambda row: confirm(row) if "健診" in str(row[NAME].value) else None)
    with edited(year / HANDOVER) as book:
        sheet = book[SHEET]
        values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        for row, line in zip(sheet.iter_rows(min_row=5), reversed(values), strict=True):
            for cell, value in zip(row, line, strict=True):
                cell.value = value
    count = sum(bool(one.confirmed) for one in read_handover_answers(year / HANDOVER).by_id.values())
    assert count > 3
    assert f"{23 - count} 件" in waiting(year)


def rename_table(folder: Path, name: str, old: str = "決定達成") -> None:
    with edited(folder / PLAN) as book:
        cell = next(row[1] for row in book["1-2-2"].iter_rows() if row[1].value == old)
        cell.value = name


def test_a_renamed_table_waits_and_its_figures_are_found_once_it_is_confirmed(quarter: Path) -> None:
    rename_table(quarter, "受付と達成")
    sentence = waiting(quarter)
    assert "1 件" in sentence
    assert "1-2-2/決定達成" in openpyxl.load_workbook(quarter / HANDOVER)[SHEET]["D5"].value
    answer(quarter, confirm)
    confirmed = confirmed_plan(PeriodFolder(quarter))
    assert list(confirmed.decided.values()) == [("1-2-2", "受付と達成")]
    assert len(build_books(quarter).made) == 5


def test_a_plan_that_changes_again_asks_again(quarter: Path) -> None:
    rename_table(quarter, "受付と達成")
    waiting(quarter)
    answer(quarter, confirm)
    confirmed_plan(PeriodFolder(quarter))
    with edited(quarter / PLAN) as book:
        kpi = next(cell for cell in book["KPI"]["A"] if cell.value == "健康宣言事業所数")
        mark = next(row[1] for row in book["2-2-5"].iter_rows() if row[0].value == "KPI")
        kpi.value = mark.value = "健康づくり宣言の数"
    assert "1 件" in waiting(quarter)


def test_a_guess_that_is_not_confirmed_follows_the_plan(quarter: Path) -> None:
    for old, name in (("決定達成", "受付と達成"), ("受付と達成", "受付件数と達成件数")):
        rename_table(quarter, name, old)
        waiting(quarter)
        sheet = openpyxl.load_workbook(quarter / HANDOVER)[SHEET]
        shown = {row[NAME].value: row[NEW].value for row in sheet.iter_rows(min_row=5)}
        assert shown["1-2-2/決定達成（名前が変わった）"] == f"1-2-2/{name}"
        assert "表 32" in str(shown["前の期と同じもの"])


def test_a_confirmed_name_that_the_plan_has_no_more_waits_again(quarter: Path) -> None:
    rename_table(quarter, "受付と達成")
    waiting(quarter)
    answer(quarter, confirm)
    assert confirmed_plan(PeriodFolder(quarter)).decided
    rename_table(quarter, "受付件数と達成件数", "受付と達成")
    assert "1 件" in waiting(quarter)
    hints = [row[7].value for row in openpyxl.load_workbook(quarter / HANDOVER)[SHEET].iter_rows(min_row=5)]
    assert str(hints[0]).startswith("「1-2-2/受付と達成」は新しい計画にありません。")


def test_a_sheet_that_is_open_is_not_replaced(quarter: Path) -> None:
    (quarter / f"~${HANDOVER}").touch()
    assert len(build_books(quarter).made) == 5, "nothing has to be written"
    shutil.rmtree(quarter / "入力")
    rename_table(quarter, "受付と達成")
    assert "開いている" in waiting(quarter)


def test_without_the_old_folder_the_sheet_alone_decides(year: Path) -> None:
    shutil.rmtree(year.with_name("saitama-fy2024-q3"))
    assert "23 件" in waiting(year)
    with edited(year / HANDOVER) as book:
        for row in book[SHEET].iter_rows(min_row=5):
            row[0].value = "確認済" if str(row[0].value).startswith("=") else row[0].value
    assert build_books(year).made


def test_a_sheet_without_its_headers_is_named(quarter: Path) -> None:
    with edited(quarter / HANDOVER) as book:
        book[SHEET]["F4"].value = "?"
    assert "見出し「確認済」がありません" in waiting(quarter)


def test_a_period_without_a_handover_waits_for_nothing(quarter: Path) -> None:
    (quarter / HANDOVER).unlink()
    assert len(build_books(quarter).made) == 5
