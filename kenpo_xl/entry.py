"""What every entry point shares: the time, the user, and the log in which a bug leaves its traceback."""

from __future__ import annotations

import logging
import os
import stat
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

LOG_NAME = "kenpo-xl.log"
_MOST_BYTES = 1_000_000
"""The size from which a log is put aside, as `kenpo-xl.old.log`, before the next entry."""
_MOST_LETTERS = 100_000
"""The most letters of one entry."""
_STOPPED = "プログラムの誤りで止まりました。"
# A link that another user put there is not followed, and a pipe does not make us wait.
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class _Log(logging.Handler):
    """A handler that never raises; `path` is the file that holds its last entry, None without one."""

    path: Path | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.path = None
        with suppress(Exception):  # the last resort of all others: whatever fails here, the work goes on
            path = log_path()
            if path is not None:
                _append(path, _masked(self.format(record)[:_MOST_LETTERS]))
                self.path = path


_LOG = _Log(logging.WARNING)
_LOG.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))


def log_path() -> Path | None:
    """The log in the user's own folder for logs; None for a user without one."""
    from platformdirs import user_log_path

    try:
        path = user_log_path("kenpo-xl", appauthor=False) / LOG_NAME
    except (OSError, RuntimeError, KeyError):
        return None
    return path if path.is_absolute() else None


def log_to_file() -> None:
    """Let everything that is logged go into one file, which is made when there is something to log."""
    logger = logging.getLogger()
    if _LOG not in logger.handlers:
        logger.addHandler(_LOG)


def usable_log() -> Path | None:
    """The log where it can be written, None where it cannot."""
    path = log_path()
    try:
        if path is not None:
            os.close(_opened(path))
    except OSError:
        return None
    return path


def logs() -> list[Path]:
    """The log and the one that was put aside, where they are there."""
    path = log_path()
    both = [path, path.with_suffix(f".old{path.suffix}")] if path else []
    return [one for one in both if one.is_file()]


def hand_over() -> str:
    """What to hand to IT: the log that holds what was logged last, else the words on the screen."""
    if _LOG.path is None:
        return "記録（ログ）は残せませんでした。この画面の文を IT 担当へ渡してください。"
    return f"{_LOG.path} を IT 担当へ渡してください。"


def bug() -> str:
    """The sentence for a failure of the program that was logged."""
    return f"{_STOPPED}{hand_over()}"


def _append(path: Path, text: str) -> None:
    """Add an entry to a log; its further lines are indented, so that none looks like an entry."""
    if path.is_file() and path.stat().st_size > _MOST_BYTES:
        path.replace(path.with_suffix(f".old{path.suffix}"))
    file = _opened(path)
    try:
        lines = "\n    ".join(text.splitlines())
        os.write(file, f"{lines}\n".encode(errors="backslashreplace"))
    finally:
        os.close(file)


def _masked(text: str) -> str:
    """The text without numbers of persons, which a log must not keep."""
    from kenpo_xl.domain.privacy.personal_data import masked

    return masked(text)


def _opened(path: Path) -> int:
    """A log opened at its end; OSError for one that is no regular file or another user's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, _FLAGS, 0o600)
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        os.close(file)
        raise OSError(f"{path} is no log of this user")
    if hasattr(os, "fchmod"):
        os.fchmod(file, 0o600)
    return file


def now() -> datetime:
    """The time of this PC, with its zone."""
    return datetime.now(UTC).astimezone()


def person() -> str:
    """The user's name, '' where the system does not tell."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
