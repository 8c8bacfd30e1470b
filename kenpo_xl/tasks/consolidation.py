"""A period as read and computed: what `report`, `export` and the night start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from kenpo_xl.adjust import adjust_ratings, adjust_wordings, choose_figures, tell_choices
from kenpo_xl.domain.adjustments import Adjustments
from kenpo_xl.domain.board import LeftAlone
from kenpo_xl.domain.figures import Figures
from kenpo_xl.domain.history import History, Past, completed
from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.remarks import Remark
from kenpo_xl.domain.saving import BookChoice, latest_books
from kenpo_xl.domain.standings import Standings
from kenpo_xl.domain.submission import Submission
from kenpo_xl.domain.values import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.adjustments_reader import read_adjustments
from kenpo_xl.excel.reader import read_submission
from kenpo_xl.plan_book import read_plan
from kenpo_xl.rate import rate
from kenpo_xl.recompute import recompute
from kenpo_xl.tasks.newest import dated
from kenpo_xl.tasks.period import PeriodFolder

# What a book says, or why it cannot be used: a sentence, or a bug of ours.
Read = Submission | Exception
_BUG = "プログラムの誤りで読めませんでした。IT 担当へお知らせください。"


@frozen
class Consolidation:
    """A period as read, adjusted and computed; `adjustment_remarks` has one for each adjustment.

    `set_aside` are books that cannot be used, each with the sentence that says why; `history` are the earlier
    periods of the branch, None where nobody was asked.
    """

    plan: Plan
    submissions: tuple[Submission, ...]
    figures: Figures
    standings: Standings
    doubled: tuple[BookChoice, ...] = ()
    set_aside: tuple[LeftAlone, ...] = ()
    adjustments: Adjustments = field(default_factory=Adjustments)
    adjustment_remarks: tuple[Remark, ...] = ()
    history: History | None = None


def consolidate(
    folder: PeriodFolder,
    *,
    prefer_computed: bool = False,
    past: Past | None = None,
    plan: Plan | None = None,
) -> Consolidation:
    """Read the plan, every book in 提出/ and the planner's book; adjust, recompute, rate.

    What the planner chose for a typed-over cell goes before `prefer_computed`. A book that cannot be used is
    set aside; KenpoError where the plan or the planner's book cannot. `past` knows the earlier periods: where
    plan and tables do not say what a KPI came to last year, they do. `plan` is that of the folder, where
    it was read before.
    """
    plan = plan or read_plan(folder.plan)
    read = {path: _read(path, plan) for path in folder.submissions()}
    return consolidation_of(folder, plan, read, prefer_computed=prefer_computed, past=past)


def consolidation_of(
    folder: PeriodFolder,
    plan: Plan,
    read: Mapping[Path, Read],
    *,
    prefer_computed: bool = False,
    past: Past | None = None,
) -> Consolidation:
    """The same of books that were read before, by their paths."""
    history = past.before(plan) if past else None
    plan = completed(plan, history)
    handed_in, doubled = _counting(read)
    asked = read_adjustments(folder.planner, plan) if folder.planner.exists() else Adjustments()
    submissions, about_wordings = adjust_wordings(plan, handed_in, asked.wordings)
    choices, troubles = choose_figures(recompute(plan, submissions), asked.figures)
    figures = recompute(plan, submissions, prefer_computed=prefer_computed, choices=choices)
    about_figures = tell_choices(figures, asked.figures, troubles)
    rated = rate(plan, figures, submissions, history=history)
    standings, about_ratings = adjust_ratings(plan, rated, asked.ratings)
    return Consolidation(
        plan=plan,
        submissions=submissions,
        figures=figures,
        standings=standings,
        doubled=doubled,
        set_aside=tuple(_set_aside(path, one) for path, one in read.items() if isinstance(one, Exception)),
        adjustments=asked,
        adjustment_remarks=(*about_ratings, *about_wordings, *about_figures),
        history=history,
    )


def _read(path: Path, plan: Plan) -> Read:
    try:
        return read_submission(path, plan)
    except KenpoError as error:
        return error


def _counting(read: Mapping[Path, Read]) -> tuple[tuple[Submission, ...], tuple[BookChoice, ...]]:
    """The latest valid submission of each group, by file name, and what was chosen among several."""
    valid = {path: one for path, one in read.items() if isinstance(one, Submission)}
    latest, choices = latest_books((one.group, dated(path, one.record)) for path, one in valid.items())
    used = sorted((valid[one.path] for one in latest.values()), key=lambda one: one.workbook)
    return tuple(used), choices


def _set_aside(path: Path, error: Exception) -> LeftAlone:
    """The book with the sentence, in one line and without the name that it begins with."""
    sentence = "".join(str(error).splitlines()) if isinstance(error, KenpoError) else _BUG
    return LeftAlone(path.name, sentence.removeprefix(f"{path.name} は").strip())
