"""Reads the text fields (記入欄) of a plan: declared in 基本, with texts to begin with in 施策."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kenpo_xl.books.plan.support.former_names import name_and_former_names
from kenpo_xl.books.plan.support.list_sheets import ListRow
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.support.text_placeholders import ItemText
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind, TextField
from kenpo_xl.domain.plan.plan import Block, Item, Section, StartLine
from kenpo_xl.ooxml.workbook import Workbook

HEADERS = PER_BLOCK, PER_ITEM = ("記入欄", "項の記入欄")
NOT_APPLICABLE = "／"
_LONGEST, _MOST = 12, 10
# What the input book and the report call other parts of a block.
_TAKEN = (
    *LineKind,
    "計画",
    "計画内容",
    "実施状況",
    "評価",
    "評価の理由",
    "基準日",
    "内容",
    "担当",
    "章",
    "節",
    "項",
)


def read_text_field(book: Workbook, line: ListRow, others: Iterable[TextField]) -> list[TextField]:
    """The text field of a row of 基本 behind others; [] and an error for a name that cannot be used."""
    name, former = name_and_former_names(line.text("値"))
    why = _unusable_reason(name, [normalized(one.name) for one in others])
    if why:
        line.add_error("値", why)
        return []
    per_item = normalized(line.sheet.text(line.row, 1)) == normalized(PER_ITEM)
    return [TextField(name, per_item, former, line.source(book, "値"))]


def _unusable_reason(name: str, others: Sequence[str]) -> str:
    if normalized(name) in map(normalized, _TAKEN):
        return f"「{name}」は入力ブックや報告書のほかの欄の名前です。記入欄は別の名前にしてください。"
    if normalized(name) in others:
        return f"記入欄「{name}」が 2 回あります。1 行にしてください。"
    if not name or len(name) > _LONGEST or any(mark in name for mark in ",、/←"):
        return f"記入欄の名前は {_LONGEST} 字までの短い言葉にしてください（「、」「/」は使えません）。"
    return f"記入欄は {_MOST} 個までです。" if len(others) >= _MOST else ""


def sections_with_text_fields(sections: Iterable[Section], fields: Sequence[TextField]) -> list[Section]:
    """The sections, whose blocks start with a line for each text field."""
    return [
        replace(section, items=tuple(_item_with_text_fields(item, fields) for item in section.items))
        for section in sections
    ]


def _item_with_text_fields(item: Item, fields: Sequence[TextField]) -> Item:
    blocks = (
        _block_with_text_fields(block, [one for one in fields if block is item.blocks[0] or not one.per_item])
        for block in item.blocks
    )
    return replace(item, blocks=tuple(blocks)) if fields else item


def _block_with_text_fields(block: Block, fields: Sequence[TextField]) -> Block:
    """The block with the lines of its fields; texts of 施策 in columns of their names begin them."""
    names = {normalized(one.name): one.name for one in fields}
    texts: dict[str, list[str]] = {}
    for one in block.column_texts:
        texts.setdefault(names.get(normalized(one.header), ""), []).append(one.text)
    lines = [
        StartLine(LineKind.TEXT, text, name)
        for name in names.values()
        for text in texts.get(name, [""])
        if text != NOT_APPLICABLE
    ]
    others = tuple(one for one in block.column_texts if normalized(one.header) not in names)
    return replace(block, lines=(*block.lines, *lines), column_texts=others)


def texts_of_text_fields(sections: Iterable[Section], fields: Iterable[TextField]) -> Iterator[ItemText]:
    """The texts of 施策 with which text fields begin, with their cells."""
    names = {normalized(one.name) for one in fields}
    for item in (item for section in sections for item in section.items):
        for one in (text for block in item.blocks for text in block.column_texts):
            if one.source and normalized(one.header) in names:
                yield ItemText(item.id, one.source.sheet, one.source.cell, one.text)


def warn_of_unused_texts(
    sections: Iterable[Section], fields: Sequence[TextField], problems: Problems
) -> None:
    """Adds a warning for each text of a field of items that is not in the first block of its item."""
    names = {normalized(one.name) for one in fields if one.per_item}
    for block in (block for section in sections for item in section.items for block in item.blocks[1:]):
        for one in block.column_texts:
            if one.source and normalized(one.header) in names:
                message = f"「{one.header}」は項に 1 つの記入欄です。この文は項の最初の行に入れてください。"
                problems.add_warning(one.source.sheet, one.source.cell, message)
