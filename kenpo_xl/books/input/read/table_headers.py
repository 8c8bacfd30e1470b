"""Matches headers of a book with the axes of a table of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from kenpo_xl.domain.language.normalize import is_made_of_parts, normalized
from kenpo_xl.domain.plan.headers import BETWEEN_LEVELS
from kenpo_xl.domain.plan.named_years import (
    each_year_named_in,
    year_offset_named_in,
    years_and_months_in_header,
)
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders, has_placeholder_of_as_of_month
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import Axis
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

LabelForms = Callable[[str], Sequence[Sequence[str]]]
"""A function that returns the possible forms of a label, each as its literal parts."""
UnmatchedAxis = tuple[int, Axis, int]
"""Position of an axis without header, the axis, and the row or column that may be its own (0: none)."""


def sheet_number_by_axis(
    axes: Sequence[Axis],
    headers: Mapping[int, tuple[str, ...]],
    candidates: Sequence[int],
    label_forms: LabelForms,
) -> dict[int, int]:
    """Position of each matched axis → row or column of the sheet, by header texts.

    Unmatched axes get the remaining `candidates` in order, if their number is equal and each header may be
    that of its axis.
    """
    found = _exactly_matched_numbers_by_axis(axes, headers, label_forms)
    found = _in_order_of_plan(found, axes, headers, candidates, label_forms)
    left = [place for place, axis in enumerate(axes) if place not in found and axis.labels]
    free = [number for number in candidates if number not in found.values()]
    if len(left) == len(free):
        pairs = list(zip(left, free, strict=True))
        if all(may_be_header_of(axes[place], headers[number], label_forms) for place, number in pairs):
            found.update(pairs)
    return found


def _in_order_of_plan(
    found: dict[int, int],
    axes: Sequence[Axis],
    headers: Mapping[int, tuple[str, ...]],
    candidates: Sequence[int],
    label_forms: LabelForms,
) -> dict[int, int]:
    """The matches; where a header was overtyped with that of another axis, those in the plan's order.

    Of two rows 令和5年度 the second is last year's where the plan has this year's before it.
    """
    if len(found) == len(axes) or len(candidates) != len(axes):
        return found
    ordered = {place: candidates[place] for place in found}
    is_other = any(ordered[place] != number for place, number in found.items())
    matches = is_other and all(
        matches_forms([label_forms(label) for label in axes[place].labels], headers[number])
        for place, number in ordered.items()
    )
    return ordered if matches else found


def _exactly_matched_numbers_by_axis(
    axes: Sequence[Axis], headers: Mapping[int, tuple[str, ...]], label_forms: LabelForms
) -> dict[int, int]:
    """The matches by today's headers, then those by the headers of former names."""
    found: dict[int, int] = {}
    known = [(place, [label_forms(label) for label in axis.labels]) for place, axis in enumerate(axes)]
    former = (
        (place, _forms_of_former_name(axes[place], name, forms))
        for place, forms in known
        for name in axes[place].former_names
    )
    for place, forms in chain(known, former):
        for number, path in headers.items() if place not in found else ():
            if matches_forms(forms, path) and number not in found.values():
                found[place] = number
                break
    return found


def _forms_of_former_name(
    axis: Axis, name: str, forms: Sequence[Sequence[Sequence[str]]]
) -> list[Sequence[Sequence[str]]]:
    """The forms of the header that an axis had under a former name; a level with the same words stays."""
    parts, now = name.split(BETWEEN_LEVELS), axis.name.split(BETWEEN_LEVELS)
    same = len(parts) == len(now) == len(forms)
    return [forms[at] if same and part == now[at] else [[normalized(part)]] for at, part in enumerate(parts)]


def unmatched_axes(
    axes: Sequence[Axis], found: Mapping[int, int], numbers: Sequence[int]
) -> Iterator[UnmatchedAxis]:
    """The axes that were not matched."""
    missing = [place for place in range(len(axes)) if place not in found]
    free = [number for number in numbers if number not in found.values()]
    if len(free) != len(missing):
        free = [0] * len(missing)
    yield from ((at, axes[at], number) for at, number in zip(missing, free, strict=True))


def may_be_header_of(axis: Axis, path: tuple[str, ...], label_forms: LabelForms) -> bool:
    """Whether a header is partly empty, or equals the axis except for placeholders.

    `label_forms` gives the forms of a label: a header that names another year is not that of the axis.
    """
    if not all(path):
        return True
    if not matches_forms([[literal_parts_of_label(label)] for label in axis.labels], path):
        return False
    known = map(label_forms, axis.labels)
    return all(_may_name_same_year(forms, text) for forms, text in zip(known, path, strict=True))


def _may_name_same_year(forms: Sequence[Sequence[str]], text: str) -> bool:
    """Whether a text names a year of these forms; true if they name none."""
    years = {year.first for form in forms for year in each_year_named_in("".join(form))}
    if not years:
        return True
    time = years_and_months_in_header(text, FiscalYear(max(years)))
    named = {year.first for year in (*each_year_named_in(text), *([time.years] if time else []))}
    return bool(named & years) if named else year_offset_named_in(text) is not None


def header_parts_by_month(label: str, plan: Plan) -> list[list[str]]:
    """The literal parts of a header, for each as-of month of the year if it follows that."""
    if not PLACEHOLDER.search(label):
        return [[normalized(label)]]
    months = (None, *range(1, 13)) if has_placeholder_of_as_of_month(label) else (None,)
    texts = dict.fromkeys(fill_placeholders(label, plan.placeholder_context(month)) for month in months)
    return [literal_parts_of_label(text) for text in texts]


def literal_parts_of_label(label: str) -> list[str]:
    """The normalized texts of a label between its placeholders."""
    return [normalized(part) for part in PLACEHOLDER.split(label)[::2]]


def matches_forms(forms: Sequence[Sequence[Sequence[str]]], path: tuple[str, ...]) -> bool:
    """Whether every level of a header equals one of its forms."""
    return len(forms) == len(path) and all(
        any(is_made_of_parts(parts, text) for parts in known) for known, text in zip(forms, path, strict=True)
    )
