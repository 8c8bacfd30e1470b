"""How far a KPI is from its target, as sentences state it (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.kpi_claims import kpi_called
from kenpo_xl.checks.support.number_matching import decimal_places, is_stated_exactly
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentence_span
from kenpo_xl.checks.support.sentences.series import without_times
from kenpo_xl.checks.support.sentences.stated_times import TimeKind, times_in
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded
from kenpo_xl.domain.results.assessments import KpiAssessment

_POINTS = "ポイント"
# What a number is, by the words before it in its sentence; `topic` names the KPI.
_DISTANCE = LazyPattern(
    r"^(?P<topic>.*?)(?:は|が|も|について(?:は)?)?[、\s]*(?:(?:達成|年度|年間|数値)?目標(?:値|数|件数)?"
    r"(?:の?\s*\(?[\d,.]+\s*[^\s\d。、に]{1,6}?\)?)?(?:達成)?(?:まで(?:に)?(?:は)?[、\s]*(?:残り|あと|残すところ)"
    r"|に(?:は)?[、\s]*(?:あと|残り)|との差は))[、\s]*$",
    needs=("あと", "残", "との差は"),
)
_PROGRESS = LazyPattern(
    r"^(?P<topic>.*?)(?:は|が|も|の|について(?:は)?)?[、\s]*(?:(?:年度|年間|数値)?目標(?:値|数|件数)?(?:の?\s*\(?[\d,.]+\s*[^\s\d。、に]{1,6}?\)?)?"
    r"(?:に対(?:する|して|し)(?:の)?|比で?は?))(?:(?:進捗|達成)(?:率|度|割合)(?:は|が|で)?)?[、\s]*$",
    needs=("対す", "対し", "標比"),
)
_RESULT = LazyPattern(
    r"^(?P<topic>.*?)(?:は|が|も|について(?:は)?)[、\s]*(?:達成|年度|年間|数値)?目標(?:値|数|件数)?(?:である|の|は)?\s*"
    r"\(?[\d,.]+\s*[^\s\d。、に]{1,6}?\)?(?:以上|以下)?に対(?:して|し)(?:て)?(?:は)?[、\s]*(?:実績は?|現在は?|結果は?)?[、\s]*$",
    needs=("対し",),
)
_BEYOND = LazyPattern(
    r"^(?P<topic>.*?)(?:は|が|も|について(?:は)?)[、\s]*(?:[\d,.]+\s*[^\s\d。、に]{1,6}?(?:で|と|となり|であり)[、\s]*)?"
    r"(?:達成|年度|年間|数値)?目標(?:値|数|件数)?(?:である|の)?\s*(?:\(?[\d,.]+\s*[^\s\d。、に]{1,6}?\)?)?"
    r"[をに](?:は)?(?:大きく|わずかに|やや|まだ)?[、\s]*$",
    needs=("目標",),
)
_IS_BEYOND = LazyPattern(r"\s*(?:ほど)?(?:上回|下回|超え|届か|及ば|不足)")
_PERCENT_OF_TARGET = LazyPattern(r"進捗|達成[率度割]|目標比")
_MARKS = "・•●■※ "


@rule(
    "CO78",
    Family.AGREEMENT,
    Severity.WARNING,
    "目標との差や達成率の文が、KPI の実績と合いません",
    why="「目標まであと290事業所」「目標に対し75％」と書けば、読み手は KPI の実績と目標で確かめます。",
    remedy="実績、目標と、文の数のどれが正しいか確かめて直してください。",
    superseded_by=("CO15", "CO17", "CO18", "CO55", "CO56", "CO95"),
)
def distance_to_target_differs(context: CheckContext) -> Iterator[Violation]:
    """目標まであと…, 目標を…上回った, 目標に対する進捗率は… and 目標…に対し… of a KPI with another number.

    The sentence names the KPI and nothing else, and no month but that of its result. Silent for 約.
    """
    for written in lines_and_reasons(context):
        if "目標" not in written.text:
            continue
        plain = half_width(written.text)
        for number in numbers_in(written.text):
            if is_stated_exactly(number, written.text):
                found = _difference_of_number(context, written, plain, number)
                if found is not None:
                    yield _violation(written, number, *found)


def _difference_of_number(
    context: CheckContext, written: PrintedText, plain: str, number: TextNumber
) -> tuple[KpiAssessment, str] | None:
    """The KPI that a number contradicts, and what is right; None where it is right or not clear."""
    first, _ = sentence_span(plain, number.start)
    before = plain[first : number.start].lstrip(_MARKS)
    is_beyond = _IS_BEYOND.match(plain, number.start + len(number.text)) is not None
    for pattern, right_number in _WORDS:
        found = pattern.search(before)
        if found is None or (pattern is _BEYOND and not is_beyond):
            continue
        one = kpi_called(context, written, without_times(found["topic"], context.plan.fiscal_year))
        if one is not None and _is_of_base(context, before, one):
            right = right_number(one, number, found[0])
            if right is not None:
                return None if _is_near(number, right) else (one, _shown(number, right))
    return None


def _is_of_base(context: CheckContext, before: str, one: KpiAssessment) -> bool:
    """Whether some words name no time but that of a KPI's result: not 昨年, 前回 or another month."""
    year = context.plan.fiscal_year
    return all(
        time.kind is not TimeKind.OTHER
        and time.fiscal_year_in(year) == year
        and (time.months is None or time.months[1] == one.base.number)
        for time in times_in(before, year)
    )


