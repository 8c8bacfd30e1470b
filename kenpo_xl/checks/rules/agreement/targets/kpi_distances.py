"""How far a KPI is from its target, as sentences state it (整合)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.targets.kpi_claims import only_kpi_called
from kenpo_xl.checks.support.number_matching import decimal_places, is_stated_exactly
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentence_span
from kenpo_xl.checks.support.sentences.series import without_times
from kenpo_xl.checks.support.sentences.stated_times import TimeKind, stated_times_in
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded
from kenpo_xl.domain.results.assessments import KpiAssessment

_POINTS = "ポイント"
# What a number is, by the words before it in its sentence; `topic` names the KPI.
_TOPIC = r"^(?P<topic>.*?)(?:は|が|も|の|について(?:は)?)?[、\s]*"
_NUMBER = r"[(]?[\d,.]+\s*[^\s\d。、に()]{1,6}?[)]?"
_RESULT_FIRST = (
    rf"(?:{_NUMBER}(?:(?:で(?:あり|あって)?|と(?:なり|なって(?:おり|い))?|に(?:とどま[りっ]て?|なり))?[、,]"
    r"|で|[(])[、\s]*)?"
)
_AIM = r"(?:(?:達成|年度|年間|数値)の?)?目標(?:値|数|件数|人数|水準)?(?:である)?"
_TO = (
    rf"{_AIM}(?:の?\s*{_NUMBER}(?:以上|以下)?)?(?:の?達成)?"
    r"(?:まで(?:に)?(?:は)?|に(?:は)?|に対(?:して|し)(?:は)?|より|から|と(?:は|の)?)"
)
_DISTANCE = LazyPattern(
    rf"{_TOPIC}{_RESULT_FIRST}{_TO}[、\s]*(?:残り|あと|残すところ|の?(?:差|開き)(?=[はが]))(?:は|が)?[、\s]*$",
    needs=("あと", "残", "差", "開き"),
)
_LEFT = LazyPattern(rf"{_TOPIC}{_RESULT_FIRST}(?:残り|あと)(?:は|が)?[、\s]*$", needs=("残り", "あと"))
_IS_LEFT = LazyPattern(r"\s*で[、\s]*(?:年度|年間|数値)?目標(?:値|数)?(?:を|に)(?:達成|達|到達|届)")
_LACKS = LazyPattern(rf"{_TOPIC}{_RESULT_FIRST}{_TO}(?:なお|まだ)?[、\s]*$", needs=("目標",))
_IS_LACKING = LazyPattern(
    r"\s*(?:ほど|分)?(?:が)?(?:足り|足ら|不足|残|少な|多い|多く|低|高|の(?:不足|開き|差))"
)
_PROGRESS = LazyPattern(
    rf"{_TOPIC}{_RESULT_FIRST}(?:(?:{_AIM}(?:の?\s*{_NUMBER})?(?:に対(?:する|して|し)の?|比で?は?|の|への)?)?"
    r"(?:進捗|達成|到達)(?:率|度|割合)|目標比)[はがで:、\s]*$",
    needs=("目標比", "進捗", "達成", "到達"),
)
_PART = LazyPattern(rf"{_TOPIC}{_RESULT_FIRST}{_AIM}(?:の|に対して?|比で?)[、\s]*$", needs=("目標",))
_IS_PART = LazyPattern(r"\s*(?:に(?:当たる|あたる|相当|とどま)|を達成|の(?:達成|進捗|水準)|まで進)")
_IS_EQUAL = LazyPattern(
    r"\s*(?:で(?:あ[るっり]|す|、|。)|とな[るっり]|だ(?:った)?[。、]|。|$)(?!.{0,8}(?:見込|予定|予想|予測|はず))"
)
_RESULT = LazyPattern(
    rf"^(?P<topic>.*?)(?:は|が|も|について(?:は)?)[、\s]*{_AIM}(?:は|の)?\s*{_NUMBER}(?:以上|以下)?"
    r"に対(?:して|し)(?:て)?(?:は)?[、\s]*(?:実績は?|現在は?|結果は?)?[、\s]*$",
    needs=("対し",),
)
_BEYOND = LazyPattern(
    rf"{_TOPIC}{_RESULT_FIRST}{_AIM}の?\s*(?:{_NUMBER})?[をに](?:は)?(?:大きく|わずかに|やや|まだ)?[、\s]*$",
    needs=("目標",),
)
_IS_BEYOND = LazyPattern(r"\s*(?:ほど)?(?:上回|下回|超え|超過|届か|及ば|不足|足り)")
_RATES = AnyOf("達成率|達成度|達成割合|進捗率|進捗度|到達率")
_TIMES_BEFORE = r"(?:令和\s*\d+\s*年度|[今本]年度)(?:の|は)?\s*"


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
    """目標まであと…, 目標に…足りない, 目標を…上回った, 達成率は… and 目標…に対し… of a KPI: another number.

    The sentence names the KPI and nothing else, or states its target first (目標の1,270事業所まで残り…), and
    no month but that of its result. Silent for 約.
    """
    for written in lines_and_reasons(context):
        if not ("目標" in written.text or _RATES.is_in(written.text)):
            continue
        plain = half_width(written.text)
        for number in numbers_in(written.text):
            if is_stated_exactly(number, written.text):
                found = _kpi_and_its_right_distance(context, written, plain, number)
                if found is not None:
                    yield _violation_for_distance(written, number, *found)


def _is_followed_by(behind: LazyPattern | None, plain: str, number: TextNumber) -> bool:
    return behind is None or behind.match(plain, number.start + len(number.text)) is not None


def _kpi_and_its_right_distance(
    context: CheckContext, written: PrintedText, plain: str, number: TextNumber
) -> tuple[KpiAssessment, str] | None:
    """The KPI that a number contradicts, and what is right; None where it is right or not clear."""
    first, _ = sentence_span(plain, number.start)
    before = plain[first : number.start].lstrip(LINE_MARKS)
    is_of_target = "目標" in before or _RATES.is_in(before)
    timeless = without_times(before, context.plan.fiscal_year) if is_of_target else before
    for pattern, behind, right_numbers in _READINGS:
        found = pattern.search(before) or pattern.search(timeless)
        if found is None or not _is_followed_by(behind, plain, number):
            continue
        one = only_kpi_called(context, written, without_times(found["topic"], context.plan.fiscal_year))
        one = one or _kpi_of_stated_target(context, written, before, number)
        if one is not None and _is_of_base(context, before, one):
            right = right_numbers(one, number)
            if right:
                is_right = any(_is_number_near_value(number, value) for value in right)
                return None if is_right else (one, _text_of_value(number, right[0]))
    return None


_STATED_TARGET = LazyPattern(
    rf"^(?:{_TIMES_BEFORE})?(?:達成|年度|年間|数値)?目標(?:値|数)?(?:である|の|は|[(])?\s*(?P<number>{_NUMBER})",
    needs="目",
)


def _counted_kpis_with_target(context: CheckContext, item: str, target: Decimal) -> list[KpiAssessment]:
    """The KPIs of an item that are no rates, have a result and this target."""
    return [
        one
        for one in context.own_kpi_assessments
        if one.item == item
        and not one.kpi.format.is_percent
        and one.assessment.result is not None
        and one.assessment.target == target
    ]


def _kpi_of_stated_target(
    context: CheckContext, written: PrintedText, before: str, number: TextNumber
) -> KpiAssessment | None:
    """The only KPI of the item whose target a sentence states in a number's unit without its name."""
    found = _STATED_TARGET.search(before)
    place = found.start("number") if found else -1
    stated = [one for one in numbers_in(before) if place <= one.start <= place + 1] if found else []
    if len(stated) != 1 or not is_same_unit(stated[0].unit, number.unit):
        return None
    fitting = _counted_kpis_with_target(context, written.item.id, stated[0].value)
    return fitting[0] if len(fitting) == 1 else None


