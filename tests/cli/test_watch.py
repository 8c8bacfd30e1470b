"""`watch` as an office starts it: a line for each check, one for each root, and an end without an error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kenpo_xl.cli.commands import main
from kenpo_xl.storage.run_lock import LOCK_FILES
from tests.tasks.small_period import write_small_period

CALL = "from kenpo_xl.cli.commands import main; main()"


def begin(root: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CALL, "watch", str(root), "--today", "2025-01-08", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals to another process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.period
def test_from_begin_to_end(tmp_path: Path, number: signal.Signals) -> None:
    write_small_period(tmp_path / "全支部" / "支部")
    with begin(tmp_path / "全支部") as watched:
        assert watched.stderr
        lines = [watched.stderr.readline().strip() for _ in range(3)]
        second = CliRunner().invoke(main, ["watch", str(tmp_path / "全支部")])
        watched.send_signal(number)
        output, rest = watched.communicate(timeout=60)
    assert lines[0] == f"{tmp_path / '全支部'} を見張っています。終わるには Ctrl+C を押してください。"
    assert lines[1].endswith("支部/一課.xlsm: 点検済　誤り 0 件、注意 0 件、参考 0 件")
    assert lines[2].endswith("支部: 作りました（提出状況.xlsx）。")
    assert (second.exit_code, second.stdout) == (3, "")
    assert second.stderr.startswith("別の見張りが実行中です（PC ")
    assert (watched.returncode, output, rest) == (0, "", "見張りを終わりました。\n")
    assert all((tmp_path / "全支部" / name).read_bytes() == b"" for name in LOCK_FILES)


def test_a_folder_without_a_period(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)  # a run in the background has its own
    done = CliRunner().invoke(main, ["watch", str(tmp_path)])
    assert (done.exit_code, done.stdout) == (3, "")
    assert "に期のフォルダーがありません。" in done.stderr
    assert signal.getsignal(signal.SIGINT) is before
