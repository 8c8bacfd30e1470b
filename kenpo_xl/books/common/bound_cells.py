"""Cells of an office's own workbook that its defined names bind to the rating or the progress of a block.

A name is 評価_ or 実施状況_, the number or key of the item and, where that has several blocks, of the block.
"""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.books.common.bound_regions import row_or_column_numbers, text_as_in_defined_names
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.workbook import Workbook, parse_area

RATING, PROGRESS = KINDS = ("評価", "実施状況")
# What follows may be an office's own name: 評価_一覧.
_NAME = LazyPattern(rf"({'|'.join(KINDS)})_((?:\d|[A-Z]\d).*)")


@frozen
class BoundCell:
    """A cell for the rating or the progress (`kind`) of a block; of merged cells the first one."""

    name: str
    kind: str
    item: str
    block: str
    sheet: str
    row: int
    column: int


def read_bound_cells(book: Workbook, plan: Plan) -> Iterator[BoundCell | str]:
    """The cells that the names of a workbook bind to blocks; a sentence for a name that cannot be used."""
    blocks = dict(_blocks_by_name(plan))
    for name, text in book.every_name:
        found = _NAME.fullmatch(normalized(name))
        if not found:
            continue
        area = parse_area(text)
        block = blocks.get(text_as_in_defined_names(found[2]).casefold())
        if block is None:
            yield f"名前「{name}」のブロックは計画にありません。項とブロックの番号を確かめてください。"
        elif area is None or area.sheet not in book.sheets:
            yield f"名前「{name}」は {text or '何も'} を指しています。1 つの欄にしてください。"
        else:
            rows, columns = (row_or_column_numbers(book.sheets[area.sheet], [area], axis) for axis in (0, 1))
            if len(rows) == len(columns) == 1:
                yield BoundCell(name, found[1], *block, area.sheet, rows[0], columns[0])
            else:
                yield f"名前「{name}」の範囲は 1 つの欄ではありません。欄を 1 つにするか、結合してください。"


def _blocks_by_name(plan: Plan) -> Iterator[tuple[str, tuple[str, str]]]:
    """Item and block by what their names may be called in a defined name."""
    for item in plan.items:
        for block in item.blocks:
            for own in (item.id, item.key):
                names = [f"{own}_{block.name}", f"{own}_{block.key}"]
                names += [own] if len(item.blocks) == 1 else []
                for name in names:
                    yield text_as_in_defined_names(name).casefold(), (item.id, block.name)
