"""Rules on numbers of one sentence that contradict each other: sums, parts of a whole, increases (整合)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places, is_stated_exactly
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, excerpt, sentence_span
from kenpo_xl.checks.support.sentences.directions import dictionary_form, directions_in
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded

_TOTAL = LazyPattern(
    r"(?:の|、|,|で、?|となり、?|あり、?)?\s*(?<![累家設統会])"
    r"(?:合計|総計|総数|計|合わせて|あわせて|併せて)(?:で|は|して)?[\s:、]*$",
    needs=("計", "わせて", "併せて"),
)
_BETWEEN_PARTS = LazyPattern(r"\s*(?:、|,|・|と|\+|及び|および|並びに|ならびに)[^。、()]{0,14}")
_NO_SUM = AnyOf(
    "うち|内数|前年|昨年|前回|累計|延べ|延|のべ|ほか|除|重複|実人|等|など|約|目標|当たり|あたり|平均"
)
_MARKED_PART = LazyPattern(r"\s*(?:に|で)?(?:は|が|については)")
_NO_PARTS = AnyOf("前年|昨年|重複|延べ|新た|ほか|除|追加|増|減|参考|目標")
_MOST_OFF = 2
_MOST_PARTS = 24
_NEAR = 200


@rule(
    "CO14",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の中の合計が合いません",
    why="「18社、27社の計45社」と書けば、読み手は足し算をします。",
    remedy="合計と、その前後の数のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO24"),
)
def sum_of_sentence_is_wrong(context: CheckContext) -> Iterator[Violation]:
    """The numbers before 計, 合計 or あわせて do not add up, nor what becomes of the parts of a whole.

    「18社、27社の計54社」: at least two numbers of the total's unit, listed right before it.
    「15市町村と実施し、3市町村は…、13市町村は…」: all later numbers of the unit have は, and their sum
    is off by one or two.
    Silent with うち, 延べ, 等, ほか, 重複 and words of another year.
    """
    for written in all_printed_texts(context):
        numbers = numbers_in(written.text)
        if len(numbers) < 3:
            continue
        for number, parts in _totals_with_parts(half_width(written.text), numbers):
            total = sum(one.value for one in parts)
            names = "＋".join(one.text.strip() for one in parts)
            yield _wrong_sum_violation(written, number, names, total)


def _wrong_sum_violation(
    written: PrintedText, number: TextNumber, names: str, total: Decimal | int
) -> Violation:
    return written.violation(
        number.start,
        f"「{number.text}」とありますが、{names} は {total:,} です"
        f"（「{_quoted_around(written, number)}」）。",
        "合計と、それぞれの数を確かめ、違う方を直してください。",
        actual=number.text,
        expected=f"{total:,}",
    )


def _quoted_around(written: PrintedText, *numbers: TextNumber) -> str:
    """The part of the sentence with the numbers, and what leads to them."""
    first, last = sentence_span(written.text, numbers[0].start)
    start = max(first, numbers[0].start - 40)
    end = min(last, numbers[-1].start + len(numbers[-1].text) + 16)
    return excerpt(written.text, start, end).lstrip("・•●■※ ")


def _totals_with_parts(
    plain: str, numbers: Sequence[TextNumber]
) -> Iterator[tuple[TextNumber, list[TextNumber]]]:
    """Each wrong total of a text with its parts."""
    for place, number in enumerate(numbers):
        if not _TOTAL.search(plain[max(0, number.start - 12) : number.start]) or number.unit in (
            "",
            FRACTION,
        ):
            continue
        parts = _listed_before(plain, numbers[max(0, place - _MOST_PARTS) : place], number)
        sums = {sum(one.value for one in parts[start:]) for start in range(len(parts) - 1)}
        first, end = _near_sentence(plain, number.start)
        if len(parts) > 1 and number.value not in sums and not _NO_SUM.is_in(plain[first:end]):
            yield number, parts
    yield from _partition(plain, numbers)


def _near_sentence(plain: str, place: int) -> tuple[int, int]:
    """The sentence at a place, without what is far away in a long one."""
    first, end = sentence_span(plain, place)
    return max(first, place - _NEAR), min(end, place + _NEAR)


def _listed_before(plain: str, numbers: Sequence[TextNumber], total: TextNumber) -> list[TextNumber]:
    """The numbers of a list that a total follows, all of its unit."""
    parts: list[TextNumber] = []
    start = total.start
    for one in reversed(numbers):
        between = plain[one.start + len(one.text) : start]
        joins = _TOTAL.fullmatch(between) if not parts else _BETWEEN_PARTS.fullmatch(between)
        if not joins or not _adds_up_to(one.unit, total.unit) or not is_stated_exactly(one, plain):
            break
        parts.insert(0, one)
        start = one.start
    return parts


_PLACES = frozenset(alternatives("校|社|園|店|店舗|病院|薬局|企業|事業所|施設|会場|機関|団体"))
_ANY_PLACES = frozenset(("か所", "団体", "機関", "施設"))


def _adds_up_to(unit: str, total: str) -> bool:
    """Whether what is counted so is counted in a total: 6校 and 3社 in 9か所."""
    return is_same_unit(unit, total) or (total in _ANY_PLACES and unit in _PLACES)


def _partition(plain: str, numbers: Sequence[TextNumber]) -> Iterator[tuple[TextNumber, list[TextNumber]]]:
    """A whole whose parts, each with は, are all that follows: 15市町村と…、3市町村は…、13市町村は…."""
    units = {one.unit for one in numbers} - {"", FRACTION}
    for unit in units if not _NO_PARTS.is_in(plain) else ():
        alike = [one for one in numbers if one.unit == unit]
        parts = [one for one in alike if _MARKED_PART.match(plain, one.start + len(one.text))]
        is_whole_before = 2 <= len(parts) < len(alike) and alike[-len(parts) :] == parts
        if is_whole_before and _is_nearly_their_sum(alike[-len(parts) - 1], parts, alike):
            yield alike[-len(parts) - 1], parts


def _is_nearly_their_sum(whole: TextNumber, parts: Sequence[TextNumber], alike: Sequence[TextNumber]) -> bool:
    """Whether a whole is another number than the sum of its parts, near to it, and no number is that sum."""
    if any(one.value >= whole.value for one in parts):
        return False
    total = sum(one.value for one in parts)
    return 0 < abs(total - whole.value) <= _MOST_OFF and all(one.value != total for one in alike)


_FROM = LazyPattern(r"[\s)]*(?:を|から|より|に比べて?|と比べて?|に対して?|と比較して?|に比較して?)")
_EARLIER = LazyPattern(
    r"(?:前年|昨年|前回|前期|前月|前四半期|前の年|目標|計画|見込|予定|\d+\s*年度|\d+\s*月|\d\s*四半期)[^。、]{0,14}\(?$"
)
_THEN = LazyPattern(r"(?:し|して|て|り|え|る)?[、\s]*(?:合計|計)?\s*")
_THEN_IT = LazyPattern(
    r"\s*(?:人|件)?(?:で|と|は|に|へ)(?:[^。\d]|\d+(?=\s*(?:月|年度|年|日|四半期))){0,24}"
    # With a comma only what names the time: 120件、第2四半期の100件に比べ.
    r"|\s*、\s*(?:(?:前年|昨年|前回|前期|前月|前四半期)[^。、はがも\d]{0,8}|第\s*\d\s*四半期|\d+\s*月末?)の?\s*"
)
_TO = LazyPattern(r"\s*(?:に|へ|まで|と(?:なり|なって|なった)?|で(?:あり|あった)?)[、\s]*")
_BY = LazyPattern(r"\s*(?:の|ほど|も)?\s*")
# A rank that rises becomes a smaller number.
_NO_AMOUNTS = ("位", "番", "番目", "級", "等")
_RANKED = AnyOf("位|番|級|ランク|レベル|ステージ|ステップ|グレード|段階|区分|等|評価|第|版")


@rule(
    "CO15",
    Family.AGREEMENT,
    Severity.WARNING,
    "増減の言葉が、文の中の数と合いません",
    why="「前年度の318件から増加し302件」のように、言葉と数が逆だと、どちらが正しいのか読み手に分かりません。",
    remedy="数と、増加・減少などの言葉のどちらが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE),
)
def direction_contradicts_numbers(context: CheckContext) -> Iterator[Violation]:
    """増加, 減少, 上回る or 下回る beside two numbers that do the opposite or differ by another amount.

    The number before から, より, を or に比べ is the earlier one; the other is between it and the verb,
    behind the verb, or before 前年…, 目標… in the sentence. Other orders, units that differ and negations
    are silent.
    """
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        for found in directions_in(plain):
            numbers = numbers_in(written.text)
            comparison = _Comparison.around(plain, numbers, found)
            problem = comparison.problem(found) if comparison else ""
            if comparison and problem:
                first, second = sorted((comparison.then, comparison.now), key=_start)
                yield written.violation(
                    comparison.now.start,
                    f"{problem}（「{_quoted_around(written, first, second)}」）。",
                    "2 つの数と、増減の言葉を確かめ、違う方を直してください。",
                    actual=comparison.now.text,
                )


@frozen
class _Comparison:
    """Two numbers that a verb compares, and the difference that the sentence names, None for none."""

    then: TextNumber
    now: TextNumber
    difference: TextNumber | None

    @classmethod
    def around(cls, plain: str, numbers: Sequence[TextNumber], verb: re.Match[str]) -> _Comparison | None:
        """The numbers of the verb's sentence, None where it is not clear which are compared."""
        first, last = _near_sentence(plain, verb.start())
        begin, verb_at, end = (bisect_left(numbers, at, key=_start) for at in (first, verb.start(), last))
        before, after = numbers[begin:verb_at], numbers[verb_at:end]
        bases = [at for at, one in enumerate(before) if _FROM.match(plain, one.start + len(one.text))]
        if not bases:
            return None
        at = bases[-1]
        then, between = before[at], before[at + 1 :]
        difference = _number_joined(plain, between, verb.start(), _BY)
        rest = [one for one in between if one is not difference]
        if difference and rest and difference.unit == rest[0].unit == "ポイント":
            difference, rest = rest[0], rest[1:]  # 前年を2ポイント、目標を1ポイント上回った
        now = (
            _number_joined(plain, rest, difference.start if difference else verb.start(), _TO)
            or _number_behind(plain, after, verb)
            or _number_before(plain, before[:at], then)
        )
        is_amount = then.unit not in _NO_AMOUNTS and (then.unit or not _RANKED.is_in(plain[first:last]))
        is_clear = is_amount and now is not None and len(rest) <= 1 and is_same_unit(now.unit, then.unit)
        return cls(then, now, difference) if now and is_clear else None

    def problem(self, verb: re.Match[str]) -> str:
        """What is wrong, '' for nothing."""
        change = self.now.value - self.then.value
        if (change <= 0) if verb["up"] else (change >= 0):
            word = dictionary_form(verb)
            return (
                f"「{self.then.text.strip()}」に対して「{self.now.text.strip()}」ですが、「{word}」とあります"
            )
        if self.difference is None:
            return ""
        if self.difference.unit == FRACTION and self.then.unit != FRACTION:
            return self._problem_of_share(abs(change), self.difference)
        return self._problem_of_difference(abs(change), self.difference)

    def _problem_of_difference(self, change: Decimal, stated: TextNumber) -> str:
        is_points = self.then.unit == FRACTION
        if stated.unit != "ポイント" if is_points else not is_same_unit(stated.unit, self.then.unit):
            return ""
        real = change * (100 if is_points else 1)
        exponent = int(stated.value.as_tuple().exponent)
        allowed = Decimal(1).scaleb(exponent) if exponent < 0 or is_points else Decimal(0)
        if abs(real - stated.value) <= allowed:
            return ""
        return (
            f"{self.then.text.strip()}と{self.now.text.strip()}の差は {decimal_text(real)} ですが、"
            f"「{stated.text}」とあります"
        )

    def _problem_of_share(self, change: Decimal, stated: TextNumber) -> str:
        """What is wrong with a change that is stated as a share of the earlier number: 500件から20％増."""
        if self.then.value <= 0:
            return ""
        share, places = change / self.then.value * 100, max(decimal_places(stated.value) - 2, 0)
        if abs(share - stated.value * 100) <= Decimal(1).scaleb(-places):
            return ""
        real = decimal_text(rounded(share, max(places, 1), HALF_UP))
        return (
            f"{self.then.text.strip()}から{self.now.text.strip()}への変化は {real}％ですが、"
            f"「{stated.text.strip()}」とあります"
        )


def _start(number: TextNumber) -> int:
    return number.start


def _number_joined(
    plain: str, numbers: Sequence[TextNumber], end: int, joint: LazyPattern
) -> TextNumber | None:
    """The last of some numbers if only a joint is between it and a place."""
    last = numbers[-1] if numbers else None
    return last if last and joint.fullmatch(plain[last.start + len(last.text) : end]) else None


def _number_behind(plain: str, numbers: Sequence[TextNumber], verb: re.Match[str]) -> TextNumber | None:
    """The first of some numbers if it is right behind the verb: 増加し302件."""
    return numbers[0] if numbers and _THEN.fullmatch(plain[verb.end() : numbers[0].start]) else None


def _number_before(plain: str, numbers: Sequence[TextNumber], then: TextNumber) -> TextNumber | None:
    """The last of some numbers if it leads to the earlier one: 302件で、前年度の318件."""
    last = numbers[-1] if numbers else None
    if last is None or not is_same_unit(last.unit, then.unit):
        return None
    between = plain[last.start + len(last.text) : then.start]
    is_led_to = _THEN_IT.fullmatch(between) and _EARLIER.search(between) and "内訳" not in plain[: last.start]
    return last if is_led_to else None
