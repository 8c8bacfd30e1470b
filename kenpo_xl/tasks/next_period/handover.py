"""The handover of a period: 引継ぎ.xlsx kept up to date, and the planner's answers put into effect."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from pathlib import Path

from kenpo_xl.books.handover.reader import HandoverAnswers, read_handover_answers
from kenpo_xl.books.handover.sheet import NAME
from kenpo_xl.books.handover.writer import cell_to_confirm, write_handover_book
from kenpo_xl.books.plan.cell_values import write_cell_values
from kenpo_xl.books.plan.reader import PlanError, plan_and_problems
from kenpo_xl.books.plan.yearly_cells import read_yearly_cells
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.handover import Handover, HandoverAnswer, HandoverRow
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import PLAN_NAME, Plan
from kenpo_xl.domain.plan.plan_changes import Decisions
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.handover.decisions import decided_changes
from kenpo_xl.pipeline.handover.rows import PlanBook, handover_rows
from kenpo_xl.storage.atomic_write import atomic_write
from kenpo_xl.storage.backup import replace_if_changed
from kenpo_xl.tasks.period.folder import INPUT_FORMS, OWN_FORMS, PeriodFolder
from kenpo_xl.tasks.period.handover_decisions import folder_before
from kenpo_xl.tasks.period.parse_cache import cached_plan

_CONFIRM = "「新しい値」か、「確認済」に「このまま」を入れて保存し、もう一度実行してください。"


@frozen
class ConfirmedPlan:
    """The plan of a period whose handover is confirmed.

    `previous` is the folder of the period before, None without a handover, or where that folder is gone;
    `decided` is what the planner decided on parts of its plan that were renamed or are gone.
    """

    plan: Plan
    previous: PeriodFolder | None = None
    decided: Decisions = field(default_factory=dict)


def confirmed_plan(period: PeriodFolder) -> ConfirmedPlan:
    """The plan of a period as confirmed in its 引継ぎ.xlsx; typed new values are put into the plan book.

    The sheet is written again if the plan changed since. KenpoError while a row of it waits for an answer.
    """
    path = period.root / NAME
    if not path.exists():
        return ConfirmedPlan(cached_plan(period.plan_path))
    answers = read_handover_answers(path)
    before = folder_before(period, answers.previous)
    if before is None:
        _refuse_open(path, [one.cell for one in answers.by_id.values() if one.is_open])
        return ConfirmedPlan(cached_plan(period.plan_path))
    old = read_plan_book(before.plan_path)
    new = _plan_book_with_typed_values(period, old, answers)
    decided, handover = current_handover(old, new, answers.by_id, answers.previous)
    cells = _update_sheet(path, handover, answers)
    _refuse_open(path, [cells[row.id] for row in handover.open_rows], handover.open_rows[:1])
    return ConfirmedPlan(new.plan, before, decided)


def read_plan_book(path: Path) -> PlanBook:
    """The plan of a book, cached, with the cells that belong to one year; PlanError if it has errors."""
    return _with_yearly_cells(path, cached_plan(path))


def read_plan_book_with_errors(path: Path) -> tuple[PlanBook, bool]:
    """The same of a book that may have errors, and whether it has; PlanError if no plan can be read."""
    try:
        return read_plan_book(path), False
    except PlanError:
        plan, _ = plan_and_problems(path)
        if plan is None:
            raise
        return _with_yearly_cells(path, plan), True


def _with_yearly_cells(path: Path, plan: Plan) -> PlanBook:
    return PlanBook(plan, read_yearly_cells(Workbook(path), plan))


def current_handover(
    old: PlanBook, new: PlanBook, answers: Mapping[str, HandoverAnswer], previous: str
) -> tuple[Decisions, Handover]:
    """What the planner decided on parts of the old plan, and the handover with these answers."""
    changes, decided = decided_changes(old.plan, new.plan, answers)
    rows = handover_rows(old, new, changes, decided, answers)
    title = f"{PeriodKey.of(old.plan).label} → {PeriodKey.of(new.plan).label}"
    return decided, Handover(rows, title, previous)


def _plan_book_with_typed_values(period: PeriodFolder, old: PlanBook, answers: HandoverAnswers) -> PlanBook:
    """The plan book after typed new values were written into it, with a backup of the book before."""
    new, has_errors = read_plan_book_with_errors(period.plan_path)
    _, handover = current_handover(old, new, answers.by_id, answers.previous)
    values = {
        (source.sheet, source.cell): row.typed_value
        for row in handover.rows
        if row.source and row.typed_value is not None
        for source in (row.source, *row.others)
    }
    if values:
        replace_if_changed(period.plan_path, lambda path, target: _write_values(path, target, values))
    return read_plan_book(period.plan_path) if values or has_errors else new


def _write_values(
    path: Path, target: Path, values: Mapping[tuple[str, str], Decimal | str | date | None]
) -> None:
    """Write values into a copy of the plan book; KenpoError, naming its cells, if the plan is broken then."""
    write_cell_values(path, target, values)
    _, problems = plan_and_problems(target)
    places = {f"{sheet}!{cell}" for sheet, cell in values}
    errors = [one for one in problems if one.is_error and f"{one.sheet}!{one.cell}" in places]
    if errors:
        sentences = "".join(f"\n{one}" for one in errors)
        raise KenpoError(
            f"{NAME} の「新しい値」に、{PLAN_NAME} に入れられないものがあります。"
            f"直して保存してください。{sentences}"
        )


def _update_sheet(path: Path, handover: Handover, answers: HandoverAnswers) -> dict[str, str]:
    """Write the sheet again if a row changed since it was written; the cell to confirm of each row, by id."""
    known = {name: answer.digest for name, answer in answers.by_id.items()}
    if known == {row.id: row.digest for row in handover.rows}:
        return {name: answer.cell for name, answer in answers.by_id.items()}
    write_handover(path, handover)
    return {row.id: cell_to_confirm(handover, row) for row in handover.rows}


def write_handover(path: Path, handover: Handover) -> None:
    """Write 引継ぎ.xlsx; KenpoError if it is open or cannot be written."""
    with atomic_write(path) as beside:
        write_handover_book(handover, beside)


def _refuse_open(path: Path, cells: list[str], first: tuple[HandoverRow, ...] = ()) -> None:
    if cells:
        what = f"「{first[0].name}」" if first else ""
        raise KenpoError(
            f"{path.name} に確認していない行が {len(cells)} 件あるため、入力ブックは作っていません"
            f"（最初は {cells[0]}{what}）。{_CONFIRM}"
        )


def copy_templates_and_forms(period: PeriodFolder, target: Path) -> None:
    """Copy the period's own templates and the office's own forms, if it has any."""
    for name in ("templates", OWN_FORMS, INPUT_FORMS):
        own = period.root / name
        if own.is_dir():
            shutil.copytree(own, target / own.name)
