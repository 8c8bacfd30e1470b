"""Rectangles drawn over the cells of a sheet: bars, bands and marks that every application shows alike."""

from __future__ import annotations

from typing import Any

from kenpo_xl.domain.frozen import frozen

DARK, BAND, TRACK, WHITE = "#1F3864", "#BFC9DA", "#F2F2F2", "#FFFFFF"
_LINE = 1


@frozen
class Place:
    """A cell, counted from 0, in which drawing begins."""

    row: int
    column: int


@frozen
class Box:
    """A rectangle in pixels from the top left of a cell."""

    left: float
    top: float
    width: float
    height: float


class DrawnBars:
    """Draws on one worksheet; what a rectangle means is its alternative text, once for each group of them."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    def draw(self, place: Place, box: Box, fill: str, *, outlined: bool = False, meaning: str = "") -> None:
        """Draw a rectangle; an outlined one has a dark line around it."""
        line = {"color": DARK, "width": _LINE} if outlined else {"none": True}
        options = {
            "x_offset": round(box.left),
            "y_offset": round(box.top),
            "width": max(round(box.width), 1),
            "height": max(round(box.height), 1),
            "fill": {"color": fill},
            "line": line,
            # Moved and sized with its cells.
            "object_position": 1,
            "description": meaning,
            "decorative": not meaning,
        }
        self._sheet.insert_textbox(place.row, place.column, "", options)
