"""The log file: in the user's own folder for logs, small, and without private numbers."""

from __future__ import annotations

import logging
import os
import stat
from contextlib import suppress
from pathlib import Path

from platformdirs import user_log_path

LOG_NAME = "kenpo-xl.log"
_MOST_BYTES = 1_000_000
"""The size above which a log is renamed to `kenpo-xl.old.log` before the next entry."""
_MOST_LETTERS = 100_000
"""The most letters of one entry."""
# A link that another user put there is not followed, and a pipe does not make us wait.
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class LogFile(logging.Handler):
    """A handler that never raises; `path` is the file with its last entry, None if that was not written."""

    path: Path | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.path = None
        with suppress(Exception):  # the last resort: whatever fails here, the work continues
            path = log_path()
            if path is not None:
                _append_entry(path, _masked(self.format(record)[:_MOST_LETTERS]))
                self.path = path


LOG_FILE = LogFile(logging.WARNING)
LOG_FILE.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))


def log_path() -> Path | None:
    """The path of the log; None for a user without a folder for logs."""
    try:
        path = user_log_path("kenpo-xl", appauthor=False) / LOG_NAME
    except (OSError, RuntimeError, KeyError):
        return None
    return path if path.is_absolute() else None


def writable_log() -> Path | None:
    """The path of the log, None if it cannot be written."""
    path = log_path()
    try:
        if path is not None:
            os.close(_open_at_end(path))
    except OSError:
        return None
    return path


def existing_logs() -> list[Path]:
    """The log and the older one, as far as they exist."""
    path = log_path()
    both = [path, _older_log(path)] if path else []
    return [one for one in both if one.is_file()]


def _older_log(path: Path) -> Path:
    return path.with_suffix(f".old{path.suffix}")


def _append_entry(path: Path, text: str) -> None:
    """Add an entry to a log; its further lines are indented, so that none looks like an entry."""
    if path.is_file() and path.stat().st_size > _MOST_BYTES:
        path.replace(_older_log(path))
    file = _open_at_end(path)
    try:
        lines = "\n    ".join(text.splitlines())
        os.write(file, f"{lines}\n".encode(errors="backslashreplace"))
    finally:
        os.close(file)


def _masked(text: str) -> str:
    """The text without private numbers, which a log must not contain."""
    from kenpo_xl.domain.privacy.personal_data import mask_private_parts

    return mask_private_parts(text)


def _open_at_end(path: Path) -> int:
    """The descriptor of a log opened at its end; OSError if it is no regular file or another user's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, _FLAGS, 0o600)
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        os.close(file)
        raise OSError(f"{path} is no log of this user")
    if hasattr(os, "fchmod"):
        os.fchmod(file, 0o600)
    return file
