"""Which value of a typed-over cell (上書きされた計算セル) is printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.numbers.typed import read_typed
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.adjustments import Choice, Choices, FigureAdjustment
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.pipeline.adjust.matching import CONTRADICTING, applied_remark, unmatched_remark


def _choices_by_figure(
    adjustments: Sequence[FigureAdjustment], meant: Sequence[Sequence[Figure]]
) -> dict[tuple[FigureId, str], set[Choice | None]]:
    """By figure and entity, what the adjustments ask for; `meant` are the figures of each."""
    wanted: dict[tuple[FigureId, str], set[Choice | None]] = {}
    for one, found in zip(adjustments, meant, strict=True):
        for figure in found:
            wanted.setdefault((figure.id, figure.entity), set()).add(one.choice)
    return wanted


def choose_figures(
    figures: Figures, adjustments: Sequence[FigureAdjustment]
) -> tuple[Choices, tuple[str, ...]]:
    """What the planner chose, and why each was not chosen, '' where it was.

    `figures` are those with everything as typed.

    Not chosen where the figure is unknown, there twice or no longer typed over, another value than the one
    recorded stands there, or two adjustments of a figure disagree.
    """
    meant = [[f for f in figures if not one.moved and _is_meant(one, f)] for one in adjustments]
    wanted = _choices_by_figure(adjustments, meant)
    choices: dict[tuple[FigureId, str], Choice] = {}
    failures = []
    for one, found in zip(adjustments, meant, strict=True):
        failure = _choice_failure(figures.plan, one, found)
        if not failure and len(wanted[found[0].id, found[0].entity]) > 1:
            failure = CONTRADICTING
        if one.choice and not failure:
            choices[found[0].id, found[0].entity] = one.choice
        failures.append(failure)
    return choices, tuple(failures)


def choice_remarks(
    figures: Figures, adjustments: Sequence[FigureAdjustment], failures: Sequence[str]
) -> tuple[Remark, ...]:
    """A remark on each choice; `figures` are those that are printed, with all choices in effect."""
    return tuple(
        _choice_remark(figures, one, failure) for one, failure in zip(adjustments, failures, strict=True)
    )


def _choice_remark(figures: Figures, one: FigureAdjustment, failure: str) -> Remark:
    place = f"{one.identity or '（識別名が空）'}" + (f"（{one.entity}）" if one.entity else "")
    if failure:
        return unmatched_remark(place, failure, one)
    figure = next(figure for figure in figures if _is_meant(one, figure))
    typed, computed, printed = (_value_text(figure, v) for v in (figure.typed, figure.computed, figure.value))
    return applied_remark(place, f"{one.choice} {printed} で印字します", one, typed, computed)


def _is_meant(one: FigureAdjustment, figure: Figure) -> bool:
    """Whether the figure is the one asked for; its entity may stand in brackets behind the identity."""
    asked = (normalized(one.identity), normalized(one.entity))
    together = (normalized(f"{figure.id}（{figure.entity}）"), "")
    return asked in ((normalized(str(figure.id)), normalized(figure.entity)), together)


def _choice_failure(plan: Plan, one: FigureAdjustment, found: list[Figure]) -> str:
    """Why the choice cannot be applied, '' where it can."""
    if one.moved:
        return one.moved
    if one.choice is None:
        return f"印字する値は {'、'.join(Choice)} のどちらかです"
    if not found:
        return _unknown_identity_failure(plan, one)
    if len(found) > 1:
        return "同じ対象が表に 2 つ以上あります"
    if not found[0].overwritten:
        return "上書きされた計算セルではありません"
    if one.typed and not _matches_typed(one.typed, found[0]):
        return f"入力値が {one.typed} から {_value_text(found[0], found[0].typed)} に変わりました"
    return ""


def _unknown_identity_failure(plan: Plan, one: FigureAdjustment) -> str:
    known = (str(identity) for table in plan.tables.values() for identity in table.index)
    if normalized(one.identity) not in map(normalized, known):
        return "計画にない識別名です"
    return f"対象「{one.entity}」が表に見つかりません" if one.entity else "対象（表のどの行か）が空です"


def _matches_typed(recorded: str, figure: Figure) -> bool:
    """Whether what was recorded is what is typed today, as shown or as a number."""
    typed, style = figure.typed, figure.cell.format
    if not isinstance(typed, Decimal):
        return normalized(recorded) == normalized(typed or "")
    if normalized(recorded) in (normalized(style.show(typed)), decimal_text(typed)):
        return True
    number, unit = read_typed(recorded) or (None, "")
    if number is None:
        return False
    as_percent = number / 100 if style.percent and not unit else number
    return style.show(typed) in (style.show(number), style.show(as_percent))


def _value_text(figure: Figure, value: Decimal | str | None) -> str:
    return figure.show(value) or "空"
