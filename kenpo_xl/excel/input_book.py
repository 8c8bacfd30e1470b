"""Writes an input book (入力ブック): one sheet per item that the group owns, and the sheets around them."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.domain.calendar import date_text, fiscal_year_text
from kenpo_xl.domain.figures import Figures
from kenpo_xl.domain.placeholders import fill
from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.standings import Standings
from kenpo_xl.domain.submission import ItemEntry, Submission
from kenpo_xl.excel import names
from kenpo_xl.excel.input_look import Look, new_book
from kenpo_xl.excel.input_sheet import ItemSheet
from kenpo_xl.excel.stamp import definition_hash, plan_key

CONTROL, FINDINGS, ACCEPTED = "操作", "指摘", "確認記録"
_STEPS = (
    "１．下の一覧から項のシートを開き、薄い黄色のセルに入力してください。灰色のセルは自動で計算します。",
    "２．実施状況は上から順に報告書へ載ります。行を増やすときは、その場所に行を挿入してください。",
    "３．表の基準月が期の基準日と違うときは、表の上の「基準月」に月を入れてください。見出しも変わります。",
    "４．評価は、ブロックの先頭の行に入れてください。◎ と × のときは理由も入れてください。",
    "５．入力が終わったら、このブックを閉じ、フォルダー「提出」に写してください。",
)
# Sheets that the checks will fill: name, what it is for, and head and width of each column.
_LISTS = (
    (
        FINDINGS,
        "点検の結果がここに並びます。いまは何もありません。",
        {
            "区分": 8,
            "場所": 16,
            "指摘の内容": 44,
            "直し方": 36,
            "いまの値": 16,
            "あるべき値": 16,
            "確認済の理由": 28,
        },
    ),
    (
        ACCEPTED,
        "指摘を確認して差し支えないと判断した記録です。",
        {"指摘": 14, "対象": 30, "値": 16, "理由": 44, "確認した人": 14, "確認した日": 14},
    ),
)


def fill_input_book(
    plan: Plan, group: str, path: Path, submission: Submission | None, figures: Figures, standings: Standings
) -> None:
    """Write the book of `group` to `path`, filled with a submission; the same input gives the same bytes.

    `figures` and `standings` give the values that the live formulas show before Excel computes them anew.
    """
    with new_book(str(path)) as book:
        look = Look(book)
        _control(book, look, plan, group)
        entries = {entry.item: entry for entry in submission.items} if submission else {}
        for item in plan.items_of(group):
            entry = entries.get(item.id) or ItemEntry(item.id)
            ItemSheet(book, look, plan, item, entry, figures, standings).write()
        for name, note, columns in _LISTS:
            _list_sheet(book, look, name, note, columns)
        _stamp(book, plan, group)


def _control(book: Workbook, look: Look, plan: Plan, group: str) -> None:
    sheet = book.add_worksheet(CONTROL)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 3, look("plain"))
    sheet.set_column(1, 1, 14, look("plain"))
    sheet.set_column(2, 2, 90, look("plain"))
    sheet.set_row(1, 24)
    sheet.write(1, 1, f"{fill(plan.title, plan.moment())}　入力ブック", look("title"))
    due = date_text(plan.period.due) if plan.period.due else "取りまとめ担当にお尋ねください"
    facts = (
        ("グループ", group),
        ("期", f"{fiscal_year_text(plan.fiscal_year)} 第{plan.period.quarter}四半期"),
        ("基準日", date_text(plan.period.as_of)),
        ("提出期限", due),
    )
    row = 3
    for key, value in facts:
        sheet.write_string(row, 1, key, look("head"))
        sheet.write_string(row, 2, value, look("grid"))
        row += 1
    for step in _STEPS:
        row += 1
        sheet.write_string(row, 1, step, look("plain"))
    row += 2
    sheet.write_row(row, 1, ("シート", "項"), look("head"))
    for place, item in enumerate(plan.items_of(group), start=row + 1):
        sheet.write_url(place, 1, f"internal:'{item.id}'!A1", look("link"), item.id)
        sheet.write_string(place, 2, item.title, look("grid"))
    _page(sheet)
    sheet.activate()


def _list_sheet(book: Workbook, look: Look, name: str, note: str, columns: dict[str, int]) -> None:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.write(0, 0, name, look("title"))
    sheet.write(1, 0, note, look("path"))
    for column, (head, width) in enumerate(columns.items()):
        sheet.set_column(column, column, width, look("wrapped"))
        sheet.write(3, column, head, look("head"))
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    _page(sheet)


def _page(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")


def _stamp(book: Workbook, plan: Plan, group: str) -> None:
    sheet = book.add_worksheet(names.STAMP_SHEET)
    rows = [
        (names.PLAN_KEY, plan_key(plan)),
        (names.GROUP, group),
        (names.DEFINITION, definition_hash(plan, group)),
    ]
    for item in plan.items_of(group):
        rows += [(names.item_name(item.id), item.id), (names.lines_name(item.id), f"{item.id}/実施状況")]
        rows += [(names.table_name(item.id, table.name), f"{item.id}/{table.name}") for table in item.tables]
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    sheet.hide()
