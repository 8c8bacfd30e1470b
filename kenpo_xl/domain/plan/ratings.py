"""Rating scales (評価基準) and the rating of a KPI against its target, with the reason in a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.differences import POINTS, rounded_as_displayed
from kenpo_xl.domain.numbers.exact import NumberFormat, decimal_text, rounded
from kenpo_xl.domain.source import Source

_MORE_PLACES = 3
_PLACE = "位"
# Letters and digits of Unicode; 〇, the numeral, is none of them.
_LETTERS = frozenset({"Lu", "Ll", "Lo", "Lm", "Lt", "Nd"})


class Direction(StrEnum):
    """Whether a result should reach its target from below (以上) or stay under it (以下)."""

    AT_LEAST = "以上"
    AT_MOST = "以下"


class Interim(StrEnum):
    """How a quarter before the last is judged (途中の判定)."""

    YEAR_END = "年度末"
    SAME_PERIOD = "前年同期"
    ELAPSED = "経過月割"
    TARGET = "目標"


@frozen
class Step:
    """One step of a scale. `floor` is the attainment from which it holds, None where it is given by hand.

    `needs_reason` is None where the scale does not say; `source` is the cell of its meaning in the plan book.
    """

    glyph: str
    meaning: str
    floor: Decimal | None = None
    interim: bool = False
    in_legend: bool = True
    variants: tuple[str, ...] = ()
    needs_reason: bool | None = None
    source: Source | None = field(default=None, compare=False)

    @property
    def legend_text(self) -> str:
        """◎計画を大幅に上回る; a colon parts letters from letters (S：目標を上回る)."""
        if self.meaning in ("", self.glyph):
            return self.glyph
        is_letters = len(self.glyph) > 1 or unicodedata.category(self.glyph) in _LETTERS
        return f"{self.glyph}{'：' if is_letters else ''}{self.meaning}"


def _normalized_glyph(glyph: str) -> str:
    return unicodedata.normalize("NFKC", glyph).strip()


@frozen
class Scale:
    """A rating scale, best step first."""

    steps: tuple[Step, ...]

    @cached_property
    def _canonical_by_normalized_glyph(self) -> dict[str, str]:
        return {_normalized_glyph(g): step.glyph for step in self.steps for g in (step.glyph, *step.variants)}

    def canonical_glyph(self, glyph: str) -> str:
        """The scale's own glyph for a typed one (○ is 〇), '' where the scale does not know it."""
        return self._canonical_by_normalized_glyph.get(_normalized_glyph(glyph), "")

    @property
    def legend_text(self) -> str:
        """◎計画を大幅に上回る、〇計画通り、…"""
        return "、".join(step.legend_text for step in self.steps if step.in_legend)

    @property
    def interim_step(self) -> Step | None:
        """The step that means "still going on" before the year's end."""
        return next((step for step in self.steps if step.interim), None)

    @property
    def glyphs_with_reason(self) -> tuple[str, ...]:
        """The glyphs that a group gives a reason for; the best and the worst where the scale does not say."""
        if any(step.needs_reason is not None for step in self.steps):
            return tuple(step.glyph for step in self.steps if step.needs_reason)
        printed = [s.glyph for s in self.steps if s.in_legend and s.glyph != self._glyph_without_judgement]
        return (printed[0], printed[-1]) if len(printed) > 1 else ()

    @property
    def computable_steps(self) -> tuple[Step, ...]:
        """The steps that a rule can give, best first."""
        return tuple(step for step in self.steps if step.floor is not None)

    def with_floors(self, floors: Iterable[tuple[str, Decimal]]) -> Scale:
        """The scale with other floors for some glyphs (基準の変更)."""
        changed = dict(floors)
        steps = (replace(s, floor=changed.get(s.glyph, s.floor)) for s in self.steps)
        return Scale(tuple(steps)) if changed else self

    @property
    def _glyph_without_judgement(self) -> str:
        """The glyph that judges nothing yet (途中 without a floor), '' for none."""
        return self.interim_step.glyph if self.interim_step and self.interim_step.floor is None else ""

    def worst_glyph(self, glyphs: Iterable[str]) -> str:
        """The worst of some glyphs, '' for none.

        One that only says "still going on" is no worse than what was judged.
        """
        given = list(glyphs)
        order = {step.glyph: place for place, step in enumerate(self.steps)}
        judged = [glyph for glyph in given if glyph != self._glyph_without_judgement]
        return max(judged or given, key=lambda glyph: order[glyph], default="")


@frozen
class Assessment:
    """The state of a KPI: exact values, None where unknown. `elapsed`: months of the year gone.

    `monthly`: the KPI is followed month by month: its same period (前年同期) is the same month.
    """

    result: Decimal | None
    target: Decimal | None
    same_period: Decimal | None = None
    elapsed: int = 12
    monthly: bool = False

    @property
    def last_years_period_name(self) -> str:
        return "前年同月" if self.monthly else "前年同期"


@frozen
class Judgement:
    """A computed rating ('' where none can be given) and its explanation in one Japanese sentence."""

    glyph: str
    explanation: str


def reaches_floor(result: Decimal, aim: Decimal, floor: Decimal, direction: Direction) -> bool:
    """Whether `result` attains `floor` of `aim`; lower-is-better never divides by a result of 0.

    A target of 0 that is met is met: no share of it can be exceeded.
    """
    if aim == 0 and floor > 1:
        return False
    if direction is Direction.AT_LEAST:
        return result >= aim * floor
    return result <= aim * target_share_of_floor(floor, direction)


