"""One nightly run at a time: a locked guard file in the root, and a file that names the holder.

The lock ends with its process, however that ends. If a run is killed, the name of its holder remains: the
next run reports from whom it takes over.
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
from kenpo_xl.storage.processes import host_name, is_process_running

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_NAME = ".kenpo-nightly.lock"
"""The file that names the holder; it is not the locked one, which Windows lets no one read."""
GUARD_NAME = ".kenpo-nightly.guard"
_MAX_HOLDER_BYTES = 4096
# A link is not followed, and a pipe is not waited for.
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@frozen
class LockHolder:
    """The holder of the lock: computer, process, user, and start time."""

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
def hold_run_lock(root: Path, *, user: str, since: str) -> Iterator[LockHolder | None]:
    """Hold the lock of a root; yields the holder of a killed run, None if the last run ended regularly.

    KenpoError if another run holds it, may hold it on another computer, or the root cannot be written.
    """
    path = root / LOCK_NAME
    file = _open_holder_file(path)
    try:
        before = _read_holder(file)
        with _hold_guard_file(root / GUARD_NAME, path, before):
            _write_holder(file, path, json.dumps(asdict(LockHolder(host_name(), os.getpid(), user, since))))
            try:
                yield before
            except (KenpoError, KeyboardInterrupt):  # reported to the user: no takeover by the next run
                _write_holder(file, path, "")
                raise
            _write_holder(file, path, "")
    finally:
        os.close(file)


def _open_holder_file(path: Path) -> int:
    """The descriptor of the holder file; KenpoError if the root is not writable or it is no regular file."""
    if not path.parent.is_dir() or (os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode)):
        raise _not_a_file_error(path) if path.parent.is_dir() else _not_writable_error(path.parent)
    try:
        return os.open(path, _FLAGS, 0o666)
    except OSError as error:
        raise _not_writable_error(path.parent) from error


@contextmanager
def _hold_guard_file(guard: Path, path: Path, before: LockHolder | None) -> Iterator[None]:
    """Hold the guard; KenpoError if another run holds it, or may hold it on another computer."""
    from filelock import FileLock, Timeout

    if os.path.lexists(guard) and not stat.S_ISREG(guard.lstat().st_mode):
        raise _not_a_file_error(guard)
    lock: BaseFileLock = FileLock(guard, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise _in_use_error(before) from error
    except (OSError, NotImplementedError) as error:  # a file system without locks
        if before and _is_held_on_this_host(before):
            raise _in_use_error(before) from error
    try:
        _refuse_other_host(before, path)
        yield
    finally:
        lock.release()


def _is_held_on_this_host(holder: LockHolder) -> bool:
    """Whether another process of this computer holds the lock."""
    is_other = holder.host == host_name() and holder.process != os.getpid()
    return is_other and is_process_running(holder.process)


def _refuse_other_host(holder: LockHolder | None, path: Path) -> None:
    """KenpoError for a holder on another computer, whose processes cannot be seen from here."""
    if holder and holder.host != host_name():
        raise KenpoError(
            f"別の PC の夜間処理が実行中か、途中で止まっています（{holder}）。"
            f"その PC で動いていないことを確かめ、{path} を消してから、もう一度実行してください。"
        )


def _in_use_error(holder: LockHolder | None) -> KenpoError:
    return KenpoError(
        f"別の夜間処理が実行中です（{holder or '開始したところ'}）。"
        "終わるのを待ってから、もう一度実行してください。"
    )


def _not_writable_error(root: Path) -> KenpoError:
    return KenpoError(f"{root} に書き込めません。フォルダーの権限を確かめてください。")


def _not_a_file_error(path: Path) -> KenpoError:
    return KenpoError(f"{path} がふつうのファイルではありません。消してから、もう一度実行してください。")


def _read_holder(file: int) -> LockHolder | None:
    """The holder that the file names, None without one; an unknown process if it is unreadable."""
    text = os.read(file, _MAX_HOLDER_BYTES).strip()
    if not text:
        return None
    try:
        stated = json.loads(text)
        names = str(stated["user"]), str(stated["since"])
        return LockHolder(str(stated["host"]), int(stated["process"]), *names)
    except (ValueError, KeyError, TypeError):
        return LockHolder(host_name(), 0)


def _write_holder(file: int, path: Path, holder: str) -> None:
    try:
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, holder.encode())
    except OSError as error:
        raise KenpoError(f"{path} に書き込めません。空き容量と権限を確かめてください。") from error
