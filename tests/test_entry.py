"""The log of all entry points: in the user's own folder, never followed elsewhere, never in the way."""

from __future__ import annotations

import logging
import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kenpo_xl import entry
from kenpo_xl.errors import log_failure
from kenpo_xl.log_file import LOG_FILE, writable_log
from tests.paths import ROOT

NONE = "記録（ログ）は残せませんでした。この画面の文を IT 担当へ渡してください。"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    entry.install_log_handler()
    yield tmp_path / "state" / "kenpo-xl" / "log" / "kenpo-xl.log"
    logging.getLogger().removeHandler(LOG_FILE)


def test_what_is_logged_is_for_the_user_alone(log: Path) -> None:
    log_failure("一つめ")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    assert log.read_text(encoding="utf-8").endswith(" ERROR 一つめ\n")
    assert entry.log_to_send_sentence() == f"{log} を IT 担当へ渡してください。"


def test_a_log_that_others_could_read_is_closed_to_them(log: Path) -> None:
    log.parent.mkdir(parents=True)
    log.touch()
    log.chmod(0o666)
    log_failure("x")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_an_entry_forges_no_other(log: Path) -> None:
    log_failure("名前\n2025-01-01 00:00:00,000 ERROR 偽\r偽\u2028偽.xlsm")
    first, *more = log.read_text(encoding="utf-8").splitlines()
    assert first.endswith(" ERROR 名前")
    assert all(line.startswith("    ") for line in more)


def test_a_log_stays_small(log: Path) -> None:
    for _ in range(30):
        log_failure("x" * 1_000_000)
    old = log.with_name("kenpo-xl.old.log")
    assert log.stat().st_size + old.stat().st_size < 2_300_000
    assert sorted(path.name for path in log.parent.iterdir()) == [log.name, old.name]


def test_a_text_that_is_no_unicode(log: Path) -> None:
    # To our handler alone: the report of the test, which holds what others logged, has to be Unicode.
    LOG_FILE.handle(logging.makeLogRecord({"msg": "\udc83", "levelno": logging.ERROR}))
    assert r"\udc83" in log.read_text(encoding="utf-8")


def a_folder(log: Path) -> None:
    log.mkdir()


def a_pipe(log: Path) -> None:
    os.mkfifo(log)


def a_link(log: Path) -> None:
    (log.parent / "victim").write_text("whole", encoding="utf-8")
    log.symlink_to("victim")


def a_dangling_link(log: Path) -> None:
    log.symlink_to("nobody")


def a_file_in_the_place_of_its_folder(log: Path) -> None:
    log.parent.rmdir()
    log.parent.write_bytes(b"")


@pytest.mark.parametrize(
    "obstacle", [a_folder, a_pipe, a_link, a_dangling_link, a_file_in_the_place_of_its_folder]
)
def test_a_log_that_cannot_be_written_stops_nothing(
    log: Path, obstacle: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
) -> None:
    log.parent.mkdir(parents=True)
    obstacle(log)
    log_failure("x")
    assert entry.log_to_send_sentence() == NONE
    assert writable_log() is None
    assert capfd.readouterr() == ("", "")


def test_a_link_is_not_followed(log: Path) -> None:
    log.parent.mkdir(parents=True)
    a_link(log)
    log_failure("x")
    assert (log.parent / "victim").read_text(encoding="utf-8") == "whole"


def test_a_full_disk_stops_nothing(log: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    log.parent.mkdir(parents=True)
    log.write_bytes(b"x" * 1000)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        log_failure("x")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert entry.log_to_send_sentence() == NONE
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become a user whom the system does not know")
def test_a_user_without_a_home_has_no_log(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    code = (
        "import os; from kenpo_xl import entry, errors, log_file; os.setgid(54321); os.setuid(54321); "
        "entry.install_log_handler(); errors.log_failure('x'); print(entry.log_to_send_sentence())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert (done.stdout, done.stderr) == (f"{NONE}\n", "")
    assert not list(tmp_path.iterdir())


def test_it_is_written_again_as_soon_as_it_can_be(log: Path) -> None:
    log.mkdir(parents=True)
    log_failure("lost")
    log.rmdir()
    log_failure("kept")
    assert entry.log_to_send_sentence() == f"{log} を IT 担当へ渡してください。"
    assert "kept" in log.read_text(encoding="utf-8")
