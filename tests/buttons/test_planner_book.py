"""Every button of the planner's book is pressed; what it did stands in the open document and on the disk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings

from kenpo_xl.books.common.content_seal import has_valid_pdf_seal
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.report import make_report
from tests.buttons.stages import GROUPS, Bench, Place, Pressed, rows_below
from tests.forms import business
from tests.office.live import LiveOffice, buttons

NAME = "取りまとめ.xlsm"
PLAN, BUILD, COLLECT, MAKE, OPEN, PUBLIC, CLOSE, NEXT, REOPEN, CARRY, ADOPT = CAPTIONS = [
    *("計画を確かめる", "入力ブックを作る", "取込", "報告書作成", "報告書を開く", "公表用を作る", "確定"),
    *("次の期を作る", "確定を取り消す", "ブックを写す", "様式を取り入れる"),
]


@pytest.fixture(scope="module")
def desk(
    prepared: Path, live_office: LiveOffice, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    """The planner's book, open in a period folder of its own; one group has not handed in."""
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("desk") / prepared.name)
    (folder / "提出" / f"{GROUPS[-1]}.xlsm").unlink()
    yield Bench.of(live_office, folder / NAME)
    live_office.close_all()


@pytest.fixture(scope="module")
def collected(desk: Bench) -> Pressed:
    return Pressed.after(desk, COLLECT)


@pytest.fixture(scope="module")
def made(desk: Bench, collected: Pressed) -> Pressed:
    return Pressed.after(desk, MAKE)


@pytest.fixture(scope="module")
def opened(desk: Bench, made: Pressed) -> Pressed:
    return Pressed.after(desk, OPEN)


@pytest.fixture(scope="module")
def stepped(desk: Bench, opened: Pressed) -> Pressed:
    return Pressed.after(desk, NEXT)


def report_of(desk: Bench) -> Path:
    (path,) = (desk.path.parent / "報告").glob("[!.]*.xlsx")
    return path


def test_no_book_with_buttons_is_missed(prepared: Path) -> None:
    books = {path.relative_to(prepared) for path in prepared.rglob("*.xlsm")}
    typed_into = {Path(folder, f"{group}.xlsm") for folder in ("入力", "提出") for group in GROUPS}
    assert books == typed_into | {Path(NAME)}


def test_these_are_all_buttons_of_the_book(desk: Bench) -> None:
    assert [(one.sheet, one.caption) for one in buttons(desk.book)] == [("操作", one) for one in CAPTIONS]


class TestCollect:
    def test_it_ends_well(self, collected: Pressed) -> None:
        assert (collected.run.status, collected.run.errors, collected.run.arguments[0]) == (0, "", "collect")
        assert collected.status_bar == collected.run.told
        assert collected.cursor == Place("提出状況", "A1")
        assert collected.screen_updating

    def test_every_group_has_what_the_check_finds(self, desk: Bench, collected: Pressed) -> None:
        listed = rows_below(desk.book, "提出状況", ("グループ", "誤り", "注意", "参考"))
        found = {book.group: book for book in check_books([desk.path.parent / "提出"]).books}
        assert sorted(row[0] for row in listed) == GROUPS
        for group, *counts in listed:
            book = found.get(group)
            assert counts == [str(float(book.count_open(one))) if book else "－" for one in Severity]


class TestReport:
    def test_it_ends_well(self, desk: Bench, made: Pressed) -> None:
        assert (made.run.status, made.run.errors, made.run.arguments[0]) == (0, "", "make_report")
        assert made.run.told.startswith(f"報告書を作りました（報告／{report_of(desk).name}、")
        assert made.status_bar == made.run.told
        assert made.cursor == Place("要確認", "A1")

    def test_it_is_the_report_of_the_command_line(self, desk: Bench, made: Pressed, tmp_path: Path) -> None:
        period = desk.path.parent
        twin = shutil.copytree(period, tmp_path / period.name, ignore=shutil.ignore_patterns("報告", ".*"))
        by_command = make_report(twin)
        assert report_of(desk).read_bytes() == by_command.path.read_bytes()
        assert len(rows_below(desk.book, "要確認", ("区分",))) == len(by_command.remarks)

    def test_the_pdf_is_that_of_the_report(self, desk: Bench, made: Pressed) -> None:
        pdf = report_of(desk).with_suffix(".pdf")
        assert f"PDF は {pdf.name} です。" in made.run.told
        assert has_valid_pdf_seal(pdf)


class TestPlan:
    def test_every_row_of_kpis_and_cross_checks_is_listed(self, desk: Bench, made: Pressed) -> None:
        seen = Pressed.after(desk, PLAN)
        assert (seen.run.status, seen.run.errors, seen.run.arguments[0]) == (0, "", "check_plan")
        listed = rows_below(desk.book, "計画の確認", ("対応", "シート", "行", "内容"))
        plan = read_plan(desk.path.parent / "計画.xlsx")
        assert [row[2] for row in listed if row[1] == "KPI"] == [kpi.name for kpi in plan.kpis]
        assert sum(row[1] == "検算" for row in listed) == len(plan.cross_checks)
        assert seen.run.told == (
            f"計画ブックに直すところはありません。KPI と検算の {len(listed)} 行を読みました。"
        )
        assert seen.cursor == Place("計画の確認", "A1")


