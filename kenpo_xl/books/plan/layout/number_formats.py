"""Lost (cleared, pasted over) or unusable number formats of a drawn table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kenpo_xl.books.plan.layout.formulas import TableIndex
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.plan.table import CellDefinition, CellKind, Table

# In a table of this few cells one without a number format is no exception.
_FEW = 2

_DATE = "日付の表示形式では数として読めません。日付の欄は「文字列」、数の欄は数値の表示形式にしてください。"
# Literal parts of a number format: texts, colours, conditions, the general format.
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|General|(?:G/)?標準', re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[?#0] *\/|E[+-]|[hs]|\[", re.IGNORECASE)
_ODD = "分数・指数・時刻の表示形式は使えません。0.0 や #,##0 のような数値の表示形式にしてください。"


def only_cell_without_format(table: Table, body: Mapping[CellPosition, TableIndex]) -> CellPosition | None:
    """The only worksheet cell without a number format; None unless exactly one.

    `body` maps worksheet cells to the rows and columns of the table.
    """
    cells = {place: table.cells[i][j] for place, (i, j) in body.items()}
    numbers = [place for place, cell in cells.items() if _takes_number(cell)]
    lost = [place for place in numbers if cells[place].format.is_general]
    return lost[0] if len(lost) == 1 and len(numbers) > _FEW else None


@lru_cache(maxsize=512)
def unusable_format_message(code: str) -> str:
    """Why a number format cannot be used for numbers, '' for a usable one."""
    bare = _LITERALS.sub("", code.split(";")[0])
    if _NOT_PLAIN.search(bare):
        return _ODD
    return _DATE if re.search("[aymdeg]", bare, re.IGNORECASE) else ""


def _takes_number(cell: CellDefinition) -> bool:
    is_word = isinstance(cell.value, str) or cell.format.is_text
    return not is_word and cell.kind is not CellKind.NOT_APPLICABLE
