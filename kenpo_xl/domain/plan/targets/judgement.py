"""The rating of a KPI against its target, with the reason in a sentence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.differences import POINTS, rounded_as_displayed
from kenpo_xl.domain.numbers.exact import NumberFormat, decimal_text, rounded
from kenpo_xl.domain.plan.ratings import Direction, Interim, Scale, Step, target_share_of_floor
from kenpo_xl.domain.plan.targets.aim import BETWEEN, Aim, ReferenceTarget
from kenpo_xl.domain.plan.targets.milestones import MilestoneState

_PLACE = "位"
_ENDS = {Direction.AT_LEAST: "の下限", Direction.AT_MOST: "の上限"}


@frozen
class Assessment:
    """The state of a KPI: exact values, None where unknown. `elapsed`: months of the year gone.

    `monthly`: the KPI is followed month by month: its same period (前年同期) is the same month.
    Of a range `target` is the lower end and `upper` the other one, else None. What is to be done by a day has
    a `milestone` and no numbers. `reference` is the target that is another's value.
    """

    result: Decimal | None
    target: Decimal | None
    same_period: Decimal | None = None
    elapsed: int = 12
    monthly: bool = False
    upper: Decimal | None = None
    milestone: MilestoneState | None = None
    reference: ReferenceTarget | None = None

    def aim(self, direction: Direction) -> Aim | None:
        """What the result is compared with at the year's end, None without a target."""
        if self.target is None:
            return None
        aim, other = Aim(self.target, direction, self.upper), self.reference
        return replace(aim, name=other.name, is_exclusive=other.is_exclusive) if other else aim

    @property
    def last_years_period_name(self) -> str:
        return "前年同月" if self.monthly else "前年同期"


@frozen
class Judgement:
    """A computed rating ('' where none can be given) and its explanation in one Japanese sentence."""

    glyph: str
    explanation: str


def judge_kpi(
    assessment: Assessment,
    *,
    scale: Scale,
    direction: Direction,
    interim: Interim,
    year_end: bool,
    style: NumberFormat,
) -> Judgement:
    """The rating of a KPI at a quarter; at `year_end` every interim rule gives way to the target itself."""
    if assessment.milestone:
        glyph = assessment.milestone.glyph(scale)
        return Judgement(glyph, f"{assessment.milestone.explanation}{f' → {glyph}' if glyph else '。'}")
    result = assessment.result
    if result is None:
        return Judgement("", "実績が未入力のため判定していません。")
    target = assessment.aim(direction)
    if target is None:
        return Judgement("", f"実績 {_value_text(result, style)}。目標値なしのため判定していません。")
    rule = Interim.TARGET if year_end else interim
    if rule is Interim.YEAR_END:
        return _judgement_before_year_end(result, target, scale, style)
    aim = _aim_at_date(assessment, target, rule)
    if aim is None:
        name = assessment.last_years_period_name
        return Judgement("", f"実績 {_value_text(result, style)}。{name}の数値がないため判定していません。")
    step = _attained_step(result, aim, scale)
    style = aim.format_telling_apart(result, style)
    compared = _comparison_text(result, aim, _name_of_aim(assessment, target, rule, style), style)
    if step is None:
        return Judgement("", f"{compared}。評価基準に当てはまる段階がありません。")
    reason = _threshold_text_of_step(step, aim, result, _short_name_of_aim(assessment, aim, rule))
    return Judgement(step.glyph, f"{compared}{reason} → {step.glyph}")


def _attained_step(result: Decimal, aim: Aim, scale: Scale) -> Step | None:
    steps = scale.computable_steps
    reached = (s for s in steps if s.floor is not None and aim.reaches(result, s.floor))
    return next(reached, steps[-1] if steps else None)


def _judgement_before_year_end(result: Decimal, target: Aim, scale: Scale, style: NumberFormat) -> Judgement:
    step, style = scale.interim_step, target.format_telling_apart(result, style)
    name = f"目標の{target.name}" if target.name else "目標"
    state = _comparison_text(result, target, name, style)
    if step is None:
        return Judgement("", f"{state}。年度末に判定する指標です。")
    return Judgement(step.glyph, f"{state}（年度末に判定する指標のため実施中） → {step.glyph}")


def _aim_at_date(assessment: Assessment, target: Aim, rule: Interim) -> Aim | None:
    if rule is Interim.SAME_PERIOD:
        then = assessment.same_period
        return None if then is None else Aim(then, target.direction)
    return target.up_to_month(assessment.elapsed) if rule is Interim.ELAPSED else target


def _name_of_aim(assessment: Assessment, target: Aim, rule: Interim, style: NumberFormat) -> str:
    if rule is Interim.SAME_PERIOD:
        return assessment.last_years_period_name
    if rule is Interim.ELAPSED:
        return f"目標 {_aim_text(target, style)} の {assessment.elapsed}/12"
    return f"目標の{target.name}" if target.name else "目標"


def _short_name_of_aim(assessment: Assessment, aim: Aim, rule: Interim) -> str:
    """The name of the aim without its number, for its second mention in the sentence."""
    if rule is Interim.SAME_PERIOD:
        return assessment.last_years_period_name
    return f"目標の {assessment.elapsed}/12 " if rule is Interim.ELAPSED else aim.name or "目標"


def _comparison_text(result: Decimal, aim: Aim, name: str, style: NumberFormat) -> str:
    text = f"実績 {_value_text(result, style)} は{name} {_aim_text(aim, style)} "
    near = aim.nearest(result).value
    if aim.upper is not None and aim.is_met(result):
        return f"{text}の範囲内"
    if result == near:
        wanted = f"（{aim.side_text[1:]}ことが目標）" if aim.is_exclusive else ""
        return f"{text}と同じ{wanted}"
    shown = abs(rounded_as_displayed(result, style) - rounded_as_displayed(near, style))
    difference = _difference_text(shown or abs(result - near), style)
    # The first place is above the second.
    is_above = result < near if style.unit == _PLACE else result > near
    return f"{text}を {difference}{'上回る' if is_above else '下回る'}"


def _aim_text(aim: Aim, style: NumberFormat) -> str:
    """The value of an aim, of a range both ends: 45.0 ％～50.0 ％."""
    end = "" if aim.upper is None else f"{BETWEEN}{_value_text(aim.upper, style)}"
    return f"{_value_text(aim.value, style)}{end}"


def _value_text(value: Decimal, style: NumberFormat) -> str:
    """A value within a sentence: a space separates number and percent sign, as with other units."""
    displayed = rounded_as_displayed(value, style) if style.is_general else value
    return style.displayed_text(displayed).replace("％", " ％")


def _difference_text(size: Decimal, style: NumberFormat) -> str:
    if style.is_percent:
        return f"{rounded(size * 100, style.decimals):f} {POINTS}"
    return style.displayed_text(rounded_as_displayed(size, style)) + ("" if style.unit else " ")


def _threshold_text_of_step(step: Step, aim: Aim, result: Decimal, name: str) -> str:
    """What was reached of the target, of a range of its nearest end; '' where nothing but the target was."""
    is_plain = step.floor is None or step.floor in (0, 1) or not aim.reaches(result, step.floor)
    if is_plain or (aim.upper is not None and aim.is_met(result)):
        return ""
    assert step.floor is not None
    near = aim.nearest(result)
    share = target_share_of_floor(step.floor, near.direction)
    end = "" if near is aim else _ENDS[near.direction]
    return f"（{name}{end}の {decimal_text(share * 100)}％{near.direction}）"
