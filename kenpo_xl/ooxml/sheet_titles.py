"""Sentences on a workbook that call a sheet as staff do, and not by the part of the file that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook


@contextmanager
def naming_sheets_in_errors(path: Path) -> Iterator[None]:
    """A KenpoError about the workbook at `path` is raised with the names of its sheets."""
    try:
        yield
    except KenpoError as error:
        sentence = str(error)
        for part, sheet in _sheet_titles(path).items():
            called = f"シート「{sheet}」".replace("\\", r"\\")
            sentence = re.sub(rf" ?{re.escape(part)} ?", called, sentence, flags=re.IGNORECASE)
        raise KenpoError(sentence) from error


def _sheet_titles(path: Path) -> dict[str, str]:
    try:
        return Workbook(path).package.titles
    except KenpoError:
        return {}
