"""Identities as stored (by key and former name) and as shown in a plan (by number and today's names)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.named_parts import Matches, NamedPart, matches_of_parts, named_parts

if TYPE_CHECKING:
    from kenpo_xl.domain.plan.plan import Item, Plan

_BLOCK_PARTS = ("ブロック ", "計画内容/")
"""What is before the name of a block in an identity, behind its item."""
_OF_KPI = ("指標", "KPI")
GONE = "（いまの計画にない）"
"""Before an item or block without key that the plan no longer has: its number may be another one's now."""


@frozen
class Identities:
    """The identities of a plan. `past` are the items and blocks of the period whose identities are read."""

    plan: Plan
    past: tuple[NamedPart, ...] = ()

    def stored(self, identity: str) -> str:
        """The identity by keys of one by numbers; one that names no item is returned as it is."""
        number, slash, rest = identity.partition("/")
        item = self.plan.item(number) if self.plan.uses_keys else None
        if item is None:
            return identity
        before, name, behind = _split_at_block(rest)
        block = item.block(name) if before else None
        return f"{item.key}{slash}{before}{block.key}{behind}" if block else f"{item.key}{slash}{rest}"

    def stored_item(self, number: str) -> str:
        """The key of an item that is given by its number."""
        item = self.plan.item(number)
        return item.key if item else number

    def stored_block(self, number: str, name: str) -> tuple[str, str]:
        """The keys of an item and a block that are given by number and name."""
        item = self.plan.item(number)
        block = item.block(name) if item else None
        return item.key if item else number, block.key if block else name

    def shown(self, stored: str) -> str:
        """The identity by today's numbers and names of one that was stored under this or an earlier plan."""
        if stored not in self._shown_by_stored:
            self._shown_by_stored[stored] = self._with_names_of_today(stored)
        return self._shown_by_stored[stored]

    def shown_item(self, item: str) -> str:
        """The number of an item that is given as stored."""
        return self._number_by_stored_item.get(item, item)

    def shown_block(self, item: str, block: str) -> tuple[str, str]:
        """The number of the item and the name of a block, given as stored."""
        known = self._block_by_stored_name
        return known.get((item, block)) or known.get(("", block)) or (self.shown_item(item), block)

    @cached_property
    def are_as_stored(self) -> bool:
        """Whether everything is shown as it is stored."""
        return not (self._has_keys or self._kpi_by_former_name or self._items_with_former_names)

    @cached_property
    def _shown_by_stored(self) -> dict[str, str]:
        return {}

    def _with_names_of_today(self, stored: str) -> str:
        first, slash, rest = stored.partition("/")
        if first in _OF_KPI:
            return f"{first}{slash}{self._with_kpi_of_today(rest)}"
        before, name, behind = _split_at_block(rest)
        if before:
            number, block = self.shown_block(first, name)
            return f"{number}{slash}{before}{block}{behind}"
        number = self.shown_item(first)
        item = self._items_with_former_names.get(number)
        return f"{number}{slash}{_with_table_of_today(item, rest) if item else rest}"

    def _with_kpi_of_today(self, rest: str) -> str:
        for former, name in self._kpi_by_former_name.items():
            if rest == former or rest.startswith(f"{former}/"):
                return name + rest[len(former) :]
        return rest

    @cached_property
    def _kpi_by_former_name(self) -> dict[str, str]:
        return name_by_former_name(self.plan.kpis)

    @cached_property
    def _items_with_former_names(self) -> dict[str, Item]:
        """The items with a former name of a table, row or column, by number."""
        if self.past:
            return self.plan.identities._items_with_former_names
        return {item.id: item for item in self.plan.items if _has_former_names(item)}

    @cached_property
    def _has_keys(self) -> bool:
        return self.plan.uses_keys or any(one.has_item_key or one.has_block_key for one in self.past)

    @cached_property
    def _named_parts(self) -> tuple[NamedPart, ...]:
        return self.plan.identities._named_parts if self.past else named_parts(self.plan)

    @cached_property
    def _matches_with_past(self) -> Matches:
        """The parts of the plan for those of the past; a plan that never had keys goes by its numbers."""
        return matches_of_parts(self.past, self._named_parts) if self._has_keys else {}

    @cached_property
    def _number_by_stored_item(self) -> dict[str, str]:
        found = {one.item: one.number for one in self._named_parts if one.has_item_key}
        for one in self.past if self._has_keys else ():
            now = self._matches_with_past.get(one)
            if not one.block and one.item not in found:
                gone = one.item if one.has_item_key else f"{GONE}{one.item}"
                found[one.item] = now.number if now else gone
        return found

    @cached_property
    def _block_by_stored_name(self) -> dict[tuple[str, str], tuple[str, str]]:
        found = {
            ("", one.block): (one.number, one.block_name)
            for one in self._named_parts
            if one.block and one.has_block_key
        }
        for one in self.past if self._has_keys else ():
            now = self._matches_with_past.get(one)
            if one.block and (now or not one.has_block_key):
                gone = (self.shown_item(one.item), f"{GONE}{one.block}")
                found[one.item, one.block] = (now.number, now.block_name) if now else gone
        return found


class HasFormerNames(Protocol):
    """A table, row, column or KPI."""

    @property
    def name(self) -> str: ...

    @property
    def former_names(self) -> tuple[str, ...]: ...


def name_by_former_name(parts: Iterable[HasFormerNames]) -> dict[str, str]:
    """Today's name by former name; one that is a name today, or a former name of two, means nothing."""
    listed = list(parts)
    names = {one.name for one in listed}
    found: dict[str, str] = {}
    repeated: set[str] = set()
    for one in listed:
        for former in one.former_names:
            repeated |= {former} if former in found or former in names else set()
            found.setdefault(former, one.name)
    return {former: name for former, name in found.items() if former not in repeated}


def _split_at_block(rest: str) -> tuple[str, str, str]:
    """What is before the name of a block, the name, and what is behind it; ('', '', rest) without a block."""
    for before in _BLOCK_PARTS:
        if rest.startswith(before):
            name, slash, behind = rest[len(before) :].partition("/")
            return before, name, slash + behind
    return "", "", rest


def _has_former_names(item: Item) -> bool:
    return any(
        table.former_names or any(axis.former_names for axis in (*table.rows, *table.columns))
        for table in item.tables
    )


def _with_table_of_today(item: Item, rest: str) -> str:
    """A path of table, row, column and more, each by its name of today."""
    name, *others = rest.split("/")
    table = item.table(name_by_former_name(item.tables).get(name, name))
    if table is None:
        return rest
    axes = (name_by_former_name(table.rows), name_by_former_name(table.columns))
    found = [names.get(one, one) for names, one in zip(axes, others, strict=False)]
    return "/".join([table.name, *found, *others[len(axes) :]])
