"""check, flag, unflag and explain as staff call them: what they say, where, and how they end."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from kenpo_xl.checks.registry import Requirement
from kenpo_xl.cli.commands import main
from kenpo_xl.cli.lines import width_of
from kenpo_xl.domain.findings.finding import Severity
from tests.own_rules import broken, elsewhere, overwritten, rule, silent, use
from tests.paths import SAMPLE

CLAIMS = "レセプトグループ.xlsm"


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "61")
    use(monkeypatch, rule(overwritten))


@pytest.fixture
def period(tmp_path: Path) -> Path:
    folder = tmp_path / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    return folder


@pytest.fixture
def book(period: Path) -> Path:
    return period / "提出" / CLAIMS


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def accept(book: Path, identity: str, value: str) -> None:
    opened = openpyxl.load_workbook(book)
    opened["確認記録"].append(["CA90", identity, value, "資料のとおりです"])
    opened.save(book)


class TestText:
    def test_by_sheet_the_cell_the_message_the_hint_and_the_counts_last(self, book: Path) -> None:
        done = run("check", book)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.splitlines() == [
            "■ レセプトグループ.xlsm　レセプトグループ　令和6年度第3四半",
            "  期",
            "  1-2-4!I29  【注意】 入力は 168,839 ですが、計算すると",
            "      244,116 です。",
            "      算式に戻してください。（CA90）",
            "  1-2-4!I30  【注意】 入力は 186,778 ですが、計算すると",
            "      298,708 です。",
            "      算式に戻してください。（CA90）",
            "",
            "1 か所は kenpo-xl fix で直せます。",
            "誤り 0 件、注意 2 件、参考 0 件",
        ]

    @pytest.mark.parametrize("columns", [30, 40, 61, 100])
    def test_no_line_is_wider_than_the_terminal(
        self, period: Path, columns: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        widest = max(width_of(line) for line in run("check", period / "提出").stdout.splitlines()[:-1])
        assert widest < columns

    def test_a_file_gets_whole_lines(self, book: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        done = process("check", book, environment=environment)
        assert "レセプトグループ.xlsm　レセプトグループ　令和6年度第3四半期" in done.stdout.decode()

    def test_nothing_found_is_said(self, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        use(monkeypatch, rule(silent))
        lines = run("check", book).stdout.splitlines()
        assert "  指摘はありません。" in lines
        assert lines[-1] == "誤り 0 件、注意 0 件、参考 0 件"

    def test_rules_that_were_skipped_are_counted_with_the_reason(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(
            monkeypatch,
            rule(silent, "TI01", needs=Requirement.HISTORY),
            rule(silent, "TI02", needs=Requirement.HISTORY),
        )
        monkeypatch.setenv("COLUMNS", "100")
        lines = run("check", book).stdout.splitlines()
        assert lines[-3] == "比べる前の期がないため調べていません。（規則 2 件）"
        assert lines[-2] == "1 か所は kenpo-xl fix で直せます。"  # a circle of another code

    def test_what_is_in_another_book_or_in_none_says_so(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, rule(elsewhere))
        text = run("check", book).stdout
        assert "  計画.xlsx KPI!B3  【注意】" in text
        assert "  ブック全体  【注意】" in text

    def test_accepted_findings_are_shown_and_do_not_count(self, book: Path) -> None:
        accept(book, "1-2-4/査定金額/当年/合計", "168,839")
        done = run("check", book, "--fail-on", "warning")
        assert "  1-2-4!I29  【確認済】 入力は" in done.stdout
        assert "      理由：資料のとおりです" in done.stdout
        assert done.stdout.endswith("誤り 0 件、注意 1 件、参考 0 件、ほかに確認済 1 件\n")
        assert done.exit_code == 1
        accept(book, "1-2-4/査定金額/前年/合計", "186,778")
        assert run("check", book, "--fail-on", "info").exit_code == 0

    def test_an_error_with_its_reason_stays_visible(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, rule(overwritten, severity=Severity.ERROR))
        accept(book, "1-2-4/査定金額/当年/合計", "168,839")
        done = run("check", book)
        assert "【誤り・理由あり】" in done.stdout
        assert "理由：資料のとおりです" in done.stdout
        assert done.stdout.endswith("誤り 1 件、注意 0 件、参考 0 件、ほかに理由あり 1 件\n")
        assert done.exit_code == 1
        accept(book, "1-2-4/査定金額/前年/合計", "186,778")
        assert run("check", book).exit_code == 0

    def test_a_console_of_cp932_gets_all_it_can_show(self, book: Path) -> None:
        done = process("check", book, environment={**os.environ, "PYTHONIOENCODING": "cp932"})
        assert done.stdout.decode("cp932").startswith("■ レセプトグループ.xlsm　")
        assert b"?" not in done.stdout.splitlines()[-1]


class TestStatus:
    @pytest.mark.parametrize(
        ("severity", "fail_on", "status"),
        [
            (Severity.ERROR, "error", 1),
            (Severity.WARNING, "error", 0),
            (Severity.WARNING, "warning", 1),
            (Severity.INFO, "warning", 0),
            (Severity.INFO, "info", 1),
        ],
    )
    def test_as_bad_as_asked_for_is_1(
        self, book: Path, monkeypatch: pytest.MonkeyPatch, severity: Severity, fail_on: str, status: int
    ) -> None:
        use(monkeypatch, rule(overwritten, severity=severity))
        assert run("check", book, "--fail-on", fail_on).exit_code == status

    def test_failure_is_3_on_stderr_after_the_other_books(self, period: Path, book: Path) -> None:
        book.write_text("<html>", encoding="utf-8")
        done = run("check", period)
        assert done.exit_code == 3
        assert done.stdout.count("■ ") == 3
        assert len(done.stderr.splitlines()) == 1
        assert CLAIMS in done.stderr

    def test_without_a_book_that_can_be_read_stdout_is_empty(self, tmp_path: Path) -> None:
        done = run("check", tmp_path / "ない.xlsx", tmp_path / "ない.xlsx")
        assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)

    def test_a_broken_plan_is_told_once(self, period: Path) -> None:
        (period / "計画.xlsx").write_bytes(b"")
        done = run("check", period)
        assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)

    def test_a_rule_that_raises_is_named_after_the_findings(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, rule(broken, "CA01"), rule(overwritten, "CA02"))
        done = run("check", book)
        assert done.exit_code == 3
        assert "（CA02）" in done.stdout
        first, last = done.stderr.splitlines()
        assert (
            first == "規則 CA01 が動きませんでした（レセプトグループ.xlsm。ZeroDivisionError: 割れません）。"
        )
        assert "IT 担当" in last

    def test_no_file_is_wrong_use(self) -> None:
        assert run("check").exit_code == 2


class TestJson:
    def test_one_object_with_every_field(self, book: Path) -> None:
        done = run("check", book, "--format", "json")
        found = json.loads(done.stdout)
        assert list(found) == ["version", "workbooks", "summary"]
        assert found["version"] == 1
        assert found["summary"] == {"error": 0, "warning": 2, "info": 0}
        (workbook,) = found["workbooks"]
        assert list(workbook) == ["path", "group", "period", "status", "findings", "rules"]
        assert workbook["path"] == str(book)
        assert workbook["status"] == "点検済"
        assert workbook["rules"] == [{"code": "CA90", "status": "ran", "reason": ""}]
        assert workbook["findings"][0] == {
            "code": "CA90",
            "family": "計算",
            "severity": "warning",
            "sheet": "1-2-4",
            "cell": "I29",
            "identity": "1-2-4/査定金額/当年/合計",
            "key": "1-2-4/査定金額/当年/合計",
            "message": "入力は 168,839 ですが、計算すると 244,116 です。",
            "hint": "算式に戻してください。",
            "actual": "168,839",
            "expected": "244,116",
            "related": [],
        }

    def test_the_same_bytes_each_time(self, period: Path) -> None:
        first, second = (run("check", period, "--format", "json").stdout for _ in range(2))
        assert first == second

    def test_an_accepted_finding_bears_its_reason(self, book: Path) -> None:
        accept(book, "1-2-4/査定金額/当年/合計", "168,839")
        found = json.loads(run("check", book, "--format", "json").stdout)
        assert [one.get("accepted") for one in found["workbooks"][0]["findings"]] == [
            "資料のとおりです",
            None,
        ]
        assert found["summary"]["warning"] == 1

    def test_a_book_that_cannot_be_read_says_why(self, book: Path) -> None:
        book.write_bytes(b"")
        done = run("check", book, "--format", "json")
        (workbook,) = json.loads(done.stdout)["workbooks"]
        assert (done.exit_code, workbook["status"]) == (3, "読取不可")
        assert workbook["reason"] == done.stderr.strip()

    def test_it_reads_the_same_from_a_console_of_cp932(self, book: Path) -> None:
        done = process(
            "check", book, "--format", "json", environment={**os.environ, "PYTHONIOENCODING": "cp932"}
        )
        assert json.loads(done.stdout.decode("ascii"))["version"] == 1


class TestFlag:
    def test_a_line_a_book_and_the_status_of_the_check(self, book: Path) -> None:
        done = run("flag", book, "--fail-on", "warning")
        assert (done.exit_code, done.stderr) == (1, "")
        assert done.stdout == f"印を付けました（誤り 0 件、注意 2 件、参考 0 件）: {book}\n"
        assert run("flag", book).stdout == f"変わりありません（誤り 0 件、注意 2 件、参考 0 件）: {book}\n"
        assert run("unflag", book).stdout == f"印を消しました: {book}\n"
        assert run("unflag", book).stdout == f"印はありません: {book}\n"

    def test_one_that_is_open_is_told_once(self, period: Path, book: Path) -> None:
        book.with_name(f"~${CLAIMS}").write_bytes(b"")
        done = run("flag", period)
        assert done.exit_code == 3
        assert len(done.stdout.splitlines()) == 3
        assert len(done.stderr.splitlines()) == 1

    def test_one_that_cannot_be_read_is_told_once(self, period: Path, book: Path) -> None:
        book.write_bytes(b"")
        for command in ("flag", "unflag"):
            done = run(command, period)
            assert done.exit_code == 3
            assert len(done.stdout.splitlines()) == 3
            assert len(done.stderr.splitlines()) == 1


class TestExplain:
    def test_the_list(self) -> None:
        done = run("explain")
        assert done.exit_code == 0
        assert any(line.startswith("CA01  ") for line in done.stdout.splitlines())

    @pytest.mark.parametrize("code", ["CA01", "ca01", "ＣＡ０１"])
    def test_why_and_what_to_do(self, code: str) -> None:
        text = run("explain", code).stdout
        assert text.startswith("CA01　")
        assert all(header in text for header in ("  区分：計算（", "  なぜ：", "  どうするか："))

    def test_an_unknown_code_gets_the_nearest(self) -> None:
        done = run("explain", "CA0")
        assert (done.exit_code, done.stdout) == (3, "")
        assert "CA01" in done.stderr


def process(*arguments: object, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    call = "from kenpo_xl.cli.commands import main; main()"
    return subprocess.run(
        [sys.executable, "-c", call, *map(str, arguments)],
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_garbage_is_not_collected_during_a_check(period: Path) -> None:
    run("check", period)  # the plan and the books beside are cached from here on
    same = (
        "import atexit, gc, sys; before = gc.get_stats(); "
        "atexit.register(lambda: print(gc.get_stats() == before, file=sys.stderr))"
    )
    call = f"import kenpo_xl.cli.commands; {same}; kenpo_xl.cli.commands.main()"
    command = [sys.executable, "-c", call, "check", str(period)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.stderr.splitlines()[-1] == "True"


def test_it_says_how_much_fix_would_settle(period: Path) -> None:
    said = run("check", period).stdout.splitlines()[-2]
    would = run("fix", period, "--dry-run").stdout
    many = sum(int(number) for number in re.findall(r"^(\d+) か所直せます", would, re.MULTILINE))
    assert many > 0
    assert said == f"{many} か所は kenpo-xl fix で直せます。"
    run("fix", period)
    assert "kenpo-xl fix" not in run("check", period).stdout


class TestWithoutDictionary:
    SENTENCE = "文章の点検はしていません。"

    @pytest.fixture(autouse=True)
    def _rules(self, monkeypatch: pytest.MonkeyPatch) -> None:
        use(monkeypatch, rule(overwritten), rule(silent, "WO90", needs=Requirement.DICTIONARY))

    @pytest.mark.parametrize("command", ["check", "flag"])
    def test_the_last_sentence_says_so(
        self, command: str, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kenpo_xl.tasks.check_session.available_tokenizer", lambda: None)
        assert run(command, book).stdout.splitlines()[-1] == self.SENTENCE

    @pytest.mark.parametrize("command", ["check", "flag"])
    def test_with_one_nothing_is_said(self, command: str, book: Path) -> None:
        assert self.SENTENCE not in run(command, book).stdout

    def test_it_is_said_once_for_many_books(self, period: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kenpo_xl.tasks.check_session.available_tokenizer", lambda: None)
        assert run("check", period).stdout.count(self.SENTENCE) == 1
