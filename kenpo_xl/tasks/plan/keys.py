"""Fills missing keys of a plan book in place, with a backup; keys that were ever used are not given again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kenpo_xl.books.common.stamp import item_marks_in_book
from kenpo_xl.books.plan.missing_keys import lacks_some_keys, write_copy_with_keys
from kenpo_xl.books.plan.reader import read_period_key
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.backup import backup_path, replace_if_changed
from kenpo_xl.tasks.ledgers.place import ledger_of_period
from kenpo_xl.tasks.period.closing import refuse_closed_period
from kenpo_xl.tasks.period.folder import PeriodFolder, books_in, period_folder


@frozen
class KeysResult:
    """The plan book, its new keys, and whether it was changed: a layout sheet may get its key alone."""

    path: Path
    keys: tuple[str, ...]
    is_changed: bool

    @property
    def backup(self) -> Path:
        """The path of the book as it was before."""
        return backup_path(self.path)


def fill_missing_keys(folder: Path) -> KeysResult:
    """Give every item and block of the plan book in a period folder a key, and every layout sheet its item's.

    Nothing else in the book changes. KenpoError if the book is open, cannot be written, or its sheet 施策 has
    errors; it is unchanged then.
    """
    period = period_folder(folder)
    refuse_closed_period(period)
    known, given = used_keys(period), list[str]()

    def write_keys(source: Path, target: Path) -> None:
        given.extend(write_copy_with_keys(source, target, known))

    is_changed = replace_if_changed(period.plan_path, write_keys)
    return KeysResult(period.plan_path, tuple(given), is_changed)


def fill_keys_of_keyed_plan(period: PeriodFolder) -> str:
    """A sentence on the keys that were filled in a plan book that has some; '' where nothing was missing.

    A plan book without any key stays so. One that cannot be changed is left, and so says the sentence; one
    with errors too, without a sentence, since what reads the plan next reports them.
    """
    try:
        if not lacks_some_keys(period.plan_path):
            return ""
    except KenpoError:
        return ""
    try:
        count = len(fill_missing_keys(period.root).keys)
    except KenpoError as error:
        return f"計画ブックの鍵のない所に、鍵は入れていません。{error}"
    keys = f"{count} 件の鍵" if count else "様式図の鍵"
    return f"計画ブックの鍵のない所に、{keys}を入れました。"


def used_keys(period: PeriodFolder) -> frozenset[str]:
    """The keys that books of a period folder and the ledger above it know, also of what was deleted since."""
    return frozenset((*_keys_in_books(period), *_keys_in_ledger(period)))


def _keys_in_books(period: PeriodFolder) -> Iterator[str]:
    folders = (period.input_folder, period.submission_folder)
    books = [book for one in folders if one.is_dir() for book in books_in(one)]
    for path in (*books, period.planner_path):
        try:
            marks = item_marks_in_book(Workbook(path)) if path.is_file() else ()
        except KenpoError:  # a book that cannot be read has no say here
            continue
        for mark in marks:
            yield from filter(None, (mark.key, *(block.key for block in mark.blocks)))


def _keys_in_ledger(period: PeriodFolder) -> frozenset[str]:
    try:
        place = ledger_of_period(period.root)
        if place is None:
            return frozenset()
        from kenpo_xl.ledger import Ledger

        with Ledger.open_read_only(place) as ledger:
            return ledger.recorded_keys(read_period_key(period.plan_path).branch)
    except KenpoError:  # a damaged ledger is reported by what needs it
        return frozenset()
