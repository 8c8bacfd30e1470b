"""Makes the plan book of an office's own form, with its questions; run again it takes the answers in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kenpo_xl.books.plan.adopt.check_sheet import DIGEST, FORM, KEPT_ANSWER, PERIOD
from kenpo_xl.books.plan.adopt.earlier_run import EarlierRun, read_earlier_run
from kenpo_xl.books.plan.adopt.form_reader import read_source_sheets
from kenpo_xl.books.plan.adopt.named_form import formula_by_defined_name, write_named_form
from kenpo_xl.books.plan.adopt.new_plan import NewPlan, basics_of_period, has_same_keys, new_plan
from kenpo_xl.books.plan.adopt.plan_writer import (
    PlanTrial,
    answers_to_absent_questions,
    form_with_problems_of_plan,
    rejected_tables,
    trial_reading_of_plan,
    write_adopted_plan,
)
from kenpo_xl.books.plan.lists.measures import SHEET as MEASURES
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.books.plan.write.writer import write_plan
from kenpo_xl.books.report.own_form import is_filled_copy
from kenpo_xl.domain.cell_reference import Rectangle
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import PLAN_NAME, Plan
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.adopt.adopted import AdoptedForm, UnreadCell
from kenpo_xl.pipeline.adopt.form import read_form
from kenpo_xl.pipeline.adopt.grid import SourceSheet
from kenpo_xl.pipeline.adopt.questions import MOST, Question
from kenpo_xl.pipeline.adopt.years import FormTime
from kenpo_xl.storage.atomic_write import atomic_write, available_path
from kenpo_xl.tasks.adopt.import_period import ImportedPeriod, import_period
from kenpo_xl.tasks.adopt.stated_period import stated_period
from kenpo_xl.tasks.period.folder import INPUT_FORMS, OWN_FORMS
from kenpo_xl.tasks.period.hashes import file_hash

NAMED_FORMS = "名前を付けた様式"
"""The folder of the copy of a form whose tables have names, beside the plan book."""
_FOLDER = "_計画"
# A table that is left out may be one that formulas of others use.
_TRIALS = 4


@frozen
class AdoptResult:
    """The plan book of a form: written, or as it was where nothing has changed (`is_unchanged`).

    `edited_sheets` are those that staff have changed: then `path` is a new book beside theirs. `errors`
    counts what the planner has to correct in it. `named` is a copy of the form with names that bind its
    tables to it.
    """

    path: Path
    form: AdoptedForm
    is_unchanged: bool = False
    is_again: bool = False
    edited_sheets: tuple[str, ...] = ()
    errors: int = 0
    imported: ImportedPeriod | None = None
    named: Path | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that are asked first."""
        return self.form.questions[:MOST]

    @property
    def named_sentence(self) -> str:
        """Where the copy with names is and what it is for, '' for none."""
        copy = f"「{self.named.parent.name}」に、表に名前を付けた様式の写しがあります。" if self.named else ""
        use = f"「{OWN_FORMS}」か「{INPUT_FORMS}」に入れると、お使いの様式のまま使えます。"
        return f"{copy}{use}" if copy else ""

    @property
    def unread(self) -> tuple[UnreadCell, ...]:
        """What was not read."""
        return self.form.unread


def adopt_form(book: Path, *, today: date, output: Path | None = None, as_period: str = "") -> AdoptResult:
    """Write the plan book of a form into a folder, with the answers that its sheet 確認 has.

    With `as_period` its numbers are recorded in the ledger as those of that period. KenpoError if the form
    cannot be read or has no table, there is a plan book of another origin, or nothing can be written.
    """
    return _Adoption(book, output or book.parent / f"{book.stem}{_FOLDER}", as_period, today).run()


