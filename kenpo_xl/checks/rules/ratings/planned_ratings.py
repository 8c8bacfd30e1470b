"""Ratings (評価) beside lines that only plan, and beside work that is called out of scope."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.checks.support.rating_reasons import levels_of_rating, reasoned_ratings
from kenpo_xl.checks.support.sentences.achievements import GOOD
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.submission.submission import RatingEntry

_PLANNED = LazyPattern(
    r"(?:予定|見込み|する計画|準備中|検討中|調整中|準備を進め|検討を進め|こととし)(?:である|です|している|ている|であり|。|\s|$)*$"
)
# 「１回目は７月に開催、２回目は…」: the first part of the sentence is done.
_DONE_IN_PART = LazyPattern(
    r"(?:(?:実施|開催|発送|送付|配布|配付|掲載|公表)(?:し(?:た|ており))?|済み?)[、。]"
)
_DONE = LazyPattern(
    r"(?:実施|開催|発送|送付|配布|配付|掲載|受講|公表|訪問|周知|発信|作成|徹底|依頼|報告|出席|参加|説明|協議)(?:を行っ|を図っ|し)?た?。?\s*$"
    r"|(?:行っ|図っ|述べ|受け|開い)た。?\s*$"
)
_SHORTEST = 10
_BULLETS = "・•●■※ \u3000"


@rule(
    "RA29",
    Family.RATING,
    Severity.INFO,
    "評価は計画どおり以上ですが、予定しか書かれていません",
    why="まだ何もしていないブロックに「計画通り」などの評価があると、何を評価したのか読み手に分かりません。",
    remedy="済んだことがあれば書き、まだ予定だけなら評価を見直してください。",
    superseded_by=(rule_codes.RATING_DIFFERS, "RA20"),
)
def good_rating_beside_plans(context: CheckContext) -> Iterator[Violation]:
    """All that a block says is planned, and its rating is for what was met or exceeded.

    Not where the block has a table or a KPI.
    """
    for item, rating in reasoned_ratings(context):
        levels = levels_of_rating(context, rating)
        lines = _lines_of_block(context, item, rating)
        if not levels or not levels <= GOOD or not lines or _has_block_table(context, item, rating):
            continue
        if all(_is_text_only_about_plans(one.text.rstrip()) for one in lines):
            assert rating.source is not None
            yield lines[-1].violation(
                0,
                f"{quoted(lines[-1].text)}は予定ですが、評価は「{rating.glyph.strip()}」です。",
                "済んだことがあれば書き、まだ予定だけなら評価を見直してください。",
                actual=rating.glyph.strip(),
                related=(rating.source,),
            )


def _is_text_only_about_plans(text: str) -> bool:
    """Whether a line ends with a plan and has nothing that is done before it."""
    return bool(_PLANNED.search(text)) and not _DONE_IN_PART.search(text)


def _lines_of_block(context: CheckContext, item: Item, rating: RatingEntry) -> list[PrintedText]:
    """The lines of a rated block that are no headings."""
    lines = (one for one in printed_lines(context, item.id) if one.block == rating.block)
    return [one for one in lines if len(half_width(one.text).strip(_BULLETS)) >= _SHORTEST]


def _has_block_table(context: CheckContext, item: Item, rating: RatingEntry) -> bool:
    lines = context.entries_by_item[item.id].lines
    return any(one.block == rating.block and one.kind is not LineKind.TEXT for one in lines)


@rule(
    "RA33",
    Family.RATING,
    Severity.INFO,
    "評価は「対象外」ですが、実施したことが書かれています",
    why="実施したことの横が「－」（対象外）だと、評価を入れ忘れたように読めます。",
    remedy="実施したことに合う評価を入れてください。対象外なら、そのままで構いません。",
    superseded_by=("RA23",),
)
def work_beside_a_rating_that_is_none(context: CheckContext) -> Iterator[Violation]:
    """A step that is no judgement (－, not in the legend) beside a line that ends with what was done."""
    for item, rating in reasoned_ratings(context):
        glyph = context.plan.scale.canonical_glyph(rating.glyph)
        step = next(one for one in context.plan.scale.steps if one.glyph == glyph)
        if step.in_legend or step.floor is not None or rating.reason.strip():
            continue
        done = next((one for one in _lines_of_block(context, item, rating) if _DONE.search(one.text)), None)
        if done is not None and rating.source is not None:
            yield Violation(
                rating.source,
                f"{item.id}/ブロック {rating.block}/評価",
                f"評価は「{rating.glyph.strip()}」ですが、"
                f"{done.source.cell} に{quoted(done.text)}とあります。",
                "実施したことに合う評価を入れてください。対象外なら、そのままで構いません。",
                actual=rating.glyph.strip(),
                related=(done.source,),
            )
