"""Fills copies of the office's own forms (様式): reports, and forms to be filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.common.bound_regions import first_sentences_and_count
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.storage.atomic_write import atomic_write, available_path
from kenpo_xl.tasks.period.folder import PeriodFolder

if TYPE_CHECKING:
    from kenpo_xl.books.report.own_form import BlockTexts, FormFilling


@frozen
class FilledForm:
    """A form and the copy that was filled, or the sentences why there is none (`problems`).

    `kept` is a file at the intended path that was not replaced: a person changed it, or the form, since.
    """

    form: Path
    path: Path | None = None
    places: int = 0
    kept: Path | None = None
    problems: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Where the copy is, or why there is none."""
        if self.path is None:
            return f"様式 {self.form.name} には入れていません。{first_sentences_and_count(self.problems)}"
        kept = f"{self.kept.name} は、作ったあとで写しか様式が変わったため残しました。" if self.kept else ""
        copy = f"{self.path.parent.name}／{self.path.name}"
        return f"お使いの様式の {self.places} か所に書き入れました（{copy}）。{kept}"


def fill_report_forms(
    period: PeriodFolder, figures: Figures, report: Report, folder: Path, forms: Iterable[Path] = ()
) -> tuple[FilledForm, ...]:
    """Write a filled copy of each form into a folder, by default of those in 報告の様式.

    The result of a form has its problems; then no copy of it is written.
    """
    own = tuple(forms) or period.own_forms()
    if not own:
        return ()
    from kenpo_xl.books.report.own_form import texts_of_blocks  # few offices have a form

    texts = texts_of_blocks(figures.plan, report)
    return tuple(_fill_form(form, figures, texts, folder) for form in own)


def fill_input_forms(
    period: PeriodFolder, plan: Plan, submissions: Callable[[], Iterable[Submission]]
) -> tuple[FilledForm, ...]:
    """Write a copy of each form of 入力の様式 that has none yet, with what is known of the books.

    An existing copy stays, whatever is in it. `submissions` returns what is known, and is called if needed.
    """
    targets = {form: period.filled_forms_folder / form.name for form in period.input_forms()}
    missing = {form: path for form, path in targets.items() if not path.exists()}
    if not missing:
        return ()
    from kenpo_xl.books.report.own_form import filling_of_form

    figures = recompute_figures(plan, [one for one in submissions() if one.items])
    return tuple(
        _write_filled_form(form, partial(filling_of_form, form, figures, is_input=True), partial(Path, path))
        for form, path in missing.items()
    )


def _fill_form(form: Path, figures: Figures, texts: BlockTexts, folder: Path) -> FilledForm:
    from kenpo_xl.books.report.own_form import filling_of_form, is_filled_copy

    wanted = folder / f"{form.stem}_{PeriodKey.of(figures.plan).label}{form.suffix}"
    filled = _write_filled_form(
        form,
        partial(filling_of_form, form, figures, texts),
        lambda: available_path(wanted, lambda path: is_filled_copy(path, form)),
    )
    return replace(filled, kept=wanted if filled.path not in (None, wanted) else None)


def _write_filled_form(form: Path, fill: Callable[[], FormFilling], target: Callable[[], Path]) -> FilledForm:
    try:
        filling = fill()
        if filling.problems:
            return FilledForm(form, problems=filling.problems)
        path = target()
        with atomic_write(path) as beside:
            filling.write(form, beside)
    except KenpoError as error:
        return FilledForm(form, problems=(str(error),))
    return FilledForm(form, path, filling.places)
