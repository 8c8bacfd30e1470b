"""What every door knows: the time, the user, and the log in which a bug leaves its traces."""

from __future__ import annotations

import logging
import tempfile
from datetime import UTC, datetime
from pathlib import Path

LOG = Path(tempfile.gettempdir()) / "kenpo-xl.log"
HAND_OVER = f"{LOG} を IT 担当へ渡してください。"
BUG = f"プログラムの誤りで止まりました。{HAND_OVER}"


def log_to_file() -> None:
    """Everything that is logged goes into one file, which is made when there is something to say."""
    logging.basicConfig(handlers=[logging.FileHandler(LOG, encoding="utf-8", delay=True)])


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
