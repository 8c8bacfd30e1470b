"""The error of one book among several: a sentence for it, and the traceback of a bug in the log."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.errors import KenpoError, log_failure, no_access_sentence

BUG = "プログラムの誤りで処理できませんでした。"


def is_bug(error: Exception) -> bool:
    """Whether an error is a bug of the program, not a problem of a book or of the disk."""
    return not isinstance(error, KenpoError | OSError)


def error_sentence(path: Path, error: Exception) -> str:
    """The sentence for an error with one book; a bug and an error of the disk are logged."""
    if isinstance(error, KenpoError):
        return str(error)
    log_failure(str(path), error)
    return no_access_sentence(error) if isinstance(error, OSError) else f"{path.name} は{BUG}"
