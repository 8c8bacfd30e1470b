"""Final ratings (最終評価) in the place of the groups' own."""

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


def _final_glyphs(plan: Plan, adjustments: Sequence[RatingAdjustment]) -> dict[BlockKey | None, set[str]]:
    """By block, the final ratings that the adjustments ask for."""
    finals: dict[BlockKey | None, set[str]] = {}
    for one in adjustments:
        finals.setdefault(block_key(plan, one), set()).add(_comparable_glyph(plan.scale, one.final))
    return finals


def _note(one: RatingAdjustment, rating: BlockRating) -> str:
    return _NOT_RECORDED if rating.rated and not one.group else ""


def adjust_ratings(
    plan: Plan, assessments: Assessments, adjustments: Sequence[RatingAdjustment]
) -> tuple[Assessments, tuple[Remark, ...]]:
    """The assessments with the planner's final ratings, and a remark on each.

    Not applied where the block is not in the plan, the rating not of the scale, the group's or the computed
    rating no longer the one that was recorded, or another adjustment of the block gives another rating.
    """
    blocks, remarks = dict(assessments.blocks), []
    finals = _final_glyphs(plan, adjustments)
    for one in adjustments:
        key = block_key(plan, one)
        rating = assessments.blocks[key] if key else None
        contradiction = CONTRADICTING if len(finals[key]) > 1 else ""
        failure = one.moved or _rating_failure(plan.scale, one, rating) or contradiction
        if key is None or rating is None or failure:
            remarks.append(unmatched_remark(block_label(one), failure, one))
            continue
        final = plan.scale.canonical_glyph(one.final)
        blocks[key] = replace(rating, final=final, adjustment=one)
        message = f"最終評価を {final} としました{_note(one, rating)}"
        remarks.append(applied_remark(block_label(one), message, one, rating.group, rating.computed))
    return replace(assessments, blocks=blocks), tuple(remarks)


def _rating_failure(scale: Scale, one: RatingAdjustment, today: BlockRating | None) -> str:
    """Why the rating cannot be applied, '' where it can."""
    if one.moved:
        return one.moved
    if today is None:
        return NO_BLOCK
    if not scale.canonical_glyph(one.final):
        return f"最終評価「{one.final}」は評価基準（{scale.legend}）にありません"
    if _has_changed(scale, one.group, today.given):
        return f"グループの評価が {one.group} から {today.given or '空'} に変わりました"
    if _has_changed(scale, one.computed, today.computed):
        return f"計算した評価が {one.computed} から {today.computed or '空'} に変わりました"
    return ""


def _has_changed(scale: Scale, recorded: str, today: str) -> bool:
    """Whether another rating was recorded; where none was, nothing can be told."""
    return bool(recorded) and _comparable_glyph(scale, recorded) != _comparable_glyph(scale, today)


def _comparable_glyph(scale: Scale, typed: str) -> str:
    return scale.canonical_glyph(typed) or normalized(typed)