def target_share_of_floor(floor: Decimal, direction: Direction) -> Decimal:
    """The share of the target that a threshold means: 120 %, and where less is better its mirror, 80 %."""
    return floor if direction is Direction.AT_LEAST else 2 - floor


def attainment(result: Decimal | None, aim: Decimal | None, direction: Direction) -> Decimal | None:
    """The highest floor that `result` reaches (達成率) as a fraction; None where that cannot be said.

    That is where one of both is unknown or the aim is not above 0.
    """
    if result is None or aim is None or aim <= 0:
        return None
    share = result / aim
    return share if direction is Direction.AT_LEAST else 2 - share


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
    result = assessment.result
    if result is None:
        return Judgement("", "実績が未入力のため判定していません。")
    if assessment.target is None:
        return Judgement("", f"実績 {_value_text(result, style)}。目標値なしのため判定していません。")
    rule = Interim.TARGET if year_end else interim
    if rule is Interim.YEAR_END:
        return _judgement_before_year_end(
            assessment, scale, _format_with_enough_decimals(result, assessment.target, style)
        )
    aim = _aim_at_date(assessment, rule)
    style = _format_with_enough_decimals(result, aim, style)
    name = _name_of_aim(assessment, rule, style)
    if aim is None:
        return Judgement("", f"実績 {_value_text(result, style)}。{name}の数値がないため判定していません。")
    step = _attained_step(result, aim, scale, direction)
    compared = _comparison_text(result, aim, f"{name} {_value_text(aim, style)}", style)
    if step is None:
        return Judgement("", f"{compared}。評価基準に当てはまる段階がありません。")
    held = step.floor is not None and reaches_floor(result, aim, step.floor, direction)
    reason = _threshold_text_of_step(step, direction, _short_name_of_aim(assessment, rule)) if held else ""
    return Judgement(step.glyph, f"{compared}{reason} → {step.glyph}")


def _attained_step(result: Decimal, aim: Decimal, scale: Scale, direction: Direction) -> Step | None:
    steps = scale.computable_steps
    reached = (s for s in steps if s.floor is not None and reaches_floor(result, aim, s.floor, direction))
    return next(reached, steps[-1] if steps else None)


def _judgement_before_year_end(assessment: Assessment, scale: Scale, style: NumberFormat) -> Judgement:
    assert assessment.result is not None
    assert assessment.target is not None
    step, target = scale.interim_step, assessment.target
    state = _comparison_text(assessment.result, target, f"目標 {_value_text(target, style)}", style)
    if step is None:
        return Judgement("", f"{state}。年度末に判定する指標です。")
    return Judgement(step.glyph, f"{state}（年度末に判定する指標のため実施中） → {step.glyph}")


def _aim_at_date(assessment: Assessment, rule: Interim) -> Decimal | None:
    if rule is Interim.SAME_PERIOD:
        return assessment.same_period
    assert assessment.target is not None
    return assessment.target * assessment.elapsed / 12 if rule is Interim.ELAPSED else assessment.target


def _name_of_aim(assessment: Assessment, rule: Interim, style: NumberFormat) -> str:
    if rule is Interim.SAME_PERIOD:
        return assessment.last_years_period_name
    assert assessment.target is not None
    if rule is Interim.ELAPSED:
        return f"目標 {_value_text(assessment.target, style)} の {assessment.elapsed}/12"
    return "目標"


def _short_name_of_aim(assessment: Assessment, rule: Interim) -> str:
    """The name of the aim without its number, for its second mention in the sentence."""
    if rule is Interim.SAME_PERIOD:
        return assessment.last_years_period_name
    return f"目標の {assessment.elapsed}/12 " if rule is Interim.ELAPSED else "目標"


def _format_with_enough_decimals(result: Decimal, aim: Decimal | None, style: NumberFormat) -> NumberFormat:
    """The format, with more decimals where both numbers would look the same and are not."""
    for _ in range(_MORE_PLACES):
        if aim is None or result == aim or style.displayed_text(result) != style.displayed_text(aim):
            break
        style = style.with_one_more_decimal()
    return style


def _comparison_text(result: Decimal, aim: Decimal, aim_text: str, style: NumberFormat) -> str:
    text = f"実績 {_value_text(result, style)} は{aim_text} "
    if result == aim:
        return text + "と同じ"
    shown = abs(rounded_as_displayed(result, style) - rounded_as_displayed(aim, style))
    difference = _difference_text(shown or abs(result - aim), style)
    # The first place is above the second.
    is_above = result < aim if style.unit == _PLACE else result > aim
    return f"{text}を {difference}{'上回る' if is_above else '下回る'}"


def _value_text(value: Decimal, style: NumberFormat) -> str:
    """A value within a sentence: a space separates number and percent sign, as with other units."""
    displayed = rounded_as_displayed(value, style) if style.is_general else value
    return style.displayed_text(displayed).replace("％", " ％")


def _difference_text(size: Decimal, style: NumberFormat) -> str:
    if style.is_percent:
        return f"{rounded(size * 100, style.decimals):f} {POINTS}"
    return style.displayed_text(rounded_as_displayed(size, style)) + ("" if style.unit else " ")


def _threshold_text_of_step(step: Step, direction: Direction, name: str) -> str:
    share = None if step.floor in (None, 0, 1) else target_share_of_floor(step.floor, direction)
    return "" if share is None else f"（{name}の {decimal_text(share * 100)}％{direction}）"
