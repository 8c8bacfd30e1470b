"""Counts beside what is counted: 第1回から第4回までの3回, ほか2団体の計4団体, それぞれ (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, quoted_with_neighbors
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern

_COUNTERS = "回|号|次|期|クール|弾|報"
_RANGE = LazyPattern(
    rf"第?\s*(?P<first>\d{{1,3}})\s*(?P<unit>{_COUNTERS})?\s*(?:から|~|-)\s*第\s*(?P<last>\d{{1,3}})\s*(?P<last_unit>{_COUNTERS})"
    r"\s*(?:まで)?(?:の|、)?\s*[(]?\s*(?:計|全|合計)?\s*(?P<count>\d{1,3})\s*(?P<counted>回|号|次|期|クール|通|本)(?!目)",
    needs=("から第", "から 第", "~第", "~ 第", "-第"),
)
_MONTHLY = LazyPattern(
    r"(?<!\d)(?P<first>\d{1,2})\s*月号\s*(?:から|~|-)\s*(?P<last>\d{1,2})\s*月号\s*(?:まで)?(?:の|、)?\s*[(]?\s*(?:計|全|合計)?"
    r"\s*(?P<count>\d{1,2})\s*(?:回|号|か月|本)",
    needs=("月号から", "月号~", "月号-"),
)
_BOTH_WORDS = tuple(f"両{letter}" for letter in "会日市町社支団県者グ機施地校")
_BOTH = LazyPattern(
    r"両(?P<what>会場|日|市|町|社|支部|団体|県|者|グループ|機関|施設|地区|校)\s*[(](?P<names>[^()]{3,60})[)]",
    needs=_BOTH_WORDS,
)
_BOTH_BEHIND = LazyPattern(
    r"(?P<names>[^。、\s・(「]{1,12}(?:[、・][^。、\s・()]{1,12}){2,})の両(?:会場|日|市|町|社|支部|団体|県|者|グループ|機関|施設|地区|校)",
    needs=_BOTH_WORDS,
)
_OTHERS = LazyPattern(
    r"(?P<names>[^。\s(「]{2,60}?)(?:ほか|他)\s*(?P<others>\d{1,2})\s*(?P<unit>団体|社|市町村|市|町|か所|会場|機関|事業所|校|名|人|支部)"
    r"\s*(?:の|、)?\s*(?:計|合計|全)\s*(?P<total>\d{1,2})\s*(?P=unit)",
    needs=tuple(f"{word}{digit}" for word in ("ほか", "ほか ", "他", "他 ") for digit in range(1, 10)),
)
_MONTHS = 12


@frozen
class _Miscount:
    start: int
    end: int
    stated: str
    real: int


@rule(
    "CO39",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、番号の範囲や「ほか」「両」で並べたものの数と違います",
    why="「第1回から第4回までの3回」「青葉市ほか3市の計5市」と書けば、読み手は数えます。",
    remedy="番号や名前の抜けがないか確かめ、違う方を直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, "CO08", "WO55"),
)
def range_is_miscounted(context: CheckContext) -> Iterator[Violation]:
    """第1回から第4回までの3回, 4月号から12月号までの8回, 青葉市ほか3市の計5市, 両 of three names.

    Also 2会場（東12名、西15名、北20名）.
    """
    for written in all_printed_texts(context):
        for one in _all_miscounts(half_width(written.text)):
            yield _violation_for_miscount(written, one)
    for sentence in numbered_sentences(context):
        for number, real in _place_counts_unlike_bracket_counts(sentence):
            fact = f"「{number.text.strip()}」とありますが、かっこの中には {real} あります"
            yield sentence.violation(
                number, fact, "抜けや重なりを確かめ、違う方を直してください。", expected=str(real)
            )


def _place_counts_unlike_bracket_counts(sentence: NumberedSentence) -> Iterator[tuple[TextNumber, int]]:
    """2会場（東12名、西15名、北20名）: a number of places, and how many the bracket behind it has."""
    for place, number in enumerate(sentence.numbers[:-_FEWEST]):
        inside = sentence.numbers[place + 1 :]
        if number.unit not in _PLACES or sentence.between(number, inside[0])[:1] != "(":
            continue
        end = sentence.plain.find(")", inside[0].start)
        listed = [one for one in inside if one.start < end]
        is_list = _is_bracket_one_number_for_each_place(listed, number, sentence.plain[number.start : end])
        if is_list and len(listed) >= _FEWEST and len(listed) != number.value:
            yield number, len(listed)


def _is_bracket_one_number_for_each_place(
    listed: Sequence[TextNumber], places: TextNumber, bracket: str
) -> bool:
    """Whether a bracket has one number of one unit, not that of the places, between its commas."""
    are_alike = len({one.unit for one in listed}) == 1 and listed[0].unit not in ("", places.unit)
    return are_alike and bracket.count("、") == len(listed) - 1 and not _NOT_ALL.is_in(bracket)


_PLACES = frozenset(("会場", "か所", "市", "町", "支部", "グループ", "地区"))


def _violation_for_miscount(written: PrintedText, one: _Miscount) -> Violation:
    quote = quoted_with_neighbors(written.text, one.start, one.end, letters=0)
    return written.violation(
        one.start,
        f"{quote}は「{one.stated}」とありますが、数えると {one.real} です。",
        "番号や名前の抜けや重なりを確かめ、違う方を直してください。",
        actual=one.stated,
        expected=str(one.real),
    )


def _all_miscounts(plain: str) -> Iterator[_Miscount]:
    yield from _miscounted_ranges(plain)
    yield from _miscounted_months(plain)
    yield from _brackets_of_both_with_more_names(plain)
    yield from _miscounted_others(plain)


def _miscounted_ranges(plain: str) -> Iterator[_Miscount]:
    """第1回から第4回までの3回."""
    for found in _RANGE.finditer(plain):
        real = int(found["last"]) - int(found["first"]) + 1
        is_of_one = found["unit"] in (None, found["last_unit"])
        if is_of_one and real > 1 and int(found["count"]) != real and found["first"] != "0":
            yield _Miscount(*found.span(), f"{found['count']}{found['counted']}", real)


def _miscounted_months(plain: str) -> Iterator[_Miscount]:
    """4月号から12月号までの8回; 5回 is right of what is issued every second month, and so is every third."""
    for found in _MONTHLY.finditer(plain):
        apart = (int(found["last"]) - int(found["first"])) % _MONTHS
        count = int(found["count"])
        if count != apart + 1 and (count < _FEWEST or apart not in (2 * (count - 1), 3 * (count - 1))):
            yield _Miscount(*found.span(), f"{found['count']}回", apart + 1)


def _brackets_of_both_with_more_names(plain: str) -> Iterator[_Miscount]:
    """両会場（東、西、北）."""
    for found in (*_BOTH.finditer(plain), *_BOTH_BEHIND.finditer(plain)):
        names = [one for one in re.split("[、・]", found["names"]) if one.strip()]
        if len(names) > 2 and not _NOT_ALL.is_in(found["names"]):
            yield _Miscount(*found.span(), "両", len(names))


def _miscounted_others(plain: str) -> Iterator[_Miscount]:
    """青葉市ほか3市の計5市."""
    for found in _OTHERS.finditer(plain):
        names = _names_listed_at_end(found["names"])
        real = len(names) + int(found["others"])
        if names and int(found["total"]) != real and int(found["total"]) > int(found["others"]):
            yield _Miscount(*found.span(), f"計{found['total']}{found['unit']}", real)


_NOT_ALL = AnyOf("等|など|ほか|各|うち|計|平均")


def _names_listed_at_end(text: str) -> list[str]:
    """The names that a text lists up to its end; [] where it is not clear where they begin."""
    parts = re.split("、|及び|と(?=[^ぁ-ん])", text)
    names = [one.strip() for one in parts]
    first = names[0]
    start = len(first)
    while start and is_noun_letter(first[start - 1]):
        start -= 1
    names[0] = first[start:]
    return names if all(names) and all(is_noun_letter(letter) for one in names for letter in one) else []


_FEWEST = 2


@rule(
    "CO40",
    Family.AGREEMENT,
    Severity.WARNING,
    "「それぞれ」の数が、並べたものの数と違います",
    why="「東会場と西会場でそれぞれ12名、15名、18名」では、どの数がどこの数か読み手に分かりません。",
    remedy="並べたものと数の抜けや重なりを確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, "CO38"),
)
def each_has_not_one_number(context: CheckContext) -> Iterator[Violation]:
    """それぞれ with more or fewer numbers of one unit behind it than names or months before it."""
    for sentence in numbered_sentences(context):
        place = sentence.text.find("それぞれ")
        if place < 0 or len(sentence.numbers) < _FEWEST:
            continue
        names = _number_of_names_listed_before(sentence, place)
        numbers = _row_of_numbers_behind(sentence, sentence.start + place)
        if names >= _FEWEST and len(numbers) >= _FEWEST and names != len(numbers):
            yield sentence.violation(
                numbers[-1],
                f"「それぞれ」の前に並ぶものは {names}、後の数は {len(numbers)} です",
                "並べたものと数の抜けや重なりを確かめて直してください。",
                first=numbers[0],
            )


def _number_of_names_listed_before(sentence: NumberedSentence, place: int) -> int:
    """How many names or months are listed right before それぞれ; 0 where they are described."""
    before = sentence.text[:place].rstrip("、でにはがのもへ").removesuffix("により").removesuffix("において")
    clause = re.split("[。()]", before)[-1].lstrip("・ ")
    names = [one.strip() for one in re.split("、|及び|と", clause)]
    is_list = all(0 < len(one) <= 8 and not any(letter in "をはがにでて" for letter in one) for one in names)
    return len(names) if is_list else 0


def _row_of_numbers_behind(sentence: NumberedSentence, place: int) -> list[TextNumber]:
    """The numbers of one unit in a row behind a place."""
    found: list[TextNumber] = []
    for number in sentence.numbers:
        if number.start < place:
            continue
        if found and (
            sentence.before(number).strip() not in ("、", "と", "及び") or number.unit != found[-1].unit
        ):
            return [] if number.unit == found[-1].unit else found
        found.append(number)
    return found
