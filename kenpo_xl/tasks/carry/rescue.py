"""The verb `carry`: takes what a damaged, copied or older book holds into a fresh input book.

What staff typed is never overwritten: an untouched working book gives way, any other stays and the fresh
one is written into a folder beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.damage import is_damaged
from kenpo_xl.storage.atomic_write import atomic_write, available_path
from kenpo_xl.tasks.carry.own_form import contents_with_own_form
from kenpo_xl.tasks.carry.period_books import PeriodBooks
from kenpo_xl.tasks.carry.rescue_source import read_rescue_source
from kenpo_xl.tasks.carry.rescued_books import RescuedBooks, RescuedContent
from kenpo_xl.tasks.carry.staged_books import finish_replacing, replace_books
from kenpo_xl.tasks.carry.write_books import write_filled_book
from kenpo_xl.tasks.next_period.handover import confirmed_plan
from kenpo_xl.tasks.period.closing import refuse_closed_period
from kenpo_xl.tasks.period.folder import period_folder
from kenpo_xl.tasks.period.plan_copies import keep_copy_of_plan


@frozen
class CarriedCopy:
    """A fresh book, and what is in it; `older` is where the working book that was at its path is now.

    `kept` is the working book of the group beside which it was written, None where it is the working book.
    """

    group: str
    path: Path
    content: RescuedContent
    older: Path | None = None
    kept: Path | None = None

    def sentences(self) -> Iterator[str]:
        """What was taken, where the book is, and what is to confirm."""
        counts, book = self.content.counts, self.content.book
        taken = f"数値 {counts.figures} か所、文 {counts.lines} 行、評価 {counts.ratings} 件"
        yield f"{taken}を写しました: {self.path}"
        if self.older:
            yield f"前からあったブックは {self.older} に移しました。"
        if self.kept:
            yield (
                f"{self.kept.parent.name}／{self.kept.name} には入力があるため、そのまま残しました。"
                "どちらを使うかを決め、使わないほうを別の場所に移してください。"
            )
        if book.uncertain:
            yield (
                f"場所を決めきれなかったものが {len(book.uncertain)} 件あります。色の付いたセルです。"
                "シート「確かめるもの」を見て、正しければ「このまま」を選んでください。"
            )
        if book.unplaced:
            yield (
                f"写せなかったものが {len(book.unplaced)} 件あります。"
                "シート「引き継げなかったもの」を見て、要るものを入れてください。"
            )


@frozen
class CarryResult:
    """The fresh books, and sentences on what of the source could not be read."""

    books: tuple[CarriedCopy, ...]
    losses: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether all was read and placed, and nothing is to confirm."""
        contents = [one.content.book for one in self.books]
        return not self.losses and not any(one.uncertain or one.unplaced for one in contents)


def carry_book(book: Path, folder: Path, *, output: Path | None = None) -> CarryResult:
    """Take what a book holds into fresh input books of a period: its working books, or beside these.

    The numbers of an office's own form come into the working books, beside what these hold.

    KenpoError for a file that is no input book of the branch, for a closed period, if the plan waits for
    answers, or if a book cannot be written.
    """
    period = period_folder(folder)
    refuse_closed_period(period)
    books = PeriodBooks(period, confirmed_plan(period), finish_replacing(period))
    of_form = contents_with_own_form(book, books)
    if of_form is not None:
        return _carry_form(books, of_form, book, output)
    source = read_rescue_source(book, period, books.plan)
    rescued = RescuedBooks(books, source.rescued, has_stamp=source.has_stamp)
    if not rescued.groups:
        raise KenpoError(
            f"{book.name} の項は、いまの計画に 1 つもありません。期のフォルダーを確かめてください。"
        )
    _refuse_output(output, rescued.groups, books.ending)
    keep_copy_of_plan(period, books.version)
    copies = (
        _write_copy(books, group, content, book, output)
        for group, content in rescued.contents_after(source.losses).items()
    )
    return CarryResult(tuple(copies), source.losses)


def _carry_form(
    books: PeriodBooks, contents: Mapping[str, RescuedContent], form: Path, output: Path | None
) -> CarryResult:
    """The working books with the numbers of an office's own form; those before are kept as older ones."""
    _refuse_output(output, tuple(contents), books.ending)
    keep_copy_of_plan(books.period, books.version)
    copies = (
        _write_copy(books, group, content, form, output, is_merged=True)
        for group, content in contents.items()
    )
    return CarryResult(tuple(copies))


def _refuse_output(output: Path | None, groups: tuple[str, ...], ending: str) -> None:
    """KenpoError for an output of another type, one that is there, or one for several books."""
    if output is None:
        return
    if output.suffix.lower() != ending:
        raise KenpoError(f"{output.name} には書けません。{ending} で終わる名前を指定してください。")
    if output.exists():
        raise KenpoError(f"{output} はもうあります。別の名前を指定してください。")
    if len(groups) > 1:
        raise KenpoError(
            f"{'と'.join(groups)}のシートがあるため、1 つのブックには写せません。"
            "-o を付けずに実行してください。"
        )


def _write_copy(
    books: PeriodBooks,
    group: str,
    content: RescuedContent,
    source: Path,
    output: Path | None,
    *,
    is_merged: bool = False,
) -> CarriedCopy:
    """Write the book of a group; one that `is_merged` holds what its working book holds."""
    write = partial(write_filled_book, books.plan, group, content=content.book, version=books.version)
    working = books.period.input_book_path(group)
    if output is None and (is_merged or _may_working_book_be_replaced(books, group, working, source)):
        path = working.with_suffix(books.ending)
        retired = [] if path == working or not working.exists() else [working]
        older = replace_books(books.period, {path: lambda at: write(path=at)}, retired)
        return CarriedCopy(group, path, content, older.get(working))
    wanted = books.period.rescued_books_folder / f"{group}{books.ending}"
    path = output or available_path(wanted, lambda _: False)
    with atomic_write(path) as beside:
        write(path=beside)
    return CarriedCopy(group, path, content, kept=None if output else working)


def _may_working_book_be_replaced(books: PeriodBooks, group: str, working: Path, source: Path) -> bool:
    """Whether the working book of a group is missing, damaged, the source itself, or was never filled."""
    if not working.exists() or working.resolve() == source.resolve() or is_damaged(working):
        return True
    own = next((one for one in books.current_books if one.path == working), None)
    return own is not None and own.group == group and not own.is_filled
