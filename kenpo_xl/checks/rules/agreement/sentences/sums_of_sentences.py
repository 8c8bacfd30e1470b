"""A rule on the sums that one sentence states: what is listed before 計, and the parts of a whole (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts
from kenpo_xl.checks.support.sentences.numbered_sentences import near_sentence, quoted_around
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern

_TOTAL_WORDS = (
    r"(?:の|、|,|で、?|となり、?|あり、?)?\s*(?<![累家設統会])"
    r"(?:合計|総計|総数|計|合わせて|あわせて|併せて)(?:で|は|して)?[\s:、]*$"
)
_TOTAL = LazyPattern(_TOTAL_WORDS, needs=("計", "わせて", "併せて"))
_TOTAL_OR_OF = LazyPattern(rf"{_TOTAL_WORDS}|\s*[の=]\s*")
_BETWEEN_PARTS = LazyPattern(r"\s*(?:、|,|・|と|\+|及び|および|並びに|ならびに)[^。、()]{0,14}")
_NO_SUM = AnyOf(
    "うち|内数|前年|昨年|前回|累計|延べ|延|のべ|ほか|除|重複|実人|等|など|約|目標|当たり|あたり|平均"
)
_MARKED_PART = LazyPattern(r"\s*(?:に|で)?(?:は|が|については)")
_NO_PARTS = AnyOf("前年|昨年|重複|延べ|新た|ほか|除|追加|増|減|参考|目標")
# 4名、3名、1名の8名で構成.
_CONSISTS = LazyPattern(r"\s*(?:で構成|で組織|から(?:成|な)|の?体制|が(?:参加|受講|出席|従事))")
_MOST_OFF = 2
_MOST_PARTS = 24


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
        f"「{number.text}」とありますが、{names} は {total:,} です（「{quoted_around(written, number)}」）。",
        "合計と、それぞれの数を確かめ、違う方を直してください。",
        actual=number.text,
        expected=f"{total:,}",
    )


def _totals_with_parts(
    plain: str, numbers: Sequence[TextNumber]
) -> Iterator[tuple[TextNumber, list[TextNumber]]]:
    """Each wrong total of a text with its parts."""
    for place, number in enumerate(numbers):
        if number.unit in ("", FRACTION) or not _is_number_called_total(plain, number):
            continue
        parts = _numbers_listed_before_total(plain, numbers[max(0, place - _MOST_PARTS) : place], number)
        sums = {sum(one.value for one in parts[start:]) for start in range(len(parts) - 1)}
        first, end = near_sentence(plain, number.start)
        if len(parts) > 1 and number.value not in sums and not _NO_SUM.is_in(plain[first:end]):
            yield number, parts
    yield from _wholes_and_parts(plain, numbers)


def _is_number_called_total(plain: str, number: TextNumber) -> bool:
    """Whether 計 or the like is before a number, or の and behind it what consists of its parts."""
    before = plain[max(0, number.start - 12) : number.start]
    if before.rstrip().endswith("="):
        return True
    is_whole = before.rstrip().endswith("の") and _CONSISTS.match(plain, number.start + len(number.text))
    return bool(is_whole or _TOTAL.search(before))


def _numbers_listed_before_total(
    plain: str, numbers: Sequence[TextNumber], total: TextNumber
) -> list[TextNumber]:
    """The numbers of a list that a total follows, all of its unit."""
    parts: list[TextNumber] = []
    start = total.start
    for one in reversed(numbers):
        between = plain[one.start + len(one.text) : start]
        joins = _TOTAL_OR_OF.fullmatch(between) if not parts else _BETWEEN_PARTS.fullmatch(between)
        if (
            not joins
            or not _is_unit_summed_in_total_unit(one.unit, total.unit)
            or not is_stated_exactly(one, plain)
        ):
            break
        parts.insert(0, one)
        start = one.start
    return parts


_PLACES = frozenset(alternatives("校|社|園|店|店舗|病院|薬局|企業|事業所|施設|会場|機関|団体"))
_ANY_PLACES = frozenset(("か所", "団体", "機関", "施設"))


def _is_unit_summed_in_total_unit(unit: str, total: str) -> bool:
    """Whether what is counted so is counted in a total: 6校 and 3社 in 9か所."""
    return is_same_unit(unit, total) or (total in _ANY_PLACES and unit in _PLACES)


def _numbers_marked_as_parts(plain: str, numbers: Sequence[TextNumber]) -> list[TextNumber]:
    return [one for one in numbers if _MARKED_PART.match(plain, one.start + len(one.text))]


def _wholes_and_parts(
    plain: str, numbers: Sequence[TextNumber]
) -> Iterator[tuple[TextNumber, list[TextNumber]]]:
    """A whole whose parts, each with は, are all that follows: 15市町村と…、3市町村は…、13市町村は…."""
    units = {one.unit for one in numbers} - {"", FRACTION}
    for unit in units if not _NO_PARTS.is_in(plain) else ():
        alike = [one for one in numbers if one.unit == unit]
        parts = _numbers_marked_as_parts(plain, alike)
        is_whole_before = 2 <= len(parts) < len(alike) and alike[-len(parts) :] == parts
        if is_whole_before and _is_nearly_their_sum(alike[-len(parts) - 1], parts, alike):
            yield alike[-len(parts) - 1], parts


def _is_nearly_their_sum(whole: TextNumber, parts: Sequence[TextNumber], alike: Sequence[TextNumber]) -> bool:
    """Whether a whole is another number than the sum of its parts, near to it, and no number is that sum."""
    if any(one.value >= whole.value for one in parts):
        return False
    total = sum(one.value for one in parts)
    return 0 < abs(total - whole.value) <= _MOST_OFF and all(one.value != total for one in alike)