class TestClosing:
    def test_a_draft_is_not_closed(self, desk: Bench, made: Pressed) -> None:
        run = desk.office.press(desk.book, CLOSE)
        assert run.status == 3
        assert "確定していません" in run.told
        assert not (desk.path.parent / "確定記録.csv").exists()

    def test_what_is_not_closed_is_not_reopened(self, desk: Bench, made: Pressed) -> None:
        run = desk.office.press(desk.book, REOPEN)
        assert (run.status, run.told) == (3, "この期は確定していません。そのまま変えられます。")


class TestOpen:
    def test_the_report_is_on_the_screen(self, desk: Bench, opened: Pressed) -> None:
        assert (opened.run.status, opened.run.errors, opened.run.arguments[0]) == (0, "", "open_report")
        shown = xlwings.books[report_of(desk).name]
        assert Path(shown.fullname) == report_of(desk)
        assert "要確認" in shown.sheets


class TestBuild:
    def test_books_that_are_there_stay(self, desk: Bench, opened: Pressed) -> None:
        books = {path: path.read_bytes() for path in (desk.path.parent / "入力").iterdir()}
        seen = Pressed.after(desk, BUILD)
        assert (seen.run.status, seen.run.errors, seen.run.arguments[0]) == (0, "", "make_input_books")
        assert seen.run.told == "ブックはもうあります。"
        assert {path: path.read_bytes() for path in (desk.path.parent / "入力").iterdir()} == books


class TestCarry:
    def test_without_a_path_the_cursor_is_in_its_cell(self, desk: Bench, opened: Pressed) -> None:
        run = desk.office.press(desk.book, CARRY)
        assert (run.status, run.told.partition("。")[0]) == (3, "写すブックの場所が入っていません")
        assert desk.book.selection.address == path_cell(desk).address

    def test_a_book_is_carried_beside_the_filled_one_and_is_on_the_screen(
        self, desk: Bench, opened: Pressed, tmp_path: Path
    ) -> None:
        copied = tmp_path / "古い 業務.xlsx"
        content = (desk.path.parent / "提出" / f"{GROUPS[0]}.xlsm").read_bytes()
        copied.write_bytes(content[: content.index(b"PK\1\2")])
        path_cell(desk).value = f'"{copied}"'
        seen = Pressed.after(desk, CARRY)
        assert (seen.run.status, seen.run.errors, seen.run.arguments[0]) == (0, "", "carry_book")
        fresh = next((desk.path.parent / "入力（写した版）").glob("*.xlsm"))
        assert fresh.stem == GROUPS[0]
        assert re.match(r"数値 \d+ か所、文 \d+ 行、評価 \d+ 件を写しました", seen.run.told)
        assert Path(xlwings.books[fresh.name].fullname) == fresh


class TestAdopt:
    def test_without_a_path_the_cursor_is_in_its_cell(self, desk: Bench, opened: Pressed) -> None:
        run = desk.office.press(desk.book, ADOPT)
        assert (run.status, run.told.partition("。")[0]) == (3, "取り入れる様式の場所が入っていません")

    def test_a_plan_book_of_a_form_is_on_the_screen(
        self, desk: Bench, opened: Pressed, tmp_path: Path
    ) -> None:
        form = business.seminars().save(tmp_path)
        desk.book.names["kx_adopt_from"].refers_to_range.value = str(form)
        run = desk.office.press(desk.book, ADOPT)
        made = tmp_path / f"{form.stem}_計画" / "計画.xlsx"
        assert (run.status, run.errors, run.arguments[0]) == (0, "", "adopt_form")
        assert Path(xlwings.books[made.name].fullname) == made


def path_cell(desk: Bench) -> xlwings.Range:
    return desk.book.names["kx_carry_from"].refers_to_range


class TestNextPeriod:
    def test_its_folder_is_made_and_the_handover_is_on_the_screen(
        self, desk: Bench, stepped: Pressed
    ) -> None:
        assert (stepped.run.status, stepped.run.errors, stepped.run.arguments[0]) == (0, "", "next_period")
        folder = next_folder(desk)
        assert stepped.run.told == (
            f"令和6年度第4四半期のフォルダー「{folder.name}」を作りました。計画ブックの日程などを確かめて、"
            "もう一度「次の期を作る」を押すと、入力ブックができます。"
        )
        assert sorted(path.name for path in folder.glob("[!.~]*")) == sorted(["引継ぎ.xlsx", "計画.xlsx"])
        assert Path(xlwings.books["引継ぎ.xlsx"].fullname) == folder / "引継ぎ.xlsx"

    def test_pressed_again_it_makes_the_input_books(self, desk: Bench, stepped: Pressed) -> None:
        seen = Pressed.after(desk, NEXT)
        assert (seen.run.status, seen.run.errors) == (0, "")
        assert "5 冊のブックを作りました。" in seen.run.told
        assert "令和6年度第3四半期の報告" in seen.run.told
        assert {path.stem for path in (next_folder(desk) / "入力").glob("*.xlsm")} == set(GROUPS)


def next_folder(desk: Bench) -> Path:
    (folder,) = (path for path in desk.path.parent.parent.iterdir() if path != desk.path.parent)
    return folder
