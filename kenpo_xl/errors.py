"""Trouble with a run, as opposed to failure with the data (which is a finding)."""

from __future__ import annotations

from pathlib import Path


class KenpoError(Exception):
    """A run that could not be done; the text is one polite Japanese sentence with the next act."""


def missing(path: Path) -> KenpoError:
    """What to raise for a file that is not there."""
    return KenpoError(f"{path} がありません。ファイルの場所と名前を確かめてください。")


def no_access(error: OSError) -> str:
    """The sentence for a file that the system did not let us read or write."""
    path = error.filename or error.filename2 or "ファイル"
    return f"{path} を読み書きできません。場所、権限、空き容量を確かめてください。"
