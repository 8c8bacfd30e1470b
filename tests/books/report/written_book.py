"""A written report as openpyxl reads it, one sheet at a time: a test mostly looks at one of six."""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl.reader.excel import ExcelReader


class WrittenBook:
    """The workbook at a path, each sheet read when asked for; all else is that of the whole book."""

    def __init__(self, path: Path) -> None:
        self._content = path.read_bytes()
        self._sheets: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._sheets:
            self._sheets[name] = _loaded(self._content, [name])[name]
        return self._sheets[name]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    @cached_property
    def sheetnames(self) -> list[str]:
        names: list[str] = _loaded(self._content, []).sheetnames
        return names

    @cached_property
    def _whole(self) -> Any:
        return _loaded(self._content, self.sheetnames)


def _loaded(content: bytes, sheets: list[str]) -> Any:
    reader = _Reader(BytesIO(content), sheets)
    reader.read()
    return reader.wb


class _Reader(ExcelReader):
    """Reads some sheets; the others are empty."""

    def __init__(self, content: BytesIO, sheets: list[str]) -> None:
        super().__init__(content)
        self._sheets = sheets

    def read_worksheets(self) -> None:
        for sheet, relation in list(self.parser.find_sheets()):
            if sheet.name in self._sheets:
                self.parser.find_sheets = lambda one=(sheet, relation): [one]
                super().read_worksheets()
            else:
                self.wb.create_sheet(sheet.name).sheet_state = sheet.state
