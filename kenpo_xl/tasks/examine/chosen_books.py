"""Which of the checked books of a period counts for each group."""

from __future__ import annotations

from collections.abc import Iterable

from kenpo_xl.domain.outputs.chosen_books import ChosenBooks, choose_newest_valid_books
from kenpo_xl.domain.outputs.status_board import groups_with_items
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.tasks.book_result import BookResult
from kenpo_xl.tasks.period.latest_book import dated_book


def chosen_books(books: Iterable[BookResult], plan: Plan) -> ChosenBooks:
    """Which of the submitted books of a period counts for each group of its plan."""
    ordered = sorted(books, key=lambda book: dated_book(book.path, book.save_record).oldest_first_key)
    return choose_newest_valid_books(ordered, groups_with_items(plan))
