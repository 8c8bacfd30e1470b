"""Numbers that a line gives as those of its item's plan, and the plan does not have (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.language.sense.plan_figures import wrong_plan_figures
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item

_OTHERS = AnyOf(
    "前年|昨年|前期|前回|当初|変更|見直し|上回|下回|超え|増や|減ら|目標|予算|のところ|に対し|実績|次年度|来年度"
)
_EACH = ("年間", "年度", "年", "月", "週", "毎月", "各")
_LIMITS = ("以上", "以下", "以内", "未満", "程度", "代", "まで")
_LONGEST_NAME, _SAME_LETTERS = 6, 11


@frozen
class _PlannedNumber:
    """A number of a sentence of the plan, with the words right before it and behind it."""

    number: TextNumber
    before: str
    behind: str

    @property
    def kind(self) -> tuple[str, str]:
        return _each_word_and_limit_word(self.before, self.behind)


@rule(
    "CO101",
    Family.AGREEMENT,
    Severity.WARNING,
    "計画の数として書かれた数が、計画と違います",
    why="計画の「年2回」が文で「年3回」になっていると、計画が変わったのか読み手に分かりません。",
    remedy="計画の文を確かめて直してください。計画と違うことをしたときは、そう分かるように書き直してください。",
    superseded_by=("CO17", "CO18", "CO41", "CO46", "CO58", "CO102"),
)
def number_is_not_that_of_the_plan(context: CheckContext) -> Iterator[Violation]:
    """計画では年3回, 30日以内とする計画: the plan of the item has another such number of the same matter.

    Also without 計画 where the words around the number are those of the plan (受付日から7営業日以内の支払い).
    Silent where the sentence has the plan's number too, and for percents, aims and changes.
    """
    planned = context.computed_once(_planned_numbers)
    reported = set()
    for sentence in numbered_sentences(context):
        own = planned.get(sentence.written.item.id, ()) if sentence.written.line else ()
        if not own or _OTHERS.is_in(sentence.text):
            continue
        for number in sentence.numbers:
            right = _planned_number_instead(sentence, number, own)
            if right is not None:
                reported.add(id(sentence.written))
                yield sentence.violation(
                    number,
                    f"計画では「{right.text.strip()}」ですが、「{number.text.strip()}」とあります",
                    "計画の文を確かめて直してください。",
                    expected=right.text.strip(),
                )
                break
    for written in printed_lines(context):
        if id(written) not in reported:
            yield from _violations_for_named_number(context, written)
            yield from _violations_for_term_of_plan(context, written)


def _violations_for_named_number(context: CheckContext, written: PrintedText) -> Iterator[Violation]:
    """The first number with the name before it that the plan has with another number: 5営業日以内."""
    plain = half_width(written.text)
    places = [at for at, letter in enumerate(plain) if not letter.isspace()]
    text = "".join(plain[at] for at in places)
    found = next(wrong_plan_figures(text, context.computed_once(_plan_text_by_item)[written.item.id]), None)
    if found:
        yield written.violation(
            places[found.start],
            f"計画では「{found.right}」ですが、「{text[found.start : found.end]}」とあります"
            f"（{quoted(text[max(0, found.start - 12) : found.end + 12])}）。",
            "計画の文を確かめて直してください。",
            actual=text[found.start : found.end],
            expected=found.right,
        )


_TERM = LazyPattern(r"第(?P<term>\d)期(?P<name>[^\W\d\x00-ん]{4,20})", contains=r"第\d期")
_OTHER_TERM = AnyOf("前期|次期|終了|評価|総括|策定|振り返|実績|までの|から")


def _violations_for_term_of_plan(context: CheckContext, written: PrintedText) -> Iterator[Violation]:
    """第2期保健事業実施計画 where the plan has the third one."""
    text = "".join(half_width(written.text).split())
    found = None if _OTHER_TERM.is_in(text) else _TERM.search(text)
    if found is None:
        return
    plans = context.computed_once(_plan_text_by_item).values()
    terms = {
        one["term"] for text in plans for one in _TERM.finditer(text) if one["name"][:4] == found["name"][:4]
    }
    if len(terms) == 1 and found["term"] not in terms:
        (term,) = terms
        yield written.violation(
            max(0, half_width(written.text).find(found["name"][:2])),
            f"計画では「第{term}期」ですが、「第{found['term']}期」とあります（{quoted(found[0])}）。",
            "計画の文を確かめて直してください。",
            actual=f"第{found['term']}期",
            expected=f"第{term}期",
        )


def _plan_text_by_item(context: CheckContext) -> dict[str, str]:
    """The sentences of each item's plan, a line each, in half-width letters without blanks."""
    return {
        item.id: "\n".join(
            "".join(half_width(text).split()) for block in item.blocks for text in block.sentences
        )
        for item in context.own_items
    }


def _planned_numbers(context: CheckContext) -> dict[str, list[_PlannedNumber]]:
    return {item.id: list(_numbers_of_item(item)) for item in context.own_items}


def _numbers_of_item(item: Item) -> Iterator[_PlannedNumber]:
    for block in item.blocks:
        for text in block.sentences:
            plain = half_width(text)
            for one in numbers_in(text):
                if one.unit not in ("", FRACTION, "ポイント", "円", "千円"):
                    yield _PlannedNumber(one, *_letters_before_and_behind(plain, one))


def _letters_before_and_behind(plain: str, number: TextNumber) -> tuple[str, str]:
    """The letters before and behind a number with its unit, without blanks."""
    end = number.start + len(number.text)
    return "".join(plain[: number.start].split()), "".join(plain[end:].split())


def _each_word_and_limit_word(before: str, behind: str) -> tuple[str, str]:
    """What is before a number and behind it that says of what it is one: 年 of 年2回, 以内 of 30日以内."""
    return (
        next((word for word in _EACH if before.endswith(word)), ""),
        next((word for word in _LIMITS if behind.startswith(word)), ""),
    )


def _planned_number_instead(
    sentence: NumberedSentence, number: TextNumber, planned: Sequence[_PlannedNumber]
) -> TextNumber | None:
    """The number of the plan that another one stands for; None where it may be right."""
    same = [one for one in planned if is_same_unit(one.number.unit, number.unit)]
    before, behind = _letters_before_and_behind(sentence.plain[: sentence.end], number)
    kind = _each_word_and_limit_word(before, behind)
    if not same or any(one.number.value == number.value and one.kind == kind for one in same):
        return None
    stated = {one.value for one in sentence.numbers if is_same_unit(one.unit, number.unit)}
    of_plan = (
        one.number
        for one in same
        if one.number.value not in stated and _has_letters_of_plan_around(one, before, behind)
    )
    return next(of_plan, None)


def _has_letters_of_plan_around(one: _PlannedNumber, before: str, behind: str) -> bool:
    """Whether the letters around a number are those of the plan."""
    first = _length_of_common_start(before[::-1], one.before[::-1])
    last = _length_of_common_start(behind, one.behind)
    letters = before[len(before) - first :]
    is_name = first >= _LONGEST_NAME and all(map(is_noun_letter, letters[-_LONGEST_NAME:]))
    return is_name or (first > 2 and first + last >= _SAME_LETTERS)


def _length_of_common_start(one: str, other: str) -> int:
    length = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        length += 1
    return length
