"""What every entry point shares: the time, the user, and the log that contains the traceback of a bug."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kenpo_xl.errors import add_log_handler

if TYPE_CHECKING:
    from kenpo_xl.log_file import LogFile

_STOPPED = "プログラムの誤りで止まりました。"


def install_log_handler() -> None:
    """Log failures to one file, which is created for the first one."""
    add_log_handler(_log_file)


def _log_file() -> LogFile:
    from kenpo_xl.log_file import LOG_FILE

    return LOG_FILE


def log_to_send_sentence() -> str:
    """The sentence on what to send to IT: the log with the last failure, else the text on the screen."""
    path = _log_file().path
    if path is None:
        return "記録（ログ）は残せませんでした。この画面の文を IT 担当へ渡してください。"
    return f"{path} を IT 担当へ渡してください。"


def bug_sentence() -> str:
    """The sentence for a failure of the program that was logged."""
    return f"{_STOPPED}{log_to_send_sentence()}"


def now() -> datetime:
    """The time of this PC, with its zone."""
    return datetime.now(UTC).astimezone()


def user_name() -> str:
    """The user's name, '' if the system does not know it."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
