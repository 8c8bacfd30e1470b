"""Whether the words of a header in a book are those of a row or column of the plan."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.domain.language.normalize import consists_of_parts, normalized
from kenpo_xl.domain.plan.named_years import named_time, year_offset_in_words, years_in
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import Axis


def may_be(axis: Axis, path: tuple[str, ...], forms: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Whether a header is empty in part, or that of an axis but for the month and the like in it.

    `forms` are those of each label of the axis: a header that names another year is not that of the axis.
    """
    if not all(path):
        return True
    if not fits([[parts(label)] for label in axis.labels], path):
        return False
    return all(_may_be_year(known, text) for known, text in zip(forms, path, strict=True))


def _may_be_year(forms: Sequence[Sequence[str]], text: str) -> bool:
    """Whether a text names a year of these forms, or in words (前年度); any text where they name none."""
    years = {year.first for form in forms for year in years_in("".join(form))}
    if not years:
        return True
    time = named_time(text, max(years))
    named = {year.first for year in (*years_in(text), *([time.years] if time else []))}
    return bool(named & years) if named else year_offset_in_words(text) is not None


def forms_of(label: str, plan: Plan) -> list[list[str]]:
    """The parts of a header between what is not known yet, for each as-of month of the year."""
    if not PLACEHOLDER.search(label):
        return [[normalized(label)]]
    texts = dict.fromkeys(
        fill_placeholders(label, plan.placeholder_context(month)) for month in (None, *range(1, 13))
    )
    return [parts(text) for text in texts]


def parts(label: str) -> list[str]:
    """What of a label is no placeholder."""
    return [normalized(part) for part in PLACEHOLDER.split(label)[::2]]


def fits(forms: Sequence[Sequence[Sequence[str]]], path: tuple[str, ...]) -> bool:
    """Whether every level of a header has one of its forms."""
    return len(forms) == len(path) and all(
        any(consists_of_parts(parts, text) for parts in known)
        for known, text in zip(forms, path, strict=True)
    )
