"""`nightly` as the task scheduler calls it: a line a period, a log line a book, and the exit status."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kenpo_xl.cli.commands import main
from kenpo_xl.log_file import log_path
from kenpo_xl.storage.processes import host_name
from kenpo_xl.storage.run_lock import NIGHT
from tests.own_rules import broken, rule, use
from tests.tasks.nightly.small_branches import write_branch

SUMMARY = (
    "青森支部 令和6年度第3四半期（青森）: 作りました（事業実施状況_令和6年度第3四半期.xlsx、提出状況.xlsx、"
    "返却 2 件）。　要修正 1、受付済 1\n1 期: 処理 1、変わりなし 0、できなかったもの 0\n"
)
UNCHANGED = (
    "青森支部 令和6年度第3四半期（青森）: 変わりありません。　要修正 1、受付済 1\n"
    "1 期: 処理 0、変わりなし 1、できなかったもの 0\n"
)
BOOK = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d 青森/\w+\.xlsm: 点検済　誤り \d+ 件、注意 \d+ 件、参考 \d+ 件"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_branch(tmp_path / "全支部" / "青森", "青森支部")
    return tmp_path / "全支部"


def run(*arguments: object) -> Result:
    words = ["nightly", *map(str, arguments), "--today", "2025-01-08"]
    return CliRunner().invoke(main, words if "--jobs" in words else [*words, "--jobs", "1"])


def test_a_line_a_period_and_a_log_line_a_book(root: Path) -> None:
    done = run(root)
    assert (done.exit_code, done.stdout) == (1, SUMMARY)
    *books, period = done.stderr.splitlines()
    assert len(books) == 2
    assert all(BOOK.fullmatch(line) for line in books), books
    assert period.endswith(" 青森: " + SUMMARY.partition(": ")[2].partition("　")[0])
    again = run(root)
    assert (again.exit_code, again.stdout) == (1, UNCHANGED)


def test_a_log_for_programs(root: Path) -> None:
    (root / "青森" / "提出" / "業務グループ.xlsm").write_bytes(b"")
    done = run(root, "--log-format", "json")
    *books, period = map(json.loads, done.stderr.splitlines())
    assert {"time", "event", "folder", "period", "name", "group", "status", "errors", "failure"} <= books[
        0
    ].keys()
    assert [book["status"] for book in books].count("読取不可") == 1
    assert {key: period[key] for key in ("event", "folder", "has_errors", "failures")} == {
        "event": "period",
        "folder": "青森",
        "has_errors": True,
        "failures": [],
    }


def test_a_night_of_many_processes(root: Path) -> None:
    """A whole process with workers of its own, on a console that is not UTF-8."""
    write_branch(root / "岩手", "岩手支部")
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("kenpo-xl")),
            "nightly",
            str(root),
            "--jobs",
            "2",
            "--today",
            "2025-01-08",
        ],
        env={**os.environ, "PYTHONIOENCODING": "cp932"},
        capture_output=True,
        check=False,
        timeout=300,
    )
    summary = done.stdout.decode("cp932").splitlines()
    assert done.returncode == 1
    assert [line.partition(" ")[0] for line in summary] == ["岩手支部", "青森支部", "2"]
    assert summary[-1] == "2 期: 処理 2、変わりなし 0、できなかったもの 0"
    assert (root / NIGHT.holder_name).read_bytes() == b""


def test_what_could_not_be_done_is_3(root: Path) -> None:
    shutil.copytree(root / "青森", root / "控え")
    done = run(root)
    assert done.exit_code == 3
    assert "できませんでした。" in done.stdout
    assert done.stdout.splitlines()[-1] == "2 期: 処理 0、変わりなし 0、できなかったもの 2"


def test_a_bug_has_its_traceback_in_the_log(
    root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    use(monkeypatch, rule(broken, "CA01"))
    done = run(root)
    assert done.exit_code == 3
    assert "規則 CA01 はプログラムの誤りで処理できませんでした。" in done.stdout
    assert "ZeroDivisionError: 割れません" in caplog.text
    assert done.stderr.splitlines()[-1] == f"{log_path()} を IT 担当へ渡してください。"


def test_a_run_that_was_killed_is_told(root: Path) -> None:
    words = {"host": host_name(), "process": 0, "user": "佐藤", "since": "2025-01-07 02:00"}
    (root / NIGHT.holder_name).write_text(json.dumps(words), encoding="utf-8")
    done = run(root)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == (
        f"前の夜間処理は途中で止まっていました（PC {host_name()}、プロセス 0、利用者 佐藤、"
        "2025-01-07 02:00 開始）。その続きから処理しました。"
    )


@pytest.mark.parametrize("folder", ["ない", "."])
def test_a_root_without_periods_is_one_sentence(tmp_path: Path, folder: str) -> None:
    done = run(tmp_path / folder)
    assert (done.exit_code, done.stdout) == (3, "")
    assert re.fullmatch(r"[^\n]+。\n", done.stderr)


def test_no_jobs_is_wrong_use(root: Path) -> None:
    assert run(root, "--jobs", "0").exit_code == 2


def test_a_root_that_is_itself_the_period_has_no_name_of_its_own(root: Path) -> None:
    assert run(root / "青森").stdout.startswith(SUMMARY.partition("（青森）")[0] + ": ")
    (root / "青森" / "計画.xlsx").write_bytes(b"")
    done = run(root / "青森")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (3, "指定したフォルダー: できませんでした。")
