"""Which of the books in 提出/ counts for each group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.checked_book import CheckedBook
from kenpo_xl.domain.outputs.status_board import is_readable_and_of_this_plan


@frozen
class ChosenBooks:
    """The book of each group that counts; `duplicates` are others of theirs, `unmatched` have no group."""

    books: Mapping[str, CheckedBook]
    duplicates: tuple[tuple[CheckedBook, CheckedBook], ...] = ()
    unmatched: tuple[CheckedBook, ...] = ()


def choose_newest_valid_books(books: Iterable[CheckedBook], groups: Iterable[str]) -> ChosenBooks:
    """Which book of each group counts: the newest valid one, else the newest. `books` come oldest first.

    The books that count are in the order of the groups, whatever their times. `duplicates` are pairs of a
    book that does not count and the one that does.
    """
    names = tuple(groups)
    owned = [(group_of_book(book, names), book) for book in books]
    by_validity = sorted(owned, key=lambda pair: is_readable_and_of_this_plan(pair[1]))
    newest = {group: book for group, book in by_validity if group}
    counting = {group: newest[group] for group in names if group in newest}
    unmatched = tuple(book for group, book in owned if not group)
    return ChosenBooks(counting, tuple(_books_that_do_not_count(owned, counting)), unmatched)


def _books_that_do_not_count(
    owned: Iterable[tuple[str, CheckedBook]], counting: Mapping[str, CheckedBook]
) -> Iterator[tuple[CheckedBook, CheckedBook]]:
    """Each book of a group that does not count, with the one that does."""
    for group, book in owned:
        if group and book is not counting[group]:
            yield book, counting[group]


def group_of_book(book: CheckedBook, groups: Iterable[str]) -> str:
    """The group of a book: what its stamp says, else the one that its file is named for; '' for none."""
    names, stem = tuple(groups), normalized(book.path.stem)
    if book.group:
        return book.group if book.group in names else ""
    return max((group for group in names if normalized(group) in stem), key=len, default="")
