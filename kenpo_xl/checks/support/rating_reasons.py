"""The reasons beside ratings, against what the ratings mean in the scale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.sentences.achievements import Claim, Level, levels_of_step, speaks_for_another
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.submission.submission import RatingEntry

ReasonedRating = tuple[Item, RatingEntry]


def reasoned_ratings(context: CheckContext) -> Iterator[ReasonedRating]:
    """Every rating of the scale that the plan knows the block of, in the order of the book."""
    for item in context.own_items:
        entry = context.entries_by_item.get(item.id)
        for rating in entry.ratings if entry else ():
            is_known = (item.id, rating.block) in context.assessments.blocks
            if is_known and rating.source and context.plan.scale.canonical_glyph(rating.glyph):
                yield item, rating


def levels_of_rating(context: CheckContext, rating: RatingEntry) -> frozenset[Level]:
    """What a rating means by the words of the scale; empty where they do not say."""
    return _levels_of_glyph(context, context.plan.scale.canonical_glyph(rating.glyph))


def _levels_of_glyph(context: CheckContext, glyph: str) -> frozenset[Level]:
    found = (step for step in context.plan.scale.steps if step.glyph == glyph)
    return next((levels_of_step(step) for step in found), frozenset())


def contradicting_claim(context: CheckContext, item: Item, rating: RatingEntry) -> Claim | None:
    """What the reason of a rating says against it, None for nothing."""
    return _claim_against(context, item, rating, levels_of_rating(context, rating))


def glyph_named_in_reason(context: CheckContext, rating: RatingEntry) -> str:
    """Another glyph of the scale that a reason gives: △とした; '' for none."""
    own = context.plan.scale.canonical_glyph(rating.glyph)
    for step in context.plan.scale.steps:
        if step.glyph == own or step.glyph not in rating.reason:
            continue
        named = re.search(
            rf"(?<!\w)[「]?{re.escape(step.glyph)}[」]?(?:とした|とする|と(?:評価|判断|判定))", rating.reason
        )
        if named:
            return step.glyph
    return ""


def reason_explains_computed_rating(context: CheckContext, item: Item, rating: RatingEntry) -> bool:
    """Whether a reason speaks against its rating and for the one that the KPIs give."""
    computed = context.assessments.blocks[item.id, rating.block].computed
    given = context.plan.scale.canonical_glyph(rating.glyph)
    if not computed or computed == given or contradicting_claim(context, item, rating) is None:
        return False
    levels = _levels_of_glyph(context, computed)
    return bool(levels) and _claim_against(context, item, rating, levels) is None


def _claim_against(
    context: CheckContext, item: Item, rating: RatingEntry, levels: frozenset[Level]
) -> Claim | None:
    less_is_good = any(
        one.kpi.direction is Direction.AT_MOST
        for one in context.own_kpi_assessments
        if (one.item, one.block) == (item.id, rating.block)
    )
    return speaks_for_another(
        rating.reason, levels, scale=context.plan.scale.steps, less_is_good=less_is_good
    )
