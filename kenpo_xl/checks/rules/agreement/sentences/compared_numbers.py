"""A rule on two numbers of one sentence and the verb that compares them: increases, differences (整合)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places, is_number_approximate, is_unit_of_another
from kenpo_xl.checks.support.printed_text import all_printed_texts
from kenpo_xl.checks.support.sentences.directions import change_verbs_in, dictionary_form
from kenpo_xl.checks.support.sentences.numbered_sentences import near_sentence, quoted_around
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded

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
    are silent. 約 allows what rounds to it: 約500部 for 498.
    """
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        for found in change_verbs_in(plain):
            numbers = numbers_in(written.text)
            comparison = _Comparison.around(plain, numbers, found)
            problem = comparison.problem_with_verb(found) if comparison else ""
            if comparison and problem:
                first, second = sorted((comparison.then, comparison.now), key=_start_of_number)
                yield written.violation(
                    comparison.now.start,
                    f"{problem}（「{quoted_around(written, first, second)}」）。",
                    "2 つの数と、増減の言葉を確かめ、違う方を直してください。",
                    actual=comparison.now.text,
                )


@frozen
class _Comparison:
    """Two numbers that a verb compares, and the difference that the sentence names, None for none."""

    then: TextNumber
    now: TextNumber
    difference: TextNumber | None
    is_about: bool

    @classmethod
    def around(cls, plain: str, numbers: Sequence[TextNumber], verb: re.Match[str]) -> _Comparison | None:
        """The numbers of the verb's sentence, None where it is not clear which are compared."""
        first, last = near_sentence(plain, verb.start())
        begin, verb_at, end = (
            bisect_left(numbers, at, key=_start_of_number) for at in (first, verb.start(), last)
        )
        before, after = numbers[begin:verb_at], numbers[verb_at:end]
        at = _index_of_base_number(plain, before)
        if at < 0:
            return None
        then, between = before[at], before[at + 1 :]
        difference = _number_joined_to_end(plain, between, verb.start(), _BY)
        rest = [one for one in between if one is not difference]
        if difference and rest and difference.unit == rest[0].unit == "ポイント":
            difference, rest = rest[0], rest[1:]  # 前年を2ポイント、目標を1ポイント上回った
        now = (
            _number_joined_to_end(plain, rest, difference.start if difference else verb.start(), _TO)
            or _change_behind_verb(plain, after, verb)
            or _number_before_base(plain, before[:at], then)
        )
        # Another number is of another verb: 54か所から4か所増え、参加者は56人減った.
        if now is None or rest not in ([], [now]) or not _are_comparable(plain, now, then):
            return None
        is_amount = then.unit not in _NO_AMOUNTS and (then.unit or not _RANKED.is_in(plain[first:last]))
        about = difference is not None and is_number_approximate(difference, plain)
        return cls(then, now, difference, about) if is_amount else None

    def problem_with_verb(self, verb: re.Match[str]) -> str:
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
        number = stated.value.normalize() if self.is_about else stated.value
        exponent = int(number.as_tuple().exponent)
        is_rounded = exponent < 0 or is_points or self.is_about
        allowed = Decimal(1).scaleb(exponent) if is_rounded else Decimal(0)
        allowed /= 2 if self.is_about and exponent > 0 else 1
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


def _are_comparable(plain: str, now: TextNumber, then: TextNumber) -> bool:
    """Whether two numbers have one unit and the newer is none that others are said of (1事業所当たり)."""
    return is_same_unit(now.unit, then.unit) and not is_unit_of_another(now, plain)


def _index_of_base_number(plain: str, numbers: Sequence[TextNumber]) -> int:
    """The place of the last number that something is compared with (前年の302件から); -1 for none."""
    places = [at for at, one in enumerate(numbers) if _FROM.match(plain, one.start + len(one.text))]
    return places[-1] if places else -1


def _start_of_number(number: TextNumber) -> int:
    return number.start


def _number_joined_to_end(
    plain: str, numbers: Sequence[TextNumber], end: int, joint: LazyPattern
) -> TextNumber | None:
    """The last of some numbers if only a joint is between it and a place."""
    last = numbers[-1] if numbers else None
    return last if last and joint.fullmatch(plain[last.start + len(last.text) : end]) else None


def _change_behind_verb(plain: str, numbers: Sequence[TextNumber], verb: re.Match[str]) -> TextNumber | None:
    """The first of some numbers if it is right behind the verb: 増加し302件."""
    return numbers[0] if numbers and _THEN.fullmatch(plain[verb.end() : numbers[0].start]) else None


def _number_before_base(plain: str, numbers: Sequence[TextNumber], then: TextNumber) -> TextNumber | None:
    """The last of some numbers if it leads to the earlier one: 302件で、前年度の318件."""
    last = numbers[-1] if numbers else None
    if last is None or not is_same_unit(last.unit, then.unit):
        return None
    between = plain[last.start + len(last.text) : then.start]
    is_led_to = _THEN_IT.fullmatch(between) and _EARLIER.search(between) and "内訳" not in plain[: last.start]
    return last if is_led_to else None
