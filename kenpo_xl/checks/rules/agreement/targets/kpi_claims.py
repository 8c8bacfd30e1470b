"""What sentences say of reaching a KPI's target, against its result (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import WRONG_NUMBER_OF_TABLE, sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentence_span
from kenpo_xl.checks.support.sentences.achievements import Claim, Level, claims_in
from kenpo_xl.checks.support.sentences.mentions import words_without_neutral_ones
from kenpo_xl.checks.support.sentences.series import without_times
from kenpo_xl.checks.support.sentences.stated_kpis import kpis_named_best
from kenpo_xl.checks.support.sentences.stated_times import TimeKind, stated_times_in
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.assessments import KpiAssessment

_TOPIC = LazyPattern(
    r"[・•●■※\s]*(?P<words>[^。、]*?)(?:については|について|に関しては|は|が|も)[、\s]*(?=[^。]*$)"
)
_OWN_SUBJECT = LazyPattern(r"[・•●■※\s]*(?P<words>.*?)(?:については|に関しては|は|が|も)(?!.*[はがも])")
_NO_SUBJECT = LazyPattern(
    r"(?:また|なお|この(?:結果|ため)|以上により|その結果|結果(?:として)?|実績|KPI|指標|これ|本指標|成果|既に|すでに"
    r"|引き続き|残念ながら|今年度|本年度|年間|当初|年度末時点|現在|[、は])*"
)
_CALLED_KPI = LazyPattern(
    r"^(?:(?:本|当|この)?(?:項|計画|取組)の)?(?:KPI|(?:成果|評価|数値|重要業績評価)?指標)"
    r"\s*(?:の|である|とする|とした|としている|に掲げる|:)"
)
_UNREACHED = (Level.UNDER,)
_NUMBERS = LazyPattern(r"[0-9,.]+[%％]?|事業所|件|人|名|円")
# Words beside the name of a KPI that say nothing else of it.
_NO_NAME = LazyPattern(
    r"\([^()]*\)|(?:本|当|この)?(?:達成|年度|年間|数値)?目標(?:値|水準)?(?:である|とする)?|(?:現時点|現段階|現状|現在)(?:で)?"
    r"|既に|すでに|未だ|いまだ|まだ|依然として|残念ながら|引き続き|今のところ|なお|また|当支部|結果(?:として)?"
)
_IS_SIDE = (
    "以上とな",
    "以上にな",
    "以下とな",
    "以下にな",
    "以上となっ",
    "以上になっ",
    "以下となっ",
    "以下になっ",
    "なり",
)
_PART = AnyOf("うち|一部|支部別|地区|各|累計|月割|月平均|ペース|同時期|前年|昨年")


@rule(
    "CO56",
    Family.AGREEMENT,
    Severity.WARNING,
    "目標に達したという文が、KPI の実績と合いません",
    why="「目標を達成した」と書かれた KPI の実績が目標より下なら、評価の根拠が疑われます。",
    remedy="実績と目標を確かめ、文を直してください。",
    superseded_by=("CO17", "CO18", "CO95"),
    explained_by=WRONG_NUMBER_OF_TABLE,
)
def claim_contradicts_kpi(context: CheckContext) -> Iterator[Violation]:
    """目標を達成した, 上回った, 届かなかった or 未達 of a KPI whose result says the opposite.

    The sentence names the KPI, also one of another item, and nothing else, or it names nothing and its block
    has one KPI. Silent for other months and years, wishes and conditions, and where result and target are
    displayed alike.
    """
    for written in lines_and_reasons(context):
        if not ("目標" in written.text or "未達" in written.text):
            continue
        for claim in claims_in(written.text):
            one = _kpi_of_claim(context, written, claim) if _is_claim_about_target(written, claim) else None
            if one is not None and _is_claim_against_assessment(half_width(written.text), claim, one):
                yield _violation_for_claim(context, written, claim, one)
                break


def _violation_for_claim(
    context: CheckContext, written: PrintedText, claim: Claim, one: KpiAssessment
) -> Violation:
    first, end = sentence_span(written.text, claim.start)
    keys = formula_keys(one.kpi.result) if one.kpi.result is not None else ()
    figures = [
        found for key in keys if isinstance(key, FigureId) for found in context.figures.with_identity(key)
    ]
    quote = quoted(written.text[max(first, end - 30) : end].lstrip(LINE_MARKS))
    return written.violation(
        claim.start,
        f"{quote}とありますが、KPI「{one.kpi.name}」の実績は {one.result_text}、"
        f"目標は {one.target_in_words} です。",
        "実績と目標を確かめ、文か表を直してください。",
        actual=half_width(written.text)[claim.start : claim.end],
        related=sources_of_other_side(*figures[:1]),
    )


def _is_claim_about_target(written: PrintedText, claim: Claim) -> bool:
    words = written.text[claim.start : claim.end]
    return claim.level not in (Level.AS_PLANNED, Level.UNDONE) and ("目標" in words or "未達" in words)


def _kpi_of_claim(context: CheckContext, written: PrintedText, claim: Claim) -> KpiAssessment | None:
    """The KPI whose target a claim is about, None where that is not sure."""
    kpis = _assessed_kpis(context, written.item.id)
    plain = half_width(written.text)
    first, _ = sentence_span(plain, claim.start)
    before = plain[first : claim.start]
    if _PART.is_in(before):
        return None
    topic = _topic_of_claim(context, before, claim)
    called = only_kpi_called(context, written, topic)
    if called is not None:
        return called if _is_of_base(context, before, kpis or [called]) else None
    is_of_block = (
        len(kpis) == 1 and _NO_SUBJECT.fullmatch(topic.strip()) and _is_kpi_of_block(written, kpis[0])
    )
    return kpis[0] if is_of_block and _is_of_base(context, before, kpis) else None


def only_kpi_called(context: CheckContext, written: PrintedText, words: str) -> KpiAssessment | None:
    """The KPI of a line's item, or of another, that some words name, and nothing else; None without one."""
    kpis = _assessed_kpis(context, written.item.id)
    named = kpis_named_best(kpis, normalized(words)) or _kpis_of_other_items(context, written, words)
    if len(named) != 1:
        return None
    rest = _NUMBERS.sub("", _NO_NAME.sub("", half_width(words)))
    names = "|".join(normalized(one.kpi.name) for one in (*kpis, *named))
    return None if words_without_neutral_ones(normalized(rest), names) else named[0]


