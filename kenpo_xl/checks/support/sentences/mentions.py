"""What a sentence says that each of its numbers is: the words and the time before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, cached_property

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.names.names_behind import name_behind
from kenpo_xl.checks.support.names.names_with_numbers import names_with_numbers
from kenpo_xl.checks.support.number_matching import (
    is_number_approximate,
    is_stated_exactly,
    is_unit_of_another,
    is_written_in_digits,
)
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, sentence_span
from kenpo_xl.checks.support.sentences.changes import is_followed_by_change
from kenpo_xl.checks.support.sentences.stated_times import (
    StatedTime,
    TimeKind,
    joined_times,
    stated_times_in,
    time_behind,
    time_of_number,
)
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern

_LONGEST, _MANY_DIGITS, _TAIL = 100, 3, 24
_CLAUSE_ENDS = LazyPattern(r"[、\n]")
_MARK = LazyPattern(r"^[\s・•●■※○◎◇◆>-]*(?:\(?\d{1,2}\)|\d{1,2}\.|[①-⑳])?\s*")
# A clause that ends so is done: what follows is said of something else.
_DONE = (*"しりいきえぎびみちけせてでただるうくすつむぶが", "ため", "結果", "ほか", "ところ", "もの")
_TOPIC = ("は", "も", "ついて", "おいて", "おける", "により", "よる", "として")
# Words that add nothing to a name.
_NEUTRAL = (
    "について において における に係る にかかる による により に対する であり です では には とは これまで "
    "これら いずれ 実績 状況 累計 合計 総計 総数 全体 当支部 支部 現在 時点 年度末 末 まで から より 実施 "
    "に対し だけ のみ 単月 単独 なお ちなみに 発行部数 配信数 配信件数 配信通数 配布部数 配布数 発行数 "
    "数値 結果 分 計 の は が を に で と も へ や 数 者 者数 件数 人数 部数 回数 値"
)
_SIGNS = "・•●■※:、。,()（）「」『』~-"


@frozen
class Mention:
    """A number of a line with what names it.

    `words` are those before it that belong to it, without times, normalized; `tail` those behind it.
    `is_bare`: only a time is before it, and the words are those of the number before.
    """

    written: PrintedText
    number: TextNumber
    words: str
    tail: str
    time: StatedTime | None
    is_bare: bool
    sentence: tuple[int, int]

    @property
    def has_long_number(self) -> bool:
        """Whether few figures have its number: three digits and more, zeros at the end not counted."""
        return len(self.number.value.normalize().as_tuple().digits) >= _MANY_DIGITS

    @cached_property
    def is_change(self) -> bool:
        """Whether something grew or differs by its number: 30件増."""
        return is_followed_by_change(self.tail)

    @property
    def number_id(self) -> tuple[str, int]:
        """Its line and its place there."""
        return self.written.identity, self.number.start

    @property
    def sentence_id(self) -> tuple[str, tuple[int, int]]:
        """Its line and its sentence there."""
        return self.written.identity, self.sentence


def mentions_of_item(context: CheckContext, item_id: str) -> tuple[Mention, ...]:
    """Every number of an item's lines with what names it."""
    return context.computed_once(_mentions_of_book).get(item_id, ())


def _mentions_of_book(context: CheckContext) -> dict[str, tuple[Mention, ...]]:
    found: dict[str, list[Mention]] = {}
    for written in lines_and_reasons(context):
        found.setdefault(written.item.id, []).extend(_mentions_of_line(context, written))
    return {item: tuple(mentions) for item, mentions in found.items()}


def _mentions_of_line(context: CheckContext, written: PrintedText) -> Iterator[Mention]:
    plain = half_width(written.text)
    before: Mention | None = None
    sentence = (0, 0)
    names = [(at, at + len(name)) for name in names_with_numbers(context) if (at := plain.find(name)) >= 0]
    for number in numbers_in(written.text):
        is_name = any(first <= number.start < end for first, end in names)
        if is_name or (number.unit in _LENGTHS and _is_length_of_time(plain, number)):
            continue
        if number.start >= sentence[1]:
            sentence, before = sentence_span(plain, number.start), None
        before = _mention_of_number(context, written, plain, number, before, sentence)
        yield before


