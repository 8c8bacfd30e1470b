"""Ratings (評価) against the words of their block and of their reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    contradicting_claim,
    levels_of_rating,
    other_glyph_in_reason,
    other_glyph_in_text_and_place,
    reason_explains_computed_rating,
    reasoned_ratings,
)
from kenpo_xl.checks.support.sentences.achievements import (
    BAD,
    GOOD,
    Claim,
    Level,
    claims_in,
    is_statement_mitigated,
)
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.sense.outcomes import sign_of_outcome
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.submission.submission import RatingEntry

_ClaimInText = tuple[PrintedText, Claim]

_DONE = LazyPattern(
    r"(?:(?<!かっ)た|んだ|済み?|実施中|している|ている|である"
    r"|実施|開催|送付|発送|配布|徹底|依頼|公募)(?=。|$)"
)
_COUNTED = LazyPattern(r"\d\s*(?:件|人|名|機関|か所|事業所|回|社|通|部|％|%)")
_PLANNED = AnyOf("予定|対象|目標|定員|計画|見込|予算")
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
    中止した or 未実施 as all that a block says, or of all of it (計画した取組は行えていない), and
    計画を大きく下回る of the whole, under a rating for what was met. Silent where the block also says the
    contrary (一方, ものの, 課題), and for a scale whose meanings do not tell. Also a line that gives another
    rating of the scale: 評価は「D」とした.
    """
    lines: dict[tuple[str, str], list[PrintedText]] = {}
    for written in printed_lines(context):
        lines.setdefault((written.item.id, written.line.block if written.line else ""), []).append(written)
    for item, rating in reasoned_ratings(context):
        levels = levels_of_rating(context, rating)
        texts = lines.get((item.id, rating.block), [])
        found = _contradicting_claim(context, item.id, rating, levels, texts) if levels else None
        if found is not None:
            yield _text_violation(context, rating, *found)
        yield from _violations_for_other_ratings(context, rating, texts)


def _violations_for_other_ratings(
    context: CheckContext, rating: RatingEntry, texts: Sequence[PrintedText]
) -> Iterator[Violation]:
    """The lines of a block that give another rating than stands there."""
    assert rating.source is not None
    for written in texts:
        glyph, place = other_glyph_in_text_and_place(context, rating, written.text)
        if glyph:
            yield written.violation(
                place,
                f"{quoted(sentence_at(written.text, place).lstrip(LINE_MARKS)[-30:])}とありますが、"
                f"評価は「{rating.glyph.strip()}」です。",
                "文と評価のどちらが正しいか確かめて直してください。",
                actual=glyph,
                expected=rating.glyph.strip(),
                related=(rating.source,),
            )


def _text_violation(
    context: CheckContext, rating: RatingEntry, written: PrintedText, claim: Claim
) -> Violation:
    first, end = sentence_span(written.text, claim.start)
    assert rating.source is not None
    return written.violation(
        claim.start,
        f"{quoted(written.text[max(first, claim.start - 12) : end].lstrip(LINE_MARKS))}とありますが、"
        f"評価は「{rating.glyph.strip()}」（{_meaning_of_rating(context, rating)}）です。",
        "文と評価のどちらが正しいか確かめて直してください。",
        actual=half_width(written.text)[claim.start : claim.end],
        related=(rating.source,),
    )


def _meaning_of_rating(context: CheckContext, rating: RatingEntry) -> str:
    glyph = context.plan.scale.canonical_glyph(rating.glyph)
    return next((step.meaning for step in context.plan.scale.steps if step.glyph == glyph), "")


