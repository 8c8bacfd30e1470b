"""Plan books whose items and blocks keep their keys while they are moved, retitled and reworded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.language.normalize import title_without_number
from kenpo_xl.domain.plan.plan import Plan
from tests.edited import edited


def keep_keys(path: Path, before: Plan, retitled: Mapping[str, str] | None = None) -> None:
    """Give the items and blocks of a plan book the keys of those in `before` with their title and text.

    `retitled` has old titles by new ones. What is new gets no key.
    """
    items = {title_without_number(item.title): item for item in before.items}
    blocks = {one.sentences: one.own_key for item in before.items for one in item.blocks}
    with edited(path) as book:
        book["施策"]["H1"] = "鍵"
        for item in read_plan(path).items:
            title = title_without_number(item.title)
            same = items.get((retitled or {}).get(title, title))
            own = [(same.own_key if same else "", item.key_source)]
            for key, source in [
                *own,
                *((blocks.get(one.sentences, ""), one.key_source) for one in item.blocks),
            ]:
                assert source
                book["施策"][f"H{source.cell.lstrip('A')}"] = key
            if item.id in book.sheetnames and same:
                book[item.id]["A60"], book[item.id]["B60"] = "鍵", same.own_key
