"""Lists the handover: the new period, the changes of the plan, and what belongs to one year only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.handover import NONE, HandoverAnswer, HandoverRow, handover_row_id
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.plan_changes import (
    Decisions,
    Difference,
    PartPath,
    PlanChange,
    PlanChanges,
    PlanPart,
)
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.plan.targets.relative_targets import RelativeTarget
from kenpo_xl.domain.plan.yearly_cells import YearlyCell, YearlyKind
from kenpo_xl.domain.time.fiscal_calendar import date_text, fiscal_year_text
from kenpo_xl.pipeline.handover.decisions import change_id, is_confirmed_name_unknown, part_text

_PLAN, _PERIOD, _PAST = "計画", "期", "過去実績"
_AS_OF = "基準日"
_SETTLED = "計画ブックに入っています。"
_HINTS = {
    YearlyKind.TARGET: "今年度の目標を入れるか、同じなら「このまま」。",
    YearlyKind.PLAN_VALUE: "今年度の計画値を入れるか、同じなら「このまま」。",
    YearlyKind.DATE: "今年度の日付を入れるか、未定なら「このまま」。",
    YearlyKind.TEXT: "直した文を入れるか、同じなら「このまま」。",
}
_CHANGE_HINTS = {
    Difference.MOVED: "番号や場所だけが変わりました。数も文も引き継ぎます。",
    Difference.GIVEN: "担当だけが変わりました。数も文も引き継ぎます。",
    Difference.RENAMED: "同じものなら「確認済」に「このまま」。"
    "違うときは「新しい値」を直すか「なし」にしてから。",
    Difference.SPLIT: "中身はそれぞれの新しい場所に引き継ぎます。よければ「確認済」に「このまま」。",
    Difference.JOINED: "中身は新しい場所に引き継ぎます。",
    Difference.NEW: "新しく加わりました。",
    Difference.GONE: "計画にないため引き継ぎません。よければ「確認済」に「このまま」。"
    "名前が変わったのなら「新しい値」に新しい名前を入れてから。",
}


@frozen
class PlanBook:
    """A plan, and the cells of its book whose content belongs to one year."""

    plan: Plan
    cells: tuple[YearlyCell, ...]

    @property
    def period(self) -> tuple[int, int]:
        return self.plan.fiscal_year, self.plan.period.number


def handover_rows(
    old: PlanBook,
    new: PlanBook,
    changes: PlanChanges,
    decided: Decisions,
    answers: Mapping[str, HandoverAnswer],
) -> tuple[HandoverRow, ...]:
    """All rows with the planner's answers: the period, what changed, and at the turn of a year its cells."""
    wrong = {
        change_id(one): answers[change_id(one)]
        for one in changes.changes
        if is_confirmed_name_unknown(one, new.plan, answers)
    }
    unusable = {name: replace(answer, confirmed="") for name, answer in wrong.items()}
    rows = chain(
        _period_rows(old, new),
        [_row_of_same_parts(changes)],
        (_change_row(old.plan, new.plan, change, decided, wrong) for change in changes.changes),
        _year_rows(old, new, changes) if new.plan.fiscal_year != old.plan.fiscal_year else (),
    )
    return tuple(_with_answer(row, {**answers, **unusable}) for row in rows)


def _with_answer(row: HandoverRow, answers: Mapping[str, HandoverAnswer]) -> HandoverRow:
    return replace(row, answer=answers[row.id]) if row.id in answers else row


def _period_rows(old: PlanBook, new: PlanBook) -> Iterator[HandoverRow]:
    """The year and the period, and what the list 期 has for the new one."""
    year, old_year = new.plan.fiscal_year, old.plan.fiscal_year
    yield HandoverRow(
        handover_row_id(_PERIOD, "四半期"),
        _PERIOD,
        "いまの期",
        PeriodKey.of(old.plan).label,
        PeriodKey.of(new.plan).label,
    )
    for cell in new.cells:
        is_listed = cell.kind is YearlyKind.PERIOD or (cell.kind is YearlyKind.DATE and year == old_year)
        if is_listed and cell.key[0] == str(new.plan.period.number):
            yield _period_info(cell, new.plan)


def _period_info(cell: YearlyCell, plan: Plan) -> HandoverRow:
    hint = "" if cell.value else "空です。決まったら入れてください。"
    if cell.key[1] == _AS_OF and not cell.value:
        hint = _default_as_of(cell, plan)
    return HandoverRow(
        handover_row_id(_PERIOD, cell.key[1]),
        _PERIOD,
        cell.name,
        None,
        cell.value,
        hint,
        source=cell.source,
        format=cell.format,
        is_cell=True,
    )


def _default_as_of(cell: YearlyCell, plan: Plan) -> str:
    return f"空のままで {date_text(_last_day(cell, plan))} になります。"


def _last_day(cell: YearlyCell, plan: Plan) -> date:
    """The last day of the period that a cell of the list 期 is of."""
    return plan.period.cycle.last_day_of(plan.fiscal_year, int(cell.key[0]))


