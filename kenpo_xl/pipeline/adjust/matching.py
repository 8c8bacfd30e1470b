"""Shared by the kinds of adjustments: the block they refer to, and the texts of their remarks."""

from __future__ import annotations

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.adjustments import (
    FigureAdjustment,
    OutlookAdjustment,
    RatingAdjustment,
    WordingAdjustment,
)

BlockKey = tuple[str, str]
Adjustment = RatingAdjustment | WordingAdjustment | FigureAdjustment | OutlookAdjustment

NO_BLOCK = "計画にない項かブロックです"
CONTRADICTING = "同じところに別の調整があります"


def block_key(plan: Plan, adjustment: RatingAdjustment | WordingAdjustment) -> BlockKey | None:
    """The block of the plan that the adjustment refers to, None where there is none."""
    wanted = (normalized(adjustment.item), normalized(adjustment.block))
    keys = ((item.id, block.name) for item in plan.items for block in item.blocks)
    return next((key for key in keys if (normalized(key[0]), normalized(key[1])) == wanted), None)


def block_label(adjustment: RatingAdjustment | WordingAdjustment) -> str:
    """The block as remarks name it, with the planner's own words."""
    return f"{adjustment.item or '（項が空）'} ブロック {adjustment.block or '（空）'}"


def applied_remark(
    location: str, message: str, adjustment: Adjustment, typed: str = "", computed: str = ""
) -> Remark:
    """The remark on an adjustment that was applied, with its reason or that it has none."""
    reason = f"（理由：{adjustment.reason}）" if adjustment.reason else "（理由が未記入です）"
    return Remark(Concern.ADJUSTED, False, location, message + reason, typed, computed, adjustment.source)


def unmatched_remark(location: str, failure: str, adjustment: Adjustment) -> Remark:
    """The remark on an adjustment that was not applied."""
    message = f"{failure}。適用していません。確かめて、調整を直してください。"
    return Remark(Concern.UNMATCHED, True, location, message, source=adjustment.source)
