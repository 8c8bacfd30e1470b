"""Cell styles that change how a value reads: number format, strike-through, colour of the letters."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TypeVar

from lxml import etree

from kenpo_xl.domain.frozen import mutable
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.rich_text import is_struck

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58), "yyyy年m月d日"),
}  # fmt: skip
# Excel writes no longer code; one character more is kept of a longer one, to detect it.
LONGEST_FORMAT = 255
# The elements of a styles part before and after the cell styles; there may be very many of each.
_BEFORE = ("numFmt", "font", "fill", "border", "xf")
_AFTER = ("cellStyles", "dxfs", "tableStyles", "colors", "extLst")
_PALETTE = {"0": "000000", "1": "FFFFFF", "8": "000000", "9": "FFFFFF", "64": "000000", "65": "FFFFFF"}
_THEME = {"0": "FFFFFF", "1": "000000"}
_WHITE, _BLACK = "FFFFFF", "000000"
_DATE_LETTERS = frozenset("ymdeg")
_RGB = LazyPattern(r"[0-9A-F]{6}")
# Letters are invisible on a colour that differs by no more in red, green and blue.
_NEAR = 36


@mutable
class CellStyles:
    """Number format codes by the index of a cell style, and the indexes of styles with a certain effect.

    `dates` display dates, `struck` strike the text through, `invisible` draw letters in the cell's colour;
    `framed` have a border on some side, `filled` a colour, `crossed` a line from corner to corner.
    """

    formats: list[str] = field(default_factory=lambda: ["General"])
    dates: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    invisible: frozenset[int] = frozenset()
    framed: frozenset[int] = frozenset()
    filled: frozenset[int] = frozenset()
    crossed: frozenset[int] = frozenset()


def read_cell_styles(package: Package, part: str | None) -> CellStyles:
    """The cell styles of a workbook; General alone for one without a styles part."""
    if part is None:
        return CellStyles()
    codes, fonts, fills = dict(_BUILT_IN), list[tuple[bool, str]](), list[str]()
    borders, looks = list[tuple[bool, bool]](), list[tuple[bool, bool, bool]]()
    styles: list[tuple[str, bool, bool]] = []
    for element in package.elements(part, _BEFORE, until=_AFTER):
        match str(element.tag).rpartition("}")[2], _parent_name(element):
            case "numFmt", _:
                code = element.get("formatCode") or "General"
                codes[int(element.get("numFmtId") or 0)] = code[: LONGEST_FORMAT + 1]
            case "font", "fonts":
                fonts.append((is_struck(element), _normalized_colour(element.find("{*}color"), _BLACK)))
            case "fill", "fills":
                fills.append(_fill_colour(element))
            case "border", "borders":
                borders.append((_has_border(element), _has_diagonal(element)))
            case "xf", "cellXfs":
                code = codes.get(_integer_attribute(element, "numFmtId"), "General")
                struck, letters = _item_or_default(
                    fonts, _integer_attribute(element, "fontId"), (False, _BLACK)
                )
                ground = _item_or_default(fills, _integer_attribute(element, "fillId"), _WHITE)
                styles.append((code, struck, _is_invisible_on_background(letters, ground)))
                lines = _item_or_default(borders, _integer_attribute(element, "borderId"), (False, False))
                looks.append((lines[0], ground != _WHITE, lines[1]))
    return _styles_by_effect(styles, looks)


def _has_border(border: etree._Element) -> bool:
    """Whether a cell has a line on some side."""
    names = ("left", "right", "top", "bottom", "start", "end")
    sides = (border.find(f"{{*}}{name}") for name in names)
    return any(side is not None and side.get("style") not in (None, "none") for side in sides)


def _has_diagonal(border: etree._Element) -> bool:
    """Whether a line goes from corner to corner, by which forms say that a cell does not apply."""
    line = border.find("{*}diagonal")
    is_drawn = line is not None and line.get("style") not in (None, "none")
    return is_drawn and not {"1", "true"}.isdisjoint({border.get("diagonalUp"), border.get("diagonalDown")})


def _styles_by_effect(
    format_struck_invisible: list[tuple[str, bool, bool]], looks: list[tuple[bool, bool, bool]]
) -> CellStyles:
    """The styles by number format and what they do to a text, and by border, colour and diagonal line."""
    is_dated = {code: is_date_format(code) for code in {code for code, *_ in format_struck_invisible}}
    return CellStyles(
        [code for code, *_ in format_struck_invisible],
        frozenset(place for place, (code, *_) in enumerate(format_struck_invisible) if is_dated[code]),
        frozenset(place for place, (_, struck, _) in enumerate(format_struck_invisible) if struck),
        frozenset(place for place, (*_, unseen) in enumerate(format_struck_invisible) if unseen),
        *(frozenset(place for place, look in enumerate(looks) if look[at]) for at in range(3)),
    )


def is_date_format(code: str) -> bool:
    """Whether a number format displays a date; a time of day alone is a number below 1."""
    if "General" in code or _DATE_LETTERS.isdisjoint(code.lower()):
        return False
    bare = re.sub(r'"[^"]*"|\\.|G/標準|\[(?!h|m|s)[^\]]*\]', "", code.split(";")[0], flags=re.IGNORECASE)
    return bool(re.search(r"[ymdeg]", bare, re.IGNORECASE)) and "0" not in bare


def _integer_attribute(element: etree._Element, name: str) -> int:
    return int(element.get(name) or 0)


_Known = TypeVar("_Known")


def _item_or_default(items: list[_Known], index: int, default: _Known) -> _Known:
    return items[index] if 0 <= index < len(items) else default


def _fill_colour(fill: etree._Element) -> str:
    """The fill colour of a cell; '' for a pattern or a gradient."""
    pattern = fill.find("{*}patternFill")
    kind = None if pattern is None else pattern.get("patternType")
    if pattern is None or kind not in (None, "none", "solid"):
        return ""
    return _WHITE if kind in (None, "none") else _normalized_colour(pattern.find("{*}fgColor"), "")


def _normalized_colour(element: etree._Element | None, default: str) -> str:
    """A colour as text, equal for colours that look the same; `usual` without one."""
    if element is None or element.get("auto"):
        return default
    if element.get("rgb"):
        return (element.get("rgb") or "")[-6:].upper()
    theme, palette, tint = element.get("theme"), element.get("indexed"), element.get("tint")
    if tint:
        return f"{theme} {palette} {tint}"
    return _THEME.get(theme, f"theme {theme}") if theme else _PALETTE.get(palette or "", f"indexed {palette}")


def _is_invisible_on_background(letter_colour: str, background_colour: str) -> bool:
    """Whether letters are invisible on their cell, such as white on the pale yellow of an input cell."""
    if letter_colour == background_colour or not (
        _RGB.fullmatch(letter_colour) and _RGB.fullmatch(background_colour)
    ):
        return letter_colour == background_colour
    pairs = zip(bytes.fromhex(letter_colour), bytes.fromhex(background_colour), strict=True)
    return all(abs(one - other) <= _NEAR for one, other in pairs)


def _parent_name(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag).rpartition("}")[2]
