"""Number formats, and what Excel makes of a text that is typed or written into a cell."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from tests.libreoffice_engine.uno_bridge import error, struct

# com.sun.star.util.NumberFormat
DATE = 2
TEXT = 256
LOGICAL = 1024
# Anything else is never a number: asking LibreOffice costs a call.
MAY_BE_NUMBER = re.compile(r"\s*[-+(¥\\$.]*\d[\d,./:%()\-年月日時分秒¥\sAPMapmEe+]*")
DATE_LETTERS = re.compile(r'("[^"]*"|\[[^\]]*\]|\\.)|([GEYMDHS]+)')


class NumberFormats:
    """The number formats of a document, each known by a key."""

    def __init__(self, app: Any, document: Any) -> None:
        self._app = app
        self._formats = document.NumberFormats
        self._document = document
        self._types: dict[int, int] = {}

    def type(self, key: int) -> int:
        """What kind of values the format is for: bits of DATE, TEXT, LOGICAL and others."""
        if key not in self._types:
            # A user's own format has a bit of its own.
            self._types[key] = self._formats.getByKey(key).Type
        return self._types[key]

    def code(self, key: int) -> str:
        """The format as Excel writes it: the letters of dates are small."""
        code = self._formats.getByKey(key).FormatString
        return DATE_LETTERS.sub(_small, code) if self.type(key) & DATE else code

    def key(self, code: str) -> int:
        """The key of a format that is written as in Excel; the document takes it up where it is new."""
        locale = struct("lang.Locale")
        known = self._formats.queryKey(code, locale, False)
        return self._formats.addNew(code, locale) if known == -1 else known

    def understood(self, text: str) -> tuple[float, int] | None:
        """The number that a Japanese Excel makes of this text and the key of its format; None for a text."""
        if not MAY_BE_NUMBER.fullmatch(text):
            return None
        try:
            key = self._formatter.detectNumberFormat(self._japanese, text)
            return self._formatter.convertStringToNumber(self._japanese, text), key
        except error("util.NotNumericException"):
            return None

    @cached_property
    def _formatter(self) -> Any:
        formatter = self._app.service("util.NumberFormatter")
        formatter.attachNumberFormatsSupplier(self._document)
        return formatter

    @cached_property
    def _japanese(self) -> int:
        return self._formats.getStandardIndex(struct("lang.Locale", Language="ja", Country="JP"))


def _small(match: re.Match[str]) -> str:
    return match.group(1) or match.group(2).lower()