def _kpis_of_other_items(context: CheckContext, written: PrintedText, topic: str) -> list[KpiAssessment]:
    """The KPIs of other items whose whole name a topic has."""
    words = normalized(topic)
    return [
        one
        for one in context.assessments.kpis
        if one.item != written.item.id and _has_result_and_target(one) and normalized(one.kpi.name) in words
    ]


def _assessed_kpis(context: CheckContext, item: str) -> list[KpiAssessment]:
    """The KPIs of an item that have a result and a target."""
    return [one for one in context.own_kpi_assessments if one.item == item and _has_result_and_target(one)]


def _has_result_and_target(one: KpiAssessment) -> bool:
    return one.assessment.result is not None and one.assessment.target is not None


def _is_kpi_of_block(written: PrintedText, one: KpiAssessment) -> bool:
    return one.block == written.block


def _topic_of_claim(context: CheckContext, before: str, claim: Claim) -> str:
    """What a claim is said of: the subject of its clause, else the topic of its sentence."""
    own = _OWN_SUBJECT.match(claim.words)
    found = own or _TOPIC.match(before)
    words = without_times(found["words"] if found else before.lstrip(LINE_MARKS), context.plan.fiscal_year)
    return _CALLED_KPI.sub("", words.lstrip(LINE_MARKS))


def _is_of_base(context: CheckContext, before: str, kpis: Sequence[KpiAssessment]) -> bool:
    """Whether the times that a sentence names are those of the KPIs' results."""
    year = context.plan.fiscal_year
    bases = {one.base.number for one in kpis}
    return all(
        time.kind is not TimeKind.OTHER
        and time.fiscal_year_in(year) == year
        and (time.months is None or time.months[1] in bases)
        for time in stated_times_in(before, year)
    )


def _is_claim_against_assessment(plain: str, claim: Claim, one: KpiAssessment) -> bool:
    result, target = one.assessment.result, one.assessment.target
    assert result is not None
    assert target is not None
    assert one.aim is not None
    if result != target and one.looks_like_target:
        return False
    words = plain[claim.start : claim.end]
    is_less = one.kpi.direction is Direction.AT_MOST
    if words.endswith(_IS_SIDE):
        return result > target if "以下" in words else result < target
    is_met = one.is_met
    if one.aim.upper is not None and any(verb in words for verb in ("上回", "下回")):
        return result < target if "上回" in words else result >= target
    if is_less and any(verb in words for verb in ("上回", "超え", "超過", "突破", "下回")):
        return is_met if "下回" not in words else not is_met
    return is_met if claim.level in _UNREACHED else not is_met
