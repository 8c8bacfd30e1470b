"""What the input book of a group shows of a plan: two plans with the same of it have the same book."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from kenpo_xl.domain.plan.items import groups_of_item, with_only_owner
from kenpo_xl.domain.plan.plan import Item, Plan


def comparable_content_of_book(plan: Plan, group: str) -> tuple[object, ...]:
    """All of a plan that is in the book of a group: two books differ where this does."""
    items = tuple(map(_without_place_in_plan_book, plan.items_of(group)))
    kpis = tuple(
        replace(kpi, place="") for kpi in plan.kpis if any(item.block_of_kpi(kpi.name) for item in items)
    )
    names = {kpi.name for kpi in kpis}
    past = {key: value for key, value in plan.history.items() if key[0] in names}
    headings = list(_chapters_and_sections_of_items(plan, {item.id for item in items}))
    whole = (plan.branch, plan.title, plan.fiscal_year, plan.period, plan.scale)
    macros = (plan.python, plan.has_buttons)
    return (whole, macros, items, kpis, past, headings)


def _chapters_and_sections_of_items(plan: Plan, items: Set[str]) -> Iterator[tuple[str, str, str]]:
    """The chapter and the section above each of these items."""
    for section in plan.sections:
        for item in section.items:
            if item.id in items:
                yield section.chapter, section.title, item.id


def _without_place_in_plan_book(item: Item) -> Item:
    return replace(item, tables=tuple(replace(table, place="") for table in item.tables))


def plan_when_handed_out(plan: Plan, group: str, items: Set[str]) -> Plan:
    """The plan with the items of a book as those of its group: they may be another group's now.

    `items` are their numbers and keys; where the book does not know them, every item may be its own.
    """

    def owned(item: Item) -> Item:
        is_there = not items or bool({item.id, item.key} & items)
        return with_only_owner(item, group) if is_there and group not in groups_of_item(item) else item

    sections = tuple(replace(section, items=tuple(map(owned, section.items))) for section in plan.sections)
    owners = {one for section in sections for item in section.items for one in groups_of_item(item)}
    groups = tuple(one for one in plan.groups if one in owners and one != group)
    return replace(plan, groups=(*groups, group), sections=sections)
