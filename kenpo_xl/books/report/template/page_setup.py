"""How a sheet is printed: paper, margins, scale; lengths in whole pixels (¾ point)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kenpo_xl.domain.frozen import frozen

POINT = 0.75
# Points of a row whose height the file does not state.
DEFAULT_HEIGHT = 15.0
# Excel numbers paper sizes: Letter, tabloid, Legal, A3, A4, A5, B4, B5, A2, A6, B6. Sides in points, the
# short one first.
_PAPERS = {
    1: (612.0, 792.0),
    3: (792.0, 1224.0),
    5: (612.0, 1008.0),
    8: (841.9, 1190.6),
    9: (595.3, 841.9),
    11: (419.5, 595.3),
    12: (728.5, 1031.8),
    13: (515.9, 728.5),
    66: (1190.6, 1683.8),
    70: (297.6, 419.5),
    88: (362.8, 515.9),
}
A4 = 9
_B5 = 13
LIST_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.5}
"""Those of 概要 and KPI一覧."""
# The share of a page that is used: printers do not print its edges, every screen rounds heights and widths in
# its own way, and a page that is one point too full would become two.
_USED = 0.94
# Rows of whole steps of this many pixels have the same height on screens at 100, 125, 150, 175 and 200 %. If
# all of a template's have, more of the height of a page is used.
GRID = 4
_USED_OF_GRID = 0.97


def paper_number_or_a4(number: int | None) -> int:
    """Excel's number of a paper size whose sides are known; that of A4 for another one, or for none."""
    return number if number in _PAPERS else A4


@frozen
class PageSetup:
    """How a sheet is printed: margins in inches, by side; `scale` in per cent of the designed size."""

    paper: int
    landscape: bool
    margins: Mapping[str, float]
    header: str
    footer: str
    centred_across: bool
    centred_down: bool
    scale: int = 100

    @property
    def for_lists(self) -> PageSetup:
        """The setup of 概要 and of the lists, in which the letters of their many columns can be read.

        It is on this paper, on A4 instead of paper smaller than B5; in portrait only where that is as wide
        as A4 in landscape.
        """
        short, long = _PAPERS[self.paper]
        return replace(
            self,
            paper=self.paper if long >= max(_PAPERS[_B5]) else A4,
            landscape=self.landscape or short < max(_PAPERS[A4]),
            scale=100,
        )

    def set_page(self, sheet: Any) -> None:
        """Set paper and orientation of an XlsxWriter worksheet."""
        sheet.set_paper(self.paper)
        if self.landscape:
            sheet.set_landscape()
        else:
            sheet.set_portrait()

    def with_margins(self, sides: Mapping[str, float]) -> PageSetup:
        """The setup with other margins at these sides."""
        return replace(self, margins={**self.margins, **sides})

    @property
    def printable_width_points(self) -> float:
        """The printable width in points."""
        short, long = _PAPERS[self.paper]
        return (long if self.landscape else short) - 72 * (self.margins["left"] + self.margins["right"])

    @property
    def printable_height_points(self) -> float:
        """The printable height in points."""
        short, long = _PAPERS[self.paper]
        return (short if self.landscape else long) - 72 * (self.margins["top"] + self.margins["bottom"])

    def printed_points(self, pixels: float) -> float:
        """The points on paper of so many pixels of the sheet."""
        return pixels * POINT * self.scale / 100

    @property
    def usable_width_pixels(self) -> float:
        """The pixels that are used of the width of a page before it is scaled."""
        return self.printable_width_points * _USED * 100 / self.scale / POINT

    def usable_height_pixels(self, *, on_grid: bool) -> int:
        """The pixels that one page contains before it is scaled, of rows on the grid or of others."""
        used = _USED_OF_GRID if on_grid else _USED
        return math.floor(self.printable_height_points * used * 100 / self.scale / POINT)

    def scaled_to_fit(self, width: float, height: float = 0) -> PageSetup:
        """The setup with a scale at which these pixels fit on one page; its own scale where they do."""
        fitting = [
            self.printable_width_points / (width * POINT),
            self.printable_height_points / (height * POINT or 1),
        ]
        scale = min(self.scale, *(math.floor(100 * _USED * share) for share in fitting))
        return self if scale == self.scale else replace(self, scale=scale)


def points_to_pixels(points: float) -> int:
    """Points as whole pixels, rounded up."""
    return math.ceil(points / POINT - 1e-6)


def points_to_grid_pixels(points: float) -> int:
    """Points as pixels in whole steps of the grid, rounded up."""
    return math.ceil(points / POINT / GRID - 1e-6) * GRID