_LENGTHS = ("か月", "か月間", "四半期")
_LENGTH = LazyPattern(
    r"の?\s*\d\s*(?:[かヶカケヵ箇]月間?|四半期)(?!\s*(?:当|あた|平均))",
    contains=r"\d\s*(?:[かヶカケヵ箇]月|四)",
)
_OF_LENGTH = LazyPattern(r"\s*の?\s*(?:当たり|当り|あたり|平均)")


def _is_length_of_time(plain: str, number: TextNumber) -> bool:
    """Whether a number is the length of the time before it (5月と6月の2か月), or of a mean."""
    before = plain[: number.start].rstrip("の( ")
    end = number.start + len(number.text)
    return before.endswith(("月", "期", "まで")) or _OF_LENGTH.match(plain, end) is not None


def _mention_of_number(
    context: CheckContext,
    written: PrintedText,
    plain: str,
    number: TextNumber,
    before: Mention | None,
    sentence: tuple[int, int],
) -> Mention:
    begin = before.number.start + len(before.number.text) if before else sentence[0]
    begin = max(begin, number.start - _LONGEST)
    end = number.start + len(number.text)
    local = _without_bracket_of(before, plain[begin : number.start])
    year = context.plan.fiscal_year
    times = joined_times(stated_times_in(local, year), local, year)
    words = _words_of_number(local, times)
    own = time_of_number(local, times) if times else time_behind(plain, end, year)
    is_bare = before is not None and not words_without_neutral_ones(words)
    if before is None and not words_without_neutral_ones(words):
        words = name_behind(plain[end : end + _TAIL]) or words
    former = before.time if before and not _is_number_before_base_of_now(before, local) else None
    return Mention(
        written,
        number,
        before.words if is_bare and before else words,
        normalized(plain[end : end + _TAIL]),
        own or former,
        is_bare,
        sentence,
    )


def mention_at(context: CheckContext, written: PrintedText, place: int) -> Mention:
    """What names something at a place of a line: as the number that leads to it, or the words before it."""
    plain = half_width(written.text)
    sentence = sentence_span(plain, place)
    for mention in reversed(list(_mentions_of_line(context, written))):
        number = mention.number
        if mention.sentence == sentence and number.start < place:
            between = plain[number.start + len(number.text) : place]
            if not words_without_neutral_ones(normalized(between)):
                return mention
            break
    return _mention_of_number(context, written, plain, TextNumber(Decimal(0), "", "", place), None, sentence)


def _is_number_before_base_of_now(before: Mention, local: str) -> bool:
    """Whether words between two numbers lead from another time to now: a bracket of that time ends, or so."""
    if local.count(")") > local.count("(") or (before.number.unit in _RATIOS and local.strip() == "の"):
        return True
    is_to_last_year = before.time is not None and before.time.kind.is_last_year
    is_change = before.is_change and (is_to_last_year or _COMPARES.search(before.words) is not None)
    return is_change or _LEADS_TO_NOW.match(local) is not None


def _without_bracket_of(before: Mention | None, local: str) -> str:
    """The words before a number without the bracket that belongs to the number before it."""
    return _OWN_BRACKET.sub(_blanks_of_same_length, local) if before else local


# 前年度の21機関から22機関に, 第3四半期 220件の計929件: the second number is not of that time.
_LEADS_TO_NOW = LazyPattern(
    r"\s*(?:から|[をと](?:加え|合わせ|あわせ|足し|合計し)|[、の]?\s*(?:合|総|累)?計|[^。]{0,6}(?:を通じて|通年|年間|全体))"
)
# 前年度末から30件増え、120件となった: the second number is what it grew to.
_COMPARES = LazyPattern(r"(?:から|より|比|に対し)[^。、]{0,8}$")
# 前年同期の 1.4 倍の 8,354 通: so is what is a multiple of it.
_RATIOS = ("倍", "％", "割")
_OWN_BRACKET = LazyPattern(r"^\s*\([^()]*\)")


