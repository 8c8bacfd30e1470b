"""The looks of cells that change how they read: number format, strike-through, colour of the letters."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TypeVar

from lxml import etree

from kenpo_xl.domain.frozen import mutable
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.rich_text import is_struck

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58), "yyyy年m月d日"),
}  # fmt: skip
# Excel writes no longer code; so much of a longer one is kept that it shows.
LONGEST_FORMAT = 255
# What a styles part holds before and after the looks of cells; there may be very many of each.
_BEFORE = ("numFmt", "font", "fill", "border", "xf")
_AFTER = ("cellStyles", "dxfs", "tableStyles", "colors", "extLst")
_PALETTE = {"0": "000000", "1": "FFFFFF", "8": "000000", "9": "FFFFFF", "64": "000000", "65": "FFFFFF"}
_THEME = {"0": "FFFFFF", "1": "000000"}
_WHITE, _BLACK = "FFFFFF", "000000"
_RGB = re.compile(r"[0-9A-F]{6}")
# Letters are not seen on a colour that differs by no more in red, green and blue.
_NEAR = 36


@mutable
class Looks:
    """By the index of a cell style: number format codes, and the indexes of those with a certain look.

    `dates` show a day, `struck` strike the text through, `unseen` have letters in the colour of the cell.
    """

    formats: list[str] = field(default_factory=lambda: ["General"])
    dates: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    unseen: frozenset[int] = frozenset()


def read_looks(package: Package, part: str | None) -> Looks:
    """The looks of a workbook; General for one without a part for them."""
    if part is None:
        return Looks()
    codes, fonts, fills = dict(_BUILT_IN), list[tuple[bool, str]](), list[str]()
    styles: list[tuple[str, bool, bool]] = []
    for element in package.elements(part, _BEFORE, until=_AFTER):
        match str(element.tag).rpartition("}")[2], _parent(element):
            case "numFmt", _:
                code = element.get("formatCode") or "General"
                codes[int(element.get("numFmtId") or 0)] = code[: LONGEST_FORMAT + 1]
            case "font", "fonts":
                fonts.append((is_struck(element), _colour(element.find("{*}color"), _BLACK)))
            case "fill", "fills":
                fills.append(_filled(element))
            case "xf", "cellXfs":
                code = codes.get(_index(element, "numFmtId"), "General")
                struck, letters = _at(fonts, _index(element, "fontId"), (False, _BLACK))
                ground = _at(fills, _index(element, "fillId"), _WHITE)
                styles.append((code, struck, _are_alike(letters, ground)))
    is_dated = {code: is_date(code) for code in {code for code, *_ in styles}}
    return Looks(
        [code for code, *_ in styles],
        frozenset(place for place, (code, *_) in enumerate(styles) if is_dated[code]),
        frozenset(place for place, (_, struck, _) in enumerate(styles) if struck),
        frozenset(place for place, (*_, unseen) in enumerate(styles) if unseen),
    )


def is_date(code: str) -> bool:
    """Whether a number format shows a day; a time of day alone counts as a number below 1."""
    bare = re.sub(r'"[^"]*"|\\.|G/標準|\[(?!h|m|s)[^\]]*\]', "", code.split(";")[0], flags=re.IGNORECASE)
    return bool(re.search(r"[ymdeg]", bare, re.IGNORECASE)) and "General" not in code and "0" not in bare


def _index(element: etree._Element, name: str) -> int:
    return int(element.get(name) or 0)


_Known = TypeVar("_Known")


def _at(known: list[_Known], place: int, usual: _Known) -> _Known:
    return known[place] if 0 <= place < len(known) else usual


def _filled(fill: etree._Element) -> str:
    """The colour of a cell; '' for a pattern or a gradient."""
    pattern = fill.find("{*}patternFill")
    kind = None if pattern is None else pattern.get("patternType")
    if pattern is None or kind not in (None, "none", "solid"):
        return ""
    return _WHITE if kind in (None, "none") else _colour(pattern.find("{*}fgColor"), "")


def _colour(element: etree._Element | None, usual: str) -> str:
    """A colour so that two that look the same are equal."""
    if element is None or element.get("auto"):
        return usual
    if element.get("rgb"):
        return (element.get("rgb") or "")[-6:].upper()
    theme, palette, tint = element.get("theme"), element.get("indexed"), element.get("tint")
    if tint:
        return f"{theme} {palette} {tint}"
    return _THEME.get(theme, f"theme {theme}") if theme else _PALETTE.get(palette or "", f"indexed {palette}")


def _are_alike(letters: str, ground: str) -> bool:
    """Whether letters cannot be seen on the colour of their cell: white on the pale yellow of our cells."""
    if letters == ground or not (_RGB.fullmatch(letters) and _RGB.fullmatch(ground)):
        return letters == ground
    pairs = zip(bytes.fromhex(letters), bytes.fromhex(ground), strict=True)
    return all(abs(one - other) <= _NEAR for one, other in pairs)


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag).rpartition("}")[2]
