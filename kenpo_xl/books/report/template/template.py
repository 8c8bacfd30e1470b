"""The template of the status report as values: pattern rows, columns, page setup and cover.

Sheet 本文 is a small report page. Column A, outside its print area, names the pattern of each row.
Cells with text, and merged cells, are the slots that a report fills; all others are copied with their styles.
Lengths are whole pixels (¾ point), so that Excel and LibreOffice agree on them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from kenpo_xl.books.report.template.options import TemplateOptions
from kenpo_xl.books.report.template.screen_widths import SheetColumns, Width
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.placeholders import CALENDAR_WORDS, is_placeholder
from kenpo_xl.errors import KenpoError

POINT = 0.75
# Points of a row whose height the file does not state.
DEFAULT_HEIGHT = 15.0
COVER, BODY = "表紙", "本文"
RUNNING, HEADERS, SECTION, ITEM, CONTINUED = "節見出し", "列見出し", "節の題", "項見出し", "続き"
TEXT, KPI, CAPTION, TABLE_HEADER, TABLE_ROW, NOTE = "本文", "KPI", "表題", "表見出し", "表の行", "注"
GAP, SPACE, CLOSING = "すき間", "余白", "結び"
# Each pattern and how many slots it needs, from left to right.
PATTERNS = {
    RUNNING: 1,
    HEADERS: 3,
    SECTION: 2,
    ITEM: 2,
    CONTINUED: 2,
    TEXT: 3,
    KPI: 1,
    CAPTION: 1,
    TABLE_HEADER: 2,
    TABLE_ROW: 5,
    NOTE: 1,
    GAP: 0,
    SPACE: 0,
    CLOSING: 0,
}
PAGE_TOTAL = "総ページ"
# The placeholders besides those of the calendar, on any sheet and in sheet 本文.
_WORDS = ("西暦年度", "和暦年度", "支部", "表題", "四半期", "開催日", "会議", "資料番号", "基準日", "案")
_BODY_WORDS = ("章", "節", "項", "凡例", PAGE_TOTAL)
# Excel's numbers of paper sizes: Letter, A3, A4, A5, B4, B5; short and long side in points.
_PAPERS = {
    1: (612.0, 792.0),
    8: (841.9, 1190.6),
    9: (595.3, 841.9),
    11: (419.5, 595.3),
    12: (728.5, 1031.8),
    13: (515.9, 728.5),
}
# The share of a page that is used: printers do not print its edges, every screen rounds heights and widths in
# its own way, and a page that is one point too full would become two.
_USED = 0.94
# Rows of whole steps of this many pixels have the same height on screens at 100, 125, 150, 175 and 200 %. If
# all of a template's have, more of the height of a page is used.
GRID = 4
_USED_OF_GRID = 0.97
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
# What goes with an empty word: brackets around it, a slash before it.
_WITH_MARKS = re.compile(r"（\{([^{}]+)\}）| *[/／] *\{([^{}]+)\}")


@frozen
class Zone:
    """One of the three columns of the report, as the first and the last of the sheet's columns."""

    first: int
    last: int


@frozen
class Slot:
    """A cell of a pattern row that takes text: the sheet's columns (from 0), style and sample text."""

    first: int
    last: int
    style: Style
    text: str


@frozen
class Pattern:
    """A pattern row: height in pixels, slots from left to right, styles that are visible in an empty cell."""

    name: str
    height: int
    slots: tuple[Slot, ...]
    painted: tuple[tuple[int, Style], ...]

    def slot_in_zone(self, zone: Zone) -> Slot:
        """The first slot that begins in the zone."""
        for slot in self.slots:
            if zone.first <= slot.first <= zone.last:
                return slot
        raise KenpoError(
            f"ひな形の行「{self.name}」に、文を入れるセルが足りません。見本の文が入った状態に戻してください。"
        )


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
    def printable_width_points(self) -> float:
        """The printable width in points."""
        short, long = _PAPERS.get(self.paper, _PAPERS[9])
        return (long if self.landscape else short) - 72 * (self.margins["left"] + self.margins["right"])

    @property
    def _printable_height_points(self) -> float:
        short, long = _PAPERS.get(self.paper, _PAPERS[9])
        return (short if self.landscape else long) - 72 * (self.margins["top"] + self.margins["bottom"])

    def usable_height_pixels(self, *, on_grid: bool) -> int:
        """The pixels that one page contains before it is scaled, of rows on the grid or of others."""
        used = _USED_OF_GRID if on_grid else _USED
        return math.floor(self._printable_height_points * used * 100 / self.scale / POINT)

    def scaled_to_fit(self, width: float, height: float = 0) -> PageSetup:
        """The setup with a scale at which these pixels fit on one page; its own scale where they do."""
        fitting = [
            self.printable_width_points / (width * POINT),
            self._printable_height_points / (height * POINT or 1),
        ]
        scale = min(self.scale, *(math.floor(100 * _USED * share) for share in fitting))
        return self if scale == self.scale else replace(self, scale=scale)


