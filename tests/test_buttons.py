"""The buttons of an input book, on the open book: what is found, shown, handed in and undone."""

from __future__ import annotations

import logging
import re
import runpy
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import xlwings
from xlwings.utils import fullname_url_to_local_path

from kenpo_xl import buttons, entry
from kenpo_xl.annotations.acceptances import recorded_acceptances
from kenpo_xl.books.common.macros.restored_buttons import restore_buttons
from kenpo_xl.books.common.save_record import read_save_record
from kenpo_xl.checks.registry import Requirement, Rule
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.live import workbook
from kenpo_xl.live.workbook import temporary_copy
from kenpo_xl.log_file import log_path
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.buttons import input_buttons
from kenpo_xl.tasks.check import check_books
from tests.libreoffice_engine.cells import Range
from tests.office.live import LiveOffice
from tests.own_rules import broken, elsewhere, overwritten, rule, silent, use
from tests.paths import LAUNCHER, SAMPLE

NAME = "レセプトグループ.xlsm"
# The two totals of the sample that are typed over.
TOTALS = ("1-2-4", "I29"), ("1-2-4", "I30")
NOW = datetime(2025, 1, 20, 15, 30, 45, tzinfo=UTC)
Open = Callable[[Path], xlwings.Book]
Rules = Callable[..., None]


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buttons, "now", lambda: NOW)
    monkeypatch.setattr(buttons, "user_name", lambda: "山田")


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Puts rules of the tests' own in the place of all others."""

    def put(severity: Severity, *more: Rule) -> None:
        use(monkeypatch, rule(overwritten, severity=severity), *more)

    return put


@pytest.fixture
def period(tmp_path: Path) -> Path:
    """A period folder in which the groups still work."""
    folder = tmp_path / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "入力")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    return folder


