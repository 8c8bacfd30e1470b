"""Comparison of numbers in sentences with figures of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import is_in_percent_points, name_with_table, unit_of, value_text
from kenpo_xl.checks.support.printed_text import PrintedText
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.source import Source

# Rules that say what is wrong with a number of a table: a sentence that differs from it is likely right.
WRONG_NUMBER_OF_TABLE = (
    rule_codes.NEGATIVE_COUNT,
    rule_codes.IMPOSSIBLE_PERCENTAGE,
    rule_codes.PERCENT_OR_POINTS,
    rule_codes.RATE_FAR_FROM_USUAL,
    rule_codes.ODD_SIZE,
    "VA21",
    "VA22",
    "TI12",
    "TI13",
    "TI22",
)
_ABOUT = LazyPattern(
    r"(?:(?<![一-龯])約|およそ|おおよそ|概ね|おおむね|ほぼ|延べ?約)\s*$",
    needs=("約", "およそ", "概ね", "おおむね", "ほぼ"),
)
# Letters before a number in which 約 and the like are looked for.
_LONGEST_ABOUT = 12
_MYRIADS = LazyPattern(r"[千万億兆](?!円)", needs="千万億兆")
_PART_OR_PAST = LazyPattern(
    r"(?:うち|内|新規|新た|前年|昨年|前回|目標|計画|参考|令和|県内|全)[^、。()（）\d]*$"
)
_WITH_PARTS = LazyPattern(r"\s*(?:のうち|の内|中|を加え|増|減)")
_ENOUGH_DIGITS = 3
_MORE_OR_LESS = LazyPattern(r"\s*(?:余り?|強|弱|程度|ほど|前後|超|近く|以上|以下|未満|以内|台)")
_PER_UNIT = LazyPattern(
    r"\s*(?:当たり|当り|あたり|につき|ごと|毎(?![日週月年回])|平均|単位|ずつ"
    r"|(?P<of_one>(?:約|最大|最低|最長)?\s*[\d０-９]|ひとり"
    r"|(?:で|から|に)?\s*(?:複数|数(?=[人名件社回か通枚部]))))"
)
_NEAR = 12


def is_stated_exactly(number: TextNumber, text: str) -> bool:
    """Whether a number is exact: without 約, 以上, 程度, not in 万 or 億, and no unit of something else."""
    after = number.start + len(number.text)
    is_exact = is_written_in_digits(number) and not is_number_approximate(number, text)
    return is_exact and not (_MORE_OR_LESS.match(text, after) or is_unit_of_another(number, text))


def are_stated_exactly(numbers: Iterable[TextNumber], text: str) -> bool:
    """Whether all of some numbers are exact."""
    return all(is_stated_exactly(one, text) for one in numbers)


def is_unit_of_another(number: TextNumber, text: str) -> bool:
    """Whether another number is said of so many, none of them counted: 1事業所当たり, 10人に1人, 1人3回.

    So is 1事業所で複数名.
    """
    after = number.start + len(number.text)
    per = _PER_UNIT.match(text, after)
    if per and (per["of_one"] is None or (number.value == 1 and number.unit)):
        return True
    behind = text[after : after + _NEAR].lstrip()
    if not number.unit or (number.value != 1 and not behind.startswith("に")):
        return False
    before = text[max(0, number.start - _NEAR) : number.start]
    is_of_one = number.value == 1 and _half_width_without_blanks(before).endswith(f"{number.unit}に")
    return is_of_one or _half_width_without_blanks(behind).startswith(f"に1{number.unit}")


def _half_width_without_blanks(words: str) -> str:
    return half_width("".join(words.split()))


def is_written_in_digits(number: TextNumber) -> bool:
    """Whether a number is not written in 千, 万 or 億; 千円 is a unit."""
    return not _MYRIADS.search(number.text)


def is_number_approximate(number: TextNumber, text: str) -> bool:
    """Whether 約 or the like is before a number."""
    return bool(_ABOUT.search(text[max(0, number.start - _LONGEST_ABOUT) : number.start]))


def is_unit_of_figure(context: CheckContext, figure: Figure, unit: str) -> bool:
    """Whether a number with this unit can be the figure."""
    held = unit_of(context, figure)
    return not held or is_same_unit(FRACTION if held in ("％", "%") else held, unit)


def figure_agrees(context: CheckContext, figure: Figure, number: TextNumber) -> bool:
    """Whether the number is the figure, at the places that the text gives.

    Or the computed value of an overwritten figure, which is reported in its own cell.
    """
    return is_unit_of_figure(context, figure, number.unit) and is_exact_value_of_figure(
        context, figure, number.value
    )


def is_exact_value_of_figure(context: CheckContext, figure: Figure, number: Decimal) -> bool:
    """Whether a number, of a rate the fraction, is the figure at its places, whatever its unit."""
    if figure.printed_number is None:
        return False
    in_points = is_in_percent_points(context, figure)
    for found in (figure.printed_number, figure.computed):
        value = found / 100 if found is not None and in_points else found
        if value is not None and number in (
            value,
            rounded(value, decimal_places(number), HALF_UP),
        ):
            return True
    return False


def is_number_near_figure(context: CheckContext, figure: Figure, number: Decimal) -> bool:
    """Whether a number is what rounding makes of the figure, or nearly; True for a figure of 0.

    It is within a tenth of the figure, or within its last digit that is not 0 and a third of the figure.
    """
    in_points = is_in_percent_points(context, figure)
    found = (figure.printed_number, figure.computed)
    values = [value / 100 if in_points else value for value in found if value is not None]
    exponent = number.normalize().as_tuple().exponent
    last = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return any(not value or _is_near(abs(number - value), abs(value), last) for value in values)


def _is_near(difference: Decimal, value: Decimal, last: Decimal) -> bool:
    return difference * 10 <= value or (difference * 3 <= value and difference <= last)


def is_slip_of_figure(
    context: CheckContext, figure: Figure, number: TextNumber, *, is_sure: bool = True
) -> bool:
    """Whether a slip of the keys makes the number of the figure, at the places that the text gives.

    Where it is not sure that the figure is meant, another digit is not enough.
    """
    if figure.printed_number is None:
        return False
    points = is_in_percent_points(context, figure)
    value = figure.printed_number / 100 if points else figure.printed_number
    return is_likely_slip(
        number.value, rounded(value, decimal_places(number.value), HALF_UP), digit_counts=is_sure
    )


def decimal_places(number: Decimal) -> int:
    """The decimal places of a number."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def is_likely_slip(written: Decimal, value: Decimal, *, digit_counts: bool = True) -> bool:
    """Whether a slip of the keys makes a number of another: digits swapped, one other, one more or less.

    Another digit, one more or one less count only for numbers of three digits and more; a zero always.
    With `digit_counts` False another digit does not count.
    """
    one, other = (decimal_text(abs(number)).replace(".", "").strip("0") for number in (written, value))
    if one == other:
        return written != value
    whole, real = (decimal_text(abs(number)).replace(".", "") for number in (written, value))
    is_rounder = len(whole) - len(whole.rstrip("0")) > len(real) - len(real.rstrip("0"))
    is_as_long = len(whole) == len(real) and not is_rounder
    if is_as_long and _is_swapped_or_replaced(whole, real, digit_counts=digit_counts):
        return True
    if len(one) == len(other):
        return _is_swapped_or_replaced(one, other, digit_counts=digit_counts)
    longer, shorter = sorted((one, other), key=len, reverse=True)
    enough = len(shorter) >= _ENOUGH_DIGITS and len(longer) == len(shorter) + 1
    return enough and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _is_swapped_or_replaced(one: str, other: str, *, digit_counts: bool) -> bool:
    """Whether digits of the same number are others: two that are swapped, or a single one."""
    differing = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    first, last = differing[0], differing[-1]
    swapped = last == first + 1 and one[first : last + 1] == other[last] + other[first]
    return swapped or (digit_counts and len(differing) == 1 and len(one) >= _ENOUGH_DIGITS)


