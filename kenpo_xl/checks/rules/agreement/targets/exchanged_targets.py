"""Targets that a sentence names beside the result, and its claims on them (整合)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.sentences.achievements import Claim, Level, claims_in
from kenpo_xl.checks.support.sentences.changes import is_followed_by_change
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import rounded
from kenpo_xl.domain.results.assessments import KpiAssessment

_LEADS = LazyPattern(
    r"目標(?:値|数|件数|人数|水準)?(?:の|は|が|である|とする|とした|としていた|としている|に掲げた)?[、\s]*$",
    needs=("目標",),
)
_AT_MOST = LazyPattern(r"\s*(?:以内|以下|未満|まで)")
_AT_LEAST = LazyPattern(r"\s*以上")
# The number is not all that was reached, or it is of another time.
_NOT_SO = AnyOf(
    "うち|内訳|月割|ペース|前年|昨年|前回|見込|予定|累計|残り|残る|当たり|あたり|それぞれ|約|およそ|あと"
    "|差|割合で|追加|その後|さらに|新た|加え|別に"
)
_MORE = AnyOf("上回|超え|超過|突破|下回")
_LESS_IS_GOOD = AnyOf("時間|費用|経費|コスト|日数|誤り|返戻|未提出|滞納|苦情|事故|残業|分|秒")
_REACHED = (Level.FAR_BEYOND, Level.BEYOND, Level.REACHED)
_DENIED = LazyPattern(r"[ぁ-ん]{0,3}こと(?:が|は|も)?でき(?:ず|な)")
_PAIR = 2


@rule(
    "CO70",
    Family.AGREEMENT,
    Severity.WARNING,
    "目標に達したという文が、文の中の 2 つの数と合いません",
    why="「目標の200名を超え、150名が参加した」と書けば、読み手は 2 つの数を比べます。",
    remedy="目標、実績、言葉のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO15",
        "CO17",
        "CO18",
        "CO56",
        "CO67",
        "CO95",
    ),
)
def claim_contradicts_its_numbers(context: CheckContext) -> Iterator[Violation]:
    """目標を達成した, 超えた or 届かなかった, contradicted by the only two numbers of the sentence.

    One of them is right behind 目標. Behind 以内 or 以下 less is good; of times and costs without it the rule
    is silent, and so it is for parts, rates of progress and other years.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) != _PAIR or "目標" not in sentence.text:
            continue
        pair = _result_and_target(sentence)
        claim = _only_claim(sentence) if pair else None
        if pair and claim and _is_claim_against_numbers(sentence, claim, *pair):
            result, target = pair
            yield sentence.violation(
                result,
                f"目標は「{target.text.strip()}」、実績は「{result.text.strip()}」ですが、"
                f"「{sentence.written.text[claim.start : claim.end]}」とあります",
                "目標と実績の数、言葉を確かめ、違うものを直してください。",
                first=min(result, target, key=lambda one: one.start),
            )


def _result_and_target(sentence: NumberedSentence) -> tuple[TextNumber, TextNumber] | None:
    """The number that is no target and the one that is; None where that is not sure."""
    targets = [one for one in sentence.numbers if _LEADS.search(sentence.before(one))]
    if len(targets) != 1 or _NOT_SO.is_in(sentence.text):
        return None
    (target,) = targets
    result = next(one for one in sentence.numbers if one is not target)
    return (result, target) if _are_comparable(sentence, result, target) else None


def _are_comparable(sentence: NumberedSentence, result: TextNumber, target: TextNumber) -> bool:
    return (
        bool(target.unit)
        and is_same_unit(result.unit, target.unit)
        and is_stated_exactly(result, sentence.written.text)
        and not is_followed_by_change(sentence.behind(result))
    )


def _only_claim(sentence: NumberedSentence) -> Claim | None:
    """The only claim of a sentence about its target, None without one or with several."""
    found = [one for one in claims_in(sentence.written.text) if sentence.start <= one.start < sentence.end]
    known = (*_REACHED, Level.UNDER)
    is_sure = len(found) == 1 and found[0].level in known
    return found[0] if is_sure and not _DENIED.match(sentence.plain, found[0].end) else None


