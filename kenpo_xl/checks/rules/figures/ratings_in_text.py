"""Ratings (評価) against the words of their block and of their reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    printed_lines,
    quoted,
    sentence_at,
    sentence_span,
    sentences_with_start,
)
from kenpo_xl.checks.support.rating_reasons import (
    ReasonedRating,
    contradicting_claim,
    glyph_named_in_reason,
    levels_of_rating,
    reason_explains_computed_rating,
    reasoned_ratings,
)
from kenpo_xl.checks.support.sentences.achievements import (
    BAD,
    GOOD,
    Claim,
    Level,
    claims_in,
    is_mitigated,
)
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import RatingEntry

_ClaimInText = tuple[PrintedText, Claim]

_DONE = LazyPattern(
    r"(?:した|行った|図った|めた|けた|った|いた|んだ|済み?|実施中|している|ている|である"
    r"|実施|開催|送付|発送|配布|徹底|依頼|公募)(?=。|$)"
)
_NOTHING_ELSE = LazyPattern(
    r"[・•●■\s]*(?:(?:本|当)?(?:取組|事業|計画|業務)(?:は|を)?|全て|すべて|いずれも|おおむね|内容(?:は|を)|に|、"
    r"|実施|行|達成|完了|進|し|っ|て|いる|い|た|でき|を|計画|予定)*。?"
)


@rule(
    "RA20",
    Family.RATING,
    Severity.WARNING,
    "実施状況の文が、評価と反対のことを言っています",
    why="「計画を大幅に上回った」の横が △、「中止した」の横が 〇 では、説明を求められます。",
    remedy="文と評価のどちらが正しいか確かめて直してください。両方正しければ、その事情を文に書き添えてください。",
)
def text_contradicts_its_rating(context: CheckContext) -> Iterator[Violation]:
    """The words of a block say the opposite of what its rating means in the scale.

    計画を大幅に上回った of the whole under a rating for what is missed or under way; 計画どおり under 未実施;
    中止した or 未実施 as all that a block says, or of all of it, under a rating for what was met. Silent
    where the block also says the contrary (一方, ものの, 課題), and for a scale whose meanings do not tell.
    """
    lines: dict[tuple[str, str], list[PrintedText]] = {}
    for written in printed_lines(context):
        lines.setdefault((written.item.id, written.line.block if written.line else ""), []).append(written)
    for item, rating in reasoned_ratings(context):
        levels = levels_of_rating(context, rating)
        texts = lines.get((item.id, rating.block), [])
        found = _contradiction(context, item.id, rating, levels, texts) if levels else None
        if found is not None:
            yield _text_violation(context, rating, *found)


def _text_violation(
    context: CheckContext, rating: RatingEntry, written: PrintedText, claim: Claim
) -> Violation:
    first, end = sentence_span(written.text, claim.start)
    assert rating.source is not None
    return written.violation(
        claim.start,
        f"{quoted(written.text[max(first, claim.start - 12) : end].lstrip(_SIGNS))}とありますが、"
        f"評価は「{rating.glyph.strip()}」（{_meaning(context, rating)}）です。",
        "文と評価のどちらが正しいか確かめて直してください。",
        actual=half_width(written.text)[claim.start : claim.end],
        related=(rating.source,),
    )


def _meaning(context: CheckContext, rating: RatingEntry) -> str:
    glyph = context.plan.scale.canonical_glyph(rating.glyph)
    return next((step.meaning for step in context.plan.scale.steps if step.glyph == glyph), "")


def _contradiction(
    context: CheckContext,
    item: str,
    rating: RatingEntry,
    levels: frozenset[Level],
    texts: Sequence[PrintedText],
) -> _ClaimInText | None:
    """The line and the claim that contradict a rating, None without one."""
    claims = [(one, claim) for one in texts for claim in claims_in(one.text) if not claim.is_unclear]
    if not claims:
        return None
    if levels <= GOOD:
        return _claim_of_undone(claims, texts)
    return _claim_of_done(claims, levels, bool(context.assessments.blocks[item, rating.block].computed))


def _claim_of_undone(claims: Sequence[_ClaimInText], texts: Sequence[PrintedText]) -> _ClaimInText | None:
    """The claim that all of a block was not done, None without one."""
    undone = [one for one in claims if one[1].level is Level.UNDONE and _ends_sentence(*one)]
    sure = (one for one in undone if _is_all(one, undone, texts) and not is_mitigated(_sentence(*one)))
    return next(sure, None)


def _claim_of_done(
    claims: Sequence[_ClaimInText], levels: frozenset[Level], is_computed: bool
) -> _ClaimInText | None:
    """The claim that more was done than a rating says, None without one."""
    is_missed = any(claim.level is Level.UNDER for _, claim in claims)
    for written, claim in claims:
        is_all = claim.level in GOOD and levels <= BAD and _is_nothing_but_claim(written, claim)
        is_plain = not is_missed and not is_mitigated(written.text)
        if (is_all and not is_computed) or (is_plain and _is_sure(claim, levels)):
            return written, claim
    return None


def _sentence(written: PrintedText, claim: Claim) -> str:
    return sentence_at(written.text, claim.start)


def _is_sure(claim: Claim, levels: frozenset[Level]) -> bool:
    """Whether a claim contradicts a rating whatever it is said of, or is far beyond what is rated so."""
    if claim.level is Level.FAR_BEYOND:
        return levels <= BAD or (claim.is_of_all and levels <= BAD | {Level.ONGOING})
    return claim.level in GOOD and levels == {Level.UNDONE}


def _is_nothing_but_claim(written: PrintedText, claim: Claim) -> bool:
    """Whether the sentence of a claim says nothing but that all was done so."""
    first, end = sentence_span(written.text, claim.start)
    plain = half_width(written.text)
    return _NOTHING_ELSE.fullmatch(plain[first : claim.start] + plain[claim.end : end].strip()) is not None


def _ends_sentence(written: PrintedText, claim: Claim) -> bool:
    """Whether a claim is the verb of its sentence."""
    _, end = sentence_span(written.text, claim.start)
    return re.fullmatch(r"[ぁ-ん]{0,14}。?\s*", written.text[claim.end : end]) is not None or (
        re.fullmatch(r"[ぁ-ん]{0,3}(?:決定|決め|至|整)[ぁ-ん]{0,8}。?\s*", written.text[claim.end : end])
        is not None
    )


def _is_all(one: _ClaimInText, undone: Sequence[_ClaimInText], texts: Sequence[PrintedText]) -> bool:
    """Whether a block says nothing else, or that all of it was not done."""
    spans = {(id(written), sentence_span(written.text, claim.start)[0]) for written, claim in undone}
    others = [
        sentence
        for written in texts
        for sentence, start in sentences_with_start(written.text)
        if (id(written), start) not in spans and _DONE.search(sentence)
    ]
    written, claim = one
    first, _ = sentence_span(written.text, claim.start)
    return not others or _OF_ALL.search(written.text[first : claim.start]) is not None


_SIGNS = "・•●■※ "
_OF_ALL = LazyPattern(r"いずれも|すべて|全て|(?:本|当)(?:取組|事業|計画|業務)(?:の実施)?は")


@rule(
    "RA21",
    Family.RATING,
    Severity.WARNING,
    "「評価の理由」が、別の評価の理由になっています",
    why="評価だけを変えて理由を直し忘れると、「目標に届かなかったため ◎」のような報告書になります。",
    remedy="評価と理由のどちらが正しいか確かめて直してください。",
    superseded_by=(rule_codes.RATING_DIFFERS, "CO56"),
)
def reason_speaks_of_another_rating(context: CheckContext) -> Iterator[Violation]:
    """A reason says the opposite of what its rating means: 目標に届かなかったため under 計画通り.

    Also 計画を大幅に上回った under 計画通り where the scale has a better step, 計画どおり under that, and a
    reason that names another glyph (△とした). Silent where the reason says both, and where it fits the
    rating that the KPIs give (RA04).
    """
    for item, rating in reasoned_ratings(context):
        is_contrary = contradicting_claim(context, item, rating) or glyph_named_in_reason(context, rating)
        if not is_contrary or not rating.reason_source:
            continue
        if reason_explains_computed_rating(context, item, rating):
            continue
        assert rating.source is not None
        yield Violation(
            rating.reason_source,
            f"{item.id}/ブロック {rating.block}/評価の理由",
            f"理由は{quoted(rating.reason)}ですが、評価は「{rating.glyph.strip()}」"
            f"（{_meaning(context, rating)}）です。",
            "評価と理由のどちらが正しいか確かめて直してください。",
            actual=rating.reason[:30],
            related=(rating.source,),
        )


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
    """A reason with words of its own stands beside two ratings of different items.

    The one whose item says less of these words is reported. General reasons (計画どおり実施したため) may be
    repeated, and those that both items mention.
    """
    found: dict[str, list[ReasonedRating]] = {}
    for item, rating in reasoned_ratings(context):
        if rating.reason_source:
            found.setdefault(normalized(rating.reason).strip("。・"), []).append((item, rating))
    for all_same in found.values():
        if len({item.id for item, _ in all_same}) < 2:
            continue
        same = [(item, rating) for item, rating in all_same if _content(rating.reason)]
        if len({item.id for item, _ in same}) < 2:
            continue
        shares = [_spoken_share(context, *one) for one in same]
        if min(shares) >= 1:
            continue
        own = max(range(len(same)), key=lambda at: shares[at])
        for at, (item, rating) in enumerate(same):
            if at != own and shares[at] < 1:
                yield _copied_reason_violation(item.id, rating, same[own][1])


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


def _content(reason: str) -> list[str]:
    """The words of a reason that other reasons do not have; none for a general one."""
    runs = groupby(_COMMON.sub(" ", half_width(reason)), _least_letters)
    words = [word for least, run in runs if least and len(word := "".join(run)) >= least]
    return words if len("".join(words)) >= _LEAST_CONTENT else []


def _least_letters(letter: str) -> int:
    """How many letters like this one make a word: two of a noun, one of a number; 0 for other letters."""
    if "一" <= letter <= "龯" or "ァ" <= letter <= "ヴ" or letter in "々ー":
        return 2
    return 1 if "0" <= letter <= "9" else 0


def _spoken_share(context: CheckContext, item: Item, rating: RatingEntry) -> float:
    """The share of a reason's own words that the lines, tables and plan of its item say too."""
    spoken = "".join(
        (
            *(text for block in item.blocks for text in block.sentences),
            *(written.text for written in printed_lines(context, item.id)),
            *(table.name for table in item.tables),
        )
    )
    plain, words = half_width(spoken), _content(rating.reason)
    return sum(word[:4] in plain for word in words) / len(words)
