"""What writer and reader of 引継ぎ.xlsx agree on: names, headers, hidden cells."""

from __future__ import annotations

NAME = "引継ぎ.xlsx"
SHEET = "引継ぎ"
STATE, KIND, ABOUT, OLD, NEW, CONFIRMED, PLACE, HINT, ID, WRITTEN, DIGEST = HEADERS = (
    *("状態", "種類", "項目", "前の値", "新しい値", "確認済", "計画ブックの場所", "すること"),
    *("番号", "書いた値", "控え"),
)
WIDTHS = (10, 14, 33, 24, 25, 9, 15, 42, 8, 8, 8)
HIDDEN = (ID, WRITTEN, DIGEST)
"""Columns by which the program finds answers again: the id of a row, and what it held as written."""
NAMED = "→"
"""Before what is written as the new name of a part: once confirmed, it is an answer even if unchanged."""
PREVIOUS_LABEL = "前の期のフォルダー"
