"""Writes the plan book of a form: its lists and layout sheets, and the sheet 確認 before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kenpo_xl.books.plan.adopt.check_sheet import CheckSheet, add_check_sheet
from kenpo_xl.books.plan.adopt.earlier_run import sheet_digests
from kenpo_xl.books.plan.adopt.new_plan import NewPlan
from kenpo_xl.books.plan.reader import Problem, plan_and_problems
from kenpo_xl.books.plan.write.writer import write_plan
from kenpo_xl.domain.cell_reference import Rectangle, cell_position
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import PLAN_NAME, Plan
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.adopt.adopted import AdoptedForm, UnreadCell
from kenpo_xl.pipeline.adopt.questions import MOST, FormCell


@frozen
class PlanTrial:
    """A new plan book as its reader sees it: the plan, all problems, and a digest of each sheet."""

    plan: Plan | None
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]


def trial_reading_of_plan(new: NewPlan) -> PlanTrial:
    """What the reader of plan books makes of a new one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / PLAN_NAME
        write_plan(path, new.book)
        plan, problems = plan_and_problems(path)
        book = Workbook(path)
        return PlanTrial(plan, tuple(problems), sheet_digests(book, book.sheets))


def rejected_tables(form: AdoptedForm, new: NewPlan, trial: PlanTrial) -> dict[tuple[str, Rectangle], str]:
    """The tables of the form that the reader of plan books refuses, each with its first reason."""
    tables = {table.number: table for item in form.items for table in item.tables}
    found: dict[tuple[str, Rectangle], str] = {}
    for problem in (one for one in trial.problems if one.is_error):
        number = new.drawn.table_at(problem.sheet, cell_position(problem.cell or "A1")[0] - 1)
        table = None if number is None else tables.get(number)
        if table:
            found.setdefault((table.sheet, table.area), problem.message)
    return found


def form_with_problems_of_plan(form: AdoptedForm, new: NewPlan, trial: PlanTrial) -> AdoptedForm:
    """The form with the errors of its plan book among what was not read."""
    cells = {place: cell for cell, place in new.drawn.cells.items()}
    sources = {place: cell for cell, place in form.places.items()}
    sheets = {name: item.sheet for item, name in zip(form.items, new.sheets, strict=True)}
    found = []
    for problem in (one for one in trial.problems if one.is_error):
        row, column = cell_position(problem.cell or "A1")
        place = cells.get((problem.sheet, row - 1, column - 1))
        source = sources.get(place) if place else None
        at = source or FormCell(sheets.get(problem.sheet, problem.sheet), 1, 1)
        found.append(UnreadCell(at, f"計画ブック {problem.sheet}!{problem.cell}", problem.message))
    return form.with_unread(found)


def write_adopted_plan(
    path: Path,
    new: NewPlan,
    form: AdoptedForm,
    *,
    file_name: str,
    link: str,
    stored: Mapping[str, Mapping[str, str]],
) -> None:
    """Write the plan book of a form with 確認; `link` is the path of the form from its folder.

    `stored` is what the next run needs: texts by kind and name.
    """
    content = CheckSheet(
        form=form,
        file_name=file_name,
        link=link,
        layout_of_sheet={item.sheet: name for item, name in zip(form.items, new.sheets, strict=True)},
        cells=new.drawn.cells,
        summary=_sentences_on_what_was_read(form),
        stored=[(kind, name, text) for kind, texts in stored.items() for name, text in texts.items()],
    )
    write_plan(path, new.book, add_first=partial(_add_first_sheet, content))


def _add_first_sheet(content: CheckSheet, workbook: Any) -> Any:
    return add_check_sheet(workbook, content)


def _sentences_on_what_was_read(form: AdoptedForm) -> str:
    """How much was read, in one sentence."""
    tables = sum(len(item.tables) for item in form.items)
    asked = min(len(form.questions), MOST)
    parts = [f"{len(form.items)} 枚のシートから {tables} の表、{len(form.uses):,} のセルを読み取りました。"]
    parts.append(f"たずねることが {asked} 件あります。" if asked else "")
    parts.append(f"読めなかったところが {len(form.unread)} 件あります。" if form.unread else "")
    return "".join(parts)


def answers_to_absent_questions(form: AdoptedForm, answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Earlier answers to questions that are not asked at present."""
    asked = {question.key for question in form.questions}
    return ((key, answer) for key, answer in answers.items() if key not in asked)