def _is_of_base(context: CheckContext, before: str, one: KpiAssessment) -> bool:
    """Whether some words name no time but that of a KPI's result: not 昨年, 前回 or another month."""
    year = context.plan.fiscal_year
    return all(
        time.kind is not TimeKind.OTHER
        and time.fiscal_year_in(year) == year
        and (time.months is None or time.months[1] == one.base.number)
        for time in stated_times_in(before, year)
    )


def _result_and_target(one: KpiAssessment) -> tuple[Decimal, Decimal]:
    result, target = one.assessment.result, one.assessment.target
    assert result is not None
    assert target is not None
    return result, target


def _possible_distances(one: KpiAssessment, number: TextNumber) -> tuple[Decimal, ...]:
    """How far the result is from the target, in the unit of a number; () for another unit."""
    result, target = _result_and_target(one)
    if one.kpi.format.is_percent:
        return (abs(target - result) * 100,) if number.unit in (_POINTS, "") else ()
    return (abs(target - result),) if is_same_unit(number.unit, one.kpi.format.unit) else ()


def _possible_progress(one: KpiAssessment, number: TextNumber) -> tuple[Decimal, ...]:
    """The share of the target that is reached, from the exact and the displayed result.

    () where the KPI itself is such a rate, and where the number may be its result or target.
    """
    result, target = _result_and_target(one)
    if number.unit != FRACTION or not target or one.aim is None or one.aim.upper is not None:
        return ()
    kept = one.kpi.format.decimals + (2 if one.kpi.format.is_percent else 0)
    own = (rounded(result, kept, HALF_UP), rounded(target, kept, HALF_UP))
    if _RATES.is_in(one.kpi.name) or (one.kpi.format.is_percent and number.value in own):
        return ()
    right = (result / target, own[0] / target)
    return right if one.attainment is None else (*right, one.attainment)