class _Adoption:
    """One run."""

    def __init__(self, book: Path, folder: Path, as_period: str, today: date) -> None:
        self.book, self.folder, self.today = book, folder, today
        self.target = folder / PLAN_NAME
        self.is_again = self.target.exists()
        self.before = self._earlier_run()
        self.stated = stated_period(as_period or self.before.period)

    def run(self) -> AdoptResult:
        form, new, trial = self._usable_plan()
        form = form_with_problems_of_plan(form, new, trial)
        errors = sum(problem.is_error for problem in trial.problems)
        is_unchanged = self.is_again and self.before.is_as_written(
            file_hash(self.book), self._period_text(), trial.digests
        )
        path = self.target if is_unchanged else self._write_plan_book(form, new, trial)
        return AdoptResult(
            path=path,
            form=form,
            is_unchanged=is_unchanged,
            is_again=self.is_again,
            edited_sheets=self.before.edited_sheets if path != self.target else (),
            errors=errors,
            imported=None if errors else self._import_stated_period(form, new),
            named=None if is_unchanged or trial.plan is None else self._write_named_copy(form, trial.plan),
        )

    def _earlier_run(self) -> EarlierRun:
        if not self.is_again:
            return EarlierRun()
        found = read_earlier_run(self.target)
        if found is None:
            raise KenpoError(
                f"{self.target} は、ほかで作られた計画ブックです。"
                "別のフォルダー（コマンドでは -o）に作ってください。"
            )
        return found

    def _usable_plan(self) -> tuple[AdoptedForm, NewPlan, PlanTrial]:
        """The form and its plan, without tables that a plan cannot have."""
        sheets, rejected = read_source_sheets(self.book), dict[tuple[str, Rectangle], str]()
        for _ in range(_TRIALS):
            form = self._adopted_form(sheets, rejected)
            new = self._new_plan(form)
            trial = trial_reading_of_plan(new)
            more = rejected_tables(form, new, trial)
            if not more:
                break
            rejected |= more
        return form, new, trial

    def _adopted_form(
        self, sheets: Sequence[SourceSheet], rejected: Mapping[tuple[str, Rectangle], str]
    ) -> AdoptedForm:
        time = None
        if self.stated:
            month = Month.of(self.stated.last_day).number
            time = FormTime(self.stated.fiscal_year, month, self.stated.cycle, self.stated.number)
        year = FiscalYear(0).of(Month.of(self.today))
        form = read_form(sheets, self.before.answers, year=year, stated=time, rejected=rejected)
        if not form.items:
            raise KenpoError(
                f"{self.book.name} に表が見つかりません。見出しのある表のブックを指定してください。"
            )
        return form

    def _new_plan(self, form: AdoptedForm) -> NewPlan:
        changed = self.before.changed
        lists = {name: rows for name, rows in self.before.lists.items() if name in changed}
        if MEASURES in lists and not has_same_keys(form, lists[MEASURES]):
            del lists[MEASURES]
        return new_plan(form, self._period_of_plan(form), basics=self.before.basics, lists=lists)

    def _period_of_plan(self, form: AdoptedForm) -> PeriodKey:
        """The period of the plan: the one after that of the form's numbers, else that of today."""
        if self.stated:
            return self.stated.next
        cycle = form.time.cycle or Cycle.QUARTER
        return PeriodKey("", *cycle.period_of(Month.of(self.today), FiscalYear(0)), cycle)

    def _period_text(self) -> str:
        return self.stated.label if self.stated else ""

    def _write_plan_book(self, form: AdoptedForm, new: NewPlan, trial: PlanTrial) -> Path:
        """Write the plan book, beside the one that staff have changed; its path."""
        stored = {
            FORM: {self.book.name: file_hash(self.book)},
            PERIOD: {"": self._period_text()} if self.stated else {},
            DIGEST: dict(trial.digests),
            KEPT_ANSWER: dict(answers_to_absent_questions(form, self.before.answers)),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        path = available_path(self.target, _is_unedited)
        with atomic_write(path) as beside:
            write_adopted_plan(
                beside,
                new,
                form,
                file_name=self.book.name,
                link=_path_from(self.folder, self.book),
                stored=stored,
            )
        return path

    def _write_named_copy(self, form: AdoptedForm, plan: Plan) -> Path | None:
        """Write the copy of the form with names, unless there is another file; None where none is written."""
        book = Workbook(self.book)
        names = formula_by_defined_name(form, plan, book)
        target = self.folder / NAMED_FORMS / self.book.name
        if not names or (target.exists() and not is_filled_copy(target, self.book)):
            return None
        with atomic_write(target) as beside:
            write_named_form(book, names, beside)
        return target

    def _import_stated_period(self, form: AdoptedForm, new: NewPlan) -> ImportedPeriod | None:
        """Record the numbers of the form for their period, if one is given."""
        if self.stated is None:
            return None
        then = new.with_basics(basics_of_period(new.book.basics, self.stated))
        with TemporaryDirectory() as folder:
            path = Path(folder) / PLAN_NAME
            write_plan(path, then.book)
            plan = read_plan(path)
        return import_period(form, plan, self.book, self.folder, today=self.today)


def _is_unedited(path: Path) -> bool:
    """Whether a plan book is one of ours that holds nothing that a new one would not take over."""
    found = read_earlier_run(path)
    return found is not None and not found.edited_sheets


def _path_from(folder: Path, book: Path) -> str:
    """The path of the form as a link from a plan book in `folder`."""
    try:
        return os.path.relpath(book.resolve(), folder.resolve()).replace(os.sep, "/")
    except ValueError:  # another drive
        return str(book.resolve())
