"""Files that only the user can have written, in the user's own cache folder.

On Windows this folder is in the user's local application data, whose access list admits only the user, the
system and administrators; elsewhere owners and modes are verified each time.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from weakref import finalize

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_NEW = ".new"
_ABANDONED = 3600
"""Seconds after which a temporary file counts as abandoned."""
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


def cache_folder() -> Path:
    """The user's folder for files that can be recreated; OSError without one."""
    folder = _named_cache_folder("kenpo-xl")
    if not folder.is_absolute():
        raise FileNotFoundError(folder)
    return folder


def _named_cache_folder(name: str) -> Path:
    """A folder for caches of the user, as platformdirs returns it; to load that takes 4 ms of a check."""
    if sys.platform in ("win32", "darwin"):
        from platformdirs import user_cache_path

        return user_cache_path(name, appauthor=False)
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path("~/.cache").expanduser()) / name


def read_private_file(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file that only the user can have written; OSError if that is uncertain.

    `max_bytes` is the largest size in bytes.
    """
    with _open_private_file(path, max_bytes) as file:
        return file.readall()


def _open_private_file(path: Path, max_bytes: int) -> FileIO:
    _refuse_shared_folder(path.parent)
    file = FileIO(os.open(path, _FLAGS))
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode) or not _is_owned_by_user(status) or status.st_size > max_bytes:
        file.close()
        raise PermissionError(path)
    return file


class PrivateParts:
    """The parts of such a file, each read when it is asked for; OSError likewise.

    New memory takes a process longer than to read into it, so a large file is read part by part. On
    Windows all of it is read at once: a file that is open there cannot be replaced.
    """

    def __init__(self, path: Path, max_bytes: int) -> None:
        file = _open_private_file(path, max_bytes)
        self.size = os.fstat(file.fileno()).st_size
        if sys.platform == "win32":
            with file:
                self._content = file.readall()
        else:
            self._handle = file.fileno()
            finalize(self, file.close)

    def part(self, start: int, end: int) -> bytes:
        """The bytes between two places."""
        if sys.platform == "win32":
            return self._content[start:end]
        return os.pread(self._handle, end - start, start)


def write_private_file(path: Path, content: bytes) -> None:
    """Write a file that only the user can read; OSError if others could write to its folder."""
    for folder in _missing_folders(path.parent):
        folder.mkdir(mode=0o700)
    _refuse_shared_folder(path.parent)
    import tempfile  # with the random numbers that it needs: 1 ms of a check, which seldom writes

    handle, name = tempfile.mkstemp(suffix=_NEW, dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def remove_abandoned_files(folder: Path) -> None:
    """Remove the temporary files of runs that were killed."""
    for path in folder.glob(f"*{_NEW}"):
        if path.lstat().st_mtime < time.time() - _ABANDONED:
            path.unlink()


def _missing_folders(folder: Path) -> Iterator[Path]:
    """The folders that do not exist yet, outermost first."""
    return (one for one in (*reversed(folder.parents), folder) if not one.exists())


def _refuse_shared_folder(folder: Path) -> None:
    """OSError if others own the folder, can write to it, or can replace it or a folder above it."""
    if not _is_owned_by_user(folder.lstat()) or not stat.S_ISDIR(folder.lstat().st_mode):
        raise PermissionError(folder)
    parent = folder.parent.resolve()
    for above in (parent, *parent.parents):
        if not _is_writable_by_owner_only(above.stat()):
            raise PermissionError(above)


def _is_owned_by_user(status: os.stat_result) -> bool:
    """Whether the user owns a file or folder and only the user can write to it."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE


def _is_writable_by_owner_only(status: os.stat_result) -> bool:
    """Whether only the user and the system can rename the entries of a folder."""
    if sys.platform == "win32":
        return True
    is_closed = not status.st_mode & _OTHERS_WRITE or bool(status.st_mode & stat.S_ISVTX)
    return status.st_uid in (0, os.geteuid()) and is_closed
