"""What the books of a period were filled with, and where that was reported, from their hidden sheets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kenpo_xl.books.input.read.carried_sources import read_carried_sources
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.carried import CarriedValue
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.period.folder import PeriodFolder, books_in


@frozen
class CarriedIntoBook:
    """A value that a book was filled with; `book` is its path from the period folder."""

    book: str
    identity: FigureId
    entity: str
    carried: CarriedValue


def carried_in_period(folder: Path) -> Iterator[CarriedIntoBook]:
    """Every value that the working and submitted books of a period folder were filled with."""
    period = PeriodFolder(folder)
    for parent in (period.input_folder, period.submission_folder):
        for path in books_in(parent):
            try:
                found = read_carried_sources(Workbook(path))
            except KenpoError:
                continue
            for (identity, entity), carried in found.items():
                yield CarriedIntoBook(f"{parent.name}/{path.name}", identity, entity, carried)