def is_number_of_part_or_past(text: str, number: TextNumber) -> bool:
    """Whether the words around a number make it a part, a whole with parts, or one of another time."""
    before = text[max(0, number.start - _LONGEST_ABOUT) : number.start]
    return bool(_PART_OR_PAST.search(before) or _WITH_PARTS.match(text, number.start + len(number.text)))


def number_and_figures_before_bracket(
    context: CheckContext, written: PrintedText, text: str, place: int
) -> tuple[TextNumber | None, list[Figure]]:
    """The number right before a place in brackets, and the figures of the item that it can be."""
    before = [one for one in numbers_in(text) if one.start + len(one.text) <= place]
    if not before or not re.fullmatch(
        r"\s*\(\s*(?:\D*\d+\s*年\s*)?", text[_end_of_number(before[-1]) : place]
    ):
        return None, []
    figures = figures_with_number(context, written)
    return before[-1], [figure for figure in figures if figure_agrees(context, figure, before[-1])]


def _end_of_number(number: TextNumber) -> int:
    return number.start + len(number.text)


def figures_with_number(context: CheckContext, written: PrintedText) -> Iterator[Figure]:
    """Every figure with a number of the item that a text belongs to."""
    for table in written.item.tables:
        for row in context.figures.tables[written.item.id, table.name].rows:
            yield from (figure for figure in row.figures if figure.printed_number is not None)


def violation_for_different_number(
    context: CheckContext, written: PrintedText, number: TextNumber, figure: Figure, note: str = ""
) -> Violation:
    """The violation of a number in a line that is not the figure meant."""
    place = f"（{figure.source.cell}）" if figure.source else ""
    return written.violation(
        number.start,
        note
        or f"文では「{number.text}」ですが、"
        f"{name_with_table(context, figure)}{place}は {value_text(context, figure)} です。",
        "元の資料を確かめ、文か表のどちらかを直してください。",
        actual=number.text,
        related=sources_of_other_side(figure),
    )


def sources_of_other_side(*figures: Figure) -> tuple[Source, ...]:
    """The cells of figures that a sentence does not agree with."""
    return tuple(figure.source for figure in figures if figure.source)


def violation_for_miscounted_list(
    written: PrintedText, number: TextNumber, table: str, count: int, note: str = ""
) -> Violation:
    """The violation of a stated count that is not that of the list."""
    return written.violation(
        number.start,
        note or f"文では「{number.text}」ですが、一覧「{table}」には {count} 件あります。",
        "一覧に抜けや重なりがないか確かめ、文か一覧を直してください。",
        actual=number.text,
        expected=str(count),
    )
