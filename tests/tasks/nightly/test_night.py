"""A night over a few periods: what it writes, what it leaves alone, and what makes it work again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.annotations.annotate import write_marked_copy
from kenpo_xl.books.common.content_seal import has_valid_seal
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import Ledger
from kenpo_xl.storage.processes import host_name
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.nightly import BUG, PeriodDone
from kenpo_xl.tasks.report import make_report, write_report_of
from scripts.make_branches import make_branch
from tests.edited import edited
from tests.own_rules import broken, rule, use
from tests.paths import SAMPLE, TEMPLATE
from tests.tasks.books import figure_cell, texts, type_into
from tests.tasks.nightly.conftest import REPORT, TODAY, files, outputs, run
from tests.tasks.nightly.small_branches import FIGURE, write_branch
from tests.tasks.periods import up_to_september, write_period

pytestmark = pytest.mark.period

AOMORI = PeriodKey("青森支部", FiscalYear(2024), 3)
LEDGER = "台帳.sqlite3"


def found(root: Path, key: PeriodKey) -> set[Finding]:
    """The findings of a period as the ledger keeps them."""
    with Ledger.open_read_only(root / LEDGER) as ledger:
        return {one.record.finding for one in ledger.versions_of_findings(key) if one.is_current}


def edit_plan(period: Path, header: str, value: object) -> None:
    """Type into 期, in the row of the third quarter."""
    with edited(period / "計画.xlsx") as plan:
        sheet = plan["期"]
        columns = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value}
        row = next(row[0].row for row in sheet.iter_rows() if any(cell.value in (3, "3") for cell in row))
        sheet.cell(row, columns[header]).value = value


def states(root: Path, **options: date) -> dict[str, str]:
    """What became of each period: 作成, 変化なし or 失敗."""

    def state(done: PeriodDone) -> str:
        return "失敗" if done.failures else "変化なし" if done.unchanged else "作成"

    return {done.folder: state(done) for done in run(root, **options).periods}


class TestWhatItWrites:
    def test_report_board_and_copies_of_every_period(self, tmp_path: Path) -> None:
        root = tmp_path / "全支部"
        for number, branch in enumerate(("青森", "岩手"), start=1):
            make_branch(root / branch, f"{branch}支部", number)
        result = run(root)
        assert [(done.folder, done.key, done.failures) for done in result.periods] == [
            ("岩手", PeriodKey("岩手支部", FiscalYear(2024), 3), []),
            ("青森", AOMORI, []),
        ]
        assert result.periods[1].outcome.summary == "要修正 2、受付済 2"
        assert (result.failed_count, result.count_with_errors) == (0, 2)
        for branch in ("岩手", "青森"):
            assert {name for name in outputs(root) if name.startswith(branch)} == {
                f"{branch}/報告/{REPORT}",
                f"{branch}/報告/提出状況.xlsx",
                *(f"{branch}/返却/{book.name}" for book in (root / branch / "提出").iterdir()),
            }
            assert has_valid_seal(root / branch / "報告" / REPORT)

    def test_what_was_submitted_stays_as_it_is(self, root: Path) -> None:
        (root / "青森" / "入力").mkdir()
        shutil.copy(root / "青森" / "提出" / "業務グループ.xlsm", root / "青森" / "入力")
        before = files(root)
        run(root)
        after = files(root)
        assert {name: after[name] for name in before} == before
        assert {Path(name).parent.name for name in after.keys() - before.keys()} == {"報告", "返却"}

    def test_the_report_is_the_one_that_the_command_writes(self, one_ran: Path) -> None:
        period = one_ran / "青森"
        ours = (period / "報告" / REPORT).read_bytes()
        assert not make_report(period).changed
        assert (period / "報告" / REPORT).read_bytes() == ours

    def test_the_findings_are_those_of_check(self, tmp_path: Path) -> None:
        shutil.copytree(SAMPLE / "提出", tmp_path / "第3四半期" / "提出")
        shutil.copy(SAMPLE / "計画.xlsx", tmp_path / "第3四半期")
        run(tmp_path)
        checked = [finding for book in check_books([SAMPLE]).books for finding in book.findings]
        assert checked
        assert found(tmp_path, PeriodKey("埼玉支部", FiscalYear(2024), 3)) == {
            replace(one, related=()) for one in checked
        }

    def test_a_root_may_be_named_from_where_one_stands(
        self, one_ran: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(one_ran / "青森")
        assert states(Path("..")) == {"青森": "変化なし"}
        assert states(Path()) == {".": "作成"}

    def test_earlier_periods_are_the_history_of_later_ones(self, tmp_path: Path) -> None:
        root = tmp_path / "埼玉"
        make_branch(root / "2024" / "3", "埼玉支部", 9)
        write_period(root / "2024" / "2", 2024, 2, up_to_september)
        run(root)
        checked = check_books([root / "2024" / "3"], history=root)
        # The ledger keeps no related cells.
        findings = {replace(finding, related=()) for book in checked.books for finding in book.findings}
        assert any(finding.family == "時系列" for finding in findings)
        assert found(root, PeriodKey("埼玉支部", FiscalYear(2024), 3)) == findings

    def test_a_bar_is_told_of_each_period(self, root: Path) -> None:
        seen: list[tuple[str, int, int]] = []
        run(root, watch=lambda done, total: seen.append((done.folder, len(done.books), total)))
        assert sorted(seen) == [("岩手", 2, 2), ("青森", 2, 2)]


class TestWhatMakesItWorkAgain:
    def test_nothing(self, ran: Path) -> None:
        before = files(ran)
        assert states(ran) == {"岩手": "変化なし", "青森": "変化なし"}
        assert files(ran) == before

    def test_what_a_killed_run_left_is_cleared_all_the_same(self, one_ran: Path) -> None:
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        name = f".kenpo-{host_name()}-{ended.pid}-x.xlsx"
        left = [one_ran / "青森" / folder / name for folder in ("報告", "返却", "提出")]
        for path in left:
            path.touch()
        assert states(one_ran) == {"青森": "変化なし"}
        assert [path.exists() for path in left] == [False, False, True]

    def test_what_stands_is_told_all_the_same(self, one_ran: Path) -> None:
        again = run(one_ran)
        assert again.periods[0].outcome.summary == "要修正 1、受付済 1"
        assert (again.count_with_errors, again.unchanged_count) == (1, 1)

    def test_a_book_that_was_only_touched_is_no_change(self, one_ran: Path) -> None:
        newest = max(
            (one_ran / "青森" / "提出").iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name)
        )
        newest.touch()
        assert states(one_ran) == {"青森": "変化なし"}

    def test_a_changed_book_its_own_period_only(self, ran: Path) -> None:
        before = files(ran)
        type_into(ran / "青森", figure_cell(ran / "青森", FIGURE), 41_000)
        assert states(ran) == {"岩手": "変化なし", "青森": "作成"}
        after = files(ran, "報告", "返却")
        changed = {name for name, file in after.items() if before[name] != file}
        assert {f"青森/報告/{REPORT}", "青森/報告/提出状況.xlsx"} <= changed
        assert all(name.startswith("青森/") for name in changed)
        assert "青森/返却/業務グループ.xlsm" not in changed

    def test_a_changed_plan_its_own_period_only(self, ran: Path) -> None:
        edit_plan(ran / "青森", "資料番号", "資料9")
        assert states(ran) == {"岩手": "変化なし", "青森": "作成"}

    def test_the_planners_book_and_a_template(self, ran: Path) -> None:
        (ran / "青森" / "templates").mkdir()
        shutil.copy(TEMPLATE, ran / "青森" / "templates")
        assert states(ran) == {"岩手": "変化なし", "青森": "変化なし"}
        book = openpyxl.load_workbook(ran / "青森" / "templates" / "status_report.xlsx")
        book.save(ran / "青森" / "templates" / "status_report.xlsx")
        assert states(ran) == {"岩手": "変化なし", "青森": "作成"}

    def test_another_version_of_the_program(self, one_ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = files(one_ran)
        monkeypatch.setattr("kenpo_xl.tasks.nightly.fingerprint.program_hash", lambda: "another")
        assert states(one_ran) == {"青森": "作成"}
        assert files(one_ran) == before

    def test_an_output_that_is_gone(self, one_ran: Path) -> None:
        before = outputs(one_ran)
        (one_ran / "青森" / "報告" / REPORT).unlink()
        assert states(one_ran) == {"青森": "作成"}
        assert outputs(one_ran) == before

    def test_a_changed_earlier_period_the_later_ones_too(self, tmp_path: Path) -> None:
        root = tmp_path / "埼玉"
        for quarter in (2, 3):
            write_branch(root / f"{quarter}", "埼玉支部", quarter=quarter)
        run(root)
        type_into(root / "2", figure_cell(root / "2", FIGURE), 41_000)
        assert states(root) == {"2": "作成", "3": "作成"}
        assert states(root) == {"2": "変化なし", "3": "変化なし"}

    def test_a_changed_earlier_period_that_cannot_be_made_whole(self, tmp_path: Path) -> None:
        root = tmp_path / "埼玉"
        for quarter in (2, 3):
            write_branch(root / f"{quarter}", "埼玉支部", quarter=quarter)
        (root / "2" / "報告").mkdir()
        (root / "2" / "報告" / "~$事業実施状況_令和6年度第2四半期.xlsx").touch()
        assert states(root) == {"2": "失敗", "3": "作成"}
        assert states(root) == {"2": "失敗", "3": "変化なし"}
        type_into(root / "2", figure_cell(root / "2", FIGURE), 41_000)
        assert states(root) == {"2": "失敗", "3": "作成"}

    def test_a_book_that_is_as_before_after_a_run_that_was_stopped(
        self, one_ran: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stopped(*_: object) -> None:
            raise KeyboardInterrupt

        before = outputs(one_ran)
        book = one_ran / "青森" / "提出" / "レセプトグループ.xlsm"
        original = book.read_bytes()
        type_into(one_ran / "青森", figure_cell(one_ran / "青森", FIGURE), 41_000)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr("kenpo_xl.ledger.Run.record_period", stopped)
            run(one_ran)
        assert outputs(one_ran) != before
        book.write_bytes(original)
        assert states(one_ran) == {"青森": "作成"}
        assert outputs(one_ran) == before

    def test_a_planners_book_that_is_as_before_after_it_was_damaged(self, one_ran: Path) -> None:
        before = outputs(one_ran)
        planner = one_ran / "青森" / "取りまとめ.xlsm"
        planner.write_bytes(b"damaged")
        assert states(one_ran) == {"青森": "失敗"}
        planner.unlink()
        assert states(one_ran) == {"青森": "作成"}
        assert outputs(one_ran) == before

    def test_the_day_after_which_a_group_is_late(self, one: Path) -> None:
        (one / "青森" / "提出" / "業務グループ.xlsm").unlink()
        edit_plan(one / "青森", "提出期限", date(2025, 1, 10))
        assert states(one, today=TODAY) == {"青森": "作成"}
        assert states(one, today=date(2025, 1, 10)) == {"青森": "変化なし"}
        assert states(one, today=date(2025, 1, 11)) == {"青森": "作成"}
        assert states(one, today=date(2025, 1, 12)) == {"青森": "変化なし"}


class TestWhatIsNoGoodBook:
    def test_one_bad_book_never_stops_the_others(self, root: Path) -> None:
        (root / "青森" / "提出" / "業務グループ.xlsm").write_bytes(b"PK\3\4 cut")
        result = run(root)
        assert result.failed_count == 0
        assert result.periods[1].outcome.summary == "要修正 1、読取不可 1"
        assert "（未提出）" in texts(root / "青森" / "報告" / REPORT)
        assert (root / "岩手" / "報告" / REPORT).is_file()

    def test_files_that_are_none_are_named_and_ignored(self, one: Path) -> None:
        names = ("~$業務グループ.xlsm", "保健グループ - コピー.xlsm", "コピー ～ 保健.xlsx", "一覧.csv")
        for name in names:
            (one / "青森" / "提出" / name).write_bytes(b"x")
        told = run(one).periods[0].notes
        assert [line.partition(": ")[0] for line in told] == sorted(names)

    @pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
    def test_a_name_in_another_code_stops_nothing(self, ran: Path) -> None:
        garbled = os.fsdecode("保健".encode("cp932"))
        (ran / "青森" / "提出" / f"{garbled}.xlsx").write_bytes(b"x")
        shutil.copytree(ran / "青森", ran / garbled)
        done = {one.folder: one for one in run(ran).periods}
        assert "文字化け" in done["青森"].notes[0]
        assert done["青森"].failures == []
        assert done["岩手"].unchanged
        assert [len(done[garbled].failures), len(done)] == [1, 3]

    def test_of_two_books_of_a_group_the_newest_valid_one_counts(self, one: Path) -> None:
        period = one / "青森"
        cell = figure_cell(period, FIGURE)
        shutil.copy(period / "提出" / "レセプトグループ.xlsm", period / "提出" / "レセプト（古い）.xlsm")
        type_into(period, cell, 41_000)
        (period / "提出" / "レセプト（最新）.xlsm").write_bytes(b"damaged")
        result = run(one).periods[0]
        assert any(line.startswith("レセプト（古い）.xlsm: ") for line in result.notes)
        with Ledger.open_read_only(one / LEDGER) as ledger:
            (version,) = ledger.versions_of_figure(FIGURE, branch="青森支部")
        assert (version.record.value, version.record.source) == (41_000, cell)

    def test_a_missing_group(self, one: Path) -> None:
        (one / "青森" / "提出" / "業務グループ.xlsm").unlink()
        result = run(one)
        assert result.periods[0].outcome.summary == "未提出 1、要修正 1"
        assert "（未提出）" in texts(one / "青森" / "報告" / REPORT)

    def test_a_rule_that_fails_is_told_and_its_traceback_kept(
        self, one: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, rule(broken, "CA01"))
        (done,) = run(one).periods
        assert sorted(done.failures)[0] == f"レセプトグループ.xlsm: 規則 CA01 は{BUG}"
        assert "ZeroDivisionError: 割れません" in done.traces[0]
        assert (one / "青森" / "報告" / REPORT).is_file()
        monkeypatch.undo()
        assert states(one) == {"青森": "作成"}

    def test_a_bug_in_one_book_is_its_own(self, one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from kenpo_xl.books.input.inspect.inspection import read_book

        def buggy(path: Path, *arguments: Any) -> object:
            if path.name == "業務グループ.xlsm":
                raise ZeroDivisionError("割れません")
            return read_book(path, *arguments)

        monkeypatch.setattr("kenpo_xl.tasks.check_session.read_book", buggy)
        (done,) = run(one).periods
        assert done.failures == [f"業務グループ.xlsm: {BUG}"]
        assert [trace.splitlines()[-1] for trace in done.traces] == ["ZeroDivisionError: 割れません"]
        assert [book.status for book in done.books].count("点検済") == 1
        assert "（未提出）" in texts(one / "青森" / "報告" / REPORT)

    def test_a_bug_in_one_copy_is_its_own(self, one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def buggy(path: Path, marks: Any, made: Path) -> Any:
            if made.name == "業務グループ.xlsm":
                raise ZeroDivisionError("割れません")
            return write_marked_copy(path, marks, made)

        monkeypatch.setattr("kenpo_xl.tasks.return_copies.write_marked_copy", buggy)
        (done,) = run(one).periods
        assert [
            sentence.startswith("返却/業務グループ.xlsm: プログラムの誤り") for sentence in done.failures
        ] == [True]
        assert [trace.splitlines()[-1] for trace in done.traces] == ["ZeroDivisionError: 割れません"]
        copies = {path.stem for path in (one / "青森" / "返却").iterdir()}
        monkeypatch.undo()
        assert states(one) == {"青森": "作成"}
        assert {path.stem for path in (one / "青森" / "返却").iterdir()} - copies == {"業務グループ"}
        assert copies


class TestWhatIsNoGoodPeriod:
    def test_a_backup_copy_both_are_named_and_neither_is_written(self, root: Path) -> None:
        shutil.copytree(root / "青森", root / "青森（控え）")
        result = run(root)
        assert [(done.folder, bool(done.failures)) for done in result.periods] == [
            ("岩手", False),
            ("青森", True),
            ("青森（控え）", True),
        ]
        assert "青森（控え）" in result.periods[1].failures[0]
        assert {name.partition("/")[0] for name in outputs(root)} == {"岩手"}

    def test_a_broken_plan_stops_no_other(self, root: Path) -> None:
        (root / "青森" / "計画.xlsx").write_bytes(b"")
        result = run(root)
        assert [(done.folder, done.key, len(done.failures)) for done in result.periods] == [
            ("岩手", PeriodKey("岩手支部", FiscalYear(2024), 3), 0),
            ("青森", None, 1),
        ]
        assert result.periods[1].failures[0].startswith("計画.xlsx ")

    def test_a_plan_whose_tables_are_broken_is_named_with_its_period(self, root: Path) -> None:
        plan = openpyxl.load_workbook(root / "青森" / "計画.xlsx")
        del plan["施策"]
        plan.save(root / "青森" / "計画.xlsx")
        result = run(root)
        assert [(done.folder, done.key, len(done.failures)) for done in result.periods] == [
            ("岩手", PeriodKey("岩手支部", FiscalYear(2024), 3), 0),
            ("青森", PeriodKey("青森支部", FiscalYear(2024), 3), 1),
        ]
        assert result.periods[1].failures[0].startswith("計画.xlsx ")
        assert states(root) == {"岩手": "変化なし", "青森": "失敗"}

    @pytest.mark.parametrize("looked_at", ["iterdir", "is_file"])
    def test_a_closed_folder_of_outputs_stops_no_other(
        self, ran: Path, monkeypatch: pytest.MonkeyPatch, looked_at: str
    ) -> None:
        look = getattr(Path, looked_at)

        def closed(path: Path) -> object:
            if ran / "青森" / "報告" in (path, path.parent):
                raise PermissionError(13, "Permission denied", str(path))
            return look(path)

        (ran / "岩手" / "報告" / REPORT).unlink()
        monkeypatch.setattr(Path, looked_at, closed)
        assert states(ran)["岩手"] == "作成"

    def test_an_open_report_stops_neither_the_board_nor_the_copies(self, one: Path) -> None:
        (one / "青森" / "報告").mkdir()
        lock = one / "青森" / "報告" / f"~${REPORT}"
        lock.touch()
        (done,) = run(one).periods
        assert [sentence.startswith(f"{REPORT} を書き換えられません。") for sentence in done.failures] == [
            True
        ]
        assert (one / "青森" / "報告" / "提出状況.xlsx").is_file()
        lock.unlink()
        assert states(one) == {"青森": "作成"}
        assert (one / "青森" / "報告" / REPORT).is_file()

    def test_a_report_that_a_person_changed_stays(self, one_ran: Path) -> None:
        path = one_ran / "青森" / "報告" / REPORT
        book = openpyxl.load_workbook(path)
        book["表紙"]["A2"] = "確定版"
        book.save(path)
        before = path.read_bytes()
        (done,) = run(one_ran).periods
        assert [REPORT in line and "(2).xlsx" in line for line in done.notes] == [True]
        assert path.read_bytes() == before
        assert states(one_ran) == {"青森": "変化なし"}
        type_into(one_ran / "青森", figure_cell(one_ran / "青森", FIGURE), 41_000)
        (done,) = run(one_ran).periods
        assert [REPORT in line and "(2).xlsx" in line for line in done.notes] == [True]
        assert path.read_bytes() == before

    def test_no_period_at_all(self, tmp_path: Path) -> None:
        with pytest.raises(KenpoError):
            run(tmp_path)
        assert list(tmp_path.iterdir()) == []


class TestWhatChangesMeanwhile:
    def test_a_book_that_is_saved_during_the_night_is_looked_at_again(
        self, one: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from kenpo_xl.tasks.nightly import period_job

        def reported(*arguments: Any) -> Any:
            result = write_report_of(*arguments)
            type_into(one / "青森", cell, 41_000)
            return result

        cell = figure_cell(one / "青森", FIGURE)
        monkeypatch.setattr(period_job, "write_report_of", reported)
        run(one)
        monkeypatch.undo()
        assert states(one) == {"青森": "作成"}
        with Ledger.open_read_only(one / LEDGER) as ledger:
            newest = next(iter(ledger.versions_of_figure(FIGURE, branch="青森支部")))
        assert (newest.record.value, newest.is_current) == (41_000, True)

    def test_a_ledger_that_is_damaged_is_one_sentence(self, one_ran: Path) -> None:
        (one_ran / LEDGER).write_bytes(b"")
        before = files(one_ran)
        with pytest.raises(KenpoError, match=r"^台帳 [^\n]+ が壊れています。[^\n]+。$"):
            run(one_ran)
        assert files(one_ran) == before
