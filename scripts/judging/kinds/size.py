"""Numbers of the wrong size: a zero too many, another unit."""

from __future__ import annotations

from random import Random

from scripts.judging.book import Book
from scripts.judging.mistakes import Planted, mistake, pick


@mistake("ten times", "size", needs_history=True)
def ten_times(book: Book, random: Random) -> Planted | None:
    """One zero too many in a typed count."""
    number = pick(random, [one for one in book.typed if one.is_whole and one.value >= 100])
    return number and number.typed(number.value * 10)
