"""計画を確かめる, the PDF, 確定 and 確定を取り消す, on the open book of a small period."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlwings

from kenpo_xl import buttons
from kenpo_xl.books.common.content_seal import has_valid_pdf_seal
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.closing import CLOSING_NAME, closing_of_period
from kenpo_xl.tasks.period.folder import PeriodFolder
from tests.edited import edited
from tests.libreoffice_engine.book import Book
from tests.office.pictures import pdf_text
from tests.tasks.small_period import GROUP, write_small_period

NAME = "取りまとめ.xlsm"
REPORT = "事業実施状況_令和7年度第2四半期"
NOW = datetime(2026, 1, 20, 15, 30, tzinfo=UTC)
Open = Callable[[Path], xlwings.Book]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_period(tmp_path_factory.mktemp("written") / "第2四半期")


@pytest.fixture
def period(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(buttons, "now", lambda: NOW)
    monkeypatch.setattr(buttons, "user_name", lambda: "山田")
    return Path(shutil.copytree(written, tmp_path / written.name))


@pytest.fixture
def book(period: Path, live_book: Open) -> xlwings.Book:
    return live_book(period / NAME)


def listed(book: xlwings.Book) -> list[list[str]]:
    """The filled rows of 計画の確認."""
    return [row for row in book.sheets["計画の確認"]["A5:E60"].value if any(row)]


class TestPlan:
    def test_what_was_read_is_said_row_by_row(self, book: xlwings.Book) -> None:
        answer = buttons.check_plan()
        assert answer.sentence == "計画ブックに直すところはありません。KPI と検算の 1 行を読みました。"
        (row,) = listed(book)
        words = "項 1-1　目標 100 件 以上、途中 目標、実績 窓口/計/当年＞実績"
        assert (row[0], row[1], row[3], row[4]) == ("読み取り", "KPI", "達成率", words)
        link = book.sheets["計画の確認"]["C5"].formula
        assert link.startswith(f"=HYPERLINK(\"計画.xlsx#'KPI'!{row[2]}\"")
        assert book.selection.sheet.name == "計画の確認"

    def test_problems_have_their_cells_and_go_away(self, book: xlwings.Book, period: Path) -> None:
        plan = (period / "計画.xlsx").read_bytes()
        with edited(period / "計画.xlsx") as opened:
            opened["施策"]["B3"] = "二課"
            opened["KPI"]["B2"] = "多い"
        broken = (period / "計画.xlsx").read_bytes()
        answer = buttons.check_plan()
        assert not answer.is_failure
        assert "直すもの" in answer.sentence
        problems = [row for row in listed(book) if row[0] == "直すもの"]
        assert ("KPI", "B2") in [(row[1], row[2]) for row in problems]
        assert all(row[4] for row in problems)
        assert (period / "計画.xlsx").read_bytes() == broken
        (period / "計画.xlsx").write_bytes(plan)
        assert not any(row[0] == "直すもの" for row in buttons.check_plan() and listed(book))


class TestPdf:
    def test_the_report_comes_with_its_pdf(self, book: xlwings.Book, period: Path) -> None:
        answer = buttons.make_report()
        assert f"PDF は {REPORT}.pdf です。" in answer.sentence
        pdf = period / "報告" / f"{REPORT}.pdf"
        assert has_valid_pdf_seal(pdf)
        assert "窓口を設けた" in pdf_text(pdf)
        assert book.sheets["要確認"]["D5"].value == "確認が必要なところはありません。"

    def test_where_the_application_cannot_libreoffice_does(
        self, book: xlwings.Book, period: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(*_: object, **__: object) -> None:
            raise OSError("no printer")

        monkeypatch.setattr(Book, "to_pdf", refused)
        assert f"PDF は {REPORT}.pdf です。" in buttons.make_report().sentence
        assert "窓口を設けた" in pdf_text(period / "報告" / f"{REPORT}.pdf")

    def test_where_nothing_can_the_report_is_made(
        self, book: xlwings.Book, period: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(*_: object, **__: object) -> None:
            raise KenpoError("PDF を作れません。")

        monkeypatch.setattr(Book, "to_pdf", refused)
        monkeypatch.setattr("kenpo_xl.live.pdf.convert_to_pdf", refused)
        answer = buttons.make_report()
        assert not answer.is_failure
        assert "PDF は作っていません。PDF を作れません。" in answer.sentence
        assert (period / "報告" / f"{REPORT}.xlsx").is_file()


class TestClosing:
    def test_closed_refused_and_reopened(self, book: xlwings.Book, period: Path, live_book: Open) -> None:
        answer = buttons.close_period()
        assert answer.sentence.startswith(f"この期を確定しました（報告／{REPORT}.xlsx）。PDF は")
        assert (period / "報告" / f"{REPORT}.pdf").is_file()
        for press in (buttons.collect, buttons.make_report, buttons.make_input_books, buttons.check_plan):
            refused = press()
            assert refused.is_failure
            assert "第2四半期 は確定した期のため（2026-01-20、山田）" in refused.sentence
        public = buttons.make_public_report().sentence
        assert public.startswith(f"公表用を作りました（報告／公表用_{REPORT}.xlsx、")
        assert f"PDF は 公表用_{REPORT}.pdf です。公表用に除いたもの: シート「要確認」（0 件）、" in public
        assert not buttons.open_report().is_failure
        book = live_book(period / NAME)
        again = buttons.reopen_period()
        assert again.is_failure
        assert again.sentence == "「確定を取り消す理由」に理由を入れて、もう一度実行してください。"
        cell = book.names["kx_reopen"].refers_to_range
        assert book.selection.address == cell.address
        cell.value = "誤字を直すため"
        assert not buttons.reopen_period().is_failure
        record = (period / CLOSING_NAME).read_text(encoding="utf-8-sig")
        record = (period / CLOSING_NAME).read_text(encoding="utf-8-sig")
        assert "再開,2026-01-20,山田,誤字を直すため" in record
        assert not buttons.collect().is_failure

    @pytest.mark.parametrize("name", ["check", "clear_findings", "submit"])
    def test_the_buttons_of_a_group_change_nothing(self, period: Path, live_book: Open, name: str) -> None:
        (period / CLOSING_NAME).write_text("区分,日付\r\n確定,2026-01-20\r\n", encoding="utf-8-sig")
        submitted = (period / "提出" / f"{GROUP}.xlsm").read_bytes()
        live_book(period / "入力" / f"{GROUP}.xlsm")
        refused = buttons.BUTTONS[name]()
        assert refused.is_failure
        assert "確定した期のため" in refused.sentence
        assert (period / "提出" / f"{GROUP}.xlsm").read_bytes() == submitted

    def test_a_draft_is_neither_closed_nor_published(self, book: xlwings.Book, period: Path) -> None:
        (period / "提出" / f"{GROUP}.xlsm").unlink()
        answer = buttons.close_period()
        assert answer.is_failure
        assert "確定していません" in answer.sentence
        assert closing_of_period(PeriodFolder(period)) is None
        public = buttons.make_public_report()
        assert public.is_failure
        assert "「案」のため、公表用は作っていません" in public.sentence
        assert not [*period.rglob("公表用*")]

    def test_the_next_period_may_be_made_of_it(self, book: xlwings.Book, period: Path) -> None:
        buttons.close_period()
        before = {path: path.read_bytes() for path in period.rglob("*") if path.is_file()}
        answer = buttons.next_period()
        assert "令和7年度第3四半期のフォルダー" in answer.sentence
        assert {p: p.read_bytes() for p in before if not p.name.startswith((".", "~"))} == {
            p: content for p, content in before.items() if not p.name.startswith((".", "~"))
        }
