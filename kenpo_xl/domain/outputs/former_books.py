"""Groups whose items were submitted by other groups, before the plan gave the items to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kenpo_xl.domain.outputs.checked_book import CheckedBook
from kenpo_xl.domain.outputs.status_board import GroupState, State
from kenpo_xl.domain.plan.plan import Plan


def with_former_books(state: GroupState, plan: Plan, books: Sequence[CheckedBook]) -> GroupState:
    """The state of a group that also has items in the books of other groups.

    A group without a book of its own, all of whose items are there, has an outdated book: the report prints
    its items, and its own book is still to come.
    """
    own = [item.id for item in plan.items_of(state.group)]
    found = [book for book in books if set(own) & set(book.moved_items)]
    if not found:
        return state
    items = _items_in_books(own, found)
    groups = "、".join(dict.fromkeys(book.group for book in found))
    sentence = f"項 {'、'.join(items)} は、計画が変わる前の{groups}のブックから報告書に載せています。"
    state = replace(state, former_items=sentence)
    if state.book or items != own:
        return state
    return replace(state, state=State.OUTDATED, book=found[-1].path.name, former_group=groups)


def _items_in_books(items: Sequence[str], books: Sequence[CheckedBook]) -> list[str]:
    """Those of some items that one of the books has."""
    return [item for item in items if any(item in book.moved_items for book in books)]
