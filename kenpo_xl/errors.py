"""Errors of a run (an error in the data is a finding), and the log of failures of the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging

_LOG_HANDLERS: set[Callable[[], logging.Handler]] = set()


class KenpoError(Exception):
    """A run that could not be done; the text is one polite Japanese sentence with the next act."""


def missing_file_error(path: Path) -> KenpoError:
    """The error to raise for a file that does not exist."""
    return KenpoError(f"{path} がありません。ファイルの場所と名前を確かめてください。")


def no_access_sentence(error: OSError) -> str:
    """The sentence for a file that the system did not let us read or write."""
    path = error.filename or error.filename2 or "ファイル"
    return f"{path} を読み書きできません。場所、権限、空き容量を確かめてください。"


def add_log_handler(make: Callable[[], logging.Handler]) -> None:
    """Log failures to the handler that `make` returns; it is called for the first failure only."""
    _LOG_HANDLERS.add(make)


def log_failure(text: str, error: BaseException | None = None) -> None:
    """Log a failure of the program, with the traceback of its error."""
    import logging  # 4 ms of a check, which seldom logs

    while _LOG_HANDLERS:
        logging.getLogger().addHandler(_LOG_HANDLERS.pop()())
    logging.getLogger("kenpo_xl").error(text, exc_info=error)
