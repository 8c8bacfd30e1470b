"""What starts the nightly run and the watch on a server: files that their readers accept, and a script."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree

import pytest

from tests.paths import SCRIPTS
from tests.tasks.small_period import write_small_period

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
UNITS = ("kenpo-xl-nightly.service", "kenpo-xl-nightly.timer", "kenpo-xl-watch.service")
PLAIN = ("nightly.cmd", "nightly.sh", "nightly.cron", *UNITS)


@pytest.mark.parametrize("name", PLAIN)
def test_it_is_ascii_with_the_line_ends_of_its_system(name: str) -> None:
    content = (SCRIPTS / name).read_bytes()
    assert content.isascii()
    lines = content.count(b"\n")
    assert content.count(b"\r\n") == (lines if name.endswith(".cmd") else 0)


def test_the_task_is_what_the_task_scheduler_imports() -> None:
    content = (SCRIPTS / "nightly-task.xml").read_bytes()
    assert content.startswith(b"\xff\xfe")
    assert content.decode("utf-16").startswith('<?xml version="1.0" encoding="UTF-16"?>')
    task = ElementTree.fromstring(content)
    assert (task.tag, task.get("version")) == (f"{TASK}Task", "1.2")
    # The order that the schema wants.
    assert [part.tag.removeprefix(TASK) for part in task] == [
        "RegistrationInfo",
        "Triggers",
        "Principals",
        "Settings",
        "Actions",
    ]
    assert task.findtext(f".//{TASK}MultipleInstancesPolicy") == "IgnoreNew"
    assert task.findtext(f".//{TASK}Command", "").endswith(r"\scripts\nightly.cmd")
    actions, principal = task.find(f"{TASK}Actions"), task.find(f".//{TASK}Principal")
    assert actions is not None
    assert principal is not None
    assert actions.get("Context") == principal.get("id")


def test_the_command_file_calls_the_same_as_the_shell_script() -> None:
    said = [(SCRIPTS / name).read_text(encoding="ascii") for name in ("nightly.cmd", "nightly.sh")]
    calls = [re.search(r"nightly \"?\S+ --log-format json", text) for text in said]
    assert all(calls)
    assert "exit /b %ERRORLEVEL%" in said[0]


@pytest.mark.parametrize(
    ("root", "meant"),
    [
        ("D:\\", "D:\\"),
        (r"C:\kenpo", r"C:\kenpo"),
        ("C:\\kenpo\\", r"C:\kenpo"),
        (r"\\pc\share", "\\\\pc\\share\\"),
    ],
)
def test_the_command_file_takes_a_root_that_ends_in_a_backslash(root: str, meant: str) -> None:
    """What starts a program on Windows takes a backslash and a quote for a quote in an argument."""
    text = (SCRIPTS / "nightly.cmd").read_text(encoding="ascii")
    call = next(line for line in text.splitlines() if " --log-format " in line)
    given = re.search(r'nightly "([^"]+)" --log-format', call.replace("%~1", root))
    assert given
    assert not given[1].endswith("\\")
    assert str(PureWindowsPath(given[1])) == meant


def test_the_crontab_has_one_line_of_five_times_and_a_script_of_ours() -> None:
    lines = (SCRIPTS / "nightly.cron").read_text(encoding="ascii").splitlines()
    (line,) = [line for line in lines if line and not line.startswith("#")]
    *times, command = line.split(maxsplit=5)
    assert times == ["0", "2", "*", "*", "*"]
    assert (SCRIPTS / Path(command.split()[0]).name).is_file()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_accepts_services_and_timer(tmp_path: Path) -> None:
    """With the paths of this computer: it wants to see the program."""
    for name in UNITS:
        text = (SCRIPTS / name).read_text(encoding="ascii")
        ours = text.replace("/opt/kenpo-xl", str(SCRIPTS.parent))
        (tmp_path / name).write_text(ours, encoding="ascii")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if "kenpo-xl-" in line]
    assert (done.returncode, told) == (0, []), done.stderr


class TestTheShellScript:
    def run(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(SCRIPTS / "nightly.sh"), *map(str, arguments)],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def test_its_syntax(self) -> None:
        assert os.access(SCRIPTS / "nightly.sh", os.X_OK)
        subprocess.run(["sh", "-n", SCRIPTS / "nightly.sh"], check=True)

    @pytest.mark.period
    def test_it_keeps_summary_and_log_and_passes_the_status_on(self, tmp_path: Path) -> None:
        write_small_period(tmp_path / "全支部" / "青森" / "第3四半期")
        logs = tmp_path / "logs"
        done = self.run(tmp_path / "全支部", logs)
        assert (done.returncode, done.stderr) == (0, ""), done
        assert done.stdout == (logs / "nightly.txt").read_text(encoding="utf-8")
        assert done.stdout.endswith("1 期: 処理 1、変わりなし 0、できなかったもの 0\n")
        lines = (logs / "nightly.log").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["event"] for line in lines] == ["book", "period"]

    def test_a_long_log_becomes_the_old_one(self, tmp_path: Path) -> None:
        logs = tmp_path / "logs"
        logs.mkdir()
        (logs / "nightly.log").write_bytes(b"x" * 10_000_001)
        assert self.run(tmp_path / "ない", logs).returncode == 3
        assert (logs / "nightly.old.log").stat().st_size == 10_000_001
        assert "がありません。" in (logs / "nightly.log").read_text(encoding="utf-8")

    def test_logs_go_where_the_user_keeps_such(self, tmp_path: Path) -> None:
        self.run(tmp_path / "ない", XDG_STATE_HOME=str(tmp_path / "state"))
        assert (tmp_path / "state" / "kenpo-xl" / "nightly.log").is_file()

    def test_without_a_folder_it_says_how_to_use_it(self) -> None:
        done = self.run()
        assert (done.returncode, done.stderr) == (2, "usage: nightly.sh ROOT [LOG_FOLDER]\n")