@pytest.fixture
def book(period: Path, live_book: Open) -> xlwings.Book:
    return live_book(period / "入力" / NAME)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log of this test alone."""
    path = tmp_path / "own.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    logging.getLogger().addHandler(handler)
    yield path
    logging.getLogger().removeHandler(handler)
    handler.close()


def content(book: xlwings.Book) -> dict[tuple[str, str], tuple[str, ...]]:
    """Values, formulas, formats and notes of a saved copy of the open book."""
    with temporary_copy(book) as copy:
        opened = openpyxl.load_workbook(copy)
    cells = ((sheet.title, cell) for sheet in opened for row in sheet.iter_rows() for cell in row)
    return {
        (title, cell.coordinate): tuple(
            map(
                repr,
                (
                    cell.value,
                    cell.number_format,
                    cell.font,
                    cell.fill,
                    cell.border,
                    cell.alignment,
                    cell.comment and cell.comment.text,
                ),
            )
        )
        for title, cell in cells
        if cell.value is not None or cell.comment
    }


def told(live_office: LiveOffice) -> list[str]:
    return [alert["prompt"] for alert in live_office.alerts]


def selected(book: xlwings.Book) -> tuple[str, str]:
    assert book.selection is not None
    return book.selection.sheet.name, book.selection.address.replace("$", "")


def listed(book: xlwings.Book) -> list[str]:
    """Kind and place of every row of 指摘."""
    return [f"{kind} {place}" for kind, place in book.sheets["指摘"]["A5:B40"].value if kind]


class TestCheck:
    def test_the_cells_are_marked_and_the_cursor_is_on_the_worst(
        self, book: xlwings.Book, live_office: LiveOffice
    ) -> None:
        answer = buttons.check()
        assert answer.sentence.startswith("誤り 2 件があります。最初の指摘（1-2-4!I29）に移りました。")
        assert live_office.app.status_bar == answer.sentence
        assert selected(book) == TOTALS[0]
        assert listed(book) == ["誤り CA02 1-2-4!I29", "誤り CA02 1-2-4!I30"]
        assert book.sheets["1-2-4"]["I29"].note.text.startswith("kenpo-xl:\n【誤り CA02】")
        assert live_office.app.screen_updating
        assert told(live_office) == []

    def test_the_same_is_found_as_in_the_saved_book(self, book: xlwings.Book, period: Path) -> None:
        book.sheets["1-2-4"]["F29"].value = 83562
        found = input_buttons.check_open_book(book, today=NOW.date(), person="")
        assert found.findings != check_books([period / "入力" / NAME]).books[0].findings
        book.save()
        restore_buttons(period / "入力" / NAME)
        (saved,) = check_books([period / "入力" / NAME]).books
        assert (found.findings, found.rules, found.period) == (saved.findings, saved.rules, saved.period)

    def test_what_was_typed_and_not_saved_counts(self, book: xlwings.Book, only: Rules) -> None:
        only(Severity.ERROR)
        assert buttons.check().sentence.startswith("誤り 2 件があります。")
        book.sheets["1-2-5"]["I34"].value = 1
        assert buttons.check().sentence.startswith("誤り 3 件があります。")
        assert listed(book) == ["誤り CA90 1-2-4!I29", "誤り CA90 1-2-4!I30", "誤り CA90 1-2-5!I34"]

    @pytest.mark.usefixtures("book")
    def test_nothing_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        use(monkeypatch, rule(silent))
        assert buttons.check().sentence == "指摘はありません。"

    @pytest.mark.usefixtures("book")
    def test_without_a_dictionary_the_last_sentence_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        use(monkeypatch, rule(silent), rule(silent, "WO90", needs=Requirement.DICTIONARY))
        monkeypatch.setattr("kenpo_xl.tasks.check_session.available_tokenizer", lambda: None)
        assert buttons.check().sentence == "指摘はありません。文章の点検はしていません。"
        assert buttons.submit().sentence.endswith("指摘はありません。文章の点検はしていません。")

    @pytest.mark.usefixtures("book")
    def test_the_file_is_not_touched(self, period: Path) -> None:
        before = (period / "入力" / NAME).read_bytes()
        buttons.check()
        assert (period / "入力" / NAME).read_bytes() == before
        assert not (period / "提出").exists()

    def test_an_accepted_warning_is_told_apart(self, book: xlwings.Book, only: Rules) -> None:
        only(Severity.WARNING)
        buttons.check()
        book.sheets["指摘"]["G5"].value = "資料のとおりです"
        assert buttons.check().sentence == (
            "注意 1 件があります（ほかに確認済 1 件）。最初の指摘（1-2-4!I30）に移りました。"
        )

    def test_where_no_cell_is_meant_the_list_is_named(
        self, book: xlwings.Book, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, rule(elsewhere))
        assert buttons.check().sentence == "注意 3 件があります。シート「指摘」をご覧ください。"
        assert len(listed(book)) == 3

    def test_a_hidden_sheet_is_not_gone_to(self, book: xlwings.Book, only: Rules) -> None:
        only(Severity.ERROR)
        book.sheets["1-2-4"].visible = False
        assert buttons.check().sentence == "誤り 2 件があります。シート「指摘」をご覧ください。"

    @pytest.mark.parametrize(("visible", "is_seen"), [(-1, True), (0, False), (2, False)])
    def test_as_excel_tells_what_is_seen(
        self, book: xlwings.Book, only: Rules, monkeypatch: pytest.MonkeyPatch, visible: int, is_seen: bool
    ) -> None:
        only(Severity.ERROR)
        monkeypatch.setattr(type(book.sheets[0].impl), "visible", visible)
        assert ("最初の指摘（1-2-4!I29）に移りました。" in buttons.check().sentence) is is_seen
        assert (selected(book) == TOTALS[0]) is is_seen

    @pytest.mark.usefixtures("book")
    def test_a_long_sentence_is_cut_in_the_status_bar(
        self, live_office: LiveOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(buttons, "_failed_rules_sentence", lambda _: "文" * 300)
        answer = buttons.check()
        assert answer.sentence.endswith("文" * 300)
        assert live_office.app.status_bar == answer.sentence[:255]

    @pytest.mark.usefixtures("book")
    def test_a_rule_that_fails_is_told(self, only: Rules) -> None:
        only(Severity.ERROR, rule(broken, code="CA91"))
        assert buttons.check().sentence.endswith(
            f"規則 CA91 が動きませんでした。{entry.log_to_send_sentence()}"
        )


class TestClear:
    def test_the_book_is_as_before(self, book: xlwings.Book) -> None:
        book.sheets["1-2-4"]["I30"].add_note("自分の注記")
        before = content(book)
        buttons.check()
        assert len(listed(book)) == 2
        assert buttons.clear_findings().sentence == "指摘の色と注記、一覧を消しました。"
        assert content(book) == before

    def test_reasons_are_kept(self, book: xlwings.Book, period: Path) -> None:
        buttons.check()
        book.sheets["指摘"]["G5"].value = "資料のとおりです"
        buttons.clear_findings()
        book.save()
        (row,) = recorded_acceptances(Workbook(period / "入力" / NAME))
        assert (row.reason, row.person, row.day) == ("資料のとおりです", "山田", "令和7年1月20日")


class TestSubmit:
    @pytest.fixture
    def reason(self, book: xlwings.Book) -> Range:
        return book.names["kx_override"].refers_to_range

    def submitted(self, period: Path) -> dict[str, Path]:
        found = (path for path in (period / "提出").rglob("*") if path.is_file())
        return {path.relative_to(period / "提出").as_posix(): path for path in found}

    def test_what_is_right_is_saved_and_copied(
        self, book: xlwings.Book, period: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, rule(silent))
        book.sheets["1-2-4"]["F29"].value = 12345
        answer = buttons.submit()
        assert answer.sentence == f"提出しました（提出／{NAME}）。指摘はありません。"
        (copy,) = self.submitted(period).values()
        same = Path(shutil.copy(period / "入力" / NAME, tmp_path))
        restore_buttons(same)  # LibreOffice saves them so that nothing shows them
        assert copy.read_bytes() == same.read_bytes()
        assert Workbook(copy).sheets["1-2-4"].value(29, 6) == 12345
        assert Path(book.fullname) == period / "入力" / NAME

    def test_the_book_records_when(
        self, book: xlwings.Book, period: Path, only: Rules, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        only(Severity.WARNING)
        for time in (NOW, NOW.replace(hour=16)):
            monkeypatch.setattr(buttons, "now", lambda time=time: time)
            buttons.submit()
            assert read_save_record(Workbook(period / "提出" / NAME)).submitted == time
        rows = [row for row in book.sheets["kx"].used_range.value if row[0] == "提出日時"]
        assert len(rows) == 1

    @pytest.mark.usefixtures("book")
    def test_warnings_do_not_hinder(self, period: Path, only: Rules) -> None:
        only(Severity.WARNING)
        assert buttons.submit().sentence.endswith("注意 2 件が残っています。")
        assert self.submitted(period).keys() == {NAME}

    def test_an_error_without_a_reason_does(
        self, book: xlwings.Book, period: Path, live_office: LiveOffice, reason: Range
    ) -> None:
        before = (period / "入力" / NAME).read_bytes()
        answer = buttons.submit()
        assert answer.is_failure
        assert answer.sentence.startswith(
            "誤りが 2 件残っているため、まだ提出していません。最初の指摘（1-2-4!I29）に移りました。"
        )
        assert told(live_office) == [answer.sentence]
        assert selected(book) == ("1-2-4", "I29")
        assert len(listed(book)) == 2
        assert not (period / "提出").exists()
        assert (period / "入力" / NAME).read_bytes() == before

    def test_a_reason_goes_along_and_is_seen_by_every_door(
        self, book: xlwings.Book, period: Path, reason: Range
    ) -> None:
        reason.value = "集計中のため"
        assert "誤りを残す理由は「確認記録」にあります。" in buttons.submit().sentence
        path = self.submitted(period)[NAME]
        rows = [(one.code, one.reason, one.person, one.day) for one in recorded_acceptances(Workbook(path))]
        assert rows == [("CA02", "集計中のため", "山田", "令和7年1月20日")] * 2
        (found,) = check_books([path]).books
        assert (found.override_reason, found.count_open(Severity.ERROR)) == ("集計中のため", 0)
        assert "確認済：集計中のため" in book.sheets["1-2-4"]["I29"].note.text
        assert reason.value == "集計中のため"

    @pytest.mark.usefixtures("book")
    def test_the_same_errors_need_no_new_one(self, period: Path, reason: Range) -> None:
        reason.value = "集計中のため"
        buttons.submit()
        reason.value = None
        buttons.submit()
        assert self.submitted(period).keys() == {NAME, f"以前の版/{Path(NAME).stem}_20250120-153045.xlsm"}
        assert len(recorded_acceptances(Workbook(period / "提出" / NAME))) == 2

    def test_another_error_needs_another(self, book: xlwings.Book, period: Path, reason: Range) -> None:
        reason.value = "集計中のため"
        buttons.submit()
        book.sheets["1-2-4"]["I29"].value = 1
        answer = buttons.submit()
        assert answer.is_failure
        assert "1 件" in answer.sentence
        assert "前の提出のとき" in answer.sentence
        reason.value = "1 月に直します"
        assert not buttons.submit().is_failure
        assert (
            check_books([period / "提出" / NAME]).books[0].override_reason == "1 月に直します／集計中のため"
        )

    def test_reasons_beside_the_findings_do_as_well(
        self, book: xlwings.Book, period: Path, only: Rules
    ) -> None:
        only(Severity.ERROR)
        buttons.check()
        book.sheets["指摘"]["G5:G6"].value = "資料のとおりです"
        assert not buttons.submit().is_failure
        assert check_books([period / "提出" / NAME]).books[0].override_reason == "資料のとおりです"

    def test_a_book_without_that_cell_asks_for_reasons_beside_the_findings(self, book: xlwings.Book) -> None:
        book.names["kx_override"].delete()
        assert "シート「指摘」の「確認済の理由・返事」に理由を入れます。" in buttons.submit().sentence

    def test_an_open_copy_is_one_sentence(self, book: xlwings.Book, period: Path, only: Rules) -> None:
        only(Severity.WARNING)
        buttons.submit()
        before = (period / "提出" / NAME).read_bytes()
        (period / "提出" / f"~${NAME}").write_bytes(b"")
        book.sheets["1-2-4"]["F29"].value = 1
        answer = buttons.submit()
        assert answer.is_failure
        assert "開いている場合は閉じて" in answer.sentence
        assert (period / "提出" / NAME).read_bytes() == before

    def test_a_book_of_another_branch_is_none_whatever_the_reason(self, period: Path, reason: Range) -> None:
        plan = openpyxl.load_workbook(period / "計画.xlsx")
        next(row for row in plan["基本"].iter_rows() if row[0].value == "支部")[1].value = "千葉支部"
        plan.save(period / "計画.xlsx")
        reason.value = "急ぐため"
        answer = buttons.submit()
        assert answer.sentence.startswith("提出していません。")
        assert not (period / "提出").exists()

    def test_what_was_submitted_is_not_submitted(self, period: Path, live_book: Open) -> None:
        (period / "入力").rename(period / "提出")
        live_book(period / "提出" / NAME)
        assert "提出されたブックそのもの" in buttons.submit().sentence


class TestTrouble:
    def test_no_book_calls(self, monkeypatch: pytest.MonkeyPatch, log: Path) -> None:
        monkeypatch.delattr(xlwings.Book, "_mock_caller", raising=False)
        answer = buttons.check()
        assert answer.is_failure
        assert "つながりませんでした" in answer.sentence
        assert str(log_path()) in answer.sentence
        assert "not reached" in log.read_text(encoding="utf-8")

    def test_one_that_cannot_be_read_is_a_sentence(
        self, book: xlwings.Book, period: Path, live_office: LiveOffice
    ) -> None:
        (period / "計画.xlsx").unlink()
        app = live_office.app
        app.status_bar = "前の言葉"
        answer = buttons.check()
        assert "計画ブック（計画.xlsx）が見つかりません" in answer.sentence
        assert told(live_office) == [answer.sentence]
        assert (app.screen_updating, app.status_bar) == (True, "前の言葉")
        assert listed(book) == []

    @pytest.mark.parametrize("stands_for", [str, fullname_url_to_local_path])
    def test_one_in_the_web_is_a_sentence(
        self, book: xlwings.Book, monkeypatch: pytest.MonkeyPatch, stands_for: Callable[[str], str]
    ) -> None:
        """In Excel xlwings looks for the file on this PC, and raises where it finds none."""
        for name in ("OneDriveCommercial", "OneDrive"):
            monkeypatch.delenv(name, raising=False)
        address = f"https://saitama-my.sharepoint.com/personal/yamada/Documents/{NAME}"
        monkeypatch.setattr(type(book.impl), "name", NAME)
        monkeypatch.setattr(type(book.impl), "fullname", property(lambda _: stands_for(address)))
        assert "Web 上（OneDrive や SharePoint）" in buttons.check().sentence

    @pytest.mark.parametrize("sheet", ["1-2-4", "指摘"])
    def test_a_sheet_that_somebody_protected_is_named(
        self, book: xlwings.Book, only: Rules, sheet: str
    ) -> None:
        only(Severity.ERROR)
        book.sheets[sheet].api.protect("秘密")
        answer = buttons.check()
        assert f"シート「{sheet}」が保護されている" in answer.sentence
        book.sheets[sheet].api.unprotect("秘密")
        assert (listed(book), book.sheets["1-2-4"]["I29"].note) == ([], None)
        assert not buttons.check().is_failure

    def test_one_that_nothing_is_written_to_may_be_protected(self, book: xlwings.Book, only: Rules) -> None:
        only(Severity.ERROR)
        book.sheets["1-2-5"].api.protect("秘密")
        assert not buttons.check().is_failure

    def test_a_book_whose_macro_does_not_run_is_a_sentence(self, book: xlwings.Book) -> None:
        book.api.BasicLibraries.getByName("VBAProject").removeByName("KenpoButtons")
        assert "上書き保存し、ブックを開き直して" in buttons.check().sentence

    def test_one_whose_copy_cannot_be_written_is_a_sentence(
        self, book: xlwings.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        nowhere = tmp_path / "file"
        nowhere.touch()
        monkeypatch.setattr(workbook.tempfile, "TemporaryDirectory", lambda **_: nullcontext(nowhere))
        assert "いまの内容を読み取れませんでした" in buttons.check().sentence
        assert listed(book) == []

    def test_a_bug_is_a_sentence_and_a_log(
        self,
        book: xlwings.Book,
        live_office: LiveOffice,
        log: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def failing(*_: object) -> None:
            raise ZeroDivisionError("割れません")

        monkeypatch.setattr(Range, "add_note", failing)
        answer = buttons.check()
        assert answer == buttons.Answer(entry.bug_sentence(), is_failure=True)
        assert told(live_office) == [entry.bug_sentence()]
        assert "割れません" in log.read_text(encoding="utf-8")
        assert live_office.app.screen_updating
        assert listed(book) == []

    def test_one_that_cannot_be_saved_is_a_sentence(
        self, book: xlwings.Book, only: Rules, monkeypatch: pytest.MonkeyPatch, period: Path
    ) -> None:
        def failing(*_: object) -> None:
            raise OSError

        only(Severity.WARNING)
        monkeypatch.setattr(type(book.impl), "save", failing)
        assert "保存できませんでした" in buttons.submit().sentence
        assert not (period / "提出").exists()


class TestTheCommandLine:
    """What the macro behind a button runs."""

    def run(self, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["kenpo_xl.buttons", *arguments])
        return buttons.main(sys.argv[1:])

    @pytest.mark.usefixtures("book")
    def test_the_answer_is_told_in_the_file(
        self, tmp_path: Path, live_office: LiveOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = tmp_path / "答え.txt"
        assert self.run(monkeypatch, "check", f"--done={done}") == 0
        word, sentence = done.read_text(encoding="utf-8").split("\n")
        assert (word, sentence) == ("ok", live_office.app.status_bar)
        assert not list(tmp_path.glob("答え.txt?*"))

    @pytest.mark.usefixtures("book")
    def test_failure_too_and_no_box_is_shown_then(
        self, tmp_path: Path, live_office: LiveOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = tmp_path / "答え.txt"
        assert self.run(monkeypatch, "submit", f"--done={done}") == 3
        assert done.read_text(encoding="utf-8").startswith("ng\n誤りが 2 件残っているため")
        assert told(live_office) == []

    @pytest.mark.usefixtures("book")
    def test_in_the_encoding_of_the_pc(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("locale.getencoding", lambda: "cp932")
        done = tmp_path / "答え.txt"
        self.run(monkeypatch, "clear_findings", f"--done={done}")
        assert done.read_text(encoding="cp932") == "ok\n指摘の色と注記、一覧を消しました。"

    @pytest.mark.parametrize("arguments", [[], ["check_all"]])
    def test_no_button(
        self, arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.run(monkeypatch, *arguments) == 2
        assert "check, repair, undo_repair, clear_findings, submit" in capsys.readouterr().err

    def test_it_is_a_module_to_run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "argv", ["kenpo_xl.buttons"])
        with pytest.raises(SystemExit, match="2"), pytest.warns(RuntimeWarning):
            runpy.run_module("kenpo_xl.buttons", run_name="__main__")


def test_every_macro_calls_a_button() -> None:
    called = re.findall(r'^\s*RunKenpo "(\w+)"', LAUNCHER.read_text(encoding="ascii"), re.MULTILINE)
    assert called
    assert set(called) == set(buttons.BUTTONS)
    assert all(getattr(buttons, name) is press for name, press in buttons.BUTTONS.items())