def _contradicting_claim(
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
    """The claim that all of a block was not done, or that all of it is far below, None without one."""
    undone = [one for one in claims if one[1].level is Level.UNDONE and _is_claim_end_of_sentence(*one)]
    far_below = (one for one in claims if one[1].level is Level.UNDER and _is_claim_of_far_below_target(*one))
    sure = (one for one in undone if _is_claim_about_all(one, undone, texts) and not _is_claim_softened(*one))
    return next(sure, None) or next(far_below, None)


def _is_claim_softened(written: PrintedText, claim: Claim) -> bool:
    """Whether the sentence of a claim also says the contrary; fewer words soften a claim of the whole."""
    if _is_claim_about_whole_block(written, claim):
        return _BUT.is_in(_sentence_of_claim(written, claim))
    return is_statement_mitigated(_sentence_of_claim(written, claim))


def _is_claim_of_far_below_target(written: PrintedText, claim: Claim) -> bool:
    """Whether a claim says that all of a block is far below its plan: 全体として計画を大きく下回っている."""
    words = claim.words + half_width(written.text)[claim.start : claim.end]
    is_whole = claim.is_of_all or _is_claim_about_whole_block(written, claim)
    is_plan = _FAR_BELOW.search(words) is not None and is_whole and not claim.is_unclear
    return is_plan and not _BUT.is_in(_sentence_of_claim(written, claim))


def _is_claim_about_whole_block(written: PrintedText, claim: Claim) -> bool:
    """Whether a claim is of all that a block is about."""
    first, _ = sentence_span(written.text, claim.start)
    before = half_width(written.text)[first : claim.start]
    found = list(_OF_ALL.finditer(before))
    return bool(found) and not _OTHER_SUBJECT.search(before[found[-1].end() :].rpartition("、")[2])


def _claim_of_done(
    claims: Sequence[_ClaimInText], levels: frozenset[Level], is_computed: bool
) -> _ClaimInText | None:
    """The claim that more was done than a rating says, None without one."""
    is_missed = any(claim.level is Level.UNDER for _, claim in claims)
    for written, claim in claims:
        is_all = claim.level in GOOD and levels <= BAD and _is_nothing_but_claim(written, claim)
        is_plain = not is_missed and not is_statement_mitigated(written.text)
        if (is_all and not is_computed) or (is_plain and _is_claim_surely_against_levels(claim, levels)):
            return written, claim
    return None


def _sentence_of_claim(written: PrintedText, claim: Claim) -> str:
    return sentence_at(written.text, claim.start)


def _is_claim_surely_against_levels(claim: Claim, levels: frozenset[Level]) -> bool:
    """Whether a claim contradicts a rating whatever it is said of, or is far beyond what is rated so."""
    if claim.level is Level.FAR_BEYOND:
        return levels <= BAD or (claim.is_of_all and levels <= BAD | {Level.ONGOING})
    return claim.level in GOOD and levels == {Level.UNDONE}


def _is_nothing_but_claim(written: PrintedText, claim: Claim) -> bool:
    """Whether the sentence of a claim says nothing but that all was done so."""
    first, end = sentence_span(written.text, claim.start)
    plain = half_width(written.text)
    return _NOTHING_ELSE.fullmatch(plain[first : claim.start] + plain[claim.end : end].strip()) is not None


def _is_claim_end_of_sentence(written: PrintedText, claim: Claim) -> bool:
    """Whether a claim is the verb of its sentence."""
    _, end = sentence_span(written.text, claim.start)
    return re.fullmatch(r"[ぁ-ん]{0,14}。?\s*", written.text[claim.end : end]) is not None or (
        re.fullmatch(r"[ぁ-ん]{0,3}(?:決定|決め|至|整)[ぁ-ん]{0,8}。?\s*", written.text[claim.end : end])
        is not None
    )


def _is_sentence_about_work(sentence: str) -> bool:
    """Whether a sentence ends with what was done, or has a result: a count that is no plan (対象は 30 人)."""
    is_result = _COUNTED.search(sentence) is not None and not _PLANNED.is_in(sentence)
    return is_result or _DONE.search(sentence) is not None


def _is_claim_about_all(
    one: _ClaimInText, undone: Sequence[_ClaimInText], texts: Sequence[PrintedText]
) -> bool:
    """Whether a block says nothing else, or that all of it was not done."""
    spans = {(id(written), sentence_span(written.text, claim.start)[0]) for written, claim in undone}
    others = [
        sentence
        for written in texts
        for sentence, start in sentences_with_start(written.text)
        if (id(written), start) not in spans and _is_sentence_about_work(sentence)
    ]
    return not others or _is_claim_about_whole_block(*one)


_WORK = r"(?:取組|取り組み|事業|計画|業務|内容|事項|項目|施策)"
_OF_ALL = LazyPattern(
    rf"いずれも|すべて|全て|(?:本|当|この)(?:{_WORK}|項)(?:の(?:実施|{_WORK}))?[はもを]"
    rf"|(?:計画|予定)(?:し(?:てい)?た|に(?:掲げ|定め)た|の)(?:全ての|すべての)?{_WORK}(?:[はもがを]|に(?:[はも]|(?=着手)))"
)
_OTHER_SUBJECT = LazyPattern(r"(?<!実施)(?<!開催)(?<!着手)[はをも]")
_BUT = AnyOf(
    "前年|昨年|過去|一方|ものの|一部|一つ|うち|次年度|来年度|実施中|途中|継続|代わり|代替|振替|振り替|代えて|が、|延期|予定である"
    "|該当|見込みである|ほか|以外|のみ"
)
_FAR_BELOW = LazyPattern(
    r"計画(?:全体)?を(?:大きく|大幅に|著しく)下回|計画(?:より|から)(?:大きく|大幅に|著しく)遅れ"
)


@rule(
    "RA21",
    Family.RATING,
    Severity.WARNING,
    "「評価の理由」が、別の評価の理由になっています",
    why="評価だけを変えて理由を直し忘れると、「目標に届かなかったため ◎」のような報告書になります。",
    remedy="評価と理由のどちらが正しいか確かめて直してください。",
    superseded_by=(rule_codes.RATING_DIFFERS, "CO56", "RA22"),
)
def reason_speaks_of_another_rating(context: CheckContext) -> Iterator[Violation]:
    """A reason says the opposite of what its rating means: 目標に届かなかったため under 計画通り.

    Also 計画を大幅に上回った under 計画通り where the scale has a better step, 計画どおり under that, and a
    reason that names another glyph (△とした); 目標を上回ったため as the cause of △ or 概ね達成. Silent where
    the reason says both, and where it fits the rating that the KPIs give (RA04). So does what went badly
    (前年度を下回ったため, 遅れたため) under a rating for what was met.
    """
    for item, rating in reasoned_ratings(context):
        is_contrary = (
            contradicting_claim(context, item, rating)
            or other_glyph_in_reason(context, rating)
            or _has_block_another_outcome(context, rating)
        )
        if not is_contrary or not rating.reason_source:
            continue
        if reason_explains_computed_rating(context, item, rating):
            continue
        assert rating.source is not None
        yield Violation(
            rating.reason_source,
            f"{item.id}/ブロック {rating.block}/評価の理由",
            f"理由は{quoted(rating.reason)}ですが、評価は「{rating.glyph.strip()}」"
            f"（{_meaning_of_rating(context, rating)}）です。",
            "評価と理由のどちらが正しいか確かめて直してください。",
            actual=rating.reason[:30],
            related=(rating.source,),
        )


def _has_block_another_outcome(context: CheckContext, rating: RatingEntry) -> bool:
    """Whether a reason tells only what went badly, or well, and its rating means the opposite."""
    levels = levels_of_rating(context, rating) if rating.reason else frozenset()
    outcome = sign_of_outcome(half_width(rating.reason)) if levels else 0
    if not outcome or is_statement_mitigated(rating.reason.replace("遅れ", "")):
        return False
    is_claimed = any(claim.level in GOOD for claim in claims_in(rating.reason))
    return (levels <= GOOD and outcome < 0 and not is_claimed) or (levels == {Level.UNDONE} and outcome > 0)
