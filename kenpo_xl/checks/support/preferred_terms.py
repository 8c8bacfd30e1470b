"""Variants of the preferred terms (用語) in a text: where they are, and the text without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width, match_positions, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.cross_checks import Term
from kenpo_xl.domain.plan.rule_settings import is_rule_active_for_text
from kenpo_xl.domain.text_span import TextSpan


@frozen
class TermUse:
    """A place of a text with a variant. `is_separate`: no letters beside it may belong to the same word."""

    term: Term
    variant: str
    start: int
    end: int
    is_separate: bool

    @property
    def is_certain(self) -> bool:
        """Whether the preferred word is meant for certain: a term that is 自動, a variant by itself."""
        return self.term.is_automatic and self.is_separate


def term_uses(text: str, terms: Sequence[Term]) -> Iterator[TermUse]:
    """Every variant in a text that is neither part of a preferred word nor of another word."""
    plain = normalized(text)
    found = [
        (term, variant)
        for term in terms
        for variant, sought in zip(term.variants, term.normalized_variants, strict=True)
        if sought in plain
    ]
    right = [place for one in terms for place in match_positions(one.preferred, text)] if found else []
    for term, variant in found:
        for start, end in _spans_of_variant(term, variant, text, right):
            yield TermUse(term, variant, start, end, _is_separate(text, start, end))


def texts_with_variants(texts: Iterable[str], terms: Sequence[Term]) -> frozenset[str]:
    """Those of some texts that may contain a variant; few do, so all are searched together first."""
    every = tuple(texts)
    whole = normalized("\n".join(every))
    there = [sought for term in terms for sought in term.normalized_variants if sought in whole]
    return frozenset(text for text in every if any(sought in normalized(text) for sought in there))


def with_preferred_terms(text: str, terms: Sequence[Term], is_chosen: Callable[[TermUse], bool]) -> str:
    """The text with the preferred word for each chosen use of a variant."""
    chosen = filter(is_chosen, term_uses(text, terms))
    for use in sorted(_without_overlaps(chosen), key=lambda one: -one.start):
        text = text[: use.start] + use.term.preferred + text[use.end :]
    return text


def _without_overlaps(uses: Iterable[TermUse]) -> Iterator[TermUse]:
    """The uses, of overlapping ones the first and longest."""
    last = 0
    for use in sorted(uses, key=lambda one: (one.start, -one.end)):
        if use.start >= last:
            last = use.end
            yield use


def is_minor_variant(context: CheckContext, term: Term, variant: str) -> bool:
    """Whether a variant is worth a 参考 only: the planner says so, or the plan's own text uses it."""
    return term.is_minor or variant in context.computed_once(_variants_of_plan_text)


def reported_terms(context: CheckContext, item: str, text: str) -> tuple[Term, ...]:
    """The terms with those of their variants that the office has reported in a text of an item (規則)."""

    def is_in_use(term: Term, variant: str) -> bool:
        code = rule_codes.MINOR_TERM if is_minor_variant(context, term, variant) else rule_codes.TERM
        return is_rule_active_for_text(context.plan.rule_settings, code, item, text)

    if not context.plan.rule_settings:
        return context.plan.terms
    return tuple(
        replace(term, variants=tuple(one for one in term.variants if is_in_use(term, one)))
        for term in context.plan.terms
    )


def _variants_of_plan_text(context: CheckContext) -> frozenset[str]:
    """The variants in the titles and sentences of the plan."""
    terms = context.plan.terms
    texts = texts_with_variants(_texts_of_plan(context), terms)
    return frozenset(use.variant for text in texts for use in term_uses(text, terms))


def _texts_of_plan(context: CheckContext) -> Iterator[str]:
    for section in context.plan.sections:
        yield section.chapter
        yield section.title
        for item in section.items:
            yield item.title
            yield from (sentence for block in item.blocks for sentence in block.sentences)


# Letters of one kind form one word; this does not hold for kanji.
_KINDS = (LazyPattern(r"[A-Za-z]"), LazyPattern(r"\d"), LazyPattern(r"[ァ-ヴー]"))
# 取組みやすい, 取組みます: a noun in 用語 that is a verb here.
_ENDINGS = (
    "やす やし にくい にくか にくく がたい がたく つつ ながら まし ます ませ たい たく たが そう 始 続 直 合 "
    "かけ 過ぎ"
)
_VERB_GOES_ON = tuple(_ENDINGS.split())
# 診療報酬明細書 is a word of its own where the preferred one (レセプト) cannot take 書.
_DOCUMENT = LazyPattern(r"[書票証](?![一-龯々])")
# 厚生労働省のウェブサイト: how others call what is theirs.
_OF_OTHERS = LazyPattern(r"(?:省|庁|内閣府|国|県|(?<![市区])市)の\s?$")
_AFTER_NOUN = "をはがにのでとへもや"


def _spans_of_variant(term: Term, variant: str, text: str, right: Sequence[TextSpan]) -> Iterator[TextSpan]:
    """The spans of a variant as a separate word, not within a preferred word, whose spans are `right`."""
    for start, end in match_positions(variant, text):
        inside = any(first <= start and end <= last for first, last in right)
        if not (
            inside
            or _is_inside_word(text, start - 1, start)
            or _is_inside_word(text, end - 1, end)
            or _is_of_another_word(term, text, start, end)
        ):
            yield start, end


def _is_inside_word(text: str, left: int, right: int) -> bool:
    if left < 0 or right >= len(text):
        return False
    return any(kind.match(half_width(text[left])) and kind.match(half_width(text[right])) for kind in _KINDS)


def _is_of_another_word(term: Term, text: str, start: int, end: int) -> bool:
    """Whether the variant is the beginning of a verb or of a document's name, or the word of others."""
    last = text[end - 1]
    if _is_hiragana(last) and text.startswith(_VERB_GOES_ON, end):
        return True
    is_document = (
        _is_kanji(last) and not _is_kanji(term.preferred[-1]) and _DOCUMENT.match(text, end) is not None
    )
    return is_document or bool(_OF_OTHERS.search(text[max(0, start - 5) : start]))


def _is_separate(text: str, start: int, end: int) -> bool:
    """Whether nothing beside the variant can belong to its word: no kanji beside kanji, only a particle."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    joined_before = _is_kanji(text[start]) and _is_kanji(before)
    joined_after = _is_kanji(text[end - 1]) and _is_kanji(after)
    goes_on = (
        _is_hiragana(text[end - 1])
        and after
        and (_is_kanji(after) or (_is_hiragana(after) and after not in _AFTER_NOUN))
    )
    return not (joined_before or joined_after or goes_on)


def _is_kanji(letter: str) -> bool:
    return "一" <= letter <= "龯" or letter == "々"


def _is_hiragana(letter: str) -> bool:
    return "ぁ" <= letter <= "ん"
