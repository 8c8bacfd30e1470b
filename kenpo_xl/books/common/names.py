"""How the parts of an input book are called: Excel names from identities, and the words of its headers."""

from __future__ import annotations

import hashlib

from kenpo_xl.ooxml.defined_names import DIGITS, PREFIX

CONTROL = "操作"
"""The first sheet of the books that staff fill in."""
CONTROL_PARTS = BUTTONS, STEPS, SHEETS, SETTINGS = ("ボタン", "手順", "シート", "設定（IT 担当の方へ）")
"""The parts of that sheet."""
PYTHON = f"{PREFIX}python"
"""The cell of 操作 that names the Python of the buttons, where the PC's own is not to be used."""
STATUS = f"{PREFIX}status"
"""The cell of 操作 that tells how a button ended."""
SAY, SECONDS = f"{PREFIX}say_", f"{PREFIX}seconds"
"""What the launcher behind the buttons says, and how long it waits: cells that it finds by their names."""
OVERRIDE = f"{PREFIX}override"
"""The cell of 操作 that says why a book is handed in while errors stand."""
PROTECTED = f"{PREFIX}protected"
"""The cell with the code names of the sheets that the launcher protects again, '' in most books."""
TITLE_END, PERIOD_HEADER = "　入力ブック", "期"
"""What the title of an input book ends in, and what stands beside its period in 操作."""
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
TABLE_TITLE = "表　"
NOT_PRINTED = "（報告書には印字しません）"
MONTH_LABEL = "基準月"
LINES_TITLE = "実施状況"
"""So begins the bar above the progress lines."""
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
)
"""How the sentences begin that say how a KPI is judged, right of its rating."""
MORE_LINES = "（行を増やすときは、この行より上に行を挿入してください）"


def excel_name(kind: str, *identity: str) -> str:
    """A legal, stable Excel name for a part: many labels (4～6月, R5年度) are no legal names themselves."""
    digest = hashlib.sha256("/".join((kind, *identity)).encode()).hexdigest()
    return f"{PREFIX}{digest[:DIGITS]}"


def item_name(item: str) -> str:
    """The name of an item's sheet, at its title."""
    return excel_name("item", item)


def lines_name(item: str) -> str:
    """The name of the progress lines of an item, headers to closing row."""
    return excel_name("lines", item)


def table_name(item: str, table: str) -> str:
    """The name of a table's rectangle, headers to last row."""
    return excel_name("table", item, table)


def months_name(item: str, table: str) -> str:
    """The name of the cell or cells with a table's as-of month."""
    return excel_name("months", item, table)


def plan_name(item: str, block: str) -> str:
    """What the plan text of a block is called; no Excel name, the stamp tells by it what was written."""
    return excel_name("plan", item, block)


def sentences_name(item: str, block: str) -> str:
    """What the plan sentences of a block are called in the stamp, their placeholders not filled."""
    return excel_name("sentences", item, block)


def starts_name(item: str, block: str) -> str:
    """What the lines are called in the stamp that the plan starts a block with."""
    return excel_name("starts", item, block)
