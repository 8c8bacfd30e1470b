"""What the input book of a group shows of a plan: two plans with the same of it have the same book."""

from __future__ import annotations

from dataclasses import replace

from kenpo_xl.domain.plan.plan import Item, Plan, Section


def what_a_book_shows(plan: Plan, group: str) -> tuple[object, ...]:
    """All of a plan that is in the book of a group: two books differ where this does."""
    items = tuple(map(_without_place_in_plan_book, plan.items_of(group)))
    kpis = tuple(
        replace(kpi, place="") for kpi in plan.kpis if any(item.block_of_kpi(kpi.name) for item in items)
    )
    past = {key: value for key, value in plan.history.items() if any(kpi.name == key[0] for kpi in kpis)}
    headings = [
        (one.chapter, one.title, item.id) for one in plan.sections for item in one.items if item in items
    ]
    whole = (plan.branch, plan.title, plan.fiscal_year, plan.period, plan.scale, plan.python)
    return (whole, items, kpis, past, headings)


def _without_place_in_plan_book(item: Item) -> Item:
    return replace(item, tables=tuple(replace(table, place="") for table in item.tables))


def plan_of_one_group(plan: Plan, group: str) -> Plan:
    """The plan with all items as those of one group: an item of its book may be another group's now."""

    def owned(section: Section) -> Section:
        return replace(section, items=tuple(replace(item, owner=group) for item in section.items))

    groups = plan.groups if group in plan.groups else (*plan.groups, group)
    return replace(plan, groups=groups, sections=tuple(map(owned, plan.sections)))
