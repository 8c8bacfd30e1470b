"""Sentences that say that all did something, and state that not all did (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

_ALL_WORDS = AnyOf("全員|全て|すべて|全職員|全事業所|全会場|全機関|全グループ|全件|全市町村|100%")
_ALL = LazyPattern(
    r"(?:全員|すべて|全て|全(?:職員|事業所|会場|機関|グループ|件|市町村|社|校))(?:の\w{1,6})?(?:が|に|へ|を|で|から)?[、\s]*(?:の)?"
    r"(?P<act>(?![ぁ-ん])\w{2})(?:を(?:受け|終え|行)|し(?:た|て|、)|され|済|が(?:完了|終わ))"
)
_RATE = LazyPattern(r"(?P<act>(?![ぁ-ん])\w{2})率[はがも:]?[、\s(]*$", needs="率")
_ALL_BEFORE = LazyPattern(
    r"(?:全員|すべて|全て|100%|全(?:職員|事業所|会場|機関|グループ|市町村|校|社))[^。、(\d]{0,14}[(](?:全)?\s*$"
)
_OF = LazyPattern(r"\s*(?:のうち|中)[、\s]*")
_CLOSES = LazyPattern(r"\s*[)]")
_NOT_SO = AnyOf("計画|予定|目標|よう|ため|見込|ない|ず|時点|前年|昨年|以外|除|ほぼ|一部|現在|対象の")
_WHOLE = 1


@rule(
    "CO26",
    Family.AGREEMENT,
    Severity.WARNING,
    "「全員」「すべて」が、文の中の数と合いません",
    why="「職員全員（24名中21名）が受講」「全職員が受講し、受講率は92％」では、全員なのか読み手に分かりません。",
    remedy="数と、「全員」「すべて」のどちらが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO51"),
)
def all_are_not_all(context: CheckContext) -> Iterator[Violation]:
    """職員全員（24名中21名）, 全職員が受講し、受講率は92％: the number right behind says that not all did.

    The bracket holds nothing but part and whole; the rate is named for the act of which all is said.
    """
    for sentence in numbered_sentences(context):
        if not _ALL_WORDS.is_in(sentence.text) or _NOT_SO.is_in(sentence.text):
            continue
        found = _part_in_bracket(sentence) or _rate_of_all(sentence)
        if found is not None:
            yield sentence.violation(
                found,
                f"「全員」「すべて」などとありますが、「{found.text.strip()}」とあります",
                "数と、「全員」「すべて」のどちらが正しいか確かめて直してください。",
            )


def _part_in_bracket(sentence: NumberedSentence) -> TextNumber | None:
    """The part in 全員（24名中21名） and すべて（160会場のうち155会場）."""
    for whole, part in zip(sentence.numbers, sentence.numbers[1:], strict=False):
        if (
            part.value < whole.value
            and is_same_unit(part.unit, whole.unit)
            and _OF.fullmatch(sentence.between(whole, part))
            and _CLOSES.match(sentence.behind(part))
            and _ALL_BEFORE.search(sentence.plain[sentence.start : whole.start])
        ):
            return part
    return None


def _rate_of_all(sentence: NumberedSentence) -> TextNumber | None:
    """The 92％ of 全職員が受講し、受講率は92％."""
    for rate in sentence.numbers:
        if rate.unit == FRACTION and rate.value < _WHOLE:
            before = sentence.before(rate)
            named, all_did = _RATE.search(before), _ALL.search(before)
            if named and all_did and named["act"] == all_did["act"]:
                return rate
    return None
