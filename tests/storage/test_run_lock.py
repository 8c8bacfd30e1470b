"""One run at a time: who holds the lock is named, and that of a run that was killed is taken over."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.storage import run_lock
from kenpo_xl.storage.processes import host_name, is_process_running
from kenpo_xl.storage.run_lock import NIGHT, WATCH, LockHolder, RootInUseError, hold_run_lock

HOLD = """
import sys; from pathlib import Path; from kenpo_xl.storage.run_lock import hold_run_lock
with hold_run_lock(Path(sys.argv[1]), user="佐藤", since="1月10日 2:00"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def lock(root: Path) -> LockHolder | None:
    with hold_run_lock(root, user="山田", since="") as before:
        return before


def test_a_second_run_is_refused_and_told_who_holds_it(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(KenpoError) as told:
        lock(tmp_path)
    who = f"PC {host_name()}、プロセス {holder.pid}、利用者 佐藤、1月10日 2:00 開始"
    assert str(told.value) == (
        f"別の夜間処理が実行中です（{who}）。終わるのを待ってから、もう一度実行してください。"
    )


def test_that_of_a_run_that_was_killed_is_taken_over(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    assert lock(tmp_path) == LockHolder(host_name(), holder.pid, "佐藤", "1月10日 2:00")
    assert lock(tmp_path) is None


def test_one_that_ended_left_nothing_to_take_over(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.communicate("")
    assert holder.returncode == 0
    assert lock(tmp_path) is None


def test_the_words_of_another_computer_are_left_to_a_person(tmp_path: Path) -> None:
    words = json.dumps(asdict(LockHolder("other", 4, "佐藤", "2:00")))
    (tmp_path / NIGHT.holder_name).write_text(words, encoding="utf-8")
    with pytest.raises(
        KenpoError, match=r"^別の PC [^\n]+PC other、プロセス 4[^\n]+lock を消してから[^\n]+。$"
    ):
        lock(tmp_path)
    assert (tmp_path / NIGHT.holder_name).read_text(encoding="utf-8") == words


@pytest.mark.parametrize("words", ["", "not ours", '{"host": 1}', "[]"])
def test_words_that_cannot_be_read_stop_nobody(tmp_path: Path, words: str) -> None:
    (tmp_path / NIGHT.holder_name).write_text(words, encoding="utf-8")
    lock(tmp_path)
    assert (tmp_path / NIGHT.holder_name).read_bytes() == b""


def test_a_run_that_told_why_it_ended_left_nothing_to_take_over(tmp_path: Path) -> None:
    with pytest.raises(KenpoError, match="壊れています"), hold_run_lock(tmp_path, user="山田", since=""):
        raise KenpoError("台帳が壊れています。")
    assert lock(tmp_path) is None


def test_a_bug_leaves_the_words_and_frees_the_lock(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold_run_lock(tmp_path, user="山田", since=""):
        raise ZeroDivisionError
    assert lock(tmp_path) == LockHolder(host_name(), os.getpid(), "山田")


def test_a_folder_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KenpoError, match=r"^[^\n]+ に書き込めません。[^\n]+。$"):
        lock(tmp_path / "ない")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no process that ended")
def test_a_process_that_ended_runs_no_more_though_nobody_asked_how() -> None:
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.read()
        for _ in range(100):
            if not is_process_running(process.pid):
                break
            time.sleep(0.05)
        assert process.returncode is None
        assert not is_process_running(process.pid)


def test_processes() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert is_process_running(os.getpid())
    assert not is_process_running(ended.pid)
    assert not is_process_running(0)
    assert not is_process_running(2**40)


@pytest.mark.parametrize("name", [NIGHT.holder_name, NIGHT.guard_name])
@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder"])
def test_what_is_no_file_is_neither_followed_nor_waited_for(tmp_path: Path, name: str, kind: str) -> None:
    victim, path = tmp_path / "人のもの", tmp_path / name
    victim.write_bytes(b"whole")
    make: dict[str, Callable[[], object]] = {
        "link": lambda: path.symlink_to(victim),
        "dangling link": lambda: path.symlink_to("nowhere"),
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
    }
    make[kind]()
    with pytest.raises(KenpoError, match=r"^[^\n]+ がふつうのファイルではありません。[^\n]+。$"):
        lock(tmp_path)
    assert victim.read_bytes() == b"whole"
    assert not (tmp_path / "nowhere").exists()


def test_a_stop_by_the_user_leaves_nothing_to_take_over(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), hold_run_lock(tmp_path, user="山田", since=""):
        raise KeyboardInterrupt
    assert lock(tmp_path) is None


@pytest.mark.parametrize("names", [("経理", "総務"), ("pc-1", "pc_1"), ("a" * 60, "a" * 61), ("", "host.")])
def test_no_two_hosts_have_one_name(names: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for name in names:
        monkeypatch.setattr("platform.node", lambda name=name: name)
        said.append(host_name())
    assert said[0] != said[1]
    assert all(re.fullmatch(r"\w{1,41}", one, re.ASCII) for one in said)


def test_a_plain_name_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.node", lambda: "PC042")
    assert host_name() == "PC042"


class TestWatch:
    """A watch holds its own lock, and that of the runs for short times."""

    def test_a_second_watch_is_refused_and_a_run_is_not(self, tmp_path: Path) -> None:
        with hold_run_lock(tmp_path, user="佐藤", since="9:00", kind=WATCH):
            with (
                pytest.raises(RootInUseError, match=r"^別の見張りが実行中です（PC [^\n]+。$"),
                hold_run_lock(tmp_path, user="", since="", kind=WATCH),
            ):
                pass
            assert lock(tmp_path) is None

    def test_a_run_waits_for_one_of_a_watch(self, tmp_path: Path, holder: subprocess.Popen[str]) -> None:
        assert holder.stdin
        with hold_run_lock(tmp_path, user="", since="", kind=WATCH):
            threading.Timer(0.5, holder.stdin.close).start()
            assert lock(tmp_path) is None

    def test_but_not_longer_than_a_minute(
        self, tmp_path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert run_lock._PATIENCE == 60
        monkeypatch.setattr(run_lock, "_PATIENCE", 0.3)
        with hold_run_lock(tmp_path, user="", since="", kind=WATCH):
            begun = time.monotonic()
            with pytest.raises(RootInUseError):
                lock(tmp_path)
            assert 0.2 < time.monotonic() - begun < 30

    def test_a_watch_itself_does_not_wait(self, tmp_path: Path, holder: subprocess.Popen[str]) -> None:
        with (
            hold_run_lock(tmp_path, user="", since="", kind=WATCH),
            pytest.raises(RootInUseError),
            hold_run_lock(tmp_path, user="", since="", patient=False),
        ):
            pass

    def test_a_run_that_waited_takes_over_what_was_killed_meanwhile(
        self, tmp_path: Path, holder: subprocess.Popen[str]
    ) -> None:
        with hold_run_lock(tmp_path, user="", since="", kind=WATCH):
            threading.Timer(0.3, holder.kill).start()
            assert lock(tmp_path) == LockHolder(host_name(), holder.pid, "佐藤", "1月10日 2:00")
