"""Shares and multiples in words beside the two numbers that they are of: 120人のうち半数以上の45人."""

from __future__ import annotations

import re
from decimal import Decimal

from kenpo_xl.checks.support.number_matching import decimal_places, is_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf, alternatives
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

SHARE_WORDS = LazyPattern(
    r"(?P<about>約|およそ|ほぼ|概ね|おおむね)?\s*(?:(?P<half>過?半数|半分)|(?P<more>大半|大多数|大部分|ほとんど)|(?P<few>ごく一部|少数(?!民|意見|の意見))|(?P<tenths>\d)\s*割(?!\s*[\d引増減合])"
    r"|(?P<below>[2-9])\s*分の\s*(?P<above>[1-8])(?!\d)|(?P<times>\d+(?:\.\d+)?)\s*倍(?!率)|(?P<all>(?<=ほぼ)(?:全(?:員|て|数|事業所|社)|すべて)))"
    r"\s*(?:(?P<least>以上|超|を?超え[るた]|を上回[るっ]た?|強|余り|台)"
    r"|(?P<most>以下|未満|に(?:は|も)?(?:満た|届か|達し[なてま]|及ば)[なずて]?い?|を下回[るっ]た?|弱|近く))?(?:程度|ほど|前後)?",
    needs=(
        "半数",
        "半分",
        "割",
        "分の",
        "倍",
        "ほぼ全",
        "ほぼすべて",
        "大半",
        "大多数",
        "大部分",
        "ほとんど",
        "一部",
        "少数",
    ),
)
_OF = LazyPattern(r"\s*(?:のうちの?|の内の?|うち|中)[、\s]*|の", needs="うの内中")
_JOINS = LazyPattern(r"\s*(?:の|(?<=[るたい])|に当たる|に(?:あたる|相当する)|となる|である)[、\s]*")
_BEFORE_PAIR = LazyPattern(r"\s*(?:の|[(]|[、,])?\s*")
_THEN = LazyPattern(r"(?:前年|昨年|前回|前期|前月)[^。、\d]{0,10}$", needs=("前", "昨年"))
_FROM = LazyPattern(r"\s*[)]?(?:から|の|(?:に|と)比べて?|に対して?|と比較して)[、\s]*(?:年|月|週)?\s*")
_BECOMES = LazyPattern(
    r"\s*(?:へと?|に|と)(?:(?:増え|増加し|増やし|引き上げ|伸び|拡大し|急増し|なり|達し)(?:て|ており)?)?[、\s]*(?:[^。、\d]{1,8}は)?"
)
_LEADS = LazyPattern(r"\s*(?:で|と|に|であり|となり)[、\s(]*")
_NOT_SO = AnyOf("延べ|重複|複数回答|目標|全国|計画|予定|見込|以外|残|除|ない人|ずつ|それぞれ")
# Where the words are not right beside their number, also words of those that did not.
_MAY_BE_OTHERS = AnyOf("未|定員|前年|昨年|一方|ほか|別|合わせ|あわせ")
# 120人のうち45人が欠席し、その半数以上は: a share of the number right before.
_OF_THOSE = ("その", "そのうち", "そのうちの", "このうち", "このうちの", "これらの")
_OF_CAPACITY = alternatives("定員の|全体の|対象の|対象者の|送付先の|送付数の|申込者の|回答者の|会員の|うち")
_ASKED_OF = alternatives(
    "に対し|のうち|うち|中|に送付し|に配布し|に配付し|に依頼し|に案内し|の送付に対し|を対象に"
)
_GIVES = alternatives("で|であり|となり|と|、")
_HALF, _NARROW, _WIDE, _ALMOST_ALL = Decimal("0.5"), Decimal("0.06"), Decimal("0.1"), Decimal("0.85")
_PAIR = 2


@frozen
class RoughShare:
    """What a sentence says of `part` beside `whole` in words, and what their quotient really is."""

    words: str
    part: TextNumber
    whole: TextNumber
    least: Decimal
    most: Decimal

    @property
    def quotient(self) -> Decimal:
        return self.part.value / self.whole.value

    @property
    def is_wrong(self) -> bool:
        return not self.least <= self.quotient <= self.most


def rough_share(sentence: NumberedSentence) -> RoughShare | None:
    """The only share or multiple in words of a sentence with two counts; None where it is not clear."""
    found = list(SHARE_WORDS.finditer(sentence.text)) if len(sentence.numbers) >= _PAIR else []
    if len(found) != 1 or _NOT_SO.is_in(sentence.text):
        return None
    (words,) = found
    counts = _both_counts(sentence, words)
    if counts is None:
        return None
    is_behind_both = counts[1].start < sentence.start + words.start()
    if is_behind_both and sentence.text[: words.start()].rstrip(" 、").endswith(_OF_THOSE):
        return None
    pair = (_counts_of_multiple if words["times"] else _part_of_whole)(sentence, words, *counts)
    of_capacity = sentence.text.replace("定員", "") if "定員の" in sentence.text else sentence.text
    if pair is None and not words["times"] and not _MAY_BE_OTHERS.is_in(of_capacity):
        pair = _part_nearby(sentence, words, *counts)
    if pair is None or pair[1].value <= 0:
        return None
    return RoughShare(words[0].strip(), *pair, *bounds_of_share(words))


