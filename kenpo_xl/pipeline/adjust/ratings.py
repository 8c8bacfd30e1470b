"""Final ratings (最終評価) that replace the ratings of the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.ratings import Scale
from kenpo_xl.domain.results.adjustments import RatingAdjustment
from kenpo_xl.domain.results.assessments import Assessments, BlockRating
from kenpo_xl.pipeline.adjust.matching import (
    CONTRADICTING,
    NO_BLOCK,
    BlockKey,
    applied_remark,
    block_key,
    block_label,
    unmatched_remark,
)

_NOT_RECORDED = "。グループの評価が控えられていないため、あとで変わっても分かりません"


def _requested_glyphs_by_block(
    plan: Plan, adjustments: Sequence[RatingAdjustment]
) -> dict[BlockKey | None, set[str]]:
    """By block, the final ratings that the adjustments ask for."""
    finals: dict[BlockKey | None, set[str]] = {}
    for adjustment in adjustments:
        glyph = _comparable_glyph(plan.scale, adjustment.final)
        finals.setdefault(block_key(plan, adjustment), set()).add(glyph)
    return finals


def _not_recorded_note(adjustment: RatingAdjustment, rating: BlockRating) -> str:
    return _NOT_RECORDED if rating.rated and not adjustment.group else ""


def adjust_ratings(
    plan: Plan, assessments: Assessments, adjustments: Sequence[RatingAdjustment]
) -> tuple[Assessments, tuple[Remark, ...]]:
    """The assessments with the planner's final ratings, and a remark on each.

    Not applied where the block is not in the plan, the rating not of the scale, the group's or the computed
    rating no longer the one that was recorded, or another adjustment of the block gives another rating.
    """
    blocks, remarks = dict(assessments.blocks), []
    finals = _requested_glyphs_by_block(plan, adjustments)
    for adjustment in adjustments:
        key, label = block_key(plan, adjustment), block_label(adjustment)
        rating = assessments.blocks[key] if key else None
        contradiction = CONTRADICTING if len(finals[key]) > 1 else ""
        failure = adjustment.moved or _rating_failure(plan.scale, adjustment, rating) or contradiction
        if key is None or rating is None or failure:
            remarks.append(unmatched_remark(label, failure, adjustment))
            continue
        final = plan.scale.canonical_glyph(adjustment.final)
        blocks[key] = replace(rating, final=final, adjustment=adjustment)
        message = f"最終評価を {final} としました{_not_recorded_note(adjustment, rating)}"
        remarks.append(applied_remark(label, message, adjustment, rating.group, rating.computed))
    return replace(assessments, blocks=blocks), tuple(remarks)


def _rating_failure(scale: Scale, adjustment: RatingAdjustment, today: BlockRating | None) -> str:
    """Why the rating cannot be applied, '' where it can."""
    if adjustment.moved:
        return adjustment.moved
    if today is None:
        return NO_BLOCK
    if not scale.canonical_glyph(adjustment.final):
        return f"最終評価「{adjustment.final}」は評価基準（{scale.legend_text}）にありません"
    if _differs_from_recorded(scale, adjustment.group, today.submitted_glyph):
        return f"グループの評価が {adjustment.group} から {today.submitted_glyph or '空'} に変わりました"
    if _differs_from_recorded(scale, adjustment.computed, today.computed):
        return f"計算した評価が {adjustment.computed} から {today.computed or '空'} に変わりました"
    return ""


def _differs_from_recorded(scale: Scale, recorded: str, today: str) -> bool:
    """Whether another rating was recorded; False where none was recorded."""
    return bool(recorded) and _comparable_glyph(scale, recorded) != _comparable_glyph(scale, today)


def _comparable_glyph(scale: Scale, typed: str) -> str:
    return scale.canonical_glyph(typed) or normalized(typed)
