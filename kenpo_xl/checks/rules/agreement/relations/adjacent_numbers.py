"""Two numbers of one thing side by side, one of which was to be replaced (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, quoted_with_neighbors
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit

_BLANKS = " \u3000"
_MOST_OF = 3
_OF_TIME = ("日", "年", "時間", "分")
_SUFFIXES = ("末", "に", "から", "まで", "の", "現在", "より", "は", "には")


@rule(
    "CO38",
    Family.AGREEMENT,
    Severity.WARNING,
    "直す前の数か日付が、直した後の数と並んで残っています",
    why="「120件125件」「10月に11月に」のような数や月は、直す前のものを消し忘れたままです。",
    remedy="古い方を消してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, "WO01", "WO02", "WO19", "WO20", "VA40"),
)
def old_number_is_left(context: CheckContext) -> Iterator[Violation]:
    """120件125件, 120 125件, 51.2％52.3％, 第2回第3回, 10月に11月に and 9月末10月末, nothing else between."""
    for sentence in numbered_sentences(context):
        for one, other in pairwise(sentence.numbers):
            if _is_number_left_from_edit(sentence, one, other):
                words = sentence.plain[one.start : other.start + len(other.text)].strip()
                yield sentence.violation(
                    one, f"「{words}」と、2 つの数が並んでいます", "古い方の数を消してください。", first=one
                )
    for written in all_printed_texts(context):
        yield from _violations_for_adjacent_ordinals(written)
        yield from _violations_for_adjacent_dates(written)


def _is_number_left_from_edit(sentence: NumberedSentence, one: TextNumber, other: TextNumber) -> bool:
    between = sentence.between(one, other)
    if between.strip(_BLANKS) or not other.unit or other.value < 0:
        return False
    if is_same_unit(one.unit, other.unit):
        return one.unit not in _OF_TIME and _are_no_list_of_numbers(sentence, between)
    is_bare = not one.unit and bool(between) and "\n" not in between
    return is_bare and _are_numbers_of_one_size(one, other) and _is_number_behind_word(sentence, one)


def _are_no_list_of_numbers(sentence: NumberedSentence, between: str) -> bool:
    """Whether two numbers of one unit are no list: nothing is between them, or they are in prose."""
    return not between or (len(sentence.numbers) <= _MOST_OF and "。" in sentence.text)


def _are_numbers_of_one_size(one: TextNumber, other: TextNumber) -> bool:
    """Whether neither of two numbers is 0, nor much larger than the other."""
    ratio = max(one.value, other.value) / min(one.value, other.value) if one.value and other.value else 0
    return 0 < ratio <= _MOST_OF


def _is_number_behind_word(sentence: NumberedSentence, number: TextNumber) -> bool:
    """Whether a particle or a noun is right before a number, so that it counts something."""
    return sentence.plain[max(0, number.start - 1) : number.start].strip(_BLANKS) not in ("", "-", "・", "(")


def _violations_for_adjacent_ordinals(written: PrintedText) -> Iterator[Violation]:
    """第2回第3回 and 2回目3回目, not 第1回第1部."""
    plain = half_width(written.text)
    at = plain.find("第")
    while at >= 0:
        first, end = _ordinal_at_and_its_end(plain, at)
        second, last = _ordinal_at_and_its_end(plain, end) if first else ("", end)
        if first and second and first[-1] == second[-1] and first != second:
            yield _violation_for_adjacent_numbers(written, at, last)
            return
        at = plain.find("第", at + 1)


def _ordinal_at_and_its_end(plain: str, start: int) -> tuple[str, int]:
    """第, its number and the counter behind at a place, '' for none, and its end."""
    end = start + 1
    while plain[end : end + 1].isdecimal():
        end += 1
    is_ordinal = plain[start : start + 1] == "第" and end > start + 1 and plain[end : end + 1] in "回次期号四"
    return (plain[start : end + 1], end + 1) if is_ordinal and plain[end : end + 1] else ("", start)


def _violations_for_adjacent_dates(written: PrintedText) -> Iterator[Violation]:
    """10月に11月に, 9月末10月末, 12月5日6日: two dates with the same words behind."""
    for one, other in pairwise(dates_in(written.text)):
        if _is_date_left_from_edit(half_width(written.text), one, other):
            yield _violation_for_adjacent_numbers(written, one.start, other.end)
            return


def _is_date_left_from_edit(plain: str, one: NamedDate, other: NamedDate) -> bool:
    between = plain[one.end : other.start].strip(_BLANKS)
    if (one.month, one.day) == (other.month, other.day) or (one.day is None) != (other.day is None):
        return False
    return between in _SUFFIXES and between != "の" and plain.startswith(between, other.end)


def _violation_for_adjacent_numbers(written: PrintedText, start: int, end: int) -> Violation:
    quote = quoted_with_neighbors(written.text, start, end)
    return written.violation(
        start,
        f"{quote}に、直す前の数か日付が残っています。",
        "古い方を消してください。",
        actual=written.text[start:end],
    )
