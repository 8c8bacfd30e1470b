"""The template of the status report as values: pattern rows, columns, page setup and cover.

Sheet 本文 is a small report page. Column A, outside its print area, names the pattern of each row.
Cells with text, and merged cells, are the slots that a report fills; all others are copied with their styles.
Lengths are whole pixels (¾ point), so that Excel and LibreOffice agree on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from kenpo_xl.books.report.template.conditions import Condition
from kenpo_xl.books.report.template.drawn_sheet import DrawnSheet, Picture
from kenpo_xl.books.report.template.options import TemplateOptions
from kenpo_xl.books.report.template.page_setup import GRID, PageSetup
from kenpo_xl.books.report.template.screen_widths import SheetColumns
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.lengths import Pixels
from kenpo_xl.domain.plan.placeholders import CALENDAR_WORDS, is_placeholder
from kenpo_xl.errors import KenpoError

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
PLAN, PROGRESS, RATING = "計画内容", "実施状況", "評価"
# The columns that every body has, in their usual order.
MAIN_COLUMNS = (PLAN, PROGRESS, RATING)
# The placeholders besides those of the calendar, on any sheet and in sheet 本文.
_WORDS = (
    "西暦年度",
    "和暦年度",
    "支部",
    "表題",
    "四半期",
    "開催日",
    "会議",
    "資料番号",
    "基準日",
    "案",
    "別添",
)
BODY_WORDS = ("章", "節", "項", "凡例")
"""Those of sheet 本文 alone, but for the number of its pages."""
_PLACEHOLDER = LazyPattern(r"\{([^{}]+)\}")
# What goes with an empty word: brackets around it, a slash before it.
_WITH_MARKS = LazyPattern(r"（\{([^{}]+)\}）| *[/／] *\{([^{}]+)\}")


@frozen
class Zone:
    """One of the columns of the body, as the first and the last of the sheet's columns."""

    first: int
    last: int


@frozen
class ColumnName:
    """What a column of the body contains: a main one, or the column of 施策 of that name.

    `sample` is the text of a further column in row 本文, printed where 施策 has no column of that name.
    """

    name: str
    sample: str = ""


@frozen
class FurtherColumn:
    """A column of the body besides the main ones."""

    zone: Zone
    name: str
    sample: str


@frozen
class SlotCondition:
    """A conditional format of a slot; its formulas are for the cell at `row` and `column` of sheet 本文."""

    condition: Condition
    row: int
    column: int


@frozen
class Slot:
    """A cell of a pattern row that takes text: the sheet's columns (from 0), style and sample text."""

    first: int
    last: int
    style: Style
    text: str
    conditions: tuple[SlotCondition, ...] = ()


@frozen
class Pattern:
    """A pattern row: height in pixels, slots from left to right, styles that are visible in an empty cell."""

    name: str
    height: int
    slots: tuple[Slot, ...]
    painted: tuple[tuple[int, Style], ...]

    @cached_property
    def is_bare(self) -> bool:
        """True where the row shows nothing but its texts and lines beside them."""
        styles = (*(slot.style for slot in self.slots), *(style for _, style in self.painted))
        return all(style.is_bare for style in styles)

    def slot_in_zone(self, zone: Zone) -> Slot:
        """The first slot that begins in the zone; KenpoError without one."""
        for slot in self.slots:
            if zone.first <= slot.first <= zone.last:
                return slot
        raise KenpoError(
            f"ひな形の行「{self.name}」に、文を入れるセルが足りません。見本の文が入った状態に戻してください。"
        )


@frozen
class Template:
    """The layout and the styles of a report.

    `characters` are the widths of the columns as Excel stores them. `notes` are sentences for the planner on
    features of the template that a report does not follow. `header_pictures` are those in the header rows.
    """

    patterns: Mapping[str, Pattern]
    characters: tuple[float, ...]
    columns: SheetColumns
    setup: PageSetup
    cover: DrawnSheet
    default: Style
    column_names: tuple[ColumnName, ...]
    notes: tuple[str, ...] = ()
    further_sheets: tuple[DrawnSheet, ...] = ()
    header_pictures: tuple[Picture, ...] = ()
    options: TemplateOptions = TemplateOptions()

    def __getitem__(self, name: str) -> Pattern:
        return self.patterns[name]

    @cached_property
    def column_zones(self) -> tuple[Zone, Zone, Zone]:
        """The columns of 計画内容, 実施状況 and 評価, by the span of their headers."""
        zones = {column.name: zone for column, zone in self._columns_with_zones}
        return zones[PLAN], zones[PROGRESS], zones[RATING]

    @cached_property
    def further_columns(self) -> tuple[FurtherColumn, ...]:
        """The columns besides the main ones, from left to right."""
        return tuple(
            FurtherColumn(zone, column.name, column.sample)
            for column, zone in self._columns_with_zones
            if column.name not in MAIN_COLUMNS
        )

    @property
    def _columns_with_zones(self) -> list[tuple[ColumnName, Zone]]:
        zones = [Zone(slot.first, slot.last) for slot in self[HEADERS].slots]
        return list(zip(self.column_names, zones, strict=True))

    def height_below_headers(self, headers: int) -> Pixels:
        """The height in pixels that a page has below repeated headers of this height."""
        on_grid = all(pattern.height % GRID == 0 for pattern in self.patterns.values())
        return self.setup.usable_height_pixels(on_grid=on_grid) - headers

    @property
    def column_pixels(self) -> tuple[int, ...]:
        """The widths of the columns in pixels."""
        return self.columns.pixels


def filled_text(text: str, words: Mapping[str, str], *, location: str) -> str:
    """The text with its {placeholders} replaced; （…） around an empty word, and / before it, are removed.

    KenpoError for an unknown placeholder, which it names with its `location`.
    """
    for name in _PLACEHOLDER.findall(text):
        if not (name in words or name in (*_WORDS, *BODY_WORDS, PAGE_TOTAL) or is_placeholder(name)):
            raise KenpoError(_unknown_word_message(name, location))
    text = _WITH_MARKS.sub(lambda found: found.group() if words.get(found[1] or found[2]) else "", text)
    return _PLACEHOLDER.sub(lambda found: words.get(found.group(1), ""), text)


def _unknown_word_message(name: str, location: str) -> str:
    """That a placeholder is unknown, with the list of those that there are."""
    known = dict.fromkeys((*_WORDS, *CALENDAR_WORDS))
    anywhere = " ".join(f"{{{word}}}" for word in known)
    in_body = " ".join(f"{{{word}}}" for word in (*BODY_WORDS, PAGE_TOTAL))
    return (
        f"ひな形の{location}にある {{{name}}} は使えない語です。使える語に直してください: "
        f"{anywhere} {{4月}} {{前年4月}}（月は 1～12）、シート「{BODY}」ではほかに {in_body}。"
    )


def text_with_known_words(text: str, words: Mapping[str, str]) -> str:
    """The text with the placeholders replaced that there are."""
    return _PLACEHOLDER.sub(lambda found: words.get(found.group(1), found.group()), text)


def filled_text_or_empty(text: str, words: Mapping[str, str], *, location: str) -> str:
    """The text as by `filled_text`, but empty where it has placeholders and all of them are empty."""
    names = _PLACEHOLDER.findall(text)
    done = filled_text(text, words, location=location)
    return "" if names and not any(words.get(name) for name in names) else done
