"""Makes the templates of the report: the usual one, one in portrait, one with 担当 beside the rating.

It makes templates/plan_book.xlsx as well, the plan book that `kenpo-xl init` copies.

    .venv/bin/python scripts/make_templates.py [folder]

The same bytes every time. Offices restyle copies of them in Excel.
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

NAMES = 92
# Per cent. Excel rounds widths for each screen scaling by itself: so little of the page is filled that the
# sheet stays one page wide on all of them. Columns of 9 pixels lose least by that rounding.
SCALE, PORTRAIT_SCALE = 90, 80
# Name, values (the first is this template's) and meaning of each option.
OPTIONS = (
    (
        "改ページ",
        ("しない", "章ごと", "節ごと"),
        "新しいページから始めるもの。「しない」では章も節も、「章ごと」では章の中の節が、同じページに続きます。",
    ),
    (
        "計画内容の幅",
        ("文に合わせる", "ひな形のとおり"),
        "「文に合わせる」では、計画内容と実施状況の幅の割合を、ページが少なくなるように変えます。",
    ),
    (
        "ブロックの間",
        ("ページに合わせる", "ひな形のとおり"),
        "「ページに合わせる」では、ページの下端がそろうように、ブロックの間を 2 行まで広げます。",
    ),
    (
        "数字と空白",
        ("入力のとおり", "そろえる"),
        "「そろえる」では、文と表の数字を半角で印刷し、数字や英字の前後の空白を取ります。入力ブックは変わりません。",
    ),
)


@dataclass(frozen=True)
class Design:
    """What differs between the templates. Widths are in pixels, columns of the sheet count from 0.

    `left` is 計画内容: edge, text, narrow columns that a text may leave empty, edge. 実施状況 consists of
    `right_count` equal narrow columns, in which tables are set. `further` are columns behind 評価: header,
    width and sample. `cover` are the widths of the cover.
    """

    name: str
    left: tuple[int, ...] = (9, 285, 8, 8, 8, 8, 8, 7)
    right_count: int = 63
    right: int = 9
    rating: int = 54
    further: tuple[tuple[str, int, str], ...] = ()
    is_portrait: bool = False
    cover: tuple[int, int, int, int] = (50, 700, 140, 50)

    l0 = 1

    @property
    def l9(self) -> int:
        return self.l0 + len(self.left) - 1

    @property
    def r0(self) -> int:
        return self.l9 + 1

    @property
    def r9(self) -> int:
        return self.r0 + self.right_count - 1

    @property
    def e0(self) -> int:
        return self.r9 + 1

    @property
    def last(self) -> int:
        """The last column."""
        return self.e0 + len(self.further)


USUAL = Design("status_report")
PORTRAIT = Design(
    "portrait",
    left=(9, 205, 8, 8, 8, 8, 8, 7),
    right_count=48,
    rating=46,
    is_portrait=True,
    cover=(40, 500, 120, 40),
)
OWNERS = Design(
    "owners",
    left=(9, 266, 8, 8, 8, 8, 8, 7),
    right_count=54,
    rating=46,
    further=(("担当", 108, "{担当}"),),
)
DESIGNS = (USUAL, PORTRAIT, OWNERS)


@dataclass(frozen=True)
class Slot:
    """A merged cell of a pattern row: first and last column, sample, format."""

    first: int
    last: int
    text: str | float | None
    look: dict[str, Any]


class Sheet:
    """Writes pattern rows, each named in column A."""

    def __init__(self, book: Any, sheet: Any, design: Design) -> None:
        self.book = book
        self.design = design
        self.sheet = sheet
        self.row = 0
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    @property
    def further(self) -> list[tuple[int, tuple[str, int, str]]]:
        """The further columns with their numbers."""
        return list(enumerate(self.design.further, start=self.design.e0 + 1))

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
        for column in range(self.design.l0, self.design.last + 1):
            look = {**across, **frame(self.design, column)}
            if column not in slotted and look:
                self.sheet.write_blank(self.row, column, None, self.format(look))
        for slot in slots:
            self._slot(slot, across)
        self.row += 1

    def _slot(self, slot: Slot, across: dict[str, Any]) -> None:
        look = {**across, **frame(self.design, slot.first, slot.last), **slot.look}
        if slot.first == slot.last:
            self.sheet.write(self.row, slot.first, slot.text, self.format(look))
        else:
            self.sheet.merge_range(self.row, slot.first, self.row, slot.last, slot.text, self.format(look))


def frame(design: Design, first: int, last: int | None = None) -> dict[str, Any]:
    """The lines between the columns of the page, for the cells of these columns."""
    last = first if last is None else last
    look: dict[str, Any] = {}
    if first in {design.l0, design.r0, *range(design.e0, design.last + 1)}:
        look.update(left=1, left_color=LINE)
    if last == design.last:
        look.update(right=1, right_color=LINE)
    return look


def boxed(**look: Any) -> dict[str, Any]:
    """A cell of a table."""
    return {"border": 1, "border_color": LINE, "font_size": 9.5, "valign": "vcenter", **look}


def ruled(**look: Any) -> dict[str, Any]:
    """A cell between lines above and below."""
    return {"top": 1, "bottom": 1, "top_color": LINE, "bottom_color": LINE, "valign": "vcenter", **look}


def body(book: Any, design: Design) -> None:
    """Sheet 本文: the patterns in the order in which a page shows them."""
    sheet = book.add_worksheet("本文")
    columns(sheet, design)
    set_up(sheet, design)
    rows = Sheet(book, sheet, design)
    headers(rows)
    titles(rows)
    texts(rows)
    tables(rows)
    spaces(rows)
    sheet.print_area(0, design.l0, rows.row - 1, design.last)
    explain(rows)


def columns(sheet: Any, design: Design) -> None:
    """Set the widths of the columns."""
    sheet.set_column_pixels(0, 0, NAMES)
    for column, width in enumerate(design.left, start=design.l0):
        sheet.set_column_pixels(column, column, width)
    sheet.set_column_pixels(design.r0, design.r9, design.right)
    for column, width in enumerate(
        (design.rating, *(width for _, width, _ in design.further)), start=design.e0
    ):
        sheet.set_column_pixels(column, column, width)


def set_up(sheet: Any, design: Design) -> None:
    """A4, header and footer."""
    if not design.is_portrait:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_print_scale(PORTRAIT_SCALE if design.is_portrait else SCALE)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.45)
    sheet.set_header(HEADER, {"margin": 0.2})
    sheet.set_footer(FOOTER, {"margin": 0.28})
    sheet.center_horizontally()
    sheet.hide_gridlines(2)


def headers(rows: Sheet) -> None:
    """The two rows that every page repeats."""
    design = rows.design
    dark = {
        "bold": True,
        "font_size": 12,
        "font_color": "#FFFFFF",
        "bg_color": NAVY,
        "valign": "vcenter",
        "indent": 1,
    }
    rows.pattern("節見出し", 24, [Slot(design.l0, design.last, "{章}　{節}", dark)])
    header = ruled(bg_color=PALE, align="center", bold=True)
    legend = ruled(bg_color=PALE, align="center", font_size=9.5)
    rows.pattern(
        "列見出し",
        21,
        [
            Slot(design.l0, design.l9, "計画内容", header),
            Slot(design.r0, design.r9, "実施状況（{凡例}）", legend),
            Slot(design.e0, design.e0, "評価", header),
            *(Slot(column, column, name, header) for column, (name, _, _) in rows.further),
        ],
    )


def titles(rows: Sheet) -> None:
    """Titles, on both sides."""
    design = rows.design
    for name, height, text, look in (
        ("節の題", 18, "（２）節の題", {"bold": True, "font_size": 11.5, "font_color": NAVY}),
        ("項見出し", 15, "② 項の見出し", {"bold": True, "font_color": NAVY}),
        ("続き", 12, "{項}（続き）", {"font_color": GREY, "font_size": 9.5}),
    ):
        spread = {"valign": "vjustify", "text_wrap": True, **look}
        left = text.replace("項", "節") if name == "続き" else text
        rows.pattern(
            name,
            height,
            [
                Slot(design.l0 + 1, design.l9 - 1, left, spread),
                Slot(design.r0 + 1, design.r9 - 1, text, spread),
            ],
        )


def texts(rows: Sheet) -> None:
    """Plan text, progress text, rating; KPI."""
    design = rows.design
    plain = {"valign": "vjustify", "text_wrap": True}
    rating = {"align": "center", "valign": "vcenter", "font_size": 15}
    small = {"font_size": 9, "align": "center", **plain}
    rows.pattern(
        "本文",
        15,
        [
            Slot(design.l0 + 1, design.l9 - 1, "・計画の文。行の高さが行送りになります。", plain),
            Slot(design.r0 + 1, design.r9 - 1, "・実施状況の文。行の高さが行送りになります。", plain),
            Slot(design.e0, design.e0, "△", rating),
            *(Slot(column, column, sample, small) for column, (_, _, sample) in rows.further),
        ],
    )
    rows.pattern("すき間", 3, [])
    kpi = {"bold": True, "font_color": NAVY, **plain}
    rows.pattern(
        "KPI", 15, [Slot(design.r0 + 3, design.r9 - 1, "令和６年度目標（ＫＰＩ）：達成率 100％", kpi)]
    )


def tables(rows: Sheet) -> None:
    """A small table with one cell of each kind."""
    design = rows.design
    first, last = design.r0 + 2, design.r9 - 1
    caption = {"font_size": 9.5, "bold": True, "valign": "bottom", "text_wrap": True}
    rows.pattern("表題", 15, [Slot(first, last, "表の見出し（令和６年12月現在）", caption)])
    header = boxed(bg_color=HEADER_FILL, align="center", text_wrap=True)
    starts = [last + 1 - 11 * step for step in range(5)]
    places = [(first, starts[4] - 1), *((start, start + 10) for start in reversed(starts[1:]))]
    names = ["年度", "入力した数値", "計算した数値", "文字", "対象外"]
    rows.pattern(
        "表見出し", 18, [Slot(*place, name, header) for place, name in zip(places, names, strict=True)]
    )
    looks: list[tuple[str | float, dict[str, Any]]] = [
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
    design = rows.design
    look = rows.format({"font_size": 9, "font_color": GREY})
    for offset, line in enumerate(
        (
            "この表の各行が報告書の見本です。A列の名前と、見本の文が入ったセルは消さないでください。",
            "フォント・大きさ・色・罫線・配置・行の高さ・列の幅・余白・ヘッダー・フッターを変えると、報告書の見た目が変わります。",
            "本文とKPIは縦位置を「両端揃え」にしてあり、行の高さが行送りになります。",
            "列の見出しは、計画内容、実施状況、評価か、計画ブックの「施策」の列の名前（担当、予算など）です。",
            "列の順を変えることも、加えることもできます。見出しを言い換えるときは、行「本文」のその列に"
            " {計画内容} のように入れます。",
            "すき間は段落と段落の間、余白はブロックの上、結びはページの最後の行です。",
        )
    ):
        rows.sheet.write_string(rows.row + 1 + offset, design.l0, line, look)


def cover(book: Any, design: Design) -> None:
    """Sheet 表紙, with {words} that the report fills in."""
    sheet = book.add_worksheet("表紙")
    set_up(sheet, design)
    sheet.set_header(DRAFT, {"margin": 0.28})
    sheet.set_footer("")
    sheet.center_vertically()
    for column, width in enumerate(design.cover):
        sheet.set_column_pixels(column, column, width)
    rows = Sheet(book, sheet, design)
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
        (24, "別添資料：{別添}", {"font_size": 11, **centre}),
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


def make(folder: Path, design: Design = USUAL) -> Path:
    """Write a template into the folder; its path."""
    path = folder / f"{design.name}.xlsx"
    options = {"default_format_properties": {"font_name": FONT, "font_size": SIZE}}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": "事業実施状況のひな形", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
        cover(book, design)
        body(book, design)
        choices(book)
    return path


def make_starter(folder: Path) -> Path:
    """Write the plan book of a new office into the folder; its path."""
    path = folder / "plan_book.xlsx"
    write_plan_book(path, starter_plan_book())
    return path


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES
    for one in DESIGNS:
        print(make(target, one))
    print(make_starter(target))
