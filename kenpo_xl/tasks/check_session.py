"""The books of one check: each is read once, and checked with its plan, its neighbours and its past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.common.macros.python_cell import edits_that_set_python
from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_applicable_rules
from kenpo_xl.domain.findings.acceptance import acceptance_reasons
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.findings.return_remark import ReturnRemark
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.token import Tokenizer
from kenpo_xl.domain.language.vocabulary import Vocabulary
from kenpo_xl.domain.plan.items import groups_of_item
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.history import Past
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.save_time import BookChoice
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.compiled_patterns import use_stored_patterns
from kenpo_xl.tasks.book_result import BookResult
from kenpo_xl.tasks.carry.national_figures import PublishedFigures, published_figures
from kenpo_xl.tasks.examine.period_adjustments import PeriodAdjustments
from kenpo_xl.tasks.examine.remembered_words import RememberedWords
from kenpo_xl.tasks.past_periods import PastOfBooks
from kenpo_xl.tasks.period.beside_a_book import (
    doubts_about_others,
    items_moved_to_other_groups,
    missing_groups_reason,
    moved_unless_present,
    period_of_book,
    plan_book_of,
    read_other_book,
    submissions_of_others,
    with_items_that_count,
)
from kenpo_xl.tasks.period.book_error import error_sentence, is_bug
from kenpo_xl.tasks.period.folder import PeriodFolder, books_in
from kenpo_xl.tasks.period.open_remarks import readable_remarks_of_period
from kenpo_xl.tasks.period.parse_cache import cached_book, cached_plan, cached_submission, cached_vocabulary
from kenpo_xl.tasks.period.period_data import PeriodData, Read
from kenpo_xl.tokenizer import available_tokenizer, is_dictionary_open

if TYPE_CHECKING:  # a check of one book needs neither the planner's book nor what reads a plan
    from kenpo_xl.books.input.match.plan_match import PlanMatch
    from kenpo_xl.books.input.read.earlier_reading import EarlierReading
    from kenpo_xl.ooxml.workbook import Workbook
    from kenpo_xl.tasks.repairs.repair import ProposedRepairs

_ALONE = "ほかのグループのブックが同じフォルダーにないため"


@frozen
class _Surroundings:
    """The period of a book, the books of other groups (None if it is alone), the choices among several of
    one group, and why books of other groups are missing.

    `moved_items` are its items that count for other groups, which own them since the plan was changed.
    """

    period: PeriodData
    neighbours: tuple[Submission, ...] | None
    choices: tuple[BookChoice, ...]
    lacking: str
    moved_items: tuple[str, ...] = ()


class CheckSession:
    """The books of one command: each plan, each book and each folder is read once.

    `known_plan` is the content of the plan book `plan`, if it was read before, `earlier` an earlier state of
    the only book; `adjustments` are those of the planner's books beside the plans. `history` and
    `uses_ledgers` are those of `PastOfBooks`. With `caches_books` a book is read again only if it changed.
    """

    def __init__(
        self,
        paths: Iterable[Path],
        *,
        plan: Path | None = None,
        history: Past | None = None,
        uses_ledgers: bool = False,
        copies: Mapping[Path, Path | Workbook] | None = None,
        lists_repairs: bool = False,
        counts_repairs: bool = False,
        known_plan: Plan | None = None,
        earlier: EarlierReading | None = None,
        caches_books: bool = False,
    ) -> None:
        use_stored_patterns()
        self._earlier, self._caches_books = earlier, caches_books
        self._asked = {path.resolve() for path in paths}
        self._given, self._past = plan, PastOfBooks(history, uses_ledgers=uses_ledgers)
        self._copies = {path.resolve(): copy for path, copy in (copies or {}).items()}
        self._plans: dict[Path, Plan] = {plan: known_plan} if plan and known_plan else {}
        self._opened: dict[Path, PlanMatch] | None = {} if lists_repairs or counts_repairs else None
        self._lists_repairs = lists_repairs
        self._remembers_words = not is_dictionary_open()
        self._read: dict[tuple[Path, Path], tuple[Submission, Survey] | Exception] = {}
        self._folders: dict[tuple[Path, Path], PeriodData] = {}
        self._remarks: dict[Path, tuple[ReturnRemark, ...] | None] = {}
        self._published: dict[Path, PublishedFigures] = {}
        self.adjustments = PeriodAdjustments()
        self._vocabularies: dict[tuple[str, ...], Vocabulary] = {}

    def check_book(self, path: Path) -> BookResult:
        """The result for a book: its findings, or the sentence why it cannot be read."""
        try:
            return self._checked_or_raise(path, plan_book_of(path, self._given))
        except Exception as error:  # one book stops itself alone
            return BookResult(path, failure=error_sentence(path, error), is_program_error=is_bug(error))

    def submission_in(self, path: Path) -> Submission:
        """The content of a book that was checked; raises the error for one that cannot be read."""
        return self._submission_and_survey(path, plan_book_of(path, self._given))[0]

    def period_data_of_folder(self, folder: Path, plan_book: Path) -> PeriodData:
        """The books of a folder, with the plan in `plan_book` and its past."""
        key = folder.resolve(), plan_book  # a command may name it relatively, each book is resolved
        if key not in self._folders:
            books = {path: self._read_other_book(path, plan_book) for path in books_in(key[0])}
            self._folders[key] = self._period_data(plan_book, books)
        return self._folders[key]

    def _period_data(self, plan_book: Path, books: Mapping[Path, Read]) -> PeriodData:
        plan = self.cached_plan(plan_book)
        return PeriodData.of(plan, books, self._past.of_plan_book(plan_book, plan))

    def cached_plan(self, path: Path) -> Plan:
        """The plan of a plan book. KenpoError as for `read_plan`."""
        if path not in self._plans:
            self._plans[path] = cached_plan(path)
        return self._plans[path]

    def _vocabulary(self, texts: Sequence[str], tokenizer: Tokenizer) -> Vocabulary:
        """The words of some texts, read or made once for all books."""
        key = tuple(texts)
        if key not in self._vocabularies:
            self._vocabularies[key] = cached_vocabulary(key, tokenizer)
        return self._vocabularies[key]

    def _checked_or_raise(self, path: Path, plan_book: Path) -> BookResult:
        submission, survey = self._submission_and_survey(path, plan_book)
        words = RememberedWords(submission, available_tokenizer, path, is_stored=self._remembers_words)
        rules = all_rules()  # loaded while the dictionary opens
        beside = self._surroundings_of_book(path, plan_book, submission, is_foreign=bool(survey.foreign))
        period = beside.period
        context = self._context_of_book(submission, survey, beside, plan_book, words)
        findings, runs = run_applicable_rules(context, rules)
        after, failure = self.adjustments.findings_of_book(findings, context, period, plan_book, rules)
        words.store_new()
        return BookResult(
            path=path,
            group=submission.group,
            period=PeriodKey.of(period.plan).label,
            sheets=tuple(sheet.name for sheet in survey.sheets),
            findings=findings,
            reason_by_finding=acceptance_reasons(findings, submission.accepted),
            adjusted=after.settled,
            of_adjustments=after.new,
            rules=runs,
            repairs=self._proposed_repairs(path, context, findings),
            save_record=submission.record,
            ending=survey.correct_extension or path.suffix.lower(),
            doubts=(
                *doubts_about_others(beside.choices, self._asked),
                *self._past.failures(plan_book),
                *self._published_figures(plan_book).sentences,
                *failure,
            ),
            python_edits=edits_that_set_python(survey.pythons, survey.python_cell, period.plan.python),
            buttons_lost=survey.buttons_lost,
            unrecorded=survey.unrecorded,
            line_edits=survey.line_edits,
            moved_items=beside.moved_items,
            unconfirmed_lines=sum(line.is_unconfirmed for _, line in context.text_lines_with_items),
        )

    def _context_of_book(
        self,
        submission: Submission,
        survey: Survey,
        beside: _Surroundings,
        plan_book: Path,
        words: RememberedWords,
    ) -> CheckContext:
        """What the rules on a book may know."""
        period = beside.period
        moved = (item for item in period.plan.items if item.id in beside.moved_items)
        owners = (group for item in moved for group in groups_of_item(item))
        return CheckContext(
            plan=period.plan,
            submission=with_items_that_count(submission, period.plan, beside.moved_items),
            survey=replace(survey, present_owners=tuple(dict.fromkeys(owners))),
            figures=period.figures,
            assessments=period.assessments,
            neighbours=beside.neighbours,
            history=period.history,
            choices=tuple(one for one in beside.choices if one.group == submission.group),
            lacking=beside.lacking,
            tokenizer=words.tokenizer(),
            national=self._published_figures(plan_book).figures,
            make_vocabulary=self._vocabulary,
            remember=words.remember,
            returned=self._remarks_to_group(submission.group, plan_book),
        )

    def _published_figures(self, plan_book: Path) -> PublishedFigures:
        """What head office published for the period of a plan book."""
        if plan_book not in self._published:
            period = PeriodFolder(plan_book.resolve().parent)
            self._published[plan_book] = published_figures(period, self.cached_plan(plan_book))
        return self._published[plan_book]

    def _remarks_to_group(self, group: str, plan_book: Path) -> tuple[ReturnRemark, ...] | None:
        """The planner's open remarks to a group, in the cells where they belong now."""
        period = PeriodFolder(plan_book.resolve().parent)
        if plan_book not in self._remarks:
            plan = self.cached_plan(plan_book)
            self._remarks[plan_book] = readable_remarks_of_period(period, plan_book, plan)
        if not (found := self._remarks[plan_book]):
            return found
        from kenpo_xl.tasks.period import returned  # most books of a planner have no remark

        own = returned.remarks_to_group(found, group)
        if not any(one.cell for one in own):
            return own
        submitted = self.period_data_of_folder(period.submission_folder, plan_book).submissions
        return returned.remarks_with_places(own, submitted, group)

    def _proposed_repairs(
        self, path: Path, context: CheckContext, findings: tuple[Finding, ...]
    ) -> ProposedRepairs | None:
        """The repairs of a book, also of what no finding reports (○ for 〇); None if they are not needed."""
        belonging = self._opened.pop(path.resolve(), None) if self._opened is not None else None
        if belonging is None:
            return None
        from kenpo_xl.tasks.repairs.finder import RepairableBook

        found = RepairableBook(belonging, checked=(context, findings))
        return found.proposed_repairs if self._lists_repairs else found.certain_repairs

    def _surroundings_of_book(
        self, path: Path, plan_book: Path, own: Submission, *, is_foreign: bool
    ) -> _Surroundings:
        """A book among the others of 提出/ or 入力/; the choices include its own group only in 提出/."""
        folder = path.resolve().parent
        parent = PeriodFolder(folder.parent)
        if folder not in (parent.submission_folder, parent.input_folder):
            return _Surroundings(self._period_data(plan_book, {path: own}), None, (), _ALONE)
        others = self.period_data_of_folder(folder, plan_book)
        period = others.with_book(folder / path.name, own)
        neighbours = tuple(submissions_of_others(period, own))
        is_submitted = folder == parent.submission_folder  # other books in 入力/ are not
        choices = tuple(one for one in period.book_choices if is_submitted or one.group != own.group)
        # A book of another plan has no figures.
        counted = others if is_foreign else period.with_only_book_of_group(own)
        moved_items = items_moved_to_other_groups(others, folder / path.name, own)
        return _Surroundings(counted, neighbours or None, choices, missing_groups_reason(period), moved_items)

    def _read_other_book(self, path: Path, plan_book: Path) -> Read:
        """The submission in a book of the folder, or the error why it cannot be used."""
        try:
            if path.resolve() not in self._asked:
                read = partial(read_other_book, path, plan_book, self.cached_plan(plan_book))
                return cached_submission(path, plan_book, read)
            submission, survey = self._submission_and_survey(path, plan_book)
        except Exception as error:  # a bug is the failure of that book, and of no other
            if path.resolve() not in self._asked:
                error_sentence(path, error)
            return error
        is_unusable = survey.foreign and not submission.items
        return KenpoError(f"{path.name} {survey.foreign}{survey.remedy}") if is_unusable else submission

    def _submission_and_survey(self, path: Path, plan_book: Path) -> tuple[Submission, Survey]:
        """A book as read, an open one with its buttons; the same error at each call if it cannot be read."""
        key = path.resolve(), plan_book
        if key not in self._read:
            try:
                keep = partial(self._opened.__setitem__, key[0]) if self._opened is not None else None
                period, plan = period_of_book(path, plan_book), self.cached_plan(plan_book)
                moved = partial(moved_unless_present, period) if period else None
                read = partial(read_book, self._copies.get(key[0], path), plan, keep, moved, self._earlier)
                submission, survey = cached_book(path, plan_book, read) if self._caches_books else read()
                survey = replace(survey, buttons_lost=survey.buttons_lost and key[0] not in self._copies)
                self._read[key] = submission, survey
            except Exception as error:  # raised below, each time that the book is asked for
                self._read[key] = error
        if isinstance(found := self._read[key], Exception):
            raise found
        return found
