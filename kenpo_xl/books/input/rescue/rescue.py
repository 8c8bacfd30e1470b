"""Reads a rescued book: everything typed in it, where that was, and how certain its place is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kenpo_xl.books.common.stamp import Stamp
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.alike_headers import GuessedHeader
from kenpo_xl.books.input.read.carried_sources import read_carried_sources
from kenpo_xl.books.input.read.read_cells import ReadCells
from kenpo_xl.books.input.read.reader import read_matched_submission
from kenpo_xl.books.input.read.unplaced import read_unplaced_values
from kenpo_xl.books.input.rescue.doubts import Doubts
from kenpo_xl.books.input.rescue.found_tables import name_areas_of_tables
from kenpo_xl.books.input.rescue.leftovers import unread_values_and_objects
from kenpo_xl.books.input.rescue.lost_labels import restore_line_headers
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.carried import CarriedValue, CellKey, UnplacedValue
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.ooxml.workbook import Workbook


@frozen
class RescuedBook:
    """The contents of a book by the parts of its own plan.

    `values` are those that it was filled with, `unplaced` all that was not read of it, and what an earlier
    book left without a place.
    """

    plan: Plan
    submission: Submission
    values: Mapping[CellKey, CarriedValue]
    unplaced: tuple[UnplacedValue, ...]
    doubts: Doubts


def read_rescued_book(book: Workbook, plan: Plan, stamp: Stamp, doubts: Doubts) -> RescuedBook:
    """The contents of a book whose sheets were found; `plan` is the one that it was built from."""
    match = PlanMatch(book, plan, stamp)
    for item in plan.items_of(stamp.group):
        key, sheet = match.issued_key_of(item), match.sheet_of(item)
        if key is not None and sheet is not None:
            name_areas_of_tables(book, plan, item, key, sheet, doubts)
            restore_line_headers(book, sheet, doubts)
    guesses: list[GuessedHeader] = []
    read_cells = ReadCells(guesses)
    match = PlanMatch(book, plan, stamp)
    submission = read_matched_submission(match, read_cells)
    for guess in guesses:
        doubts.add_guess(guess)
    rest = tuple(unread_values_and_objects(match, read_cells, submission.missed, doubts.labels))
    unplaced = (*read_unplaced_values(book), *rest)
    return RescuedBook(plan, replace(submission, unread=()), read_carried_sources(book), unplaced, doubts)
