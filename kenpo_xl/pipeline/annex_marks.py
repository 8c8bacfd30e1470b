"""Marks in the report that refer to annexes (別添), and the list of annexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.report import ReportLine
from kenpo_xl.domain.plan.plan import Annex


def list_of_annexes(annexes: Iterable[Annex]) -> str:
    """The annexes with their titles, for the cover."""
    return "、".join(f"別添{one.number}　{one.title}" for one in annexes)


def with_annex_marks(lines: Sequence[ReportLine], annexes: Iterable[Annex]) -> tuple[ReportLine, ...]:
    """The lines of a block with a mark for each annex behind the first text: （別添1-1）.

    A mark that the group wrote itself is not repeated. A block without a text has the marks in a line above.
    """
    written = normalized("".join(line.text for line in lines))
    marks = "".join(one.mark for one in annexes if not _is_annex_named_in(one, written))
    if not marks:
        return tuple(lines)
    first = next((index for index, line in enumerate(lines) if line.text and line.table is None), None)
    if first is None:
        return (ReportLine(marks), *lines)
    marked = replace(lines[first], text=lines[first].text + marks)
    return (*lines[:first], marked, *lines[first + 1 :])


def _is_annex_named_in(annex: Annex, text: str) -> bool:
    """Whether a normalized text refers to an annex; 別添1-1 is no part of 別添1-10."""
    return re.search(rf"{re.escape(normalized(annex.mark[1:-1]))}(?![\d-])", text) is not None
