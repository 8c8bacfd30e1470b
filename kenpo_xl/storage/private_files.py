"""A folder of the user's own for files that no one else may have written, and what is read and written there.

On Windows the folder lies in the user's local application data, whose access list lets only the user, the
system and administrators in; elsewhere owners and modes are looked at each time.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_cache_path

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_NEW = ".new"
_ABANDONED = 3600
"""Seconds after which no run writes a temporary file any more."""
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


def cache_folder() -> Path:
    """The folder of the user for what can be made again; OSError where there is none."""
    folder = user_cache_path("kenpo-xl", appauthor=False)
    if not folder.is_absolute():
        raise FileNotFoundError(folder)
    return folder


def read_own(path: Path, most: int) -> bytes:
    """The bytes of a file that only the user can have written; OSError where that is not sure."""
    _refuse_others(path.parent)
    handle = os.open(path, _FLAGS)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or not _is_own(status) or status.st_size > most:
            raise PermissionError(path)
        return file.read(most)


def write_own(path: Path, content: bytes) -> None:
    """Put a file that only the user can read in its place; OSError where others could write there."""
    for folder in _missing(path.parent):
        folder.mkdir(mode=0o700)
    _refuse_others(path.parent)
    import tempfile  # with the random numbers that it needs: 1 ms of a check, which seldom writes

    handle, name = tempfile.mkstemp(suffix=_NEW, dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def clear_abandoned(folder: Path) -> None:
    """Remove the temporary files of runs that were killed."""
    for path in folder.glob(f"*{_NEW}"):
        if path.lstat().st_mtime < time.time() - _ABANDONED:
            path.unlink()


def _missing(folder: Path) -> Iterator[Path]:
    """The folders that are to be made, outermost first."""
    return (one for one in (*reversed(folder.parents), folder) if not one.exists())


def _refuse_others(folder: Path) -> None:
    """OSError where others own the folder, or can write to it or put another in the place of one above it."""
    if not _is_own(folder.lstat()) or not stat.S_ISDIR(folder.lstat().st_mode):
        raise PermissionError(folder)
    parent = folder.parent.resolve()
    for above in (parent, *parent.parents):
        if not _is_safe(above.stat()):
            raise PermissionError(above)


def _is_own(status: os.stat_result) -> bool:
    """Whether the user owns a file or folder and no one else can write to it."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE


def _is_safe(status: os.stat_result) -> bool:
    """Whether only the user and the system can rename what lies in a folder."""
    if sys.platform == "win32":
        return True
    is_closed = not status.st_mode & _OTHERS_WRITE or bool(status.st_mode & stat.S_ISVTX)
    return status.st_uid in (0, os.geteuid()) and is_closed
