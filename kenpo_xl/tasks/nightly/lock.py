"""One nightly run at a time: a file in the root that is locked as long as the run lives, and names it.

The lock ends with its process, however that ends. The words in the file stay when a run is killed: the next
one reads there whom it takes over from.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from kenpo_xl.domain.values import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.processes import is_running, this_host

LOCK_NAME = ".kenpo-nightly.lock"
# Locked is one byte far behind the words, so that others can read them on Windows too.
_LOCKED_BYTE = 2**30
_WORDS_MOST = 4096


@frozen
class Holder:
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
def locked(root: Path, *, user: str, since: str) -> Iterator[Holder | None]:
    """Hold the lock of a root; the holder that was killed before, None where the last run ended by itself.

    KenpoError where another run holds it, may hold it on another computer, or the root cannot be written to.
    """
    path = root / LOCK_NAME
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise KenpoError(f"{root} に書き込めません。フォルダーの権限を確かめてください。") from error
    try:
        before = _words(file)
        _take(file, path, before)
        _write(file, path, json.dumps(asdict(Holder(this_host(), os.getpid(), user, since))))
        try:
            yield before
        except KenpoError:  # it is told why the run ended: nobody needs to take it over
            _write(file, path, "")
            raise
        _write(file, path, "")
    finally:
        os.close(file)


def _take(file: int, path: Path, before: Holder | None) -> None:
    """Lock the file; KenpoError where somebody else has, or where that cannot be known."""
    is_here = before is None or before.host == this_host()
    is_free = _is_free(file)
    if is_free is None:  # a file system without locks
        is_free = is_here and not (before and before.process != os.getpid() and is_running(before.process))
    if not is_free:
        raise KenpoError(
            f"別の夜間処理が実行中です（{before or '開始したところ'}）。"
            "終わるのを待ってから、もう一度実行してください。"
        )
    if not is_here:
        raise KenpoError(
            f"別の PC の夜間処理が実行中か、途中で止まっています（{before}）。"
            f"その PC で動いていないことを確かめ、{path} を消してから、もう一度実行してください。"
        )


def _words(file: int) -> Holder | None:
    """The holder that the file names, None where it names none; what cannot be read is told as somebody."""
    text = os.read(file, _WORDS_MOST).strip()
    if not text:
        return None
    try:
        said = json.loads(text)
        return Holder(str(said["host"]), int(said["process"]), str(said["user"]), str(said["since"]))
    except (ValueError, KeyError, TypeError):
        return Holder(this_host(), 0)


def _write(file: int, path: Path, words: str) -> None:
    try:
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, words.encode())
    except OSError as error:
        raise KenpoError(f"{path} に書き込めません。空き容量と権限を確かめてください。") from error


if sys.platform == "win32":

    def _is_free(file: int) -> bool | None:
        """Whether the lock was free and is ours now, None where the file system knows no locks."""
        import msvcrt

        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _is_free(file: int) -> bool | None:
        """Whether the lock was free and is ours now, None where the file system knows no locks."""
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return None
        return True
