"""What the three kinds of adjustments share: the block that is meant, and the words of their remarks."""

from __future__ import annotations

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.adjustments import FigureAdjustment, RatingAdjustment, WordingAdjustment

BlockKey = tuple[str, str]
Adjustment = RatingAdjustment | WordingAdjustment | FigureAdjustment

NO_BLOCK = "計画にない項かブロックです"
CONTRADICTING = "同じところに別の調整があります"


def block_key(plan: Plan, one: RatingAdjustment | WordingAdjustment) -> BlockKey | None:
    """The block of the plan that is meant, None where there is none."""
    wanted = (normalized(one.item), normalized(one.block))
    keys = ((item.id, block.name) for item in plan.items for block in item.blocks)
    return next((key for key in keys if (normalized(key[0]), normalized(key[1])) == wanted), None)


def block_label(one: RatingAdjustment | WordingAdjustment) -> str:
    """The block as remarks name it, with the planner's own words."""
    return f"{one.item or '（項が空）'} ブロック {one.block or '（空）'}"


def applied_remark(place: str, message: str, one: Adjustment, typed: str = "", computed: str = "") -> Remark:
    """What is said of an adjustment that was applied, with its reason or that it has none."""
    reason = f"（理由：{one.reason}）" if one.reason else "（理由が未記入です）"
    return Remark(Concern.ADJUSTED, False, place, message + reason, typed, computed, one.source)


def unmatched_remark(place: str, failure: str, one: Adjustment) -> Remark:
    """What is said of one that was not."""
    message = f"{failure}。適用していません。確かめて、調整を直してください。"
    return Remark(Concern.UNMATCHED, True, place, message, source=one.source)