@frozen
class CoverCell:
    """A cell of the cover with the last row and column it is merged with, counted from 0."""

    row: int
    column: int
    last_row: int
    last_column: int
    value: str | float | None
    style: Style


@frozen
class Cover:
    """The cover as drawn: cells in reading order, row heights in points, column widths in characters."""

    cells: tuple[CoverCell, ...]
    heights: Mapping[int, float]
    characters: tuple[float, ...]
    columns: SheetColumns
    setup: PageSetup
    print_area: tuple[int, int, int, int]

    def cell_size(self, cell: CoverCell) -> tuple[Width, int]:
        """Width and height of a cell; the height in pixels."""
        return self.columns.width(cell.column, cell.last_column), self.rows_pixel_height(
            cell.row, cell.last_row
        )

    def rows_pixel_height(self, first: int, last: int) -> int:
        """The height in pixels of the rows from `first` to `last`."""
        return sum(points_to_pixels(self.heights.get(row, DEFAULT_HEIGHT)) for row in range(first, last + 1))


@frozen
class Template:
    """The layout and the styles of a report.

    `characters` are the widths of the columns as Excel stores them. `notes` are sentences for the planner on
    features of the template that a report does not follow.
    """

    patterns: Mapping[str, Pattern]
    characters: tuple[float, ...]
    columns: SheetColumns
    setup: PageSetup
    cover: Cover
    default: Style
    notes: tuple[str, ...] = ()
    options: TemplateOptions = TemplateOptions()

    def __getitem__(self, name: str) -> Pattern:
        return self.patterns[name]

    @cached_property
    def column_zones(self) -> tuple[Zone, Zone, Zone]:
        """The columns of 計画内容, 実施状況 and 評価, by the span of their headers."""
        left, right, rating = (Zone(slot.first, slot.last) for slot in self[HEADERS].slots[:3])
        return left, right, rating

    def height_below_headers(self, headers: int) -> int:
        """The height in pixels that a page has below repeated headers of this height."""
        on_grid = all(pattern.height % GRID == 0 for pattern in self.patterns.values())
        return self.setup.usable_height_pixels(on_grid=on_grid) - headers

    @property
    def column_pixels(self) -> tuple[int, ...]:
        """The widths of the columns in pixels."""
        return self.columns.pixels


def points_to_pixels(points: float) -> int:
    """Points as whole pixels, rounded up."""
    return math.ceil(points / POINT - 1e-6)


def points_to_grid(points: float) -> int:
    """Points as pixels in whole steps of the grid, rounded up."""
    return math.ceil(points / POINT / GRID - 1e-6) * GRID


def filled_text(text: str, words: Mapping[str, str], *, location: str) -> str:
    """The text with its {placeholders} replaced; （…） around an empty word, and / before it, are removed."""
    for name in _PLACEHOLDER.findall(text):
        if not (name in words or name in (*_WORDS, *_BODY_WORDS) or is_placeholder(name)):
            raise KenpoError(_unknown_word_message(name, location))
    text = _WITH_MARKS.sub(lambda found: found.group() if words.get(found[1] or found[2]) else "", text)
    return _PLACEHOLDER.sub(lambda found: words.get(found.group(1), ""), text)


def _unknown_word_message(name: str, location: str) -> str:
    """That a placeholder is unknown, with the list of those that there are."""
    known = dict.fromkeys((*_WORDS, *CALENDAR_WORDS))
    anywhere = " ".join(f"{{{word}}}" for word in known)
    in_body = " ".join(f"{{{word}}}" for word in _BODY_WORDS)
    return (
        f"ひな形の{location}にある {{{name}}} は使えない語です。使える語に直してください: "
        f"{anywhere} {{4月}} {{前年4月}}（月は 1～12）、シート「{BODY}」ではほかに {in_body}。"
    )


def filled_text_or_empty(text: str, words: Mapping[str, str], *, location: str) -> str:
    """The text as by `filled_text`, but empty where it has placeholders and all of them are empty."""
    names = _PLACEHOLDER.findall(text)
    done = filled_text(text, words, location=location)
    return "" if names and not any(words.get(name) for name in names) else done
