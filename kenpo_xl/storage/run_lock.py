"""One nightly run at a time: a lock on a file in the root, and beside it the words that name the run.

The lock ends with its process, however that ends. The words stay when a run is killed: the next one reads
there whom it takes over from.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.processes import is_running, this_host

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_NAME = ".kenpo-nightly.lock"
"""The file with the words; Windows lets nobody read a file that is locked, so another one is."""
GUARD_NAME = ".kenpo-nightly.guard"
_WORDS_MOST = 4096
# A link is not followed, and a pipe is not waited for.
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@frozen
class LockHolder:
    """Who holds the lock: computer, process, user, and since when."""

    host: str
    process: int
    user: str = ""
    since: str = ""

    def __str__(self) -> str:
        parts = [f"PC {self.host}", f"プロセス {self.process}"]
        parts += [f"利用者 {self.user}"] if self.user else []
        parts += [f"{self.since} 開始"] if self.since else []
        return "、".join(parts)


@contextmanager
def locked(root: Path, *, user: str, since: str) -> Iterator[LockHolder | None]:
    """Hold the lock of a root; the holder that was killed before, None where the last run ended by itself.

    KenpoError where another run holds it, may hold it on another computer, or the root cannot be written to.
    """
    path = root / LOCK_NAME
    file = _opened(path)
    try:
        before = _words(file)
        with _taken(root / GUARD_NAME, path, before):
            _write(file, path, json.dumps(asdict(LockHolder(this_host(), os.getpid(), user, since))))
            try:
                yield before
            except (KenpoError, KeyboardInterrupt):  # reported to the user: the next run takes nothing over
                _write(file, path, "")
                raise
            _write(file, path, "")
    finally:
        os.close(file)


def _opened(path: Path) -> int:
    """The file with the words; KenpoError where the root cannot be written to or this is no file."""
    if not path.parent.is_dir() or (os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode)):
        raise _no_file(path) if path.parent.is_dir() else _closed(path.parent)
    try:
        return os.open(path, _FLAGS, 0o666)
    except OSError as error:
        raise _closed(path.parent) from error


@contextmanager
def _taken(guard: Path, path: Path, before: LockHolder | None) -> Iterator[None]:
    """Hold the guard; KenpoError where another run does, or where that cannot be known."""
    from filelock import FileLock, Timeout

    if os.path.lexists(guard) and not stat.S_ISREG(guard.lstat().st_mode):
        raise _no_file(guard)
    lock: BaseFileLock = FileLock(guard, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise _is_running(before) from error
    except (OSError, NotImplementedError) as error:  # a file system without locks
        is_here = before is not None and before.host == this_host()
        if before and is_here and before.process != os.getpid() and is_running(before.process):
            raise _is_running(before) from error
    try:
        if before and before.host != this_host():
            raise KenpoError(
                f"別の PC の夜間処理が実行中か、途中で止まっています（{before}）。"
                f"その PC で動いていないことを確かめ、{path} を消してから、もう一度実行してください。"
            )
        yield
    finally:
        lock.release()


def _is_running(holder: LockHolder | None) -> KenpoError:
    return KenpoError(
        f"別の夜間処理が実行中です（{holder or '開始したところ'}）。"
        "終わるのを待ってから、もう一度実行してください。"
    )


def _closed(root: Path) -> KenpoError:
    return KenpoError(f"{root} に書き込めません。フォルダーの権限を確かめてください。")


def _no_file(path: Path) -> KenpoError:
    return KenpoError(f"{path} がふつうのファイルではありません。消してから、もう一度実行してください。")


def _words(file: int) -> LockHolder | None:
    """The holder that the file names, None where it names none; what cannot be read is told as somebody."""
    text = os.read(file, _WORDS_MOST).strip()
    if not text:
        return None
    try:
        said = json.loads(text)
        return LockHolder(str(said["host"]), int(said["process"]), str(said["user"]), str(said["since"]))
    except (ValueError, KeyError, TypeError):
        return LockHolder(this_host(), 0)


def _write(file: int, path: Path, words: str) -> None:
    try:
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, words.encode())
    except OSError as error:
        raise KenpoError(f"{path} に書き込めません。空き容量と権限を確かめてください。") from error
