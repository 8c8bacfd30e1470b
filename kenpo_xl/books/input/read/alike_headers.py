"""Headers of a book that are nearly those of the plan: reworded a little, with the same numbers and times.

Used only where a book is rescued. A header that may be that of two axes is matched with neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from kenpo_xl.books.input.read.table_headers import LabelForms, sheet_number_by_axis
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.table import Axis
from kenpo_xl.ooxml.workbook import Area, Sheet

_ALIKE, _ALIKE_IF_LAST, _MARGIN = 0.7, 0.6, 0.15
# Words that make another figure of an otherwise equal header.
_DISTINGUISHING = (
    *("前", "昨", "当", "今", "来", "翌", "同期", "累計", "計", "平均", "上", "下", "未", "非", "不", "男"),
    *("女", "月", "年", "率", "額", "数", "者", "うち", "除", "内", "外", "対比", "差", "増", "減"),
)
_NUMBERS = LazyPattern(r"[0-9a-z]+", re.IGNORECASE)


@frozen
class GuessedHeader:
    """A header that was taken for that of an axis: `kind` is 行 or 列, `number` that of its row or column.

    `top` and `bottom` are the first and last row of its table, `written` is what the book has.
    """

    sheet: str
    table: str
    kind: str
    axis: str
    written: str
    number: int
    top: int
    bottom: int


def header_likeness(one: str, other: str) -> float:
    """The likeness of two normalized texts from 0 to 1; 0 where a number or a word distinguishes them."""
    if not one or not other or _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return 0.0
    if any((word in one) is not (word in other) for word in _DISTINGUISHING):
        return 0.0
    from difflib import SequenceMatcher  # most headers are those of the plan

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def best_unambiguous_pairs(
    scores: Mapping[tuple[int, int], float], least: float, taken: Collection[int] = ()
) -> dict[int, int]:
    """The pairs (left to right) that score best on both sides, by a margin; `taken` cannot be on the left."""
    found = {}
    for (left, right), score in scores.items():
        rivals = [
            one for at, one in scores.items() if at != (left, right) and (at[0] == left or at[1] == right)
        ]
        if left not in taken and score >= least and score >= max(rivals, default=0.0) + _MARGIN:
            found[left] = right
    return found


class _Reading(Protocol):
    """The table that is read."""

    guesses: list[GuessedHeader] | None
    sheet: Sheet
    area: Area

    @property
    def table_identity(self) -> str: ...
    def label_parts_by_month(self, label: str, /) -> list[list[str]]: ...


def line_number_by_axis(
    reading: _Reading,
    kind: str,
    axes: Sequence[Axis],
    headers: Mapping[int, tuple[str, ...]],
    candidates: Sequence[int],
) -> dict[int, int]:
    """Position of each axis whose header was found → its row or column; a guess is added to the reading's."""
    found = sheet_number_by_axis(axes, headers, candidates, reading.label_parts_by_month)
    if reading.guesses is None:
        return found
    alike = _alike_numbers_by_axis(axes, found, headers, candidates, reading.label_parts_by_month)
    where, area = (reading.sheet.name, reading.table_identity, kind), reading.area
    for place, number in alike.items():
        written = " ".join(filter(None, headers[number]))
        reading.guesses.append(
            GuessedHeader(*where, axes[place].name, written, number, area.top, area.bottom)
        )
    return {**found, **alike}


def _free_lines(
    candidates: Sequence[int], found: Mapping[int, int], headers: Mapping[int, tuple[str, ...]]
) -> list[int]:
    """The rows or columns with a header that no axis was found for."""
    return [number for number in candidates if number not in found.values() and any(headers[number])]


def _alike_numbers_by_axis(
    axes: Sequence[Axis],
    found: Mapping[int, int],
    headers: Mapping[int, tuple[str, ...]],
    candidates: Sequence[int],
    label_forms: LabelForms,
) -> dict[int, int]:
    """Position of each axis without a header → the row or column whose header is like its own."""
    free = _free_lines(candidates, found, headers)
    left = [place for place, axis in enumerate(axes) if place not in found and axis.labels]
    scores = {
        (place, number): _likeness_of_path([label_forms(label) for label in axis.labels], headers[number])
        for place, axis in enumerate(axes)
        for number in free
    }
    is_last = len(free) == len(left) == 1
    return best_unambiguous_pairs(scores, _ALIKE_IF_LAST if is_last else _ALIKE, found)


def _likeness_of_path(forms: Sequence[Sequence[Sequence[str]]], path: tuple[str, ...]) -> float:
    """The likeness of a header to the forms of each level of a label: that of its least similar level."""
    if len(forms) != len(path):
        return 0.0
    return min(
        max((header_likeness("".join(parts), text) for parts in known), default=0.0)
        for known, text in zip(forms, path, strict=True)
    )
