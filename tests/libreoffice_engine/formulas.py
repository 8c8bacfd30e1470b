"""Formulas as Excel writes them, to and from LibreOffice's own, through its FormulaParser."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from tests.libreoffice_engine.uno_bridge import struct

# com.sun.star.sheet.FormulaLanguage.XL_ENGLISH, FormulaMapGroup.ALL_EXCEPT_SPECIAL and all other groups,
# AddressConvention.XL_A1
XL_ENGLISH = 4
ALL_GROUPS = 0x7FFFFFFF
XL_A1 = 1
# A text in quotes, a sheet's name in apostrophes, or what stands between them.
PIECES = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|[^"\']+')
# A formula that gives a text; it is the same in both.
TEXTS = re.compile(r'"(?:[^"]|"")*"(?:&"(?:[^"]|"")*")*')
# LibreOffice knows the two only as functions.
CONSTANTS = re.compile(r"(?<![\w.!])(TRUE|FALSE)(?![\w.(!])", re.IGNORECASE)


class Formulas:
    """The translator of one document; formulas are without the leading `=`, places are UNO CellAddresses."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._texts: dict[tuple[int, str], str] = {}

    def tokens(self, formula: str, place: Any) -> Any:
        """LibreOffice's form of an Excel formula that stands at this place."""
        return self._parser.parseFormula(_outside_quotes(_with_functions, formula), place)

    def text(self, tokens: Any, place: Any) -> str:
        """The Excel formula of what LibreOffice holds at this place."""
        return _outside_quotes(_with_constants, self._parser.printFormula(tokens, place))

    def text_in(self, sheet: int, own: str, cell: Callable[[], Any]) -> str:
        """The Excel formula of a cell. Each that LibreOffice writes, `own`, is translated once."""
        if is_text(own.removeprefix("=")):
            return own.removeprefix("=")
        key = sheet, own
        if key not in self._texts:
            found = cell()
            self._texts[key] = self.text(found.getTokens(), found.CellAddress)
        return self._texts[key]

    @cached_property
    def _parser(self) -> Any:
        parser = self._document.createInstance("com.sun.star.sheet.FormulaParser")
        mapper = self._document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
        parser.CompileEnglish = True
        parser.FormulaConvention = XL_A1
        parser.OpCodeMap = mapper.getAvailableMappings(XL_ENGLISH, ALL_GROUPS)
        return parser


def is_text(formula: str) -> bool:
    """True for a formula of nothing but texts, which LibreOffice and Excel write alike."""
    return bool(TEXTS.fullmatch(formula))


def first_cell(document_range: Any) -> Any:
    """The place of a range's first cell."""
    corner = document_range.RangeAddress
    return struct("table.CellAddress", Sheet=corner.Sheet, Column=corner.StartColumn, Row=corner.StartRow)


def _outside_quotes(change: Callable[[str], str], formula: str) -> str:
    pieces = PIECES.findall(formula)
    return "".join(piece if piece[0] in "\"'" else change(piece) for piece in pieces)


def _with_functions(piece: str) -> str:
    return CONSTANTS.sub(r"\1()", piece)


def _with_constants(piece: str) -> str:
    """LibreOffice writes a union of references with ~, the two constants as functions."""
    return re.sub(r"\b(TRUE|FALSE)\(\)", r"\1", piece).replace("~", ",")
