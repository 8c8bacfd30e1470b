"""Makes templates/status_report.xlsx for the first time; afterwards staff restyle it in Excel.

It makes templates/plan_book.xlsx as well, the plan book that `kenpo-xl init` copies.

    .venv/bin/python scripts/make_templates.py [folder]

The same bytes every time. Whoever restyled the template must not run this: it would be made anew.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from scripts.paths import TEMPLATES
from scripts.plan_drawing import write_plan_book
from scripts.starter import starter_plan_book

FONT = "BIZ UDゴシック"
# 10.5 points are 14 pixels: a half-width letter is exactly 7 pixels wide in every application.
SIZE = 10.5
NAVY, PALE, LINE, GREY, RULE = "#1F3864", "#DCE6F2", "#1F3864", "#595959", "#8EA9C8"
HEADER_FILL, ROW_FILL = "#E9EEF5", "#F5F7FA"
DRAFT = f'&C&"{FONT},太字"&14{{案}}'
HEADER = f'{DRAFT}&R&"{FONT},標準"&8&K595959{{和暦年度}}{{四半期}}　{{表題}}　{{資料番号}}'
FOOTER = f'&C&"{FONT},標準"&9&P / {{総ページ}}'

# Widths in pixels: the names, then 計画内容 (edge, text, narrow columns that a text may leave empty, edge),
# 実施状況 (equal narrow columns, in which tables are set), 評価.
NAMES = 92
LEFT = (9, 285, 8, 8, 8, 8, 8, 7)
RIGHT_COUNT, RIGHT = 63, 9
RATING = 54
# Per cent. Excel rounds widths for each screen scaling by itself: so little of the page is filled that the
# sheet stays one page wide on all of them. Columns of 9 pixels lose least by that rounding.
SCALE = 90
# Name, values (the first is this template's) and meaning of each option.
OPTIONS = (
    (
        "改ページ",
        ("章ごと", "節ごと"),
        "新しいページから始めるもの。「章ごと」では、章の中の節が同じページに続きます。",
    ),
    (
        "計画内容の幅",
        ("文に合わせる", "ひな形のとおり"),
        "「文に合わせる」では、計画内容と実施状況の幅の割合を、ページが少なくなるように変えます。",
    ),
    (
        "ブロックの間",
        ("ページに合わせる", "ひな形のとおり"),
        "「ページに合わせる」では、ページの下端がそろうように、ブロックの間を 1 行まで広げます。",
    ),
)
# Columns of the sheet, from 0.
L0 = 1
L9 = L0 + len(LEFT) - 1
R0 = L9 + 1
R9 = R0 + RIGHT_COUNT - 1
E0 = R9 + 1


@dataclass(frozen=True)
class Slot:
    """A merged cell of a pattern row: first and last column, sample, format."""

    first: int
    last: int
    text: str | float | None
    look: dict[str, Any]


class Sheet:
    """Writes pattern rows, each named in column A."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.book = book
        self.sheet = sheet
        self.row = 0
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, look: dict[str, Any]) -> Any:
        """One format for each look."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": FONT, "font_size": SIZE, **look})
        return self._formats[key]

    def pattern(self, name: str, height: float, slots: list[Slot], **across: Any) -> None:
        """A pattern row: every cell has the frame of the page, `across` is common to all of them."""
        self.sheet.set_row(self.row, height)
        self.sheet.write_string(
            self.row, 0, name, self.format({"font_size": 9, "font_color": GREY, "valign": "vcenter"})
        )
        slotted = {column for slot in slots for column in range(slot.first, slot.last + 1)}
        for column in range(L0, E0 + 1):
            look = {**across, **frame(column)}
            if column not in slotted and look:
                self.sheet.write_blank(self.row, column, None, self.format(look))
        for slot in slots:
            self._slot(slot, across)
        self.row += 1

    def _slot(self, slot: Slot, across: dict[str, Any]) -> None:
        look = {**across, **frame(slot.first, slot.last), **slot.look}
        if slot.first == slot.last:
            self.sheet.write(self.row, slot.first, slot.text, self.format(look))
        else:
            self.sheet.merge_range(self.row, slot.first, self.row, slot.last, slot.text, self.format(look))


def frame(first: int, last: int | None = None) -> dict[str, Any]:
    """The lines between the three columns of the page, for the cells of these columns."""
    last = first if last is None else last
    look: dict[str, Any] = {}
    if first in {L0, R0, E0}:
        look.update(left=1, left_color=LINE)
    if last == E0:
        look.update(right=1, right_color=LINE)
    return look


def boxed(**look: Any) -> dict[str, Any]:
    """A cell of a table."""
    return {"border": 1, "border_color": LINE, "font_size": 9.5, "valign": "vcenter", **look}


def ruled(**look: Any) -> dict[str, Any]:
    """A cell between lines above and below."""
    return {"top": 1, "bottom": 1, "top_color": LINE, "bottom_color": LINE, "valign": "vcenter", **look}


def body(book: Any) -> None:
    """Sheet 本文: the patterns in the order in which a page shows them."""
    sheet = book.add_worksheet("本文")
    columns(sheet)
    set_up(sheet)
    rows = Sheet(book, sheet)
    headers(rows)
    titles(rows)
    texts(rows)
    tables(rows)
    spaces(rows)
    sheet.print_area(0, L0, rows.row - 1, E0)
    explain(rows)


def columns(sheet: Any) -> None:
    """Set the widths of the columns."""
    sheet.set_column_pixels(0, 0, NAMES)
    for offset, width in enumerate(LEFT):
        sheet.set_column_pixels(L0 + offset, L0 + offset, width)
    sheet.set_column_pixels(R0, R9, RIGHT)
    sheet.set_column_pixels(E0, E0, RATING)


def set_up(sheet: Any) -> None:
    """A4 landscape, header and footer."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_print_scale(SCALE)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.45)
    sheet.set_header(HEADER, {"margin": 0.28})
    sheet.set_footer(FOOTER, {"margin": 0.28})
    sheet.center_horizontally()
    sheet.hide_gridlines(2)