def _both_counts(sentence: NumberedSentence, words: re.Match[str]) -> tuple[TextNumber, TextNumber] | None:
    """The two exact counts of one unit besides the words, if the sentence has no other number than these."""
    first, end = sentence.start + words.start(), sentence.start + words.end()
    others = [one for one in sentence.numbers if not first <= one.start < end]
    is_pair = len(others) == _PAIR and all(
        one.unit not in ("", FRACTION, "ポイント") and is_stated_exactly(one, sentence.written.text)
        for one in others
    )
    return (others[0], others[1]) if is_pair and is_same_unit(others[0].unit, others[1].unit) else None


def _part_of_whole(
    sentence: NumberedSentence, words: re.Match[str], one: TextNumber, other: TextNumber
) -> tuple[TextNumber, TextNumber] | None:
    """The part and the whole of 120人のうち半数以上の45人, 9割以上（100人中72人）."""
    first, end = sentence.start + words.start(), sentence.start + words.end()
    behind_one = one.start + len(one.text)
    if one.start < first < other.start:
        is_sure = bool(_OF.fullmatch(sentence.plain[behind_one:first])) and _is_joined_to(
            sentence, end, other
        )
    else:
        between = sentence.plain[behind_one : other.start]
        is_right_before = _BEFORE_PAIR.fullmatch(sentence.plain[end : one.start])
        is_sure = bool(is_right_before and _OF.fullmatch(between)) and between.strip() != "の"
    return (other, one) if is_sure and other.value <= one.value else None


def _part_nearby(
    sentence: NumberedSentence, words: re.Match[str], one: TextNumber, other: TextNumber
) -> tuple[TextNumber, TextNumber] | None:
    """The part and the whole of 200名に配付し、約8割にあたる120名 and 500件の送付に対し150件で、約5割."""
    first, end = sentence.start + words.start(), sentence.start + words.end()
    if other.value > one.value:
        return None
    if one.start < first < other.start:
        of_some = sentence.plain[:first].rstrip().removesuffix("うちの").removesuffix("その").endswith("の")
        return (other, one) if _is_joined_to(sentence, end, other) and not of_some else None
    leads = sentence.plain[other.start + len(other.text) : first].rstrip()
    is_of_whole = sentence.behind(one).lstrip().startswith(_ASKED_OF)
    is_behind = leads.endswith((*_GIVES, *_OF_CAPACITY)) and first > other.start
    return (other, one) if is_of_whole and is_behind and not leads.count("。") else None


def _is_joined_to(sentence: NumberedSentence, end: int, number: TextNumber) -> bool:
    """Whether only の or 当たる is between the words that end at a place and a number."""
    found = _JOINS.match(sentence.plain, end)
    return found is not None and found.end() == number.start


def _counts_of_multiple(
    sentence: NumberedSentence, words: re.Match[str], one: TextNumber, other: TextNumber
) -> tuple[TextNumber, TextNumber] | None:
    """The numbers of this and of last year in 前年の150人から2倍の450人, 150人から450人へと3倍に."""
    first, end = sentence.start + words.start(), sentence.start + words.end()
    before_one, between = sentence.plain[sentence.start : one.start], sentence.between(one, other)
    if one.start < first < other.start:
        is_from = _FROM.fullmatch(sentence.plain[one.start + len(one.text) : first])
        joins = _is_joined_to(sentence, end, other)
        return (other, one) if _THEN.search(before_one) and is_from and joins else None
    if _FROM.fullmatch(between) and "から" in between:
        leads = sentence.plain[other.start + len(other.text) : first]
        return (other, one) if _BECOMES.fullmatch(leads) else None
    then = _THEN.search(between)
    is_sure = (
        then
        and _LEADS.fullmatch(between[: then.start()])
        and _FROM.fullmatch(sentence.plain[other.start + len(other.text) : first])
    )
    return (one, other) if is_sure else None


def bounds_of_share(words: re.Match[str]) -> tuple[Decimal, Decimal]:
    """The least and the largest quotient of which the words are right."""
    value, step, near = _quotient_and_tolerances(words)
    if words["all"]:
        return _ALMOST_ALL, Decimal(1)
    if words["more"] or words["few"]:
        return (_HALF, Decimal("Infinity")) if words["more"] else (Decimal(0), _HALF)
    bound = (words["least"] or words["most"] or "").strip()
    if bound in ("強", "台", "余り"):
        return value, value + step
    if bound in ("弱", "近く"):
        return value - step, value
    if words["most"]:
        return Decimal(0), value
    if words["least"] or (words["half"] == "過半数"):
        return value, Decimal("Infinity")
    return value - near, value + near


def _quotient_and_tolerances(words: re.Match[str]) -> tuple[Decimal, Decimal, Decimal]:
    """The stated quotient, how far 強 and 弱 reach from it, and how far a plain statement may be off."""
    if words["times"]:
        value = Decimal(words["times"])
        places = decimal_places(value)
        return value, _HALF, Decimal(1).scaleb(-places) if places else _HALF
    if words["tenths"]:
        return Decimal(words["tenths"]) / 10, _WIDE, _NARROW
    if words["below"]:
        return Decimal(words["above"]) / Decimal(words["below"]), _WIDE, _NARROW
    return _HALF, _WIDE, _WIDE
