"""The font, colours and cell styles of the books."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from kenpo_xl.domain.outputs.status_board import State

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FONT = "BIZ UDゴシック"
CREATED = datetime(2024, 4, 1)  # noqa: DTZ001 (a fixed date, so that the same input gives the same bytes)
TYPED, COMPUTED, HEADER, PLAN, LINE, INK = "#FFF7DC", "#E6E6E6", "#DCE6F5", "#F5F5F5", "#8C9BB0", "#1F3864"
PALE = "#F3F7FC"

_BASE = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "border_color": LINE}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": INK},
    "path": {"font_size": 9, "font_color": "#595959"},
    "part": {"bold": True, "font_size": 11, "font_color": INK, "bottom": 2, "bottom_color": INK},
    "header": {"bold": True, "bg_color": HEADER, "border": 1, "align": "center", "text_wrap": True},
    "header above filter": {
        "bold": True,
        "bg_color": HEADER,
        "border": 1,
        "align": "center",
        "valign": "top",
        "text_wrap": True,
    },
    "plan": {"bg_color": PLAN, "border": 1, "text_wrap": True, "indent": 1},
    "block": {"bg_color": TYPED, "border": 1, "align": "center", "num_format": "@"},
    "kind": {"bg_color": TYPED, "border": 1, "align": "center"},
    "text": {"bg_color": TYPED, "border": 1, "text_wrap": True, "num_format": "@", "indent": 1},
    "rating": {"bg_color": TYPED, "border": 1, "align": "center", "font_size": 14},
    "as of": {"bg_color": TYPED, "border": 1, "align": "center", "num_format": "@"},
    "header between": {"bg_color": HEADER, "top": 1, "bottom": 1},
    "between": {"top": 1, "bottom": 1},
    "list key": {
        "bg_color": TYPED,
        "left": 1,
        "top": 1,
        "bottom": 1,
        "num_format": "@",
        "align": "center",
        "text_wrap": True,
    },
    "beside key": {"bg_color": TYPED, "top": 1, "bottom": 1, "right": 1},
    "typed": {"bg_color": TYPED, "border": 1, "align": "right", "shrink": True},
    "typed text": {"bg_color": TYPED, "border": 1, "text_wrap": True, "num_format": "@", "indent": 1},
    "computed": {"bg_color": COMPUTED, "border": 1, "align": "right", "shrink": True},
    "fixed": {"bg_color": PLAN, "border": 1},
    "not applicable": {"bg_color": "#D9D9D9", "border": 1, "align": "center", "font_color": "#7F7F7F"},
    "row header": {"bg_color": HEADER, "border": 1, "text_wrap": True, "indent": 1},
    "month": {"bg_color": TYPED, "border": 1, "align": "center", "num_format": '0"月"'},
    "label": {"align": "right", "indent": 1, "font_color": "#595959"},
    "note": {"font_size": 9, "font_color": "#595959"},
    "more": {"font_size": 9, "font_color": "#7F7F7F", "italic": True},
    "judged": {"bg_color": COMPUTED, "border": 1, "align": "center", "shrink": True},
    "reason": {"font_size": 9, "indent": 1, "text_wrap": True, "font_color": "#595959"},
    "button": {"border": 1, "bg_color": PALE},
    "explanation": {"border": 1, "text_wrap": True, "indent": 1},
    "status": {"border": 1, "text_wrap": True, "indent": 1, "bold": True, "font_color": INK},
    # Of a hidden cell, so that a row that is fitted while typing stays at least 25 pixels high.
    "row height": {"font_size": 15},
    "plain": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "finding": {"border": 1, "text_wrap": True, "align": "left", "valign": "top", "indent": 1},
    "place": {
        "border": 1,
        "text_wrap": True,
        "align": "left",
        "valign": "top",
        "indent": 1,
        "font_color": "#0563C1",
        "underline": 1,
    },
    "link": {"font_color": "#0563C1", "underline": 1, "border": 1, "align": "center"},
    "grid": {"border": 1, "text_wrap": True, "indent": 1},
    "number": {"border": 1, "align": "right", "indent": 1},
    "count": {"border": 1, "align": "center"},
    "no count": {"border": 1, "align": "center", "font_color": "#BFBFBF"},
    "tally": {"border": 1, "align": "center", "font_size": 18, "font_color": INK},
    "no tally": {"border": 1, "align": "center", "font_size": 18, "font_color": "#BFBFBF"},
    "good": {
        "border": 1,
        "text_wrap": True,
        "align": "center",
        "bold": True,
        "bg_color": "#E2EFDA",
        "font_color": "#375623",
    },
    "bad": {
        "border": 1,
        "text_wrap": True,
        "align": "center",
        "bold": True,
        "bg_color": "#FFD9D9",
        "font_color": "#9C0006",
    },
    "unsure": {
        "border": 1,
        "text_wrap": True,
        "align": "center",
        "bold": True,
        "bg_color": "#FFF2CC",
        "font_color": "#7F6000",
    },
    "absent": {
        "border": 1,
        "text_wrap": True,
        "align": "center",
        "bold": True,
        "bg_color": "#EDEDED",
        "font_color": "#404040",
    },
    "file": {"border": 1, "text_wrap": True, "indent": 1, "font_color": "#0563C1", "underline": 1},
    "way": {"font_color": "#0563C1", "underline": 1},
    "said": {"border": 1, "text_wrap": True, "align": "center"},
    "letter": {"text_wrap": True, "left": 1, "right": 1, "indent": 1},
    "letter end": {"text_wrap": True, "left": 1, "right": 1, "bottom": 1, "indent": 1},
}
# What a condition adds to a cell, which keeps its own style otherwise.
STATE_STYLES = {
    State.RECEIVED: "good",
    State.ADJUSTED: "good",
    State.TO_CORRECT: "bad",
    State.RETURNED: "bad",
    State.REPLIED: "good",
    State.OUTDATED: "unsure",
    State.UNREADABLE: "unsure",
    State.MISSING: "absent",
}
"""The style of each state of a group's submission."""
_MARKS: dict[str, dict[str, Any]] = {
    "unread": {"font_color": "#C0392B"},
    "carried": {"bg_color": "#E9F3E2"},
    "uncertain": {"bg_color": "#FCE4B6"},
    "last quarter's": {"font_color": "#8C8C8C"},
    "a line": {"bg_color": TYPED, "font_color": "#000000"},
    "a rating": {"bg_color": TYPED, "font_color": "#000000"},
    "no rating": {"bg_color": "#FFFFFF", "font_color": "#000000"},
}
_TONES: dict[str, dict[str, Any]] = {
    "": {},
    "plan": {"bg_color": "#EDEDED", "font_color": "#595959"},
    "wrapped": {"text_wrap": True},
    "no rating": {"bg_color": "#FFFFFF"},
}
"""What cells of a style differ in: with the text of the plan, where no rating belongs, wrapped."""
REFUSE = {
    "validate": "custom",
    "value": "=FALSE",
    "ignore_blank": False,
    "error_title": "入力できないセルです",
}
REFUSE_COMPUTED = REFUSE | {
    "error_message": "このセルは自動で計算します。もとの数値（薄い黄色のセル）を直してください。"
}
ASK_COMPUTED = REFUSE | {
    "error_type": "warning",
    "error_title": "自動で計算する欄です",
    "error_message": "この欄は自動で計算します。算式や正しい値を入れ直すときは「はい」（OK）、"
    "まちがえたときは「いいえ」（キャンセル）を押してください。",
}
REFUSE_PLAN = REFUSE | {
    "error_message": "ここは計画ブックで決めています。変更は取りまとめ担当へお申し出ください。"
}
REFUSE_BESIDE = REFUSE | {"error_message": "ここには入れられません。左のセルに入れてください。"}


class Styles:
    """The styles of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made = cache(self._new_format)

    def __call__(self, name: str, number_format: str = "", *, tone: str = "") -> Format:
        """The style `name`, with this number format if one is given, in a tone."""
        return self._made(name, number_format, tone)

    def _new_format(self, name: str, number_format: str, tone: str) -> Format:
        style = dict(_MARKS.get(name) or _BASE | _STYLES[name]) | _TONES[tone]
        if style.get("bg_color") == TYPED:
            # On a protected sheet, cells to type into are not locked.
            style["locked"] = False
        if number_format and number_format != "General":
            style["num_format"] = number_format
        return self._book.add_format(style)