def _values(one: KpiAssessment) -> tuple[Decimal, Decimal]:
    result, target = one.assessment.result, one.assessment.target
    assert result is not None
    assert target is not None
    return result, target


def _distance(one: KpiAssessment, number: TextNumber, _words: str) -> Decimal | None:
    """How far the result is from the target, in the unit of a number; None for another unit."""
    result, target = _values(one)
    if one.kpi.format.is_percent:
        return abs(target - result) * 100 if number.unit in (_POINTS, "") else None
    return abs(target - result) if is_same_unit(number.unit, one.kpi.format.unit) else None


def _progress(one: KpiAssessment, number: TextNumber, words: str) -> Decimal | None:
    """The share of the target that is reached; None for a KPI in ％, and without 進捗率 and the like."""
    result, target = _values(one)
    is_share = number.unit == FRACTION and target and _PERCENT_OF_TARGET.search(words)
    return result / target if is_share and not one.kpi.format.is_percent else None


def _result(one: KpiAssessment, number: TextNumber, _words: str) -> Decimal | None:
    """The result, for a number of its unit."""
    is_rate = one.kpi.format.is_percent
    fits = number.unit == FRACTION if is_rate else is_same_unit(number.unit, one.kpi.format.unit)
    return _values(one)[0] if fits else None


_WORDS = ((_DISTANCE, _distance), (_PROGRESS, _progress), (_RESULT, _result), (_BEYOND, _distance))


def _is_near(number: TextNumber, right: Decimal) -> bool:
    """Whether a number is right within its last place; a whole one exactly."""
    places = decimal_places(number.value)
    if right == rounded(right, 0, HALF_UP) and not places:
        return number.value == right
    return abs(abs(number.value) - right) <= Decimal(1).scaleb(-places)


def _shown(number: TextNumber, right: Decimal) -> str:
    places = decimal_places(number.value)
    value = rounded(right, places, HALF_UP)
    return f"{decimal_text(value * 100)}％" if number.unit == FRACTION else f"{value:,}{number.unit}"


def _violation(written: PrintedText, number: TextNumber, one: KpiAssessment, right: str) -> Violation:
    first, _ = sentence_span(written.text, number.start)
    end = number.start + len(number.text)
    quote = quoted(re.sub(rf"^[{_MARKS}]*", "", written.text[max(first, end - 30) : end]))
    return written.violation(
        number.start,
        f"{quote}とありますが、KPI「{one.kpi.name}」の実績は {one.result_text}、目標は {one.target_in_words} "
        f"なので {right} です。",
        "実績と目標を確かめ、文の数を直してください。",
        actual=number.text.strip(),
        expected=right,
    )
