"""Changes that a sentence states beside both numbers: 21機関→22機関（2機関増）, 40件（40％）増加 (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, quoted, sentences_with_start
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text

_UNIT = (
    r"(?:事業所|市町村|か所|機関|団体|会場|世帯|支部|件|人|名|社|通|部|回|枚|冊|校|施設|千円|万円|円|日|%|位)"
)


def _pattern_of_number(name: str) -> str:
    return rf"(?<![\d.,])(?P<{name}>\d[\d,]*(?:\.\d+)?)\s*"


_DIRECTION = r"(?P<up>増|多|高|上|伸|プラス|アップ)|(?P<down>減|少な|低|下|マイナス|ダウン)"
_SIGN = r"(?:(?P<plus>\+)|(?P<minus>[-−▲△]))?\s*"
_ARROW = LazyPattern(
    rf"{_pattern_of_number('then')}(?P<unit>{_UNIT})?\s*(?:→|⇒|➡)\s*{_pattern_of_number('now')}(?P<own>{_UNIT})"
    rf"\s*(?:\(|、|で、?|と)\s*{_SIGN}{_pattern_of_number('change')}(?P<of>ポイント|{_UNIT})\s*の?(?:{_DIRECTION})?",
    needs="→⇒➡",
)
_THAN = LazyPattern(
    rf"{_pattern_of_number('then')}(?P<unit>{_UNIT})(?:より(?:も)?|(?:に|と)比べ(?:て)?、?|から)\s*(?:約)?{_pattern_of_number('change')}"
    rf"(?P<of>ポイント|{_UNIT})\s*(?:ほど)?\s*(?:{_DIRECTION})(?:[いくなのえしかっ]|加|回|昇)+[たるい]?の?\s*"
    rf"{_pattern_of_number('now')}(?P<own>{_UNIT})",
    needs=("より", "比べ", "から"),
)
_TWICE = LazyPattern(
    rf"{_pattern_of_number('change')}(?P<of>{_UNIT})\s*\(\s*{_pattern_of_number('percent')}%\s*\)\s*(?:の|ほど|分)?\s*(?:{_DIRECTION})",
    needs="%％",
)
_COUNT = LazyPattern(rf"{_pattern_of_number('value')}(?P<unit>{_UNIT})", contains=r"\d")


@rule(
    "CO107",
    Family.AGREEMENT,
    Severity.WARNING,
    "増減の数か割合が、文の中の 2 つの数と合いません",
    why="「21機関→22機関（2機関増）」「80件から120件へ40件（40％）増加」と書けば、読み手は計算します。",
    remedy="前の数、今の数、増減の数と割合のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO15",
        "CO20",
        "CO27",
        "CO55",
        "CO66",
        "CO67",
    ),
)
def change_is_not_that_of_both_numbers(context: CheckContext) -> Iterator[Violation]:
    """A change beside its two numbers is another one: behind an arrow, before the second, or in percent.

    21機関→22機関（2機関増）, 21機関より2機関多い22機関, and 80件から120件へ40件（40％）増加. Rates differ by
    ポイント. A percent may be rounded or cut off; one number beside it may be that of before or after.
    """
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        if not any(mark in plain for mark in "→⇒➡%比よか"):
            continue
        for sentence, start in sentences_with_start(plain):
            for place, fact in (
                *_places_and_facts_of_wrong_changes(sentence),
                *_places_and_facts_of_wrong_percents(sentence),
            ):
                yield _violation_for_change(written, start + place, sentence, fact)


def _number_in_group(found: re.Match[str], name: str) -> Decimal:
    return Decimal(found[name].replace(",", ""))


def _places_and_facts_of_wrong_changes(sentence: str) -> Iterator[tuple[int, str]]:
    """Changes that are not the second number less the first, with what they are."""
    for found in (*_ARROW.finditer(sentence), *_THAN.finditer(sentence)):
        is_rate = found["own"] == "%"
        if (found["unit"] or found["own"]) != found["own"] or found["own"] == "位":
            continue
        if found["of"] != ("ポイント" if is_rate else found["own"]):
            continue
        signs = found.groupdict()
        change = _number_in_group(found, "now") - _number_in_group(found, "then")
        is_down = bool(signs.get("minus") or found["down"])
        has_direction = is_down or bool(signs.get("plus") or found["up"])
        stated = _number_in_group(found, "change") * (-1 if is_down else 1)
        if stated != change and (has_direction or abs(change) != stated):
            yield found.start("change"), f"2 つの数の差は {decimal_text(abs(change))} です"


def _places_and_facts_of_wrong_percents(sentence: str) -> Iterator[tuple[int, str]]:
    """The percent of 40件（40％）増加, if it is not 40 of the number before the change."""
    for found in _TWICE.finditer(sentence):
        change, sign = _number_in_group(found, "change"), 1 if found["up"] else -1
        beside = [
            _number_in_group(one, "value")
            for one in _COUNT.finditer(sentence)
            if one["unit"] == found["of"] and one.start() != found.start()
        ]
        bases = _possible_bases_of_change(beside, change * sign)
        percent = _number_in_group(found, "percent")
        if bases and not any(_is_percent_of_quotient(percent, change / base) for base in bases):
            right = decimal_text(round(change / bases[0] * 100, 1))
            yield (
                found.start("percent"),
                f"{decimal_text(change)} は {decimal_text(bases[0])} の {right}％ です",
            )


def _possible_bases_of_change(beside: list[Decimal], change: Decimal) -> list[Decimal]:
    """What a change may be a percent of: the number before it; () where that is not clear."""
    if len(beside) == 1:
        found = [beside[0], beside[0] - change]
    elif len(beside) == 2 and abs(beside[0] - beside[1]) == abs(change):
        found = [min(beside) if change > 0 else max(beside)]
    else:
        return []
    return [one for one in found if one > 0]


def _is_percent_of_quotient(percent: Decimal, quotient: Decimal) -> bool:
    last = Decimal(1).scaleb(-decimal_places(percent))
    return -last / 2 <= quotient * 100 - percent < last


def _violation_for_change(written: PrintedText, place: int, sentence: str, fact: str) -> Violation:
    return written.violation(
        place,
        f"{quoted(sentence.lstrip(LINE_MARKS))}とありますが、{fact}。",
        "前の数、今の数、増減の数と割合を確かめ、違うものを直してください。",
        actual=sentence.strip(LINE_MARKS)[:30],
    )
