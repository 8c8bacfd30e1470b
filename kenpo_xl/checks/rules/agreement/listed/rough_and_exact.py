"""A rough number and the exact one beside it: 100人以上（98人）, 約50社（32社）, 30社強の28社 (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import is_number_approximate, is_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit

_Range = tuple[Decimal, Decimal]
_ANY, _ONE = Decimal("Infinity"), Decimal(1)
# What is said behind a number, and how far the exact one may be from it.
_BOUNDS: tuple[tuple[str, _Range], ...] = (
    ("を超える", (_ONE, _ANY)),
    ("を上回る", (_ONE, _ANY)),
    ("を下回る", (Decimal(0), _ONE)),
    ("に満たない", (Decimal(0), _ONE)),
    ("に届かない", (Decimal(0), _ONE)),
    ("以上", (_ONE, _ANY)),
    ("以下", (Decimal(0), _ONE)),
    ("以内", (Decimal(0), _ONE)),
    ("未満", (Decimal(0), _ONE)),
    ("足らず", (Decimal("0.6"), _ONE)),
    ("余り", (_ONE, Decimal("1.5"))),
    ("あまり", (_ONE, Decimal("1.5"))),
    ("近い", (Decimal("0.6"), Decimal("1.02"))),
    ("近く", (Decimal("0.6"), Decimal("1.02"))),
    ("強", (_ONE, Decimal("1.4"))),
    ("弱", (Decimal("0.6"), _ONE)),
    ("程度", (Decimal("0.8"), Decimal("1.2"))),
    ("ほど", (Decimal("0.8"), Decimal("1.2"))),
    ("前後", (Decimal("0.8"), Decimal("1.2"))),
)
_ABOUT = (Decimal("0.85"), Decimal("1.18"))
# In a bracket behind the exact number: 49,612人（約5万人）.
_ROUNDED = (Decimal("0.87"), Decimal("1.12"))
_BRACKETS = ("(", "(実数", "(正確には")
_ABOUT_IN_BRACKET = ("(約", "(およそ", "(おおよそ", "(概ね", "(おおむね", "(ほぼ")
_JOINS = ("(", "の", "となる", "に当たる", "にあたる", "である", "(実数", "(実績", "(正確には")
_ANY_BOUND = AnyOf("約|およそ|ほぼ|概ね|おおむね|" + "|".join(word for word, _ in _BOUNDS))
_NOT_SO = AnyOf("目標|予定|計画|定員|前年|昨年|対象|規模")
_LONGEST = 10
_BEFORE_NOUN = ("を超える", "を上回る", "を下回る", "近い", "に満たない")
_ROUGH_ITSELF = ("以上", "以下", "未満", "以内", "前後", "程度", "余", "超", "弱", "強", "~", "台")


@rule(
    "CO33",
    Family.AGREEMENT,
    Severity.WARNING,
    "「約」「以上」「未満」「強」などが、横の正確な数と合いません",
    why="「100人以上（98人）」「約50社（32社）」と書けば、読み手は 2 つの数を見比べます。",
    remedy="正確な数と、「約」「以上」などの付いた数のどちらが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO62",
        "CO68",
        "CO81",
    ),
)
def exact_number_is_out_of_the_rough(context: CheckContext) -> Iterator[Violation]:
    """100人以上（98人）, 約1,200人（1,528人）, 200名弱の215名: the exact number of its unit right behind.

    Or the rough one in brackets behind the exact one: 15,777件（約1万8千件）.
    In brackets it is alone; otherwise の or となる joins it, and nothing but the number follows as well.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) < 2 or not _ANY_BOUND.is_in(sentence.text):
            continue
        for rough, exact in pairwise(sentence.numbers):
            if _is_bracket_no_rounding_of_exact(sentence, rough, exact):
                yield _bracket_violation(sentence, rough, exact)
                continue
            found = _allowed_range_and_rough_words(sentence, rough, exact)
            if found is None or not rough.value or _NOT_SO.is_in(sentence.before(rough)[-8:]):
                continue
            (least, most), words = found
            if not least <= exact.value / rough.value <= most:
                yield sentence.violation(
                    exact,
                    f"「{words}」とありますが、正確な数は「{exact.text.strip()}」です",
                    "2 つの数と言葉を確かめ、違うものを直してください。",
                    first=rough,
                )


def _bracket_violation(sentence: NumberedSentence, exact: TextNumber, rough: TextNumber) -> Violation:
    return sentence.violation(
        rough,
        f"「{exact.text.strip()}」の横に「約{rough.text.strip()}」とあります",
        "2 つの数を確かめ、違うものを直してください。",
        first=exact,
    )


def _allowed_range_and_rough_words(
    sentence: NumberedSentence, rough: TextNumber, exact: TextNumber
) -> tuple[_Range, str] | None:
    """How far the exact number may be from the rough one, and the words that say so."""
    between = "".join(sentence.between(rough, exact).split())
    if not 0 < len(between) <= _LONGEST or not is_same_unit(rough.unit, exact.unit) or not rough.unit:
        return None
    behind = sentence.behind(exact, 3).lstrip()
    if behind.startswith(_ROUGH_ITSELF):
        return None
    return _allowed_range_of_limit_word(rough, between, behind) or _allowed_range_of_about_word(
        sentence, rough, between, behind
    )


def _allowed_range_of_limit_word(rough: TextNumber, between: str, behind: str) -> tuple[_Range, str] | None:
    """The range of 以上, 強 and the like, if what follows joins the exact number to them."""
    for word, found in _BOUNDS:
        if between.startswith(word):
            joint = between.removeprefix(word)
            is_joined = joint in _JOINS or (not joint and word in _BEFORE_NOUN)
            is_closed = not joint.startswith("(") or behind.startswith(")")
            return (found, f"{rough.text.strip()}{word}") if is_joined and is_closed else None
    return None


def _allowed_range_of_about_word(
    sentence: NumberedSentence, rough: TextNumber, between: str, behind: str
) -> tuple[_Range, str] | None:
    """The range of 約 and the like, if the exact number is alone in the bracket behind."""
    is_in_bracket = between in _BRACKETS and behind.startswith(")")
    if is_in_bracket and is_number_approximate(rough, sentence.written.text):
        return _ABOUT, f"約{rough.text.strip()}"
    return None


def _is_bracket_no_rounding_of_exact(
    sentence: NumberedSentence, exact: TextNumber, rough: TextNumber
) -> bool:
    """Whether a number in the bracket behind an exact one is no rounding of it: 15,777件（約1万8千件）."""
    between = "".join(sentence.between(exact, rough).split()).removesuffix("程度")
    is_pair = between in _ABOUT_IN_BRACKET and is_same_unit(rough.unit, exact.unit) and bool(rough.unit)
    if not is_pair or not exact.value or not sentence.behind(rough, 1).startswith(")"):
        return False
    is_exact = is_stated_exactly(exact, sentence.written.text)
    least, most = _ROUNDED
    return is_exact and not least <= rough.value / exact.value <= most
