"""A closed period (確定): nothing of ours changes it, it is reopened with a reason, and both are recorded."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.cli.commands import main
from kenpo_xl.domain.outputs.closing import ClosingAct
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.close import close_period, reopen_period
from kenpo_xl.tasks.export import export_facts
from kenpo_xl.tasks.next_period.new import make_next_period
from kenpo_xl.tasks.nightly import NightResult, folder_states, run_nightly
from kenpo_xl.tasks.period.closing import (
    CHANGED_SINCE,
    CLOSING_NAME,
    UNTOUCHED,
    closing_of_period,
    read_closing_entries,
)
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.plan.keys import fill_missing_keys
from kenpo_xl.tasks.report import make_report
from kenpo_xl.tasks.submit import submit_book
from tests.edited import edited
from tests.tasks.small_period import GROUP, write_small_period

TODAY = date(2026, 1, 20)
NOW = datetime(2026, 1, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_period(tmp_path_factory.mktemp("written") / "第2四半期")


@pytest.fixture
def period(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "全支部" / written.name))


@pytest.fixture
def closed(period: Path) -> Path:
    close_period(period, today=TODAY, person="山田")
    return period


def files(period: Path) -> dict[str, str]:
    """Every file below a period with a hash of its bytes."""
    paths = sorted(path for path in period.rglob("*") if path.is_file())
    return {
        path.relative_to(period).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }


def night(root: Path) -> NightResult:
    with ThreadPoolExecutor(1) as executor:
        return run_nightly(root, executor, today=TODAY, user="夜間", since="21:00", watch=lambda *_: None)


def notes(result: NightResult) -> list[str]:
    (done,) = result.periods
    assert done.failures == []
    return done.notes


class TestClosing:
    def test_the_report_is_made_and_the_act_recorded(self, closed: Path) -> None:
        assert (closed / "報告" / "事業実施状況_令和7年度第2四半期.xlsx").is_file()
        closing = closing_of_period(PeriodFolder(closed))
        assert closing
        assert (closing.act, closing.day, closing.person) == (ClosingAct.CLOSED, "2026-01-20", "山田")

    def test_a_draft_is_not_closed(self, period: Path) -> None:
        (period / "提出" / f"{GROUP}.xlsm").unlink()
        with pytest.raises(KenpoError, match="「直すもの」が 1 件あるため、確定していません"):
            close_period(period, today=TODAY, person="")
        assert closing_of_period(PeriodFolder(period)) is None

    @pytest.mark.parametrize("is_done", [True, False])
    def test_remarks_must_be_closed_first(self, period: Path, is_done: bool) -> None:
        with edited(period / "取りまとめ.xlsm") as book:
            for cell, text in {
                "A5": GROUP,
                "D5": "いつの数ですか。",
                "G5": "済" if is_done else None,
            }.items():
                book["差戻し"][cell] = text
        if is_done:
            close_period(period, today=TODAY, person="")
            return
        with pytest.raises(KenpoError, match="終わっていない差戻しが 1 件"):
            close_period(period, today=TODAY, person="")

    def test_remarks_that_cannot_be_read_are_not_taken_for_none(self, period: Path) -> None:
        with edited(period / "取りまとめ.xlsm") as book:
            sheet = book["差戻し"]
            (header,) = (cell for cell in sheet[4] if cell.value == "終了")
            header.value = "済み"
            sheet["A5"], sheet["D5"] = GROUP, "いつの数ですか。"
        with pytest.raises(KenpoError, match="シート「差戻し」に見出し「終了」がありません"):
            close_period(period, today=TODAY, person="")
        assert closing_of_period(PeriodFolder(period)) is None

    def test_twice_is_refused(self, closed: Path) -> None:
        with pytest.raises(KenpoError, match="第2四半期 は確定した期のため（2026-01-20、山田）"):
            close_period(closed, today=TODAY, person="")


class TestReopening:
    def test_a_reason_opens_it_and_is_kept(self, closed: Path) -> None:
        reopen_period(closed, "誤字が\n見つかったため", today=date(2026, 1, 21), person="佐藤")
        build_books(closed)
        close_period(closed, today=date(2026, 1, 22), person="山田")
        entries = read_closing_entries(PeriodFolder(closed))
        assert [(str(one.act), one.day, one.reason) for one in entries] == [
            ("確定", "2026-01-20", ""),
            ("再開", "2026-01-21", "誤字が 見つかったため"),
            ("確定", "2026-01-22", ""),
        ]

    @pytest.mark.parametrize("reason", ["", " 　"])
    def test_without_a_reason_it_stays_closed(self, closed: Path, reason: str) -> None:
        with pytest.raises(KenpoError, match="理由を入れて"):
            reopen_period(closed, reason, today=TODAY, person="")
        assert closing_of_period(PeriodFolder(closed))

    def test_the_reason_of_an_earlier_time_is_none(self, closed: Path) -> None:
        reopen_period(closed, "誤字", today=TODAY, person="")
        close_period(closed, today=TODAY, person="")
        with pytest.raises(KenpoError, match="前に取り消したときのもの"):
            reopen_period(closed, "誤字", today=TODAY, person="")

    def test_an_open_period_is_none_to_reopen(self, period: Path) -> None:
        with pytest.raises(KenpoError, match="確定していません"):
            reopen_period(period, "誤字", today=TODAY, person="")


class TestDoors:
    @pytest.mark.parametrize(
        "act",
        [
            build_books,
            make_report,
            export_facts,
            fill_missing_keys,
            lambda one: make_report(one, output=one / "報告" / "別.xlsx"),
            lambda one: submit_book(one / "入力" / f"{GROUP}.xlsm", PeriodFolder(one), GROUP, now=NOW),
        ],
        ids=["build", "report", "export", "plan --keys", "report -o", "submit"],
    )
    def test_refused_in_one_sentence(self, closed: Path, act: Callable[[Path], object]) -> None:
        before = files(closed)
        with pytest.raises(KenpoError, match="確定した期のため") as refused:
            act(closed)
        assert "\n" not in str(refused.value)
        assert files(closed) == before

    @pytest.mark.parametrize("command", ["flag", "unflag", "fix"])
    @pytest.mark.parametrize("place", ["提出", "入力"])
    def test_its_books_are_left(self, period: Path, command: str, place: str) -> None:
        book = period / "提出" / f"{GROUP}.xlsm"
        with edited(book) as opened:
            sheet = opened["1-1"]
            cell = next(one for row in sheet.iter_rows() for one in row if one.value == "・窓口を設けた。")
            cell.value = "・令和 7 月１～３月に 12 月 20 に設けた。"
        shutil.copy(book, period / "入力")
        (period / CLOSING_NAME).write_text("区分,日付\r\n確定,2026-01-20\r\n", encoding="utf-8-sig")
        before = files(period)
        done = CliRunner().invoke(main, [command, str(period / place / book.name)])
        assert files(period) == before
        if command != "fix":
            assert done.exit_code == 3
            assert "確定した期のため" in done.stderr

    def test_what_only_reads_it_goes_on(self, closed: Path, tmp_path: Path) -> None:
        before = files(closed)
        make_report(closed, output=tmp_path / "別.xlsx")
        export_facts(closed, output=tmp_path / "数値.csv")
        check_books([closed])
        assert make_next_period(closed).folder.is_dir()
        assert files(closed) == before

    def test_the_command(self, period: Path) -> None:
        done = CliRunner().invoke(main, ["close", str(period)])
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.endswith(f"この期を確定しました: {period}\n")
        assert CliRunner().invoke(main, ["build", str(period)]).exit_code == 3
        opened = CliRunner().invoke(main, ["close", str(period), "--reopen", "誤字"])
        assert (opened.exit_code, CliRunner().invoke(main, ["build", str(period)]).exit_code) == (0, 0)


class TestNight:
    def test_it_is_left_alone_and_that_is_said(self, period: Path) -> None:
        night(period.parent)
        close_period(period, today=TODAY, person="")
        before = files(period)
        result = night(period.parent)
        assert notes(result) == [UNTOUCHED]
        assert result.unchanged_count == 1
        assert files(period) == before

    @pytest.mark.parametrize("settled", [folder_states._SETTLED, 0], ids=["new", "old"])
    def test_what_a_person_changed_since_is_said(
        self, closed: Path, monkeypatch: pytest.MonkeyPatch, settled: int
    ) -> None:
        """Also of files that are so old that only a changed one is read."""
        monkeypatch.setattr(folder_states, "_SETTLED", settled)
        night(closed.parent)
        assert notes(night(closed.parent)) == [UNTOUCHED]
        with edited(closed / "提出" / f"{GROUP}.xlsm") as book:
            book["1-1"]["Z1"] = "あとから"
        before = files(closed)
        assert notes(night(closed.parent)) == [UNTOUCHED, CHANGED_SINCE]
        assert files(closed) == before

    def test_a_new_ledger_gets_its_record_and_nothing_else(self, closed: Path) -> None:
        before = files(closed)
        assert notes(night(closed.parent)) == ["確定した期のため、台帳に記録だけしました。"]
        assert notes(night(closed.parent)) == [UNTOUCHED]
        assert files(closed) == before
        shown = CliRunner().invoke(main, ["trace", str(closed.parent), "1-1/窓口/計/当年＞実績"])
        assert "110" in shown.stdout

    def test_reopened_it_goes_on(self, closed: Path) -> None:
        reopen_period(closed, "誤字", today=TODAY, person="")
        assert "提出状況.xlsx" in night(closed.parent).periods[0].written


class TestRecord:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
    def test_one_that_excel_saved(self, period: Path, encoding: str) -> None:
        (period / CLOSING_NAME).write_text("区分,日付,担当\n確定,2026/1/20,山田\n,,\n", encoding=encoding)
        closing = closing_of_period(PeriodFolder(period))
        assert closing
        assert (closing.day, closing.person) == ("2026/1/20", "山田")

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", "区分\r\nその他\r\n".encode()])
    def test_one_that_says_nothing_stops_all_that_writes(self, period: Path, content: bytes) -> None:
        (period / CLOSING_NAME).write_bytes(b"x\r\n" + content)
        with pytest.raises(KenpoError, match="確定しているか分かりません"):
            build_books(period)

    def test_a_reason_is_no_formula(self, closed: Path) -> None:
        reopen_period(closed, "=1+1", today=TODAY, person="")
        assert ",'=1+1," in (closed / CLOSING_NAME).read_text(encoding="utf-8-sig")
