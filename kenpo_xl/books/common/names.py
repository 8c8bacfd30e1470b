"""Names of the parts of an input book: Excel names from identities, and the texts of its headers.

Items and blocks are given to these functions as they are stored: by key, without one by number or name.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from kenpo_xl.ooxml.references import DIGITS, PREFIX

CONTROL = "操作"
"""The first sheet of the books that staff fill in."""
CONTROL_PARTS = BUTTONS, STEPS, SHEETS, SETTINGS = ("ボタン", "手順", "シート", "設定（IT 担当の方へ）")
"""The parts of that sheet."""
NO_MACROS = "マクロ"
"""The label at the foot of that sheet in a book that was made without buttons."""
PYTHON = f"{PREFIX}python"
"""The cell of 操作 with the Python of the buttons, if it is not the default of the PC."""
STATUS = f"{PREFIX}status"
"""The cell of 操作 with the result of a button."""
NO_RESULT = "ボタンを押すと、ここに結果が出ます。"
"""What stands there in a book as made."""
SAY, SECONDS = f"{PREFIX}say_", f"{PREFIX}seconds"
"""Cells with the messages of the launcher behind the buttons, and with the seconds that it waits."""
OVERRIDE = f"{PREFIX}override"
FINDINGS = f"{PREFIX}findings"
"""The name of the places in 指摘, for the buttons that lead from one finding to the next."""
"""The cell of 操作 with the reason to submit a book in spite of errors."""
REOPEN = f"{PREFIX}reopen"
"""The cell of 操作 in the planner's book with the reason to open a closed period again."""
CARRY_FROM = f"{PREFIX}carry_from"
"""The cell of 操作 in the planner's book with the path of a book to carry into a fresh one."""
ADOPT_FROM = f"{PREFIX}adopt_from"
"""The cell of 操作 in the planner's book with the path of an office's form to make a plan book of."""
PROTECTED = f"{PREFIX}protected"
"""The cell with the code names of the sheets that the launcher protects again, '' in most books."""
TITLE_END, PERIOD_HEADER = "　入力ブック", "期"
"""The end of the title of an input book, and the label of its period in 操作."""
STAMP_SHEET = "kx"
PLAN_KEY, GROUP, PLANNER = "計画", "グループ", "取りまとめ"
LINE_HEADERS = BLOCK_HEADER, KIND_HEADER, TEXT_HEADER, RATING_HEADER, REASON_HEADER, AS_OF_HEADER = (
    "ブロック",
    "種類",
    "内容",
    "評価",
    "評価の理由",
    "基準日",
)
CARRIED_LINE_HEADERS = CONFIRM_HEADER, CARRIED_HEADER = "前の期の文", "前の期の文（控え）"
"""The headers of two more columns where lines are last quarter's: the answer, and (hidden) the text."""
CONFIRMED = "このまま"
"""What staff choose beside a line of last quarter that still holds."""
CARRIED_END = "から入れてあります。"
"""The end of the note under a table on where its values are from."""
CHANGED_FACT, CARRIED_FACT, UNCONFIRMED_FACT = "計画の変更", "引き継いだ数値", "前の期の文"
"""The labels of facts in 操作 of a book that was filled with what is known."""
PLAN_VERSION = "計画の版"
"""The label in the hidden sheet of the version of the plan book that a book was built from."""
UNPLACED, UNPLACED_HEADERS = "引き継げなかったもの", ("内容", "値", "前のセル", "理由")
"""The sheet of what was typed and has no place after a change of the plan."""
CONVERTED, CONVERTED_HEADERS = "単位の変更", ("内容", "前の値", "いまの値", "確認")
"""The sheet of the numbers that were put into another scale."""
UNCERTAIN, UNCERTAIN_HEADERS = "確かめるもの", ("内容", "値", "前のセル", "理由", "確認")
"""The sheet of what was carried from a damaged or older book by likeness or position only."""
UNCERTAIN_ANSWERS = f"{PREFIX}uncertain"
"""The name of the answers in that sheet."""
RESCUED_FACT = "写したブック"
"""The label of the fact in 操作 of a book that was filled from a damaged or older one."""
TABLE_TITLE = "表　"
GATHERED_NOTE = "灰色の空欄は、ほかのグループの数から計算して、報告書に載せます。"
"""The note under a table that gathers figures of other books."""
NOT_PRINTED = "（報告書には印字しません）"
MONTH_LABEL = "基準月"
LINES_TITLE = "実施状況"
"""So begins the bar above the progress lines."""
LINES_NOTES = (
    "灰色の行は計画です。その下に、実施したことを 1 行に 1 つずつ入れてください。上から順に報告書へ載ります。"
    "表と KPI は、載せたい場所に行を置きます。",
    "行を増やすときは、その場所に行を挿入し、内容を入れてください。ブロックと種類は空のままでかまいません。"
    "評価は、ブロックの最初の行に入れてください。",
)
"""The two lines below that bar."""
PLAN_KIND = "計画"
"""The kind of a row with the plan text of a block, above the lines of the block."""
PLAN_MARKS = UNRATED_PLAN, RATED_PLAN = "P", "R"
"""So begins the mark of such a row, of a block without and with a rating."""
LEGEND = ("入力", "自動計算")
"""The legend of colours beside the title of an item's sheet."""
KPI_TITLE = "ＫＰＩ（自動判定）"
KPI_HEADERS = KPI_NAME, KPI_TARGET, KPI_RESULT, KPI_SAME, KPI_RATING = (
    "指標",
    "目標",
    "実績",
    "前年同期",
    "判定",
)
KPI_RULES = (
    "年度末に判定する指標です（途中は {glyph}）",
    "途中は前年同期と比べます",
    "途中は目標 × 経過月数 ÷ 12 と比べます",
    "目標と比べます",
    "目標値なし（前年度の値が計画にないため判定しません）",
    "期日までに済めば達成です",
)
"""The beginnings of the sentences, right of a rating, on how a KPI is judged."""
MORE_LINES = "（行を増やすときは、この行より上に行を挿入してください）"


@lru_cache(maxsize=1_024)
def excel_name(kind: str, *identity: str) -> str:
    """A legal, stable Excel name for a part: many labels (4～6月, R5年度) are no legal names themselves."""
    digest = hashlib.sha256("/".join((kind, *identity)).encode()).hexdigest()
    return f"{PREFIX}{digest[:DIGITS]}"


def item_excel_name(item: str) -> str:
    """The name of an item's sheet, at its title."""
    return excel_name("item", item)


def lines_excel_name(item: str) -> str:
    """The name of the progress lines of an item, headers to closing row."""
    return excel_name("lines", item)


def table_excel_name(item: str, table: str) -> str:
    """The name of a table's rectangle, headers to last row."""
    return excel_name("table", item, table)


def months_excel_name(item: str, table: str) -> str:
    """The name of the cell or cells with a table's as-of month."""
    return excel_name("months", item, table)


def plan_text_key(item: str, block: str) -> str:
    """The key in the stamp of the plan text of a block, as written; no Excel name."""
    return excel_name("plan", item, block)


def sentences_key(item: str, block: str) -> str:
    """The key in the stamp of the plan sentences of a block, with placeholders."""
    return excel_name("sentences", item, block)


def number_key(item: str, block: str = "") -> str:
    """The key in the stamp of the number under which an item, or a block of it, was issued."""
    return excel_name("number", item, block)


def start_lines_key(item: str, block: str) -> str:
    """The key in the stamp of the lines with which the plan starts a block."""
    return excel_name("starts", item, block)
