"""Which value of a typed-over cell (上書きされた計算セル) is printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.adjustments import Choice, Choices, FigureAdjustment
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.pipeline.adjust.matching import CONTRADICTING, applied_remark, unmatched_remark


def _requested_choices_by_figure(
    adjustments: Sequence[FigureAdjustment], matching_figures: Sequence[Sequence[Figure]]
) -> dict[tuple[FigureId, str], set[Choice | None]]:
    """By figure and entity, the choices of the adjustments; `matching_figures` are the figures of each."""
    wanted: dict[tuple[FigureId, str], set[Choice | None]] = {}
    for adjustment, found in zip(adjustments, matching_figures, strict=True):
        for figure in found:
            wanted.setdefault((figure.id, figure.entity), set()).add(adjustment.choice)
    return wanted


def choices_and_failures(
    figures: Figures, adjustments: Sequence[FigureAdjustment]
) -> tuple[Choices, tuple[str, ...]]:
    """The choices that can be applied, and why each adjustment cannot, '' where it can.

    `figures` are those with everything as typed.

    Not applied where the figure is unknown, present twice or no longer overwritten, its typed value is not
    the recorded one, or two adjustments of a figure disagree.
    """
    matching = [
        [f for f in figures if not adjustment.moved and _refers_to_figure(adjustment, f)]
        for adjustment in adjustments
    ]
    wanted = _requested_choices_by_figure(adjustments, matching)
    choices: dict[tuple[FigureId, str], Choice] = {}
    failures = []
    for adjustment, found in zip(adjustments, matching, strict=True):
        failure = _choice_failure(figures.plan, adjustment, found)
        if not failure and len(wanted[found[0].id, found[0].entity]) > 1:
            failure = CONTRADICTING
        if adjustment.choice and not failure:
            choices[found[0].id, found[0].entity] = adjustment.choice
        failures.append(failure)
    return choices, tuple(failures)


def choice_remarks(
    figures: Figures, adjustments: Sequence[FigureAdjustment], failures: Sequence[str]
) -> tuple[Remark, ...]:
    """A remark on each choice; `figures` are those that are printed, with all choices in effect."""
    return tuple(
        _choice_remark(figures, adjustment, failure)
        for adjustment, failure in zip(adjustments, failures, strict=True)
    )


def _choice_remark(figures: Figures, adjustment: FigureAdjustment, failure: str) -> Remark:
    place = f"{adjustment.identity or '（識別名が空）'}" + (
        f"（{adjustment.entity}）" if adjustment.entity else ""
    )
    if failure:
        return unmatched_remark(place, failure, adjustment)
    figure = next(figure for figure in figures if _refers_to_figure(adjustment, figure))
    typed, computed, printed = (
        _value_text(figure, v) for v in (figure.typed, figure.computed, figure.printed_value)
    )
    return applied_remark(place, f"{adjustment.choice} {printed} で印字します", adjustment, typed, computed)


def _refers_to_figure(adjustment: FigureAdjustment, figure: Figure) -> bool:
    """Whether the figure is the one asked for; its entity may follow the identity in brackets."""
    asked = (normalized(adjustment.identity), normalized(adjustment.entity))
    together = (normalized(f"{figure.id}（{figure.entity}）"), "")
    return asked in ((normalized(str(figure.id)), normalized(figure.entity)), together)


def _choice_failure(plan: Plan, adjustment: FigureAdjustment, matching_figures: list[Figure]) -> str:
    """Why the choice cannot be applied, '' where it can."""
    if adjustment.moved:
        return adjustment.moved
    if adjustment.choice is None:
        return f"印字する値は {'、'.join(Choice)} のどちらかです"
    if not matching_figures:
        return _unknown_identity_failure(plan, adjustment)
    if len(matching_figures) > 1:
        return "同じ対象が表に 2 つ以上あります"
    figure = matching_figures[0]
    if not figure.overwritten:
        return "上書きされた計算セルではありません"
    if adjustment.typed and not _matches_typed_value(adjustment.typed, figure):
        return f"入力値が {adjustment.typed} から {_value_text(figure, figure.typed)} に変わりました"
    return ""


def _unknown_identity_failure(plan: Plan, adjustment: FigureAdjustment) -> str:
    known = (str(identity) for table in plan.tables.values() for identity in table.positions)
    if normalized(adjustment.identity) not in map(normalized, known):
        return "計画にない識別名です"
    return (
        f"対象「{adjustment.entity}」が表に見つかりません"
        if adjustment.entity
        else "対象（表のどの行か）が空です"
    )


def _matches_typed_value(recorded: str, figure: Figure) -> bool:
    """Whether the recorded value equals today's typed value, as displayed or as a number."""
    typed, style = figure.typed, figure.cell.format
    if not isinstance(typed, Decimal):
        return normalized(recorded) == normalized(typed or "")
    if normalized(recorded) in (normalized(style.displayed_text(typed)), decimal_text(typed)):
        return True
    number, unit = typed_number_and_unit(recorded) or (None, "")
    if number is None:
        return False
    as_percent = number / 100 if style.is_percent and not unit else number
    return style.displayed_text(typed) in (style.displayed_text(number), style.displayed_text(as_percent))


def _value_text(figure: Figure, value: Decimal | str | None) -> str:
    return figure.displayed_text(value) or "空"
