"""The input books of a period that `build` writes: missing ones, and those of a plan that has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.plan_changes import Decisions, PlanChange
from kenpo_xl.domain.results.carried import CarriedBook
from kenpo_xl.domain.submission.submission import MismatchKind
from kenpo_xl.pipeline.carry.book_of_plan import comparable_content_of_book
from kenpo_xl.pipeline.carry.books import KnownContent
from kenpo_xl.pipeline.carry.changed_plan import ChangedBooks, ContentOfPlan, FilledBook
from kenpo_xl.pipeline.plan_changes.compare import compare_plans
from kenpo_xl.tasks.carry.current_books import CurrentBook, latest_books_of_groups, read_current_books
from kenpo_xl.tasks.carry.earlier_periods import EarlierPeriods, find_earlier_periods
from kenpo_xl.tasks.carry.national_figures import PublishedFigures, published_figures, values_for_new_books
from kenpo_xl.tasks.next_period.handover import ConfirmedPlan
from kenpo_xl.tasks.period.book_files import extension_of_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.handover_decisions import decisions_on_earlier_plan
from kenpo_xl.tasks.period.plan_copies import plan_of_version
from kenpo_xl.tasks.period.plan_version import current_plan_version


def contents_by_plan(
    period: PeriodFolder,
    plan: Plan,
    books: Sequence[CurrentBook],
    decisions_on: Callable[[Plan], Decisions],
) -> list[ContentOfPlan]:
    """What the latest book of each group holds for a plan, by the plan that it was built from.

    `decisions_on` returns what the planner decided on the parts of such a plan.
    """
    by_plan: dict[tuple[str, str], list[CurrentBook]] = {}
    for book in latest_books_of_groups(list(books)):
        is_known = plan_of_version(period, book.version) is not None
        by_plan.setdefault((book.version, "" if is_known else book.group), []).append(book)
    return [
        ContentOfPlan(
            found[0].plan,
            plan,
            [FilledBook(one.submission, one.values, one.unplaced) for one in found],
            compare_plans(found[0].plan, plan, decisions_on(found[0].plan)),
        )
        for found in by_plan.values()
    ]


class PeriodBooks:
    """The books of a period with a confirmed plan; `older` are books that were replaced before.

    `read` returns the books of the period as they are filled now, of which the latest of each group counts.
    """

    def __init__(
        self,
        period: PeriodFolder,
        confirmed: ConfirmedPlan,
        older: Mapping[Path, Path],
        *,
        read: Callable[[PeriodFolder, Plan], list[CurrentBook]] = read_current_books,
    ) -> None:
        self.period, self.plan, self.confirmed, self.older = period, confirmed.plan, confirmed, dict(older)
        self._read = read
        self.version = current_plan_version(period)
        self.written: dict[str, CarriedBook] = {}

    @cached_property
    def current_books(self) -> list[CurrentBook]:
        """The working and submitted books of the period, as they are filled now."""
        return self._read(self.period, self.plan)

    @property
    def ending(self) -> str:
        """The ending of the books that are written."""
        return extension_of_books(self.plan)

    @property
    def planner_path(self) -> Path:
        """The planner's book: the one that is there, or the one to write."""
        path = self.period.planner_path
        return path if path.exists() else path.with_suffix(self.ending)

    @cached_property
    def all_paths(self) -> list[Path]:
        """The paths of every input book and of the planner's book."""
        return [*map(self.period.input_book_path, self.plan.groups), self.planner_path]

    @cached_property
    def books_to_write(self) -> dict[str, Path]:
        """The path of each book that is missing or of an older plan, by group."""
        found = {}
        for group in self.plan.groups:
            path = self.period.input_book_path(group)
            if not path.exists() or self._is_of_older_plan(group, path):
                found[group] = path.with_suffix(self.ending)
        return found

    @cached_property
    def retired_books(self) -> tuple[Path, ...]:
        """The working books that give way: of groups that the plan has no more, and of the other ending."""
        working = (one for one in self.current_books if one.path.parent == self.period.input_folder)
        gone = [one.path for one in working if one.group not in self.plan.groups]
        others = (self.period.input_book_path(group) for group in self.books_to_write)
        return (*gone, *(path for path in others if path.suffix != self.ending and path.exists()))

    @property
    def replaces_existing_books(self) -> bool:
        """Whether a book that is there gives way to a new one."""
        return bool(self.retired_books) or any(path.exists() for path in self.books_to_write.values())

    def _is_of_older_plan(self, group: str, path: Path) -> bool:
        """Whether the working book of a group shows another plan than the present one."""
        own = next((one for one in self.current_books if one.path == path and one.group == group), None)
        if own is None or own.version == self.version:
            return False
        if plan_of_version(self.period, own.version) is None:
            kinds = {one.kind for one in own.submission.mismatches}
            return own.is_rescaled or bool(kinds - {MismatchKind.CHANGED})
        return comparable_content_of_book(own.plan, group) != comparable_content_of_book(self.plan, group)

    @cached_property
    def earlier(self) -> EarlierPeriods:
        return find_earlier_periods(self.period, self.plan, also=self.confirmed.previous)

    @cached_property
    def known(self) -> KnownContent:
        """What earlier periods reported, and what head office published."""
        figures = self.published.figures
        values = values_for_new_books(self.plan, figures) if figures else {}
        return KnownContent(self.plan, self.earlier.periods, self.confirmed.decided, values)

    @cached_property
    def published(self) -> PublishedFigures:
        """What head office published for the period."""
        return published_figures(self.period, self.plan)

    @cached_property
    def contents(self) -> list[ContentOfPlan]:
        """What the books of this period hold, by the plan that they were built from."""
        return contents_by_plan(self.period, self.plan, self.current_books, self.decisions_on)

    def decisions_on(self, plan: Plan) -> Decisions:
        """What the planner decided in 引継ぎ, on the parts of an earlier plan of this or the last period."""
        return decisions_on_earlier_plan(plan, self.confirmed.previous, self.confirmed.decided)

    @cached_property
    def _changed_books(self) -> ChangedBooks:
        return ChangedBooks(self.plan, self.contents, self.known)

    def content_of_group(self, group: str) -> CarriedBook:
        """The content of the book of a group: what was typed, else what is known."""
        if group not in self.written:
            source = self._changed_books if self.contents else self.known
            self.written[group] = source.book_of_group(group)
        return self.written[group]

    def known_failures(self) -> tuple[str, ...]:
        """Sentences on earlier periods and published figures that could not be used for the books."""
        return (*self.earlier.failures, *self.published.sentences) if self.written else ()

    def sentence(self) -> str:
        """What new books were filled with, '' for nothing and where books of this period were taken over."""
        if self.contents:
            return ""
        values = [one for book in self.written.values() for one in book.values.values()]
        lines = sum(book.unconfirmed_lines for book in self.written.values())
        if not values and not lines:
            return ""
        origins = "、".join(dict.fromkeys(one.origin for one in values))
        counts = [f"{len(values)} か所の値（{origins}）"] if values else []
        counts += [f"前の期の文 {lines} 行"] if lines else []
        return f"{'と、'.join(counts)}を、新しい入力ブックに入れました。"

    def sentences_on_change(self) -> Iterator[str]:
        """What was guessed, converted, and left without a place when books of this period were taken over."""
        if not (self.contents and self.written):
            return
        changes = chain.from_iterable(content.change_sentences() for content in self.contents)
        for sentence in dict.fromkeys(changes):
            yield f"計画が変わりました: {sentence}。"
        guesses = chain.from_iterable(content.guesses for content in self.contents)
        yield from map(_guess_sentence, dict.fromkeys(guesses))
        for group, book in self.written.items():
            yield from (f"{group}: {sentence}" for sentence in _sentences_on_book(book))


def _sentences_on_book(book: CarriedBook) -> Iterator[str]:
    """What was converted in a new input book, and what is left without a place there."""
    for one in book.converted:
        yield f"{one.identity} の単位が変わったため、{one.before} を {one.now} に直しました。"
    if book.unplaced:
        yield (
            f"入れる所のないものが {len(book.unplaced)} 件あります。"
            "入力ブックのシート「引き継げなかったもの」を見てください。"
        )


def _guess_sentence(change: PlanChange) -> str:
    old, new = "/".join(change.old), "、".join("/".join(path) for path in change.new)
    return f"{change.part}「{old}」を「{new}」とみて写しました。違うときは、入力ブックで直してください。"
