"""What commands show where nobody reads it, nothing can be written, or a name would move the cursor."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.cli.commands import main
from kenpo_xl.cli.console import with_visible_controls
from tests.edited import edited
from tests.paths import SAMPLE
from tests.tasks.two_groups import COUNTS, TOTAL_CELL, write_two_groups

PROGRAM = [sys.executable, "-c", "from kenpo_xl.cli.commands import main; main()"]
LOST = "表示する内容を書き込めませんでした。空き容量を確かめてください。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period with a total to correct, and a glyph that `fix` corrects."""
    made = write_two_groups(tmp_path_factory.mktemp("console") / "期")
    with edited(book_of(made)) as book:
        book["1-1"][TOTAL_CELL], book["1-1"]["E9"] = 605, "○"
    return made


def book_of(folder: Path) -> Path:
    return folder / "提出" / f"{COUNTS}.xlsm"


def shell(redirection: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command whose streams go where a shell sends them; the status is that of the command alone."""
    return subprocess.run(
        ["bash", "-c", f'set -o pipefail; "$@" {redirection}; exit "${{PIPESTATUS[0]}}"', "-", *PROGRAM]
        + [str(argument) for argument in arguments],
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


class TestAReaderThatWentAway:
    @pytest.mark.parametrize("reader", ["| head -1", "| true", ">&-", "2>&- | true", ">&- 2>&-", "<&- >&-"])
    def test_the_command_ends_as_ever(self, reader: str, folder: Path) -> None:
        done = shell(reader, "check", book_of(folder), "--fail-on", "warning")
        assert (done.returncode, done.stderr) == (1, "")

    @pytest.mark.parametrize("command", ["plan", "explain"])
    @pytest.mark.parametrize("reader", ["| head -1", ">&- 2>&-"])
    def test_another_command_does_too(self, reader: str, command: str, folder: Path) -> None:
        done = shell(reader, command, *([folder] if command == "plan" else []))
        assert (done.returncode, done.stderr) == (0, "")

    def test_the_help_too(self) -> None:
        done = shell("| true", "check", "--help")
        assert done.stderr == ""

    def test_what_was_begun_is_done(self, folder: Path, tmp_path: Path) -> None:
        period = shutil.copytree(folder, tmp_path / "期")
        done = shell("2>&- | true", "fix", period)
        assert done.returncode == 0
        assert book_of(period).with_suffix(".xlsm.bak").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
class TestAFullDisk:
    @pytest.mark.parametrize("arguments", [("plan",), ("check", "--format", "json")])
    def test_what_could_not_be_shown_is_an_error(self, arguments: tuple[str, ...], folder: Path) -> None:
        done = shell("> /dev/full", *arguments, folder)
        assert (done.returncode, done.stderr) == (3, LOST)

    @pytest.mark.parametrize("option", ["--help", "--version"])
    def test_of_an_option_that_ends_at_once(self, option: str) -> None:
        done = shell("> /dev/full", option)
        assert (done.returncode, done.stderr) == (3, "")

    def test_a_sentence_that_could_not_be_shown_is_none(self) -> None:
        assert shell("2> /dev/full", "check", SAMPLE / "ない.xlsm").returncode == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("業務グループ　1,080（%）", "業務グループ　1,080（%）"),
        ("a\nb", r"a\nb"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b2J", r"\x9b2J"),
        ("xslx.\u202e業務", r"xslx.\u202e業務"),
        ("\u2028", r"\u2028"),
        ("\x7f", r"\x7f"),
    ],
)
def test_control_characters_are_visible(text: str, shown: str) -> None:
    assert with_visible_controls(text) == shown


FORGED = "業務\n2025-01-01 00:00:00 偽: 点検済\x1b[2J.xlsm"


@pytest.fixture
def forged(folder: Path, tmp_path: Path) -> Path:
    """A period folder in which the name of a book would begin a line and clear the screen."""
    (tmp_path / "提出").mkdir()
    shutil.copy(book_of(folder), tmp_path / "提出" / FORGED)
    shutil.copy(folder / "計画.xlsx", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "command",
    ["check {0}", "flag {0}", "unflag {0}", "fix {0}", "report {0}", "export {0}", "nightly {0} --jobs 1"],
)
def test_a_file_name_forges_no_line(command: str, forged: Path) -> None:
    done = CliRunner().invoke(main, [part.format(forged) for part in command.split()])
    assert done.exit_code in (0, 1), done.output
    assert r"\x1b[2J" in done.output or "業務" not in done.output
    assert "\x1b" not in done.output
    assert not any(line.startswith("2025-01-01") for line in done.output.splitlines())


def test_a_file_name_in_json(forged: Path) -> None:
    done = CliRunner().invoke(main, ["check", str(forged), "--format", "json"])
    (book,) = json.loads(done.stdout)["workbooks"]
    assert Path(book["path"]).name == FORGED
    assert "\x1b" not in done.stdout


def test_ctrl_c_is_one_sentence_and_130() -> None:
    code = (
        # A shell that starts tests in the background lets them ignore it.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "import time; from kenpo_xl.cli.commands import main; from kenpo_xl.tasks import explain; "
        "explain.all_rules = lambda: (print('ready', flush=True), time.sleep(60)); main()"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code, "explain"],
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout
    assert running.stdout.readline() == b"ready\n"
    running.send_signal(signal.SIGINT)
    shown, said = running.communicate(timeout=60)
    assert (running.returncode, shown, said.decode()) == (130, b"", "途中で止めました。\n")
