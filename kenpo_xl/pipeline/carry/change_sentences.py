"""Changes of a plan in words, for planner and staff."""

from __future__ import annotations

from kenpo_xl.domain.plan.items import groups_of_item, owners_text
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.plan_changes import Difference, PartPath, PlanChange, PlanPart


def change_sentence(change: PlanChange, plans: tuple[Plan, Plan]) -> str:
    """A change of the plan in words: 表「1-2-2/研修」が加わりました; `plans` are the old and the new one."""
    old = _name_of_part(change.part, change.old, plans[0])
    new = "、".join(_name_of_part(change.part, path, plans[1]) for path in change.new)
    if change.difference is Difference.NEW:
        return f"{change.part}「{new}」が加わりました"
    if change.difference is Difference.GONE:
        return f"{change.part}「{old}」がなくなりました"
    owners = _owners_in_words(change, plans)
    if change.difference is Difference.GIVEN and change.old == change.new[0]:
        return f"{change.part}「{old}」の担当は{owners}になりました"
    if owners:
        return f"{change.part}「{old}」は「{new}」に、担当は{owners}になりました"
    return f"{change.part}「{old}」は「{new}」になりました"


def _owners_in_words(change: PlanChange, plans: tuple[Plan, Plan]) -> str:
    """The owners of an item that another group has now (「総務課」から「福祉課」), '' for any other part."""
    if change.part is not PlanPart.ITEM or len(change.new) != 1:
        return ""
    before, now = plans[0].item(change.old[0]), plans[1].item(change.new[0][0])
    if before is None or now is None or groups_of_item(now) == groups_of_item(before):
        return ""
    is_renamed = before.owner not in plans[1].groups and now.owner not in plans[0].groups
    if is_renamed and change.difference is not Difference.GIVEN:
        return ""
    return f"「{owners_text(before)}」から「{owners_text(now)}」"


def items_of_part(part: PlanPart, path: PartPath, plan: Plan) -> list[Item]:
    """The items of a plan that a part is in; of a KPI those that print it."""
    if part is PlanPart.KPI:
        return [item for item in plan.items if item.block_of_kpi(path[0])]
    return [item for item in plan.items if item.id == path[0]]


def _name_of_part(part: PlanPart, path: PartPath, plan: Plan) -> str:
    item = plan.item(path[0]) if part is PlanPart.ITEM and path else None
    return f"{item.id} {item.title}" if item else "/".join(path)