def headers(rows: Sheet) -> None:
    """The two rows that every page repeats."""
    dark = {
        "bold": True,
        "font_size": 12,
        "font_color": "#FFFFFF",
        "bg_color": NAVY,
        "valign": "vcenter",
        "indent": 1,
    }
    rows.pattern("節見出し", 24, [Slot(L0, E0, "{章}　{節}", dark)])
    header = ruled(bg_color=PALE, align="center", bold=True)
    legend = ruled(bg_color=PALE, align="center", font_size=9.5)
    rows.pattern(
        "列見出し",
        21,
        [
            Slot(L0, L9, "計画内容", header),
            Slot(R0, R9, "実施状況（{凡例}）", legend),
            Slot(E0, E0, "評価", header),
        ],
    )


def titles(rows: Sheet) -> None:
    """Titles, on both sides."""
    for name, height, text, look in (
        ("節の題", 18, "（２）節の題", {"bold": True, "font_size": 11.5, "font_color": NAVY}),
        ("項見出し", 15, "② 項の見出し", {"bold": True, "font_color": NAVY}),
        ("続き", 12, "{項}（続き）", {"font_color": GREY, "font_size": 9.5}),
    ):
        spread = {"valign": "vjustify", "text_wrap": True, **look}
        left = text.replace("項", "節") if name == "続き" else text
        rows.pattern(name, height, [Slot(L0 + 1, L9 - 1, left, spread), Slot(R0 + 1, R9 - 1, text, spread)])


def texts(rows: Sheet) -> None:
    """Plan text, progress text, rating; KPI."""
    plain = {"valign": "vjustify", "text_wrap": True}
    rating = {"align": "center", "valign": "vcenter", "font_size": 15}
    rows.pattern(
        "本文",
        15,
        [
            Slot(L0 + 1, L9 - 1, "・計画の文。行の高さが行送りになります。", plain),
            Slot(R0 + 1, R9 - 1, "・実施状況の文。行の高さが行送りになります。", plain),
            Slot(E0, E0, "△", rating),
        ],
    )
    rows.pattern("すき間", 3, [])
    kpi = {"bold": True, "font_color": NAVY, **plain}
    rows.pattern("KPI", 15, [Slot(R0 + 3, R9 - 1, "令和６年度目標（ＫＰＩ）：達成率 100％", kpi)])


def tables(rows: Sheet) -> None:
    """A small table with one cell of each kind."""
    first, last = R0 + 2, R9 - 1
    caption = {"font_size": 9.5, "bold": True, "valign": "bottom", "text_wrap": True}
    rows.pattern("表題", 15, [Slot(first, last, "表の見出し（令和６年12月現在）", caption)])
    header = boxed(bg_color=HEADER_FILL, align="center", text_wrap=True)
    starts = [last + 1 - 11 * step for step in range(5)]
    places = [(first, starts[4] - 1), *((start, start + 10) for start in reversed(starts[1:]))]
    names = ["年度", "入力した数値", "計算した数値", "文字", "対象外"]
    rows.pattern(
        "表見出し", 18, [Slot(*place, name, header) for place, name in zip(places, names, strict=True)]
    )
    looks = [
        ("令和６年度", boxed(bg_color=ROW_FILL, align="left", text_wrap=True)),
        (1234, boxed(align="right", num_format='#,##0" 件"')),
        (0.965, boxed(align="right", num_format="0.0%", bold=True)),
        ("文字の欄", boxed(align="left", text_wrap=True)),
        ("／", boxed(align="center", font_color=GREY)),
    ]
    rows.pattern("表の行", 18, [Slot(*place, *look) for place, look in zip(places, looks, strict=True)])
    note = {"font_size": 9, "font_color": GREY, "valign": "vjustify", "text_wrap": True}
    rows.pattern("注", 12, [Slot(first, last, "※ 表の注。", note)])


