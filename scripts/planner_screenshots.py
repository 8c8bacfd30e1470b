"""The screenshots of the planner's book for docs/ja/: its buttons clicked, in the order of a period."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlwings

from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.flag import flag_books
from scripts.paths import SAMPLE
from tests.edited import edited

PLANNER = "取りまとめ.xlsm"
ASKED = (
    ("業務グループ", "1-2-2", "D11", "会議の回数が前の期と同じです。10～12月の回数ですか。"),
    ("保健グループ", "2-2-2", "ブロック 2", "取得勧奨の件数を、文にも入れてください。"),
)
REPLY = "10～12月は 3 回でした。直しました。"
CODE, FIRST = "RE01", 5
TODAY = date(2025, 1, 20)
Picture = Callable[[str, str], None]
"""Shows a sheet of the open book and takes its picture under a name."""


def period_with_remarks(folder: Path) -> Path:
    """The sample with its books; the planner asked two groups, and one of them has replied."""
    shutil.copytree(SAMPLE, folder)
    build_books(folder)
    with edited(folder / PLANNER) as book:
        for row, words in enumerate(ASKED, start=FIRST):
            for column, text in zip("ABCD", words, strict=True):
                book["差戻し"][f"{column}{row}"] = text
    replied = folder / "提出" / f"{ASKED[0][0]}.xlsm"
    flag_books([replied], today=TODAY)
    with edited(replied) as book:
        reply_beside_remark(book["指摘"])
    return folder


def reply_beside_remark(sheet: Any) -> None:
    """Type the reply into the row of 指摘 with the remark."""
    headers = {cell.value: cell.column for cell in sheet[FIRST - 1]}
    rows = range(FIRST, sheet.max_row + 1)
    row = next(row for row in rows if sheet.cell(row, headers["コード"]).value == CODE)
    sheet.cell(row, headers["確認済の理由・返事"]).value = REPLY


def take_planner(book: xlwings.Book, click: Callable[[str], object], take: Picture) -> None:
    """The pictures of a period, from the plan to what is looked at before printing."""
    take("操作", "planner")
    plan = Path(book.fullname).parent / "計画.xlsx"
    as_it_is = plan.read_bytes()
    with edited(plan) as opened:
        opened["検算"]["D19"] = "1-2-9"
    click("計画を確かめる")
    take("計画の確認", "plan-read")
    plan.write_bytes(as_it_is)
    click("取込")
    take("提出状況", "states")
    take("差戻し", "returned")
    wordings = book.sheets["文の調整"]
    wordings["D6"].value = str(wordings["D6"].value).replace("について報告。", "について報告した。")
    wordings["E6"].value = "ほかの文とそろえるため"
    take("文の調整", "wordings")
    book.sheets["数値の調整"]["E5:F5"].value = ["計算値", "第3四半期が抜けているため"]
    take("数値の調整", "settled")
    click("報告書作成")
    take("要確認", "remarks")