def _is_claim_against_numbers(
    sentence: NumberedSentence, claim: Claim, result: TextNumber, target: TextNumber
) -> bool:
    behind = sentence.behind(target)
    is_most = _AT_MOST.match(behind) is not None
    words = sentence.plain[claim.start : claim.end]
    if is_most and _MORE.is_in(words):
        return False
    if not is_most and not _AT_LEAST.match(behind) and _LESS_IS_GOOD.is_in(sentence.text):
        return False
    is_reached = result.value <= target.value if is_most else result.value >= target.value
    if claim.level in (Level.FAR_BEYOND, Level.BEYOND):
        is_reached = result.value > target.value
    return is_reached != (claim.level in _REACHED)


@rule(
    "CO95",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の目標と実績の数が入れ替わっています",
    why="目標の 1,270 を実績、実績の 1,080 を目標と書くと、達していない目標に達したことになります。",
    remedy="KPI の実績と目標を確かめ、文の 2 つの数を入れ替えてください。",
)
def target_and_result_are_exchanged(context: CheckContext) -> Iterator[Violation]:
    """The number behind 目標 is the result of a KPI, and another one of the sentence is its target.

    The KPI is of the line's item, or named in the sentence; no other number of it is behind 目標, and none is
    of another KPI there.
    """
    kpis = [one for one in context.assessments.kpis if _differs_from_target(one)]
    for sentence in numbered_sentences(context) if kpis else ():
        target = _only_named_target(sentence)
        found = _kpi_with_result_named_as_target(sentence, target, kpis) if target else None
        if target and found:
            yield _exchanged_violation(sentence, target, found)


def _only_named_target(sentence: NumberedSentence) -> TextNumber | None:
    """The number behind 目標 of a sentence with others, None for none or several."""
    if len(sentence.numbers) < _PAIR or "目標" not in sentence.text:
        return None
    targets = [one for one in sentence.numbers if _NAMED_TARGET.search(sentence.before(one))]
    return targets[0] if len(targets) == 1 else None


_NAMED_TARGET = LazyPattern(
    r"目標(?:値|数|件数|人数|水準)?(?:の|は|が|を|である|とする|としていた|としている|に掲げた)?[:、(\s]*$",
    needs=("目標",),
)
_FEWEST_DIGITS = 2


def _differs_from_target(one: KpiAssessment) -> bool:
    result, target = one.assessment.result, one.assessment.target
    return result is not None and target is not None and not one.looks_like_target


def _kpis_named_near_number(sentence: NumberedSentence, kpis: Iterable[KpiAssessment]) -> list[KpiAssessment]:
    """The KPIs of the sentence's item, and those that it names."""
    item, words = sentence.written.item.id, normalized(sentence.text)
    return [one for one in kpis if one.item == item or normalized(one.kpi.name) in words]


def _kpi_with_result_named_as_target(
    sentence: NumberedSentence, named: TextNumber, kpis: Iterable[KpiAssessment]
) -> KpiAssessment | None:
    """The KPI whose result is named as its target, beside its target; None where the words may be right."""
    near = _kpis_named_near_number(sentence, kpis)
    if len(named.value.normalize().as_tuple().digits) < _FEWEST_DIGITS:
        return None
    if any(_is_number_of(named, one, one.assessment.target) for one in near):
        return None
    return next(
        (
            one
            for one in near
            if _is_number_of(named, one, one.assessment.result)
            and any(_is_number_of(other, one, one.assessment.target) for other in sentence.numbers)
        ),
        None,
    )


def _is_number_of(number: TextNumber, one: KpiAssessment, value: Decimal | None) -> bool:
    """Whether a number is a value of a KPI as it is displayed, in its unit."""
    kept = one.kpi.format.decimals + (2 if one.kpi.format.is_percent else 0)
    unit = FRACTION if one.kpi.format.is_percent else one.kpi.format.unit
    return value is not None and is_same_unit(number.unit, unit) and rounded(value, kept) == number.value


def _exchanged_violation(sentence: NumberedSentence, named: TextNumber, one: KpiAssessment) -> Violation:
    return sentence.violation(
        named,
        f"目標として「{named.text.strip()}」とありますが、KPI「{one.kpi.name}」の"
        f"目標は {one.target_in_words}、実績は {one.result_text} です",
        "KPI の実績と目標を確かめ、文の 2 つの数を直してください。",
        expected=one.target_text,
        first=sentence.numbers[0],
    )
