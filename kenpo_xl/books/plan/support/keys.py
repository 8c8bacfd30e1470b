"""Reads the column 鍵 of the sheet 施策: the keys by which items and blocks stay known."""

from __future__ import annotations

import re

from kenpo_xl.books.plan.support.list_sheets import ListRow
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Item

KEY = "鍵"
FILL = "kenpo-xl plan 期のフォルダー --keys"
"""The command that fills empty keys."""
# A key begins with a letter, so that it is never taken for a number of an item or block.
_KEY = re.compile(r"[^\W\d_][\w-]{0,19}")


def normalized_key(text: str) -> str:
    """A key as it is compared: half-width, capital letters."""
    return normalized(text).upper()


class KeyReader:
    """Reads the key of each row that begins an item or a block."""

    def __init__(self) -> None:
        self._first_row_by_key: dict[str, ListRow] = {}
        self._rows_without: list[ListRow] = []

    def read_key(self, row: ListRow) -> str:
        """The key in a row, '' without one; reports a malformed or repeated one."""
        key = normalized_key(row.text(KEY))
        if not key:
            self._rows_without.append(row)
            return ""
        if not _KEY.fullmatch(key):
            row.add_error(
                KEY,
                f"鍵「{row.text(KEY)}」は使えません。K07 のように字で始まる短い言葉にするか、"
                f"空にして {FILL} を実行してください。",
            )
            return ""
        first = self._first_row_by_key.setdefault(key, row)
        if first is not row:
            self._report_repeated(key, first, row)
            return ""
        return key

    @staticmethod
    def _report_repeated(key: str, first: ListRow, row: ListRow) -> None:
        older, newer = first.cell_ref(KEY), row.cell_ref(KEY)
        row.add_error(
            KEY,
            f"鍵 {key} が {older} と {newer} の 2 か所にあります。上の {older} を元の行とみなします。"
            f"{newer} の鍵を消してから {FILL} を実行してください（上が写した行なら、上の鍵を消します）。",
        )

    def report_unused(self, row: ListRow) -> None:
        """Warns of a key in a row that begins no item and no block."""
        if row.text(KEY):
            row.add_warning(
                KEY,
                f"鍵「{row.text(KEY)}」は使いません。項かブロックが始まる行に移すか、消してください。",
            )

    def report_missing(self) -> None:
        """Warns once if some items and blocks have keys and others do not."""
        if self._first_row_by_key and self._rows_without:
            row, count = self._rows_without[0], len(self._rows_without)
            row.add_warning(
                KEY,
                f"鍵のない項とブロックが {count} 件あります。番号や順を変えると、前の期の数や文と"
                f"つながらなくなります。{FILL} を実行すると入ります。",
            )


def item_numbers_by_name(items: list[Item]) -> dict[str, str]:
    """The number of each item by number and by key, as lists name it."""
    return {item.key: item.id for item in items} | {item.id: item.id for item in items}
