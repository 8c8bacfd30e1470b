"""A workbook that is put together in memory and written in one go: a full disk leaves no half of it open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook


@contextmanager
def whole_workbook(path: Path, options: dict[str, Any] | None = None) -> Iterator[Workbook]:
    """XlsxWriter's workbook, whose file comes into being at the end. OSError where it cannot."""
    content = BytesIO()
    with Workbook(content, {**(options or {}), "in_memory": True}) as book:
        yield book
    path.write_bytes(content.getbuffer())