def _row_of_same_parts(changes: PlanChanges) -> HandoverRow:
    """How many parts of each kind are as they were."""
    changed = {(change.part, change.old) for change in changes.changes}
    counts = {
        part: sum((part, old) not in changed for old in changes.pairs.get(part, {})) for part in PlanPart
    }
    text = "、".join(f"{part} {count}" for part, count in counts.items() if count)
    return HandoverRow(handover_row_id(_PLAN, "同じ"), _PLAN, "前の期と同じもの", None, text or NONE)


def _change_row(
    old: Plan, new: Plan, change: PlanChange, decided: Decisions, wrong: Mapping[str, HandoverAnswer]
) -> HandoverRow:
    """The row of a change; `wrong` are answers that name no part of the new plan."""
    hint, answer = _CHANGE_HINTS[change.difference], wrong.get(change_id(change))
    if answer:
        hint = f"「{answer.new}」は新しい計画にありません。「新しい値」を直してください。{hint}"
    subject = _text_of_paths(old, change.part, (change.old,)) if change.old else None
    new_text = _text_of_paths(new, change.part, change.new) or NONE
    return HandoverRow(
        change_id(change),
        change.part,
        f"{subject or new_text}（{_words_of_change(change)}）",
        subject,
        new_text,
        hint,
        change.needs_confirmation or (change.part, change.old) in decided or answer is not None,
    )


def _words_of_change(change: PlanChange) -> str:
    """What became of a part; a block has no name, but a plan text."""
    reworded = change.part is PlanPart.BLOCK and change.difference is Difference.RENAMED
    return "計画内容が変わった" if reworded else change.difference


def _text_of_paths(plan: Plan, part: PlanPart, paths: tuple[PartPath, ...]) -> str:
    return "、".join(part_text(plan, part, path) for path in paths)


def _year_rows(old: PlanBook, new: PlanBook, changes: PlanChanges) -> Iterator[HandoverRow]:
    """The cells of last year that are in the new plan book, each with what it contains now."""
    now = {(cell.kind, cell.key): cell for cell in new.cells}
    for cell in (one for one in old.cells if one.kind is not YearlyKind.PERIOD):
        key = _key_in_new_plan(cell, changes)
        current = now.get((cell.kind, key)) if key else None
        if cell.value is not None and current is not None:
            yield _year_row(cell, current, old.plan, new.plan)
    yield from _past_rows(old.plan, new.plan)


def _key_in_new_plan(cell: YearlyCell, changes: PlanChanges) -> tuple[str, ...] | None:
    match cell.kind:
        case YearlyKind.TARGET:
            kpi = changes.new_path(PlanPart.KPI, cell.key[0])
            return (*kpi, cell.key[1]) if kpi else None
        case YearlyKind.PLAN_VALUE:
            return changes.new_figure(FigureId(*cell.key))
        case YearlyKind.TEXT:
            item = changes.new_path(PlanPart.ITEM, cell.key[0])
            return (*(item or cell.key[:1]), cell.key[1])
    return cell.key


def _year_row(cell: YearlyCell, current: YearlyCell, old: Plan, new: Plan) -> HandoverRow:
    settled = current.value not in (None, cell.value)
    hint, needs = _SETTLED if settled else _HINTS[cell.kind], True
    if cell.kind is YearlyKind.DATE and _is_usual_as_of(cell, old) and current.value != cell.value:
        hint, needs = "" if settled else _default_as_of(cell, new), False
    return HandoverRow(
        handover_row_id(cell.kind, *current.key),
        cell.kind,
        current.name,
        cell.value,
        None if current.value == cell.value else current.value,
        hint,
        needs,
        settled,
        current.source,
        current.format,
        is_cell=True,
        others=current.others,
    )


def _is_usual_as_of(cell: YearlyCell, plan: Plan) -> bool:
    """Whether a date is the last day of its period, which an empty cell means as well."""
    return cell.key[1] == _AS_OF and isinstance(cell.value, date) and cell.value == _last_day(cell, plan)


def _past_rows(old: Plan, new: Plan) -> Iterator[HandoverRow]:
    """The final values of last year, and those that a relative target needs and nothing has."""
    year = old.fiscal_year
    for kpi in new.kpis:
        value, source = new.history.get((kpi.name, year)), new.history_sources.get((kpi.name, year))
        target = kpi.target
        is_needed = isinstance(target, RelativeTarget) and year in target.base_years(new.fiscal_year)
        name = f"{kpi.name}の{fiscal_year_text(year)}の値"
        if value is not None:
            shown = kpi.format.displayed_text(value)
            yield HandoverRow(handover_row_id(_PAST, kpi.name), _PAST, name, None, shown, source=source)
        elif is_needed:
            hint = f"目標を決める値がありません。計画ブックの「{_PAST}」に入れるか、なければ「このまま」。"
            yield HandoverRow(
                handover_row_id(_PAST, kpi.name), _PAST, name, None, None, hint, needs_answer=True
            )