def _possible_parts_of_target(one: KpiAssessment, number: TextNumber) -> tuple[Decimal, ...]:
    """The same for a KPI that is no rate: 目標の78％を達成 says the target of one."""
    return () if one.kpi.format.is_percent else _possible_progress(one, number)


def _possible_results(one: KpiAssessment, number: TextNumber) -> tuple[Decimal, ...]:
    """The result, for a number of its unit."""
    is_rate = one.kpi.format.is_percent
    fits = number.unit == FRACTION if is_rate else is_same_unit(number.unit, one.kpi.format.unit)
    return (_result_and_target(one)[0],) if fits else ()


_Right = Callable[[KpiAssessment, TextNumber], tuple[Decimal, ...]]
# What a number is by the words before it in its sentence and those behind it, and which numbers are right.
_READINGS: tuple[tuple[LazyPattern, LazyPattern | None, _Right], ...] = (
    (_DISTANCE, None, _possible_distances),
    (_LEFT, _IS_LEFT, _possible_distances),
    (_LACKS, _IS_LACKING, _possible_distances),
    (_PROGRESS, None, _possible_progress),
    (_PART, _IS_PART, _possible_parts_of_target),
    (_PART, _IS_EQUAL, _possible_progress),
    (_RESULT, None, _possible_results),
    (_BEYOND, _IS_BEYOND, _possible_distances),
)


def _is_number_near_value(number: TextNumber, right: Decimal) -> bool:
    """Whether a number is right within its last place; a whole one exactly."""
    places = decimal_places(number.value)
    if right == rounded(right, 0, HALF_UP) and not places:
        return number.value == right
    return abs(abs(number.value) - right) <= Decimal(1).scaleb(-places)


def _text_of_value(number: TextNumber, right: Decimal) -> str:
    places = decimal_places(number.value)
    value = rounded(right, places, HALF_UP)
    return f"{decimal_text(value * 100)}％" if number.unit == FRACTION else f"{value:,}{number.unit}"


def _violation_for_distance(
    written: PrintedText, number: TextNumber, one: KpiAssessment, right: str
) -> Violation:
    first, _ = sentence_span(written.text, number.start)
    end = number.start + len(number.text)
    quote = quoted(re.sub(rf"^[{LINE_MARKS}]*", "", written.text[max(first, end - 44) : end]))
    return written.violation(
        number.start,
        f"{quote}とありますが、KPI「{one.kpi.name}」の実績は {one.result_text}、目標は {one.target_in_words} "
        f"なので {right} です。",
        "実績と目標を確かめ、文の数を直してください。",
        actual=number.text.strip(),
        expected=right,
    )
