"""What groups give for targets to be met by a day (評価): missing, unreadable, unlike their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentence_span
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.plan.targets.milestones import MilestoneState
from kenpo_xl.domain.results.assessments import KpiAssessment
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, date_text

_HOW = "済んだときはその日（例 令和7年2月10日）を、まだのときは「未」を入れてください。"
# Behind the deed: it was done. Not: it will be, or was not.
_DONE = r"(?:(?:を(?:完了|終え|行っ|実施し)|し|され)(?:た|ました)(?!い)|済み?(?![のでま]))"
_BESIDE = 3
"""How many letters may be between a day and what was done on it: 10日に改定した."""

_Milestone = tuple[KpiAssessment, MilestoneState, Figure]


@rule(
    "RA30",
    Family.RATING,
    Severity.ERROR,
    "期日の目標の状況（済・未）が入っていないか、読めません",
    why="期日までに済ませる目標は、済んだ日か「未」がなければ判定できず、報告書の実績が空になります。",
    remedy=_HOW,
)
def state_of_milestone_is_unknown(context: CheckContext) -> Iterator[Violation]:
    """The cell of a milestone is empty, or says neither a day nor 済 nor 未."""
    for kpi, state, figure in _milestones_of_book(context):
        if state.completion is None and figure.source:
            typed = figure.printed_text()
            fact = (
                f"の「{quoted(typed)[1:-1]}」が、日付とも 済・未 とも読めません"
                if typed
                else "に済・未がありません"
            )
            message = f"「{kpi.kpi.name}」（{kpi.target_text}）{fact}。"
            yield Violation(figure.source, str(figure.id), message, _HOW, typed)


@rule(
    "RA31",
    Family.RATING,
    Severity.WARNING,
    "期日の目標の済んだ日が、ないか、基準日より後です",
    why="期日に間に合ったかどうかは、済んだ日で決まります。基準日より後の日は、この期の実績になりません。",
    remedy="済んだ日を確かめて入れてください。基準日の時点でまだのときは「未」を入れてください。",
)
def day_of_milestone_is_doubtful(context: CheckContext) -> Iterator[Violation]:
    """済 without a day, or a day behind the as-of date, which counts as not done."""
    for kpi, state, figure in _milestones_of_book(context):
        given = state.completion
        if given is None or not given.is_done or figure.source is None:
            continue
        if given.day is None:
            message = f"「{kpi.kpi.name}」は「{figure.printed_text()}」ですが、済んだ日がありません。"
            yield Violation(figure.source, str(figure.id), message, _HOW, figure.printed_text())
        elif given.day > state.as_of:
            message = (
                f"「{kpi.kpi.name}」の済んだ日（{date_text(given.day)}）は、"
                f"基準日（{date_text(state.as_of)}）より後です。この期では「未」として判定します。"
            )
            hint = "日付を確かめてください。基準日の時点でまだのときは「未」を入れてください。"
            yield Violation(figure.source, str(figure.id), message, hint, figure.printed_text())


@rule(
    "RA32",
    Family.RATING,
    Severity.WARNING,
    "期日の目標の済・未が、実施状況の文と合いません",
    why="文に「改定した」とあるのに表が「未」では、読み手はどちらを信じればよいか分かりません。",
    remedy="文と、期日の目標の状況（済んだ日、または「未」）の、違っている方を直してください。",
)
def milestone_differs_from_sentence(context: CheckContext) -> Iterator[Violation]:
    """A sentence of the block says that it was done, or done on a day, and the cell says otherwise.

    Only where the sentence names the KPI, or the block has no other milestone to be done in the same way.
    """
    found = list(_milestones_of_book(context))
    for kpi, state, figure in found:
        deed = state.milestone.deed
        alike = [one for one in found if one[1].milestone.deed == deed and one[0].block == kpi.block]
        for written in printed_lines(context, kpi.item):
            is_own = written.line is not None and written.line.block == kpi.block
            if is_own and (len(alike) == 1 or kpi.kpi.name in written.text):
                yield from _violations_in(written, state, figure, context.plan.fiscal_year)


def _violations_in(
    written: PrintedText, state: MilestoneState, figure: Figure, fiscal_year: FiscalYear
) -> Iterator[Violation]:
    text, given = half_width(written.text), state.completion
    done = re.search(rf"(?<!未){re.escape(state.milestone.deed)}{_DONE}", text)
    if done is None or given is None:
        return
    first, _ = sentence_span(text, done.start())
    quote, own = quoted(text[first : done.end()]), figure.printed_text()
    if not given.is_done:
        message = f"文には{quote}とありますが、「{figure.id.row}」の状況は「{own}」です。"
        yield _violation_for_milestone(written, done.start(), message, figure, own)
        return
    days = [one for one in dates_in(text) if first <= one.start < done.start()]
    beside = [one for one in days if done.start() - one.end <= _BESIDE]
    day = beside[0].day_in(fiscal_year) if len(beside) == 1 else None
    if day and given.day and day != given.day:
        message = f"文には{quote}とありますが、「{figure.id.row}」の済んだ日は{date_text(given.day)}です。"
        yield _violation_for_milestone(written, beside[0].start, message, figure, own)


def _violation_for_milestone(
    written: PrintedText, start: int, message: str, figure: Figure, own: str
) -> Violation:
    hint = "違っている方を直してください。"
    return written.violation(start, message, hint, expected=own, related=sources_of_other_side(figure))


def _milestones_of_book(context: CheckContext) -> Iterator[_Milestone]:
    """The KPIs of the book to be done by a day, each with its state and its cell."""
    for kpi in context.own_kpi_assessments:
        state = kpi.assessment.milestone
        keys = formula_keys(kpi.kpi.result) if state and kpi.kpi.result is not None else ()
        figures = (
            one for key in keys if isinstance(key, FigureId) for one in context.figures.with_identity(key)
        )
        figure = next(figures, None)
        is_here = figure and figure.source and figure.source.workbook == context.submission.workbook
        if state and figure and is_here:
            yield kpi, state, figure