def _blanks_of_same_length(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _words_of_number(local: str, times: tuple[StatedTime, ...]) -> str:
    """The words that name a number: its clause, and clauses before it that are no sentence of their own."""
    for time in reversed(times):
        behind = _LENGTH.sub("", local[time.end :]) if time.months else local[time.end :]
        local = f"{local[: time.start]} {behind}"
    clauses = _CLAUSE_ENDS.split(_MARK.sub("", local))
    kept = [clauses.pop()]
    while clauses and (clauses[-1].strip().endswith(_TOPIC) or not clauses[-1].strip().endswith(_DONE)):
        kept.insert(0, clauses.pop())
    return normalized("、".join(kept))


def words_without_neutral_ones(words: str, vocabulary: str = "") -> str:
    """What is left of words without particles, and without pieces of a vocabulary of two letters and more."""
    rest, place = [], 0
    while place < len(words):
        length = _length_of_neutral_word(words, place)
        if words[place] != "の":
            length = max(length, _longest_piece(words, place, vocabulary))
        if not length:
            rest.append(words[place])
        place += length or 1
    return "".join(rest)


@cache
def _neutral_words() -> dict[str, list[str]]:
    """The neutral words by their first letter, the longest first."""
    found: dict[str, list[str]] = {sign: [sign] for sign in _SIGNS}
    for word in sorted(_NEUTRAL.split(), key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    return found


def _length_of_neutral_word(words: str, place: int) -> int:
    candidates = _neutral_words().get(words[place], ())
    return next((len(word) for word in candidates if words.startswith(word, place)), 0)


def _longest_piece(words: str, place: int, vocabulary: str) -> int:
    length = 1
    while place + length < len(words) and words[place : place + length + 1] in vocabulary:
        length += 1
    return length if length > 1 else 0


def is_mention_comparable(mention: Mention) -> bool:
    """Whether a number is stated exactly, and is no difference, share or count of one day."""
    is_exact = bool(mention.number.unit) and is_stated_exactly(mention.number, mention.written.text)
    return is_exact and _is_value(mention) and not _is_limit(mention)


def _is_value(mention: Mention) -> bool:
    """Whether a number is no difference and no limit."""
    return not (mention.is_change or mention.tail.startswith(_NO_VALUE))


def _is_limit(mention: Mention) -> bool:
    """Whether a number is one that a figure is beyond (2,000件を超えた), always of tenths (8割を超え)."""
    is_beyond = IS_LIMIT.match(mention.tail) is not None
    if not is_beyond or mention.number.text.endswith("割") or _COMPARED.is_in(mention.words):
        return is_beyond and mention.number.text.endswith("割")
    time = mention.time
    is_now = time is None or not (time.kind.is_last_year or time.kind is TimeKind.OTHER)
    return is_now and not (time and (time.is_of_year_before or time.year))


IS_LIMIT = LazyPattern(
    r"(?:台)?(?:を|に(?:は|まで)?)(?:大きく|大幅に|わずかに|やや|既に)?(?:超|上回|下回|突破|割|切っ|届か|達し)"
)
"""What is behind a number that a figure is beyond: を超えた."""
_COMPARED = AnyOf("前年|昨年|前回|前月|前期|目標|計画|平均")


def is_mention_of_part(mention: Mention) -> bool:
    """Whether a number is a part of the one before it: 1,689件のうち、1,323件."""
    place = mention.number.start
    return bool(_PART.search(mention.written.text[max(0, place - 6) : place]))


_PART = LazyPattern(r"(?:うち|内|中)[、\s]*(?:の)?$", needs="うち内中")


def is_mention_rounded(mention: Mention) -> bool:
    """Whether a number is stated roughly, behind 約 or in 万, and is the number of what is before it."""
    number, text = mention.number, mention.written.text
    is_rough = is_number_approximate(number, text) or not is_written_in_digits(number)
    is_limit = mention.tail.startswith(("以上", "以下", "以内", "未満"))
    is_whole = not is_limit and not is_unit_of_another(number, text)
    return is_rough and bool(number.unit) and is_whole and _is_value(mention)


_NO_VALUE = ("単位", "以上", "以下")