def spaces(rows: Sheet) -> None:
    """The space above a block, and what closes a page."""
    rows.pattern("余白", 6, [], bottom=4, bottom_color=RULE)
    rows.pattern("結び", 3, [], bottom=1, bottom_color=LINE)


def explain(rows: Sheet) -> None:
    """For whoever restyles it, below the print area."""
    look = rows.format({"font_size": 9, "font_color": GREY})
    for offset, line in enumerate(
        (
            "この表の各行が報告書の見本です。A列の名前と、見本の文が入ったセルは消さないでください。",
            "フォント・大きさ・色・罫線・配置・行の高さ・列の幅・余白・ヘッダー・フッターを変えると、報告書の見た目が変わります。",
            "本文とKPIは縦位置を「両端揃え」にしてあり、行の高さが行送りになります。",
            "すき間は段落と段落の間、余白はブロックの上、結びはページの最後の行です。",
        )
    ):
        rows.sheet.write_string(rows.row + 1 + offset, L0, line, look)


def cover(book: Any) -> None:
    """Sheet 表紙, with {words} that the report fills in."""
    sheet = book.add_worksheet("表紙")
    set_up(sheet)
    sheet.set_header(DRAFT, {"margin": 0.28})
    sheet.set_footer("")
    sheet.center_vertically()
    for column, width in enumerate((50, 700, 140, 50)):
        sheet.set_column_pixels(column, column, width)
    rows = Sheet(book, sheet)
    centre = {"align": "center", "valign": "vcenter"}
    lines: tuple[tuple[float, str, dict[str, Any]], ...] = (
        (60, "", {}),
        (30, "{西暦年度}", {"font_size": 20, **centre}),
        (18, "", {}),
        (54, "{表題}", {"font_size": 32, "bold": True, "font_color": NAVY, **centre}),
        (36, "（{四半期}）", {"font_size": 20, **centre}),
        (12, "", {"bottom": 5, "bottom_color": NAVY}),
        (72, "", {}),
        (30, "{開催日}", {"font_size": 16, **centre}),
        (30, "{会議}", {"font_size": 16, **centre}),
        (54, "", {}),
        (24, "※基準日の記載のないものは、{基準日}を基準としています。", {"font_size": 11, **centre}),
    )
    sheet.set_row(0, 30)
    box = {"border": 1, "font_size": 16, **centre}
    sheet.merge_range(0, 2, 0, 3, "{資料番号}", rows.format(box))
    for offset, (height, text, look) in enumerate(lines, start=1):
        sheet.set_row(offset, height)
        if text or look:
            sheet.merge_range(offset, 0, offset, 3, text, rows.format(look))
    sheet.print_area(0, 0, len(lines), 3)


def choices(book: Any) -> None:
    """Sheet 設定, with the options of the template and their values."""
    sheet = book.add_worksheet("設定")
    for column, width in enumerate((16, 18, 70)):
        sheet.set_column(column, column, width)
    usual = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter", "text_wrap": True}
    head = book.add_format({**usual, "bold": True, "bg_color": PALE, "bottom": 1, "bottom_color": LINE})
    cell = book.add_format({**usual, "bottom": 7, "bottom_color": RULE})
    sheet.write_row(0, 0, ("設定", "値", "意味"), head)
    for row, (name, values, meaning) in enumerate(OPTIONS, start=1):
        sheet.set_row(row, 33)
        sheet.write_row(row, 0, (name, values[0], meaning), cell)
        sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(values)})
    sheet.freeze_panes(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def make(folder: Path) -> Path:
    """Write the template into the folder; its path."""
    path = folder / "status_report.xlsx"
    options = {"default_format_properties": {"font_name": FONT, "font_size": SIZE}}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": "事業実施状況のひな形", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
        cover(book)
        body(book)
        choices(book)
    return path


def make_starter(folder: Path) -> Path:
    """Write the plan book of a new office into the folder; its path."""
    path = folder / "plan_book.xlsx"
    write_plan_book(path, starter_plan_book())
    return path


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES
    print(make(folder), make_starter(folder))
