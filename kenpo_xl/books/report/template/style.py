"""The style of a template's cell as XlsxWriter properties, with its colours resolved."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized

Properties = tuple[tuple[str, Any], ...]

_SIDES = ("left", "right", "top", "bottom")
_LINES = {
    "thin": 1,
    "medium": 2,
    "dashed": 3,
    "dotted": 4,
    "thick": 5,
    "double": 6,
    "hair": 7,
    "mediumDashed": 8,
    "dashDot": 9,
    "mediumDashDot": 10,
    "dashDotDot": 11,
    "mediumDashDotDot": 12,
    "slantDashDot": 13,
}
# In the order of XlsxWriter's numbers, from 1 on.
_PATTERNS = (
    *("solid", "mediumGray", "darkGray", "lightGray", "darkHorizontal", "darkVertical", "darkDown", "darkUp"),
    *("darkGrid", "darkTrellis", "lightHorizontal", "lightVertical", "lightDown", "lightUp", "lightGrid"),
    *("lightTrellis", "gray125", "gray0625"),
)
_FILLS = {name: number for number, name in enumerate(_PATTERNS, start=1)}
_UNDERLINES = {"single": 1, "double": 2, "singleAccounting": 33, "doubleAccounting": 34}
_SCRIPTS = {"superscript": 1, "subscript": 2}
_ACROSS = {"centerContinuous": "center_across"}
_UPRIGHT = {"center": "vcenter", "justify": "vjustify", "distributed": "vdistributed"}
# Fonts with much space between lines, by the beginning of their name, the longer one first.
_TALL_FONTS = (
    *(("meiryoui", 1.35), ("meiryo", 1.7), ("メイリオ", 1.7)),
    *(("yugothic", 1.7), ("yumincho", 1.7), ("游", 1.7)),
)
_SCHEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")


@frozen
class Style:
    """XlsxWriter properties of a cell, hashable."""

    properties: Properties = ()

    @cached_property
    def properties_by_name(self) -> dict[str, Any]:
        """The properties by name."""
        return dict(self.properties)

    @cached_property
    def wrapped(self) -> Style:
        """The style with wrapped text."""
        return self.with_properties(text_wrap=True)

    @cached_property
    def shrunk(self) -> Style:
        """The style with text in one line, in smaller letters where it is too long."""
        upright = "top" if self.has_spread_lines else self.properties_by_name.get("valign")
        return self.with_properties(text_wrap=None, shrink=True, valign=upright)

    @property
    def font_size(self) -> float:
        """The font size in points."""
        return float(self.properties_by_name.get("font_size", 11))

    @property
    def leading(self) -> float:
        """How far apart Excel sets lines of this font at least, in font sizes; 1 where that is usual."""
        name = normalized(str(self.properties_by_name.get("font_name", ""))).replace(" ", "").casefold()
        return next((far for start, far in _TALL_FONTS if name.startswith(start)), 1.0)

    @property
    def has_spread_lines(self) -> bool:
        """True where lines are spread over the height of the cell."""
        return self.properties_by_name.get("valign") in {"vjustify", "vdistributed"}

    @property
    def is_centred(self) -> bool:
        """True where text is in the middle between both sides."""
        return self.properties_by_name.get("align") in {"center", "center_across", "distributed"}

    @property
    def indent_steps(self) -> int:
        """The indent in Excel's steps."""
        return int(self.properties_by_name.get("indent", 0))

    @cached_property
    def has_border(self) -> bool:
        """True where a line runs along a side or through the cell."""
        return any(side in self.properties_by_name for side in (*_SIDES, "diag_border"))

    @property
    def is_bare(self) -> bool:
        """True without a fill, and without a line above, below or through the cell."""
        return self.properties_by_name.keys().isdisjoint(("pattern", "top", "bottom", "diag_border"))

    @property
    def is_visible_when_empty(self) -> bool:
        """True where an empty cell of this style is visible."""
        return self.has_border or "pattern" in self.properties_by_name

    def with_properties(self, **changes: Any) -> Style:
        """The style with some properties set, or removed where the value is None."""
        values = {**self.properties_by_name, **changes}
        return Style(tuple(sorted((key, value) for key, value in values.items() if value is not None)))

    def with_right_border_of(self, other: Style) -> Style:
        """The style with the right border of another one, as a merged cell has it of its last cell."""
        return self.with_properties(
            right=other.properties_by_name.get("right"),
            right_color=other.properties_by_name.get("right_color"),
        )

    def with_last_sides_of(self, last: Style) -> Style:
        """The style of a merged cell: its first cell's, with the right and lower sides of its last one."""
        names = ("right", "right_color", "bottom", "bottom_color")
        return self.with_properties(**{name: last.properties_by_name.get(name) for name in names})

    def without_borders(self, *sides: str) -> Style:
        """The style without the lines at these sides."""
        return self.with_properties(
            **{f"{side}{suffix}": None for side in sides for suffix in ("", "_color")}
        )


