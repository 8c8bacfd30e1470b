"""The reasons beside ratings, against what the ratings mean in the scale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.sentences.achievements import Claim, Level, claim_against_levels, levels_of_step
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.lazy_patterns import LazyPattern
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


# 評価は「D」とした, （評価：D）, 評価を達成としている; behind it nothing goes on.
_RATED = LazyPattern(
    r"(?<!\w)(?:(?:当期の|今期の|今回の|本項の|このブロックの|以上により、?|よって、?|自己)|(?:前[期回]と同(?:じく|様に)、?)(?=評価は))?"
    r"評価(?:結果)?(?:は|を|も|:|として(?:は)?、?)[、\s]*"
    r"(?P<words>[^。「」()]{0,20}?)[「『]?(?P<glyph>[^\s「」『』、。()]{1,8}?)[」』]?"
    r"(?:と(?:し(?=[た、。]|てい)|する|なっ(?!た[^。、]{1,6}は)|な[りる]|判断|評価|判定)|で(?=ある|す|あっ|、)|[。)]|(?<=[◎○〇△×])\(|$)",
    needs=("評価は", "評価を", "評価も", "評価:", "評価として", "評価結果"),
)
_RATED_SO = LazyPattern(
    r"(?:[「『]|(?<=、)(?=[◎○〇△×]))(?P<glyph>[^\s「」『』]{1,8}?)(?:[」』]|(?<=[◎○〇△×]))(?P<words>)(?:と(?:評価|判定)|の評価と)(?:した|する|している)(?=[。)]|$)",
    needs=("評価", "判定"),
)
_OTHER_RATING = AnyOf("前年|昨年|前期の|前回の|前回は|外部|目標|予定|見込|場合|年度末|全国|他|ほか|基準|満足")
_OTHER_WORDS = AnyOf("から|次|まで")


def other_glyph_in_text_and_place(context: CheckContext, rating: RatingEntry, text: str) -> tuple[str, int]:
    """Another glyph of the scale that a text gives as the rating, with its place; '' and 0 for none.

    評価は「D」とした, （評価：D）, 「D」と評価した. Silent for that of another time or place (前回の評価は).
    """
    if "評価" not in text and "判定" not in text:
        return "", 0
    scale, plain = context.plan.scale, half_width(text)
    for pattern in (_RATED, _RATED_SO):
        for found in pattern.finditer(plain):
            glyph = scale.canonical_glyph(_last_glyph(context, found["words"], found["glyph"]))
            first, _ = sentence_around(plain, *found.span())
            is_now = not (
                _OTHER_RATING.is_in(plain[first : found.start()] + found["words"])
                or _OTHER_WORDS.is_in(found["words"])
            )
            if is_now and glyph and glyph != scale.canonical_glyph(rating.glyph):
                return glyph, found.start("glyph")
    return "", 0


def _last_glyph(context: CheckContext, words: str, glyph: str) -> str:
    """The glyph at the end of some words: D of 引き続きD; '' where it is a part of another word."""
    if context.plan.scale.canonical_glyph(glyph):
        is_cut = words and (words[-1].isalnum() and not "ぁ" <= words[-1] <= "ん")
        return "" if is_cut else glyph
    ends = [step.glyph for step in context.plan.scale.steps if glyph.endswith(step.glyph)]
    longest = max(ends, key=len, default="")
    before = glyph.removesuffix(longest)[-1:]
    return longest if "ぁ" <= before <= "ん" else ""


def other_glyph_in_reason(context: CheckContext, rating: RatingEntry) -> str:
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
    return other_glyph_in_text_and_place(context, rating, rating.reason)[0]


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
    return claim_against_levels(
        rating.reason, levels, scale=context.plan.scale.steps, less_is_good=less_is_good
    )
