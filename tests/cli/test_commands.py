"""Every command as staff call it: what it says, in Japanese, and with which exit status it ends."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from kenpo_xl.cli.commands import main
from kenpo_xl.cli.lines import width_of
from tests.edited import edited
from tests.paths import ROOT, SAMPLE
from tests.tasks.two_groups import COUNTS, TEXTS, TOTAL, TOTAL_CELL, write_two_groups

KENPO = Path(sys.executable).parent / "kenpo-xl"
REPORT = "事業実施状況_令和6年度第3四半期.xlsx"
COMMANDS = ("plan", "build", "report", "export")
ONE_SENTENCE = re.compile(r"[^\n]+。\n")


@pytest.fixture
def period(tmp_path: Path) -> Path:
    """A period of two groups, one of which is to correct a total."""
    folder = write_two_groups(tmp_path / "第3四半期")
    with edited(folder / "提出" / f"{COUNTS}.xlsm") as book:
        book["1-1"][TOTAL_CELL] = 605
    return folder


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    folder = tmp_path / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def run_process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A whole process, with a console of the given encoding."""
    call = "from kenpo_xl.cli.commands import main; main()"
    return subprocess.run(
        [sys.executable, "-c", call, *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def edit_plan(folder: Path, sheet: str, cell: str, value: object) -> None:
    with edited(folder / "計画.xlsx") as book:
        book[sheet][cell] = value


def is_one_sentence(done: Result) -> bool:
    """Trouble is told in one sentence on stderr, with nothing on stdout and no traceback."""
    return done.exit_code == 3 and not done.stdout and bool(ONE_SENTENCE.fullmatch(done.stderr))


@pytest.mark.parametrize("command", ["plan", "build", "report", "export"])
class TestAFolderThatIsNone:
    def test_a_file_is_told_as_such(self, period: Path, command: str) -> None:
        done = run(command, period / "計画.xlsx")
        assert is_one_sentence(done), done.stderr
        assert done.stderr.startswith(f"{period / '計画.xlsx'} はフォルダーではありません。")

    def test_one_that_is_not_there(self, tmp_path: Path, command: str) -> None:
        done = run(command, tmp_path / "ない")
        assert is_one_sentence(done), done.stderr
        assert done.stderr.startswith(f"フォルダー {tmp_path / 'ない'} がありません。")


class TestPlan:
    def test_it_lists_what_was_understood(self) -> None:
        done = run("plan", SAMPLE)
        assert (done.exit_code, done.stderr) == (0, "")
        lines = done.stdout.splitlines()
        assert lines[0] == "埼玉支部　令和6年度　第3四半期（基準日 令和6年12月末）"
        assert sum(line.startswith("■ ") for line in lines) == 12
        assert sum(line.startswith("    KPI ") for line in lines) == 16
        assert "      算式 達成率 = 達成件数 ÷ 決定件数（当年、前年）" in lines

    @pytest.mark.period
    def test_all_errors_at_once_with_their_cells(self, sample: Path) -> None:
        edit_plan(sample, "基本", "B4", 7)
        edit_plan(sample, "KPI", "B3", "とても高く")
        done = run("plan", sample)
        assert (done.exit_code, done.stdout) == (3, "")
        *problems, last = done.stderr.splitlines()
        assert any("基本" in line and "B4" in line for line in problems)
        assert any("KPI" in line and "B3" in line for line in problems)
        assert last.startswith(f"計画ブックに直すところが {len(problems)} 件あります。")

    def test_warnings_alone_end_with_1(self, period: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        class Warned:
            is_error = False

            def __str__(self) -> str:
                return "注意"

        monkeypatch.setattr("kenpo_xl.tasks.plan.listing.plan_listing", lambda _: (["行"], [Warned()]))
        done = run("plan", period)
        assert (done.exit_code, done.stdout, done.stderr) == (1, "行\n", "注意\n")


class TestBuild:
    @pytest.mark.period
    def test_a_book_for_each_group_and_none_twice(self, sample: Path) -> None:
        first = run("build", sample)
        assert (first.exit_code, first.stderr) == (0, "")
        assert len(re.findall(r"^作りました: ", first.stdout, re.MULTILINE)) == 5
        kept = sample / "入力" / "業務グループ.xlsm"
        kept.write_bytes(b"filled in")
        (sample / "入力" / "保健グループ.xlsm").unlink()
        second = run("build", sample)
        assert second.exit_code == 0
        assert len(re.findall(r"^すでにあるため、そのままにしました: ", second.stdout, re.MULTILINE)) == 4
        assert f"作りました: {sample / '入力' / '保健グループ.xlsm'}" in second.stdout
        assert kept.read_bytes() == b"filled in"

    def test_sheets_are_protected_where_that_is_asked_for(self, period: Path) -> None:
        assert run("build", period, "--protect").exit_code == 0
        book = openpyxl.load_workbook(period / "入力" / f"{COUNTS}.xlsm")
        assert book["1-1"].protection.sheet

    def test_a_book_of_an_older_plan_is_told(self, period: Path) -> None:
        run("build", period)
        with edited(period / "計画.xlsx") as book:
            cells = (cell for row in book["1-1"].iter_rows() for cell in row)
            next(cell for cell in cells if "千円" in cell.number_format).number_format = '#,##0" 円"'
        done = run("build", period)
        assert done.exit_code == 0
        old = period / "入力" / f"{COUNTS}.xlsm"
        assert f"計画が変わったため、作り直しました: {old}（前のブックは " in done.stdout
        assert len(list((period / "入力" / "以前の版").glob(f"{COUNTS}_*.xlsm"))) == 1

    def test_the_book_of_a_renamed_group_is_said_to_be_moved(self, period: Path) -> None:
        run("build", period)
        with edited(period / "計画.xlsx") as book:
            for cell in (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
                if cell.value == "業務グループ":
                    cell.value = "給付グループ"
        done = run("build", period)
        assert f"作りました: {period / '入力' / '給付グループ.xlsm'}\n" in done.stdout
        old = period / "入力" / "業務グループ.xlsm"
        assert f"計画が変わったため、以前の版に移しました: {old}（前のブックは " in done.stdout
        assert not old.exists()


class TestReport:
    @pytest.mark.period
    def test_a_draft_that_was_written_ends_with_0(self, sample: Path) -> None:
        done = run("report", sample)
        assert done.exit_code == 0
        told = done.stderr.splitlines()
        assert sum(line.startswith("点検の指摘: ") for line in told) == 17
        assert sum(line.startswith("上書き: ") for line in told) == 5
        # What was typed, what we compute, and the cell.
        found = next(line for line in told if "査定金額/当年" in line)
        assert re.search(
            r"入力 168,839 千円　計算 244,116 千円　レセプトグループ\.xlsm 1-2-4![A-Z]+\d+$", found
        )
        assert any(line.startswith("目標値なし: 2-3-1 ジェネリック医薬品使用割合") for line in told)
        assert told[-1] == "直すものが 3 件あるため、各ページに「案」と入れました。"
        pages = re.fullmatch(r"報告書を作りました（(\d+) ページ）: (.+)\n", done.stdout)
        assert pages
        assert Path(pages[2]) == sample / "報告" / REPORT
        assert Path(pages[2]).is_file()

    def test_strict_turns_open_points_into_1(self, period: Path) -> None:
        plain = run("report", period)
        strict = run("report", period, "--strict")
        assert strict.exit_code == 1
        assert (strict.stdout, strict.stderr) == (plain.stdout, plain.stderr)

    def test_strict_is_0_where_nothing_is_open(self, period: Path) -> None:
        with edited(period / "提出" / f"{COUNTS}.xlsm") as book:
            book["1-1"][TOTAL_CELL] = 927
        done = run("report", period, "--strict")
        assert done.exit_code == 0, done.stderr
        assert "案" not in done.stderr

    def test_a_missing_group_is_told(self, period: Path) -> None:
        (period / "提出" / f"{TEXTS}.xlsm").unlink()
        done = run("report", period, "--output", period / "別名.xlsx")
        assert done.exit_code == 0
        assert f"未提出: {TEXTS}" in done.stderr
        assert (period / "別名.xlsx").is_file()
        assert not (period / "報告").exists()

    def test_two_books_of_a_group_are_told(self, period: Path) -> None:
        shutil.copy(period / "提出" / "業務グループ.xlsm", period / "提出" / "写し.xlsx")
        done = run("report", period)
        assert done.exit_code == 0
        assert (
            "重複: 業務グループ.xlsm　業務グループのブックが 2 つ以上あるため、"
            "新しいほうの 写し.xlsx を使いました" in done.stderr
        )

    def test_a_report_that_a_person_changed_is_told(self, period: Path) -> None:
        openpyxl.Workbook().save(period / "別名.xlsx")
        done = run("report", period, "-o", period / "別名.xlsx")
        assert done.exit_code == 0
        assert done.stderr.splitlines()[-1] == (
            "別名.xlsx は作成した後に変更されたか、ほかで作られたもののため、そのまま残し、"
            "新しい報告書を 別名(2).xlsx に作りました。"
        )
        assert done.stdout.rstrip().endswith("別名(2).xlsx")

    def test_a_report_that_was_damaged_is_reported(self, period: Path) -> None:
        (period / "別名.xlsx").write_bytes(b"a person's")
        done = run("report", period, "-o", period / "別名.xlsx")
        assert done.exit_code == 0
        assert "別名.xlsx は壊れていたため、作り直しました。" in done.stderr.splitlines()
        assert (period / "別名.xlsx.bak").read_bytes() == b"a person's"

    def test_no_remark_is_wider_than_the_terminal(self, period: Path) -> None:
        whole = run_process("report", period, COLUMNS="60").stderr.decode()
        ours, theirs = os.openpty()
        call = [KENPO, "report", period]
        environment = {**os.environ, "COLUMNS": "60"}
        shown = b""
        with subprocess.Popen(call, env=environment, stdout=subprocess.DEVNULL, stderr=theirs):
            os.close(theirs)
            with suppress(OSError), os.fdopen(ours, "rb", buffering=0) as terminal:
                while content := terminal.read(4096):
                    shown += content
        lines = shown.decode().splitlines()
        assert max(map(width_of, lines)) < 60 < max(map(width_of, whole.splitlines()))
        assert "".join("".join(lines).split()) == "".join(whole.split())

    def test_an_open_report(self, period: Path) -> None:
        (period / "報告").mkdir()
        (period / "報告" / f"~${REPORT}").touch()
        done = run("report", period)
        assert is_one_sentence(done), done.stderr
        assert REPORT in done.stderr

    def test_a_foreign_workbook_stops_nothing(self, period: Path) -> None:
        openpyxl.Workbook().save(period / "提出" / "名簿.xlsx")
        done = run("report", period)
        assert done.exit_code == 0
        assert (
            "使っていません: 名簿.xlsx　入力ブックではありません。"
            "配られた入力ブックに入力して提出してください。\n" in done.stderr
        )
        assert (period / "報告" / REPORT).is_file()


class TestExport:
    @pytest.mark.parametrize("file_format", ["csv", "parquet"])
    def test_it_says_how_much_it_wrote_and_where(self, period: Path, file_format: str) -> None:
        done = run("export", period, "--format", file_format)
        path = period / "報告" / f"数値_令和6年度第3四半期.{file_format}"
        assert (done.exit_code, done.stderr) == (0, "")
        assert re.fullmatch(rf"書き出しました（\d+ 行）: {re.escape(str(path))}\n", done.stdout)
        assert path.is_file()

    def test_csv_is_what_it_writes_by_itself(self, period: Path) -> None:
        assert run("export", period, "-o", period / "別名.csv").exit_code == 0
        assert (period / "別名.csv").is_file()
        assert not (period / "報告").exists()

    def test_a_book_that_cannot_be_used_is_told(self, period: Path) -> None:
        (period / "提出" / "業務グループ.xlsm").write_bytes(b"")
        done = run("export", period)
        assert done.exit_code == 1
        assert done.stderr.startswith("使っていません: 業務グループ.xlsm　空（0 バイト）です。")
        assert done.stdout.startswith("書き出しました")

    def test_an_unknown_format_is_wrong_use(self, period: Path) -> None:
        assert run("export", period, "--format", "xml").exit_code == 2

    @pytest.mark.parametrize("name", ["計画.xlsx", "数値.parquet", "提出/数値.csv", "入力/数値.csv"])
    def test_a_place_where_it_must_not_write(self, period: Path, name: str) -> None:
        before = {path: path.read_bytes() for path in period.rglob("*") if path.is_file()}
        done = run("export", period, "-o", period / name)
        assert is_one_sentence(done), done.stderr
        assert before == {path: path.read_bytes() for path in period.rglob("*") if path.is_file()}

    def test_a_place_that_cannot_be_written(self, period: Path) -> None:
        (period / "報告").write_text("a file where the folder should be", encoding="utf-8")
        done = run("export", period)
        assert is_one_sentence(done), done.stderr
        assert "書き込めません" in done.stderr

    def test_a_file_that_is_open(self, period: Path) -> None:
        (period / ".~lock.数値.csv#").touch()
        done = run("export", period, "-o", period / "数値.csv")
        assert is_one_sentence(done), done.stderr
        assert "数値.csv" in done.stderr


class TestTrouble:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_a_missing_folder(self, command: str, tmp_path: Path) -> None:
        done = run(command, tmp_path / "ない")
        assert is_one_sentence(done), done.stderr
        assert "がありません" in done.stderr

    @pytest.mark.parametrize("command", COMMANDS)
    def test_a_folder_without_a_plan(self, command: str, tmp_path: Path) -> None:
        done = run(command, tmp_path)
        assert is_one_sentence(done), done.stderr
        assert "計画.xlsx" in done.stderr

    @pytest.mark.parametrize("command", COMMANDS)
    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"no workbook at all"])
    def test_a_plan_that_is_no_workbook(self, command: str, content: bytes, tmp_path: Path) -> None:
        (tmp_path / "計画.xlsx").write_bytes(content)
        done = run(command, tmp_path)
        assert is_one_sentence(done), done.stderr
        assert "計画.xlsx" in done.stderr

    @pytest.mark.period
    @pytest.mark.parametrize("command", ["build", "report", "export"])
    def test_a_plan_with_errors(self, command: str, sample: Path) -> None:
        edit_plan(sample, "基本", "B4", 7)
        done = run(command, sample)
        assert done.exit_code == 3
        assert "Traceback" not in done.output
        assert not done.stdout
        assert "B4" in done.stderr
        assert not (sample / "入力").exists()
        assert not (sample / "報告").exists()

    def test_a_bug_shows_a_sentence_and_leaves_a_log(
        self, period: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def fail(*_: object, **__: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("kenpo_xl.tasks.report.make_report", fail)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
        done = run("report", period)
        log = tmp_path / "kenpo-xl" / "log" / "kenpo-xl.log"
        assert done.stderr == f"プログラムの誤りで止まりました。{log} を IT 担当へ渡してください。\n"
        assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


class TestConsole:
    @pytest.mark.parametrize("command", sorted(main.list_commands(click.Context(main))))
    def test_help_has_no_english_word_and_no_wide_line(self, command: str) -> None:
        lines = run(command, "--help").stdout.splitlines()
        assert lines[0].startswith(f"使い方: main {command} [指定]")
        assert not any(re.search(r"[A-Z][a-z]+ [a-z]+|[Oo]ptions|default", line) for line in lines)
        assert max(map(width_of, lines)) <= 80

    @pytest.mark.parametrize("command", sorted(main.list_commands(click.Context(main))))
    def test_help_says_what_becomes_of_files(self, command: str) -> None:
        """Below its first sentence; documents that it names are there."""
        said = re.sub(r"\n? {2,}", "", run(command, "--help").stdout.split("指定:")[0])
        assert "ません" in said or "だけ" in said
        names = re.findall(r"docs/[\w/-]+\.md", said)
        assert all((ROOT / name).exists() for name in names)

    def test_the_readme_has_a_row_for_every_command(self) -> None:
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        rows = [row.split("|")[1] for row in readme.splitlines() if row.startswith("| `")]
        listed = {name for row in rows for name in re.findall(r"`([a-z]+)`", row)}
        assert set(main.list_commands(click.Context(main))) <= listed

    def test_help_is_japanese(self) -> None:
        said = run("--help").stdout
        assert set(COMMANDS) <= set(said.split())
        assert "事業実施状況を作ります" in said

    def test_a_japanese_windows_console(self, period: Path) -> None:
        done = run_process("report", period, PYTHONIOENCODING="cp932", PYTHONUTF8="0")
        assert done.returncode == 0, done.stderr.decode("cp932")
        assert "報告書を作りました" in done.stdout.decode("cp932")
        assert f"点検の指摘: {TOTAL}" in done.stderr.decode("cp932")

    @pytest.mark.parametrize("encoding", ["cp932", "ascii"])
    def test_a_console_that_cannot_show_everything(self, encoding: str, tmp_path: Path) -> None:
        done = run_process("plan", SAMPLE, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert done.returncode == 0, done.stderr
        assert b"1-2-2" in done.stdout
        missing = run_process("report", tmp_path / "𠮷野家", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert missing.returncode == 3
        assert b"Traceback" not in missing.stderr


class TestAnOutputInAFolderThatIsNotThere:
    @pytest.mark.parametrize(("command", "name"), [("report", "x.xlsx"), ("export", "x.csv")])
    def test_it_is_not_made(self, command: str, name: str, period: Path) -> None:
        place = period / "新しい" / name
        done = run(command, period, "-o", place)
        assert is_one_sentence(done), done.stderr
        assert str(place.parent) in done.stderr
        assert not place.parent.exists()


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
class TestAFileThatMayNotBeRead:
    @pytest.mark.parametrize("command", ["check", "flag", "unflag", "fix"])
    def test_it_is_no_wrong_use(self, command: str, period: Path) -> None:
        book = period / "提出" / "業務グループ.xlsm"
        book.chmod(0)
        done = run(command, book)
        assert is_one_sentence(done), done.stderr
        assert "権限" in done.stderr


@pytest.mark.parametrize(
    ("command", "place", "kind"),
    [
        ("check", "提出/業務グループ.xlsm", "pipe"),
        ("report", "取りまとめ.xlsm", "pipe"),
        ("nightly", "取りまとめ.xlsm", "pipe"),
        ("nightly", "取りまとめ.xlsm", "device"),
        ("nightly", "計画.xlsx", "pipe"),
        ("report", "報告/" + REPORT, "pipe"),
        ("export", "報告/数値_令和6年度第3四半期.csv", "device"),
        ("report", "templates/status_report.xlsx", "pipe"),
    ],
)
def test_what_is_no_file_makes_nothing_wait(command: str, place: str, kind: str, period: Path) -> None:
    """A pipe has no end to read to, a device of zeros neither."""
    path = period / place
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    arguments = [command, period, *(["--jobs", "1"] if command == "nightly" else [])]
    done = run_process(*arguments, PYTHONUTF8="1")
    assert done.returncode in (0, 1, 3), done.stderr
    assert b"Traceback" not in done.stderr
    assert "プログラムの誤り" not in done.stderr.decode() + done.stdout.decode()
