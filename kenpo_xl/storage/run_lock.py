"""One run over a root at a time: a locked guard file in the root, and a file that names the holder.

A watch of the root holds a lock of its own as long as it runs, and that of the runs only while it works.

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


@frozen
class LockKind:
    """What a root is locked for: its word in file names, and what staff call it."""

    word: str
    title: str

    @property
    def holder_name(self) -> str:
        """The file that names the holder; it is not the locked one, which Windows lets no one read."""
        return f".kenpo-{self.word}.lock"

    @property
    def guard_name(self) -> str:
        return f".kenpo-{self.word}.guard"


NIGHT, WATCH = LockKind("nightly", "夜間処理"), LockKind("watch", "見張り")
LOCK_FILES = tuple(name for kind in (NIGHT, WATCH) for name in (kind.holder_name, kind.guard_name))
_PATIENCE = 60
"""How long (s) a run waits for one of a watch."""
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


class RootInUseError(KenpoError):
    """Another process has locked a root."""


@contextmanager
def hold_run_lock(
    root: Path, *, user: str, since: str, kind: LockKind = NIGHT, patient: bool = True
) -> Iterator[LockHolder | None]:
    """Hold a lock of a root; yields the holder of a killed run, None if the last run ended regularly.

    One that is `patient` waits up to a minute while the root is watched, since the lock may be that of a
    short run of the watch. RootInUseError if another process holds it or may hold it on another computer,
    KenpoError if the root cannot be written.
    """
    path = root / kind.holder_name
    file = _open_holder_file(path)
    try:
        patience = _PATIENCE if patient and kind is not WATCH and _is_watch_running(root) else 0
        with _hold_guard_file(root, file, kind, patience) as before:
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
def _hold_guard_file(root: Path, file: int, kind: LockKind, patience: float) -> Iterator[LockHolder | None]:
    """Hold the guard; yields whom the holder file names. RootInUseError if another process may hold it."""
    from filelock import Timeout

    lock = _guard_lock(root / kind.guard_name)
    try:
        lock.acquire(timeout=patience)
    except Timeout as error:
        raise _in_use_error(kind, _read_holder(file)) from error
    except (OSError, NotImplementedError) as error:  # a file system without locks
        before = _read_holder(file)
        if before and _is_held_on_this_host(before):
            raise _in_use_error(kind, before) from error
    try:
        before = _read_holder(file)
        _refuse_other_host(kind, before, root / kind.holder_name)
        yield before
    finally:
        lock.release()


def _guard_lock(guard: Path) -> BaseFileLock:
    from filelock import FileLock

    if os.path.lexists(guard) and not stat.S_ISREG(guard.lstat().st_mode):
        raise _not_a_file_error(guard)
    return FileLock(guard, timeout=0, thread_local=False)


def _is_watch_running(root: Path) -> bool:
    """Whether a watch of the root is running, on any computer whose locks can be seen from here."""
    from filelock import Timeout

    guard = root / WATCH.guard_name
    if not guard.exists():
        return False
    try:
        with _guard_lock(guard):
            return False
    except Timeout:
        return True
    except (OSError, NotImplementedError):  # a file system without locks
        return False


def _is_held_on_this_host(holder: LockHolder) -> bool:
    """Whether another process of this computer holds the lock."""
    is_other = holder.host == host_name() and holder.process != os.getpid()
    return is_other and is_process_running(holder.process)


def _refuse_other_host(kind: LockKind, holder: LockHolder | None, path: Path) -> None:
    """RootInUseError for a holder on another computer, whose processes cannot be seen from here."""
    if holder and holder.host != host_name():
        raise RootInUseError(
            f"別の PC の{kind.title}が実行中か、途中で止まっています（{holder}）。"
            f"その PC で動いていないことを確かめ、{path} を消してから、もう一度実行してください。"
        )


def _in_use_error(kind: LockKind, holder: LockHolder | None) -> RootInUseError:
    return RootInUseError(
        f"別の{kind.title}が実行中です（{holder or '開始したところ'}）。"
        "終わるのを待ってから、もう一度実行してください。"
    )


def _not_writable_error(root: Path) -> KenpoError:
    return KenpoError(f"{root} に書き込めません。フォルダーの権限を確かめてください。")


def _not_a_file_error(path: Path) -> KenpoError:
    return KenpoError(f"{path} がふつうのファイルではありません。消してから、もう一度実行してください。")


def _read_holder(file: int) -> LockHolder | None:
    """The holder that the file names, None without one; an unknown process if it is unreadable."""
    os.lseek(file, 0, os.SEEK_SET)
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
