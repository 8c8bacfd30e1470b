"""Reads the sheet 別添: the documents that go with the report, and where the report refers to them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kenpo_xl.books.plan.support.keys import normalized_key
from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.plan.plan import Annex, Item
from kenpo_xl.ooxml.workbook import Workbook

SHEET = "別添"
_NUMBER, _TITLE, _ITEM, _BLOCK = "番号", "資料名", "項", "ブロック"
_DATE = re.compile(r"\d+月\d+日|\d+/\d+")


def read_annexes(book: Workbook, items: Iterable[Item], problems: Problems) -> list[Annex]:
    """Every row of 別添; a plan without the sheet has none. An item is named by its number or key."""
    known = {normalized_key(name): item for item in items for name in (item.id, item.key) if name}
    found: dict[str, Annex] = {}
    for row in read_list_rows(
        book, SHEET, (_NUMBER, _TITLE), problems, optional=(_ITEM, _BLOCK), needed=False
    ):
        number = row.displayed_text(book, _NUMBER).strip()
        if _DATE.fullmatch(number):
            row.add_error(
                _NUMBER,
                f"番号が日付「{number}」になっています。セルの書式を「文字列」にしてから入れ直してください。",
            )
        elif number in found:
            row.add_error(_NUMBER, f"番号「{number}」は 2 つあります。どちらかを直してください。")
        else:
            found[number] = _annex_of_row(row, number, known)
    return list(found.values())


def _annex_of_row(row: ListRow, number: str, known: dict[str, Item]) -> Annex:
    name, block = row.text(_ITEM).strip(), row.text(_BLOCK).strip()
    item = known.get(normalized_key(name))
    if name and item is None:
        row.add_error(_ITEM, f"項「{name}」は「施策」にありません。番号か鍵を入れてください。")
    blocks = [one.name for one in item.blocks] if item else []
    if block and block not in blocks:
        row.add_error(_BLOCK, f"ブロック「{block}」は項「{name}」にありません。")
    return Annex(number, row.text(_TITLE).strip(), item.id if item else "", block or next(iter(blocks), ""))
