"""Reasons beside ratings (評価の理由) that are those of other blocks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import printed_lines, quoted
from kenpo_xl.checks.support.rating_reasons import ReasonedRating, reasoned_ratings
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import RatingEntry

_COMMON = LazyPattern(
    r"計画|目標|予定|実施|実績|達成|どおり|通り|順調|進捗|取組|取り組み|事業|大幅|概ね|年度|途中|継続|引き続き|全て|要員|不足"
    r"|判断|評価|理由|成果|結果|向上|改善|前年|当初|見込|件数|上回|下回|行|進|図"
)
_LEAST_CONTENT = 6


@rule(
    "RA22",
    Family.RATING,
    Severity.WARNING,
    "別の項の「評価の理由」と同じ理由です",
    why="ほかのブロックの理由を写したままだと、そのブロックの根拠が報告書から抜けます。",
    remedy="そのブロックの理由に書き直してください。",
)
def reason_is_that_of_another_block(context: CheckContext) -> Iterator[Violation]:
    """A reason with words of its own is beside two ratings of different items.

    The one whose item says less of these words is reported. General reasons (計画どおり実施したため) may be
    repeated, and those that both items mention.
    """
    for same in _ratings_with_equal_reasons(context):
        shares = [_share_of_reason_in_texts(context, *one) for one in same]
        if min(shares) >= 1:
            continue
        own = max(range(len(same)), key=lambda at: shares[at])
        for at, (item, rating) in enumerate(same):
            if at != own and shares[at] < 1:
                yield _copied_reason_violation(item.id, rating, same[own][1])


def _ratings_with_equal_reasons(context: CheckContext) -> Iterator[list[ReasonedRating]]:
    """The ratings of two items and more that have one reason with words of its own."""
    found: dict[str, list[ReasonedRating]] = {}
    for item, rating in reasoned_ratings(context):
        if rating.reason_source:
            found.setdefault(normalized(rating.reason).strip("。・"), []).append((item, rating))
    for all_same in found.values():
        if len({item.id for item, _ in all_same}) > 1:
            same = [(item, rating) for item, rating in all_same if _distinctive_words(rating.reason)]
            if len({item.id for item, _ in same}) > 1:
                yield same


def _copied_reason_violation(item: str, rating: RatingEntry, other: RatingEntry) -> Violation:
    assert rating.reason_source is not None
    related = (other.reason_source,) if other.reason_source else ()
    source: Source = rating.reason_source
    there = f"{other.reason_source.sheet} の {other.reason_source.cell}" if other.reason_source else "別の項"
    return Violation(
        source,
        f"{item}/ブロック {rating.block}/評価の理由",
        f"理由{quoted(rating.reason)}は、{there} にもあります。",
        "この評価にした根拠を書いてください。",
        actual=rating.reason[:30],
        related=related,
    )


def _distinctive_words(reason: str) -> list[str]:
    """The words of a reason that other reasons do not have; none for a general one."""
    runs = groupby(_COMMON.sub(" ", half_width(reason)), _least_letters_of_word)
    words = [word for least, run in runs if least and len(word := "".join(run)) >= least]
    return words if len("".join(words)) >= _LEAST_CONTENT else []


def _least_letters_of_word(letter: str) -> int:
    """How many letters like this one make a word: two of a noun, one of a number; 0 for other letters."""
    if "一" <= letter <= "龯" or "ァ" <= letter <= "ヴ" or letter in "々ー":
        return 2
    return 1 if "0" <= letter <= "9" else 0


def _share_of_reason_in_texts(context: CheckContext, item: Item, rating: RatingEntry) -> float:
    """The share of a reason's own words that the lines, tables and plan of its item say too."""
    spoken = "".join(
        (
            *(text for block in item.blocks for text in block.sentences),
            *(written.text for written in printed_lines(context, item.id)),
            *(table.name for table in item.tables),
        )
    )
    plain, words = half_width(spoken), _distinctive_words(rating.reason)
    return sum(word[:4] in plain for word in words) / len(words)
