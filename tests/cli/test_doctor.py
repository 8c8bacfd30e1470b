"""doctor as the IT person calls it: what it says, and how it ends."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kenpo_xl.cli.commands import main
from kenpo_xl.tasks.doctor.doctor import ENVIRONMENT


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments])


def test_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, sys.executable)
    done = run()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "ボタンを使う用意ができています。"
    assert all(line.startswith("良好　　") for line in done.stdout.splitlines()[:-1])


def test_a_failure_has_its_remedy_below(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "なし"))
    lines = run().stdout.splitlines()
    (place,) = (number for number, line in enumerate(lines) if line.startswith("要対応　"))
    assert lines[place].startswith("要対応　ボタンの Python：")
    assert lines[place + 1].startswith("　　　　→ ")
    assert lines[-1] == "対応が必要なものが 1 件あります。"
    assert run().exit_code == 1


def test_a_log_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ENVIRONMENT, sys.executable)
    (tmp_path / "state").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    lines = run().stdout.splitlines()
    log = tmp_path / "state" / "kenpo-xl" / "log" / "kenpo-xl.log"
    assert f"要対応　ログ：{log} に書けません。" in lines


def test_a_book_at_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, sys.executable)
    done = run("https://example.sharepoint.com/業務グループ.xlsm")
    assert done.exit_code == 1
    assert "OneDrive や SharePoint" in done.stdout
