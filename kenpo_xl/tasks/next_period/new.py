"""Makes the folder of the next period beside the old one: plan book moved on, handover, templates, forms."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kenpo_xl.books.handover.sheet import NAME
from kenpo_xl.books.plan.missing_keys import write_copy_with_keys
from kenpo_xl.books.plan.next_period import FinalResult, write_next_plan_book
from kenpo_xl.books.plan.reader import read_period_key, read_plan
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.handover import Handover
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import PLAN_NAME, Kpi, Plan
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.new_folder import new_folder, refuse_existing
from kenpo_xl.tasks.next_period.folder_name import next_folder_name
from kenpo_xl.tasks.next_period.handover import (
    copy_templates_and_forms,
    current_handover,
    read_plan_book,
    read_plan_book_with_errors,
    write_handover,
)
from kenpo_xl.tasks.past_periods import past_from_ledger_above
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder, period_folder
from kenpo_xl.tasks.period_record import period_record
from kenpo_xl.tasks.plan.keys import used_keys


@frozen
class NextPeriod:
    """The new period folder, its period, and its handover.

    `results` is how many final results of last year came into 過去実績; `failures` are sentences on what
    could not be read for them.
    """

    folder: Path
    key: PeriodKey
    handover: Handover
    results: int = 0
    failures: tuple[str, ...] = ()


def make_next_period(folder: Path, *, year: bool = False, output: Path | None = None) -> NextPeriod:
    """Make the folder of the next quarter, or with `year` of the first one of the next year.

    It is beside the old folder and named like it unless `output` is given, and is there as a whole or not at
    all. KenpoError if it exists, its period has a folder already, or the plan book has errors.
    """
    period = period_folder(folder)
    old = read_plan_book(period.plan_path)
    key = _next_key(old.plan, year=year)
    target = _target_folder(period, PeriodKey.of(old.plan), key, output)
    turns = key.fiscal_year != old.plan.fiscal_year
    results, failures = _final_results(period, old.plan, key) if turns else ((), ())
    with new_folder(target) as beside:
        made = PeriodFolder(beside)
        moved_on = beside / f"{PLAN_NAME}.tmp"
        write_next_plan_book(period.plan_path, moved_on, key, results)
        write_copy_with_keys(moved_on, made.plan_path, used_keys(period))
        moved_on.unlink()
        copy_templates_and_forms(period, beside)
        new, _ = read_plan_book_with_errors(made.plan_path)
        _, handover = current_handover(old, new, {}, _relative_path(period.root, target))
        write_handover(beside / NAME, handover)
    return NextPeriod(target, key, handover, len(results), failures)


def next_folder_of(period: PeriodFolder) -> PeriodFolder | None:
    """The folder beside a period folder that has the next period, None if there is none."""
    key = _next_key(read_plan(period.plan_path), year=False)
    found = next(_folders_of_period(period.root.resolve().parent, key), None)
    return PeriodFolder(found) if found else None


def _next_key(plan: Plan, *, year: bool) -> PeriodKey:
    key = PeriodKey.of(plan)
    return key.first_of_next_year if year else key.next


def _target_folder(period: PeriodFolder, old: PeriodKey, new: PeriodKey, output: Path | None) -> Path:
    """The path of the new folder; KenpoError if it exists or another folder has the same period."""
    own = period.root.resolve()
    target = output or own.with_name(next_folder_name(own.name, old, new))
    if output is None and not period.root.is_absolute():
        target = Path(os.path.relpath(target))
    refuse_existing(target)
    if own in (target.resolve(), *target.resolve().parents):
        raise KenpoError(
            f"期のフォルダー {period.root} の中には作れません。-o で別の場所を指定してください。"
        )
    same = next(_folders_of_period(target.resolve().parent, new), None)
    if same is not None:
        raise KenpoError(f"{new.label}のフォルダーは {same} にあります。新しいフォルダーは作っていません。")
    return target


def _folders_of_period(parent: Path, key: PeriodKey) -> Iterator[Path]:
    """The period folders below a folder that are of this period; unreadable ones are left out."""
    for book in sorted(parent.glob(f"*/{PLAN_NAME}")):
        with suppress(KenpoError, OSError):
            if not book.parent.name.startswith(".") and read_period_key(book) == key:
                yield book.parent


def _final_results(
    period: PeriodFolder, plan: Plan, key: PeriodKey
) -> tuple[tuple[FinalResult, ...], tuple[str, ...]]:
    """The final result of each KPI in the plan's year: from the folder's own books, else from the ledger."""
    own = period_record(consolidate(period, plan=plan)).past_period
    later = replace(plan, fiscal_year=key.fiscal_year, period=replace(plan.period, number=key.number))
    recorded, failures = past_from_ledger_above(period, later)
    history = History.of((own, *(recorded.periods if recorded else ())))
    found = ((kpi, history.final_result(plan.fiscal_year, kpi)) for kpi in plan.kpis)
    results = (_final_result(kpi, plan.fiscal_year, *pair) for kpi, pair in found if pair)
    return tuple(results), failures


def _final_result(kpi: Kpi, fiscal_year: FiscalYear, period: PastPeriod, fact: Fact) -> FinalResult:
    assert fact.value is not None
    cell = f"（{fact.source}）" if fact.source else ""
    return FinalResult(kpi.name, fiscal_year, fact.value, kpi.format, f"{period.label}の報告から{cell}")


def _relative_path(old: Path, new: Path) -> str:
    """The path from the new folder to the old one; the whole path on another drive."""
    try:
        return Path(os.path.relpath(old.resolve(), new.resolve())).as_posix()
    except ValueError:
        return str(old.resolve())
