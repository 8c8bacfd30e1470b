"""The board as a workbook: what stands where, where its links lead, and that it prints as it should."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kenpo_xl.books.board.links import BoardLinks
from kenpo_xl.books.board.writer import write_board_book
from kenpo_xl.books.common.content_seal import has_valid_seal
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Family, Finding, Severity, Status
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.changes import ChangeKind, Changes, ReportChange
from kenpo_xl.domain.outputs.status_board import (
    Board,
    BoardFinding,
    GroupState,
    IgnoredFile,
    IncompleteRule,
    State,
)
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.package import Package
from kenpo_xl.tasks.period.parse_cache import cached_plan
from tests.office import Office
from tests.office.pictures import pdf_pages, pdf_text
from tests.paths import PLAN_BOOK
from tests.screen_width import SCREEN, shown_width

DUE = date(2025, 1, 8)
CLAIMS, HEALTH, PLANNING, DESK = "レセプトグループ", "保健グループ", "企画総務グループ", "業務グループ"
WAYS = BoardLinks(
    "../提出",
    "../返却",
    "事業実施状況 (案).xlsx",
    {"計画.xlsx": "../計画.xlsx", "業.xlsm": "../提出/業.xlsm"},
)


def finding(severity: Severity, cell: str, message: str = "合いません。", **more: str) -> Finding:
    given = {"workbook": "", "sheet": "1-2-4", "identity": "1-2-4/査定金額/当年/合計", **more}
    return Finding("CA02", Family.ARITHMETIC, severity, cell=cell, message=message, hint="直す", **given)


RATED = ReportChange(
    ChangeKind.RATING,
    "1-2-4 ブロック 1",
    "第2四半期",
    "〇",
    "◎",
    source=Source("業.xlsm", "1-2-4", "L9"),
)
RISEN = ReportChange(
    ChangeKind.FIGURE,
    "1-2-4/査定率",
    "第2四半期",
    Decimal("0.12"),
    Decimal("0.155"),
    months="4～9月",
    format=NumberFormat("0.0%"),
)
ERROR = finding(Severity.ERROR, "L23", actual="168", expected="244")
WARNING, INFO = finding(Severity.WARNING, "B9"), finding(Severity.INFO, "B2")


@pytest.fixture(scope="module")
def board() -> Board:
    """A group in every state but 旧様式; one book is flagged, one has reasons."""
    return Board(
        plan=cached_plan(PLAN_BOOK),
        groups=(
            GroupState(DESK, State.RECEIVED, book="業.xlsm", warnings=1, accepted=1, due=DUE),
            GroupState(
                CLAIMS,
                State.TO_CORRECT,
                book="レセ #1.xlsm",
                errors=1,
                infos=1,
                due=DUE,
                late=True,
                returned="レセプトグループ.xlsm",
            ),
            GroupState(HEALTH, State.MISSING, due=DUE, late=True),
            GroupState(
                PLANNING, State.UNREADABLE, book="企画.xlsm", failure="開けません。", due=DUE, late=True
            ),
        ),
        seen=(
            BoardFinding(DESK, "業.xlsm", WARNING, "資料のとおり", closure=Closure.ACCEPTED),
            BoardFinding(DESK, "業.xlsm", finding(Severity.WARNING, "C3", workbook="計画.xlsx", sheet="KPI")),
            BoardFinding(CLAIMS, "レセ #1.xlsm", INFO),
            BoardFinding(CLAIMS, "レセ #1.xlsm", ERROR),
        ),
        rules=(IncompleteRule("TI01", "前の期の値", Status.SKIPPED, "前の期がありません。", (DESK, CLAIMS)),),
        changes=Changes("令和6年度第2四半期", (RATED, RISEN)),
        ignored_files=(IgnoredFile("メモ.txt", "Excel ブックではありません。"),),
    )


@pytest.fixture(scope="module")
def path(board: Board, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(board, tmp_path_factory.mktemp("board"))


def written(board: Board, folder: Path) -> Path:
    path = folder / "提出状況.xlsx"
    write_board_book(board, path, WAYS)
    return path


BOXED = (
    State.RECEIVED,
    State.ADJUSTED,
    State.TO_CORRECT,
    State.RETURNED,
    State.REPLIED,
    State.OUTDATED,
    State.UNREADABLE,
    State.MISSING,
)


def sheet_of(path: Path, name: str) -> Worksheet:
    return openpyxl.load_workbook(path)[name]


def texts(sheet: Worksheet) -> list[list[str]]:
    """The filled cells of each row."""
    rows = ([str(cell) for cell in row if cell not in (None, "")] for row in sheet.values)
    return [row for row in rows if row]


def links(sheet: Worksheet) -> dict[str, str]:
    """Cell → where it leads: the file, and the place in it."""
    found = {cell.coordinate: cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    return {cell: f"{_file(link.target)} {link.location or ''}".strip() for cell, link in found.items()}


def _file(target: str) -> str:
    return unquote(target).replace("\\", "/")


class TestFirstSheet:
    def test_a_row_for_each_group_in_the_order_of_the_plan(self, path: Path) -> None:
        rows = texts(sheet_of(path, "提出状況"))
        first = next(number for number, row in enumerate(rows) if row[0] == "グループ")
        due = "令和7年1月8日（水）"
        late = "提出期限を過ぎています。"
        assert rows[first + 1 : first + 5] == [
            [DESK, "● 受付済", "0", "1", "0", "1", due, "業.xlsm"],
            [CLAIMS, "▲ 要修正 1 件", *"1010", due, "レセ #1.xlsm", "レセプトグループ.xlsm", late],
            [HEALTH, "□ 未提出", *"－－－－", due, late],
            [PLANNING, "■ 読取不可", *"－－－－", due, "企画.xlsm", f"{late}\n開けません。"],
        ]

    def test_how_many_groups_are_in_which_state(self, path: Path) -> None:
        rows = texts(sheet_of(path, "提出状況"))
        states = [f"{state.glyph} {state}" for state in BOXED]
        assert rows[rows.index(states) + 1] == ["1", "0", "1", "0", "0", "0", "1", "1"]

    def test_links_to_the_book_its_copy_and_the_report(self, path: Path) -> None:
        assert list(links(sheet_of(path, "提出状況")).values()) == [
            "事業実施状況 (案).xlsx",
            "../提出/業.xlsm",
            "../提出/レセ #1.xlsm",
            "../返却/レセプトグループ.xlsm",
            "../提出/企画.xlsm",
        ]

    def test_files_that_were_not_used(self, board: Board, path: Path, tmp_path: Path) -> None:
        assert ["メモ.txt", "Excel ブックではありません。"] in texts(sheet_of(path, "提出状況"))
        none = texts(sheet_of(written(replace(board, ignored_files=()), tmp_path), "提出状況"))
        assert ["お知らせのあるファイル"] not in none

    def test_a_due_date_that_moved_says_from_where(self, board: Board, tmp_path: Path) -> None:
        moved = [replace(group, due=date(2025, 1, 9)) for group in board.groups]
        rows = texts(sheet_of(written(replace(board, groups=tuple(moved)), tmp_path), "提出状況"))
        assert "令和7年1月9日（木）（計画の令和7年1月8日（水）は閉庁日のため" in rows[1][0]

    def test_a_reason_for_errors_that_stand(self, board: Board, tmp_path: Path) -> None:
        given = replace(board.groups[1], late=False, override="資料が未着のため")
        rows = texts(sheet_of(written(replace(board, groups=(given,), seen=()), tmp_path), "提出状況"))
        assert any(row[-1] == "提出理由：資料が未着のため" for row in rows)


class TestLists:
    def test_findings_by_group_the_worst_first_and_closed_ones_last(self, path: Path) -> None:
        rows = texts(sheet_of(path, "指摘"))[3:]
        assert [(row[0], row[1], row[3]) for row in rows] == [
            (DESK, "注意", "KPI!C3"),
            (DESK, "注意（確認済）", "1-2-4!B9"),
            (CLAIMS, "誤り", "1-2-4!L23"),
            (CLAIMS, "参考", "1-2-4!B2"),
        ]
        assert rows[1][-1] == "資料のとおり"
        assert rows[2][4:] == ["合いません。", "直す", "168", "244"]

    def test_links_lead_to_the_copy_else_to_the_book_or_to_another(self, path: Path) -> None:
        assert links(sheet_of(path, "指摘")) == {
            "D5": "../計画.xlsx 'KPI'!C3",
            "D6": "../提出/業.xlsm '1-2-4'!B9",
            "D7": "../返却/レセプトグループ.xlsm '1-2-4'!L23",
            "D8": "../返却/レセプトグループ.xlsm '1-2-4'!B2",
        }

    def test_a_finding_about_the_whole_book_leads_to_the_book(self, board: Board, tmp_path: Path) -> None:
        whole = BoardFinding(DESK, "業.xlsm", finding(Severity.ERROR, "", sheet=""))
        sheet = sheet_of(written(replace(board, seen=(whole,)), tmp_path), "指摘")
        assert (sheet["D5"].value, links(sheet)) == ("ブック全体", {"D5": "../提出/業.xlsm"})

    @pytest.mark.parametrize("name", ["指摘", "変更", "確認済", "規則"])
    def test_a_list_is_on_a_screen_of_1366_pixels(self, path: Path, name: str) -> None:
        assert shown_width(sheet_of(path, name)) <= SCREEN

    def test_filters_reach_over_all_rows(self, path: Path) -> None:
        assert sheet_of(path, "指摘").auto_filter.ref == "A4:I8"
        assert sheet_of(path, "変更").auto_filter.ref == "A4:H6"

    def test_changes(self, path: Path) -> None:
        sheet = sheet_of(path, "変更")
        assert sheet["A2"].value.startswith("令和6年度第2四半期の報告から")
        assert texts(sheet)[3] == ["評価", "1-2-4 ブロック 1", "第2四半期", "〇", "◎", "1-2-4!L9"]
        assert links(sheet) == {"H5": "../提出/業.xlsm '1-2-4'!L9"}
        numbers = [(cell.value, cell.number_format) for cell in sheet[6][4:7]]
        assert numbers[:2] == [(0.12, "0.0%"), (0.155, "0.0%")]
        assert numbers[2][0] == pytest.approx(3.5)
        assert "ポイント" in numbers[2][1]

    @pytest.mark.parametrize(
        ("changes", "words"), [(None, "比べていません。"), (Changes(""), "前の報告がないため")]
    )
    def test_changes_that_nothing_is_known_of(
        self, board: Board, changes: Changes | None, words: str, tmp_path: Path
    ) -> None:
        sheet = sheet_of(written(replace(board, changes=changes), tmp_path), "変更")
        assert words in sheet["A2"].value
        assert sheet["A5"].value == "ありません。"

    def test_accepted_ones_with_their_reasons(self, path: Path) -> None:
        assert [row[-1] for row in texts(sheet_of(path, "確認済"))[3:]] == ["資料のとおり"]

    def test_rules_that_did_not_run(self, path: Path) -> None:
        assert texts(sheet_of(path, "規則"))[3] == [
            "TI01",
            "前の期の値",
            "調べていません",
            "前の期がありません。",
            f"{DESK}、{CLAIMS}",
        ]

    def test_an_empty_list_says_so_and_has_no_filter(self, board: Board, tmp_path: Path) -> None:
        sheet = sheet_of(written(replace(board, seen=()), tmp_path), "指摘")
        assert sheet["A5"].value == "ありません。"
        assert sheet.auto_filter.ref is None

    def test_what_begins_like_a_formula_stays_a_text(self, board: Board, tmp_path: Path) -> None:
        odd = BoardFinding(
            DESK, "業.xlsm", finding(Severity.ERROR, "C3", message="=1+1", actual="\x07" + "長" * 40_000)
        )
        sheet = sheet_of(written(replace(board, seen=(odd,)), tmp_path), "指摘")
        assert (sheet["E5"].value, sheet["E5"].data_type) == ("=1+1", "s")
        assert sheet["G5"].value == "長" * 32_000


class TestLetters:
    def test_line_by_line(self, path: Path) -> None:
        rows = texts(sheet_of(path, "催促"))
        assert [row[0] for row in rows if row[0].endswith("グループ")] == [CLAIMS, HEALTH, PLANNING]
        assert ["件名", "【修正のお願い】埼玉支部事業実施状況（令和6年度第3四半期）"] in rows
        assert ["本文", "レセプトグループ　ご担当者様"] in rows

    def test_nobody_to_write_to(self, board: Board, tmp_path: Path) -> None:
        rows = texts(sheet_of(written(replace(board, groups=board.groups[:1], seen=()), tmp_path), "催促"))
        assert rows[-1] == ["お願いする相手はいません。"]


class TestFile:
    def test_the_same_board_gives_the_same_bytes(self, board: Board, path: Path, tmp_path: Path) -> None:
        assert written(board, tmp_path).read_bytes() == path.read_bytes()
        assert [one.name for one in tmp_path.iterdir()] == ["提出状況.xlsx"]

    def test_it_is_sealed(self, path: Path, tmp_path: Path) -> None:
        assert has_valid_seal(path)
        openpyxl.load_workbook(path).save(tmp_path / "保存.xlsx")
        assert not has_valid_seal(tmp_path / "保存.xlsx")

    def test_excel_has_nothing_to_compute_on_opening(self, path: Path) -> None:
        with Package(path) as package:
            main = package.read("xl/workbook.xml").decode()
            sheets = [package.read(name) for name in package if name.startswith("xl/worksheets/sheet")]
        assert re.search(r'<calcPr calcId="191029"/>', main)
        assert not any(b"<f>" in sheet for sheet in sheets)


class TestInTheOffice:
    def test_links_and_filters_are_understood(self, path: Path, office: Office) -> None:
        with office.edit(path, path.with_name("gone.xlsx")) as document:
            cell = document.Sheets.getByName("指摘").getCellRangeByName("D7")
            assert unquote(cell.TextFields.getByIndex(0).URL).endswith(
                "/返却/レセプトグループ.xlsm#'1-2-4'!L23"
            )
            filters = document.getPropertyValue("UnnamedDatabaseRanges")
            assert [filters.getByTable(number).DataArea.EndRow for number in (1, 2)] == [7, 5]

    def test_every_sheet_prints_as_wide_as_a_page(self, path: Path, office: Office, tmp_path: Path) -> None:
        pdf = tmp_path / "提出状況.pdf"
        office.to_pdf(path, pdf)
        pages = pdf_text(pdf).split("\f")[:-1]
        assert pdf_pages(pdf) == len(pages) == 8
        names = ["提出状況", "指摘", "変更", "確認済", "規則", "催促", "催促", "催促"]
        assert [name in page for name, page in zip(names, pages, strict=True)] == [True] * 8

    def test_headers_are_repeated_on_every_page(self, board: Board, office: Office, tmp_path: Path) -> None:
        many = tuple(
            BoardFinding(DESK, "業.xlsm", finding(Severity.ERROR, f"B{row}")) for row in range(1, 121)
        )
        pdf = tmp_path / "長い.pdf"
        office.to_pdf(written(replace(board, seen=many), tmp_path), pdf)
        pages = [page for page in pdf_text(pdf).split("\f") if "1-2-4!B" in page]
        assert len(pages) > 1
        assert all("指摘の内容" in page for page in pages)