@dataclass
class Palette:
    """Reads styles of one workbook; each style is read once."""

    theme: Mapping[int, str]
    known: dict[int, Style] = field(default_factory=dict)

    @classmethod
    def of_workbook(cls, workbook: Any) -> Palette:
        """The palette of an openpyxl workbook with its own theme colours."""
        return cls(_theme_colours(workbook.loaded_theme))

    def style(self, cell: Any) -> Style:
        """The style of an openpyxl cell."""
        key = cell.style_id
        if key not in self.known:
            self.known[key] = Style(tuple(sorted(self._cell_properties(cell).items())))
        return self.known[key]

    def _cell_properties(self, cell: Any) -> dict[str, Any]:
        values = {
            **self._font_properties(cell.font),
            **self._fill_properties(cell.fill),
            **_alignment_properties(cell.alignment),
        }
        for side in (*_SIDES, "diagonal"):
            values.update(self._border_properties(side, getattr(cell.border, side)))
        if "diag_border" in values:
            values["diag_type"] = (1 if cell.border.diagonalUp else 0) + (
                2 if cell.border.diagonalDown else 0
            )
        if cell.number_format != "General":
            values["num_format"] = cell.number_format
        return values

    def _font_properties(self, font: Any) -> dict[str, Any]:
        values = {
            "font_name": font.name,
            "font_size": font.size,
            "bold": font.bold or None,
            "italic": font.italic or None,
            "underline": _UNDERLINES.get(font.underline or ""),
            "font_script": _SCRIPTS.get(font.vertAlign or ""),
            "font_outline": font.outline or None,
            "font_shadow": font.shadow or None,
            "font_strikeout": font.strike or None,
            "font_color": self.hex_colour(font.color),
        }
        return {key: value for key, value in values.items() if value is not None}

    def _fill_properties(self, fill: Any) -> dict[str, Any]:
        pattern = _FILLS.get(getattr(fill, "patternType", None) or "")
        if pattern is None:
            return {}
        front, back = self.hex_colour(fill.fgColor), self.hex_colour(fill.bgColor)
        if pattern == 1:
            return {"pattern": 1, "fg_color": front or "#FFFFFF"}
        return {"pattern": pattern, "fg_color": front or "#000000", "bg_color": back or "#FFFFFF"}

    def _border_properties(self, side: str, line: Any) -> dict[str, Any]:
        style = _LINES.get((line and line.style) or "")
        if style is None:
            return {}
        name = "diag" if side == "diagonal" else side
        colour = self.hex_colour(line.color)
        return {"diag_border" if name == "diag" else name: style} | (
            {f"{name}_color": colour} if colour else {}
        )

    def hex_colour(self, colour: Any) -> str | None:
        """#RRGGBB, or None where the application's own colour is meant."""
        if colour is None:
            return None
        if colour.type == "rgb" and isinstance(colour.rgb, str):
            found: str | None = colour.rgb[-6:]
        elif colour.type == "theme":
            found = self.theme.get(colour.theme)
        else:
            found = _indexed_colour(colour.indexed)
        return f"#{tinted_colour(found, colour.tint or 0.0)}" if found else None


def tinted_colour(rgb: str, tint: float) -> str:
    """A colour made lighter (tint above 0) or darker (below), as Excel does it."""
    if not tint:
        return rgb.upper()
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, strength))


def _alignment_properties(alignment: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if alignment.horizontal and alignment.horizontal != "general":
        values["align"] = _ACROSS.get(alignment.horizontal, alignment.horizontal)
    if alignment.vertical and alignment.vertical != "bottom":
        values["valign"] = _UPRIGHT.get(alignment.vertical, alignment.vertical)
    if alignment.indent:
        values["indent"] = int(alignment.indent)
    if alignment.wrap_text:
        values["text_wrap"] = True
    if alignment.shrink_to_fit:
        values["shrink"] = True
    if alignment.textRotation:
        values["rotation"] = _xlsxwriter_rotation(alignment.textRotation)
    return values


def _xlsxwriter_rotation(degrees: int) -> int:
    """Degrees for XlsxWriter: Excel stores downward angles as 90 + degrees, stacked letters (270) as 255."""
    if degrees == 255:
        return 270
    return degrees if degrees <= 90 else 90 - degrees


def _indexed_colour(index: Any) -> str | None:
    from openpyxl.styles.colors import COLOR_INDEX

    return COLOR_INDEX[index][-6:] if isinstance(index, int) and index < 64 else None


def _theme_colours(theme: bytes | str | None) -> dict[int, str]:
    """The colours of a theme by their index in cell styles."""
    if not theme:
        return dict(enumerate(("FFFFFF", "000000")))
    from kenpo_xl.ooxml.safe_xml import parse_xml

    root = parse_xml(theme.encode() if isinstance(theme, str) else theme)
    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    found = {}
    for number, name in enumerate(_SCHEME):
        colour = root.find(f".//{space}clrScheme/{space}{name}/*")
        if colour is not None:
            found[number] = str(colour.get("lastClr") or colour.get("val"))
    return found
