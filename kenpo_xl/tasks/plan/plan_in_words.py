"""Parts of a plan in the words of its planner: formulas, KPIs, targets, cross-checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kenpo_xl.domain.formulas.evaluate import Node, Number, Ref, formula_keys, to_words
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.cross_checks import CrossCheck, CrossCheckKind
from kenpo_xl.domain.plan.plan import Kpi, Plan
from kenpo_xl.domain.plan.ratings import Direction, Scale, target_share_of_floor
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.plan.targets.aim import Aim, ReferenceTarget, TargetRange
from kenpo_xl.domain.plan.targets.milestones import Milestone
from kenpo_xl.domain.plan.targets.relative_targets import RelativeTarget
from kenpo_xl.domain.time.fiscal_calendar import fiscal_year_text
from kenpo_xl.pipeline.rate import relative_target_value

_LONG_LIST = 6


def former_names_text(names: Iterable[str]) -> str:
    """旧名 and the names."""
    return f"旧名 {'・'.join(names)}"


def formula_in_words(node: Node, own: FigureId | None = None) -> str:
    """The figures of a reference by short names, as short as the cell `own` allows that has the formula."""
    keys = [key for key in formula_keys(node) if isinstance(key, FigureId)]
    if own and _are_rows_of_another_column(keys, own):
        return f"{keys[0].column}の{_range_words([key.row for key in keys])}"
    names = [_name_within_line(key, own) for key in keys]
    return names[0] if isinstance(node, Ref) or len(names) == 1 else _range_words(names)


def _are_rows_of_another_column(keys: Sequence[FigureId], own: FigureId) -> bool:
    """Whether several figures are in one column of the same table, but not in that of `own`."""
    columns = {key.column for key in keys}
    is_one_other = len(columns) == 1 and own.column not in columns
    return len(keys) > 1 and is_one_other and _are_in_table_of(own, keys)


def _are_in_table_of(own: FigureId, keys: Sequence[FigureId]) -> bool:
    return all(key[:2] == own[:2] for key in keys)


def _name_within_line(key: FigureId, own: FigureId | None) -> str:
    """The column within a row, the row within a column, else all names; with the item where it is another."""
    name = f"{key.table}/{key.row}/{key.column}"
    if own is None:
        return name
    if not _are_in_table_of(own, [key]):
        return name if key.item == own.item else f"{key.item}/{name}"
    if key.row == own.row:
        return key.column
    return key.row if key.column == own.column else name


def _range_words(names: list[str]) -> str:
    return "、".join(names) if len(names) <= _LONG_LIST else f"{names[0]} … {names[-1]}"


def kpi_lines(plan: Plan, kpi: Kpi) -> Iterator[str]:
    """What was read of a KPI: target, interim rule, result, and what differs from the usual."""
    source = to_words(kpi.result, formula_in_words) if kpi.result is not None else "なし"
    newest = "（最新）" if kpi.newest else ""
    yield f"    KPI {kpi.name}: 目標 {_target_words(plan, kpi)}、途中 {kpi.interim}、実績 {source}{newest}"
    if kpi.former_names:
        yield f"      {former_names_text(kpi.former_names)}"
    if kpi.common_key:
        yield f"      共通の鍵 {kpi.common_key}"
    if kpi.same_period is not None:
        yield f"      前年同期 {to_words(kpi.same_period, formula_in_words)}{newest}"
    if isinstance(kpi.last_year, Number):
        yield f"      前年度実績 {kpi.format.displayed_text(kpi.last_year.value)}"
    elif kpi.last_year is not None:
        yield f"      前年度実績 {to_words(kpi.last_year, formula_in_words)}"
    yield from (f"      {name} {cell}" for name, cell in kpi.national_cells)
    if kpi.thresholds:
        scale = plan.scale.with_floors(kpi.thresholds)
        yield f"      基準の変更 {floors_in_words(scale, kpi.direction)}"


def _target_words(plan: Plan, kpi: Kpi) -> str:
    match kpi.target:
        case None:
            return f"なし {kpi.direction}"
        case RelativeTarget() as words:
            return f"{words} {kpi.direction}（{_resolved_target(plan, kpi, words)}）"
        case Milestone() as milestone:
            return str(milestone)
        case ReferenceTarget() as other:
            return _reference_words(kpi, other)
        case TargetRange() as found:
            return Aim(found.low, kpi.direction, found.high).displayed_text(kpi.format)
        case Decimal() as number:
            return f"{kpi.format.displayed_text(number)} {kpi.direction}"
    return f"{to_words(kpi.target, formula_in_words)} {kpi.direction}"


def _reference_words(kpi: Kpi, target: ReferenceTarget) -> str:
    """全国平均を上回る（利用/全国平均/当年）"""
    show, source = kpi.format.displayed_text, target.source
    value = show(source) if isinstance(source, Decimal) else to_words(source, formula_in_words)
    side = Aim(Decimal(0), kpi.direction, is_exclusive=target.is_exclusive).side_text
    return f"{target.name}{side}（{value}）"


def _resolved_target(plan: Plan, kpi: Kpi, target: RelativeTarget) -> str:
    value = relative_target_value(plan, kpi, target)
    if value is not None:
        return kpi.format.displayed_text(value)
    missing = [year for year in target.base_years(plan.fiscal_year) if (kpi.name, year) not in plan.history]
    years = "、".join(map(fiscal_year_text, reversed(missing)))
    return f"過去実績に {years} の値がないため、目標値なし"


def floors_in_words(scale: Scale, direction: Direction) -> str:
    """◎ 120％以上、〇 100％以上、△ それ未満; the last step covers the rest."""
    *above, last = scale.computable_steps
    limits = (
        (step.glyph, target_share_of_floor(step.floor, direction)) for step in above if step.floor is not None
    )
    words = [f"{glyph} {decimal_text(limit * 100)}％{direction}" for glyph, limit in limits]
    rest = "それ未満" if direction is Direction.AT_LEAST else "それを超えるもの"
    return "、".join([*words, f"{last.glyph} {rest}"])


def cross_check_in_words(check: CrossCheck) -> str:
    """What a row of 検算 compares, as a sentence."""
    left, right = (to_words(one, identity_in_words) if one else "" for one in (check.left, check.right))
    where = f"{check.item} の" if check.item else ""
    behind = f"{where}文の「{check.words}」の後の数"
    match check.kind:
        case CrossCheckKind.EQUAL:
            return f"{left} と {right} が等しい"
        case CrossCheckKind.AT_MOST:
            return f"{left} が {right} 以下"
        case CrossCheckKind.IN_TEXT:
            return f"{behind}が {left} と等しい"
        case CrossCheckKind.COUNT:
            counted = f"列「{check.column}」の種類の数" if check.column else "行の数"
            return f"{behind}が、表「{check.table}」の{counted}と等しい"
        case CrossCheckKind.WHERE_WRITTEN:
            return f"{where}文に「{check.words}」があれば、{left} に数がある"
        case CrossCheckKind.SAME_EVENT:
            return f"「{check.words}」のある文は、どの項でも日付と数が同じ"


def identity_in_words(node: Node) -> str:
    """The figures of a reference by their whole identities."""
    return _range_words([str(key) for key in formula_keys(node)])
