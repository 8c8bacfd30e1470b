"""Checks books that were typed into or handed in: what the rules find, and what became of every rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.checks import rules, run
from kenpo_xl.domain.acceptance import reasons_for
from kenpo_xl.domain.case import Case
from kenpo_xl.domain.findings import Family, Finding, RuleRun, Severity, Status
from kenpo_xl.domain.history import History
from kenpo_xl.domain.periods import PeriodKey
from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.submission import Submission
from kenpo_xl.domain.survey import Survey
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.survey import read_book
from kenpo_xl.rate import rate
from kenpo_xl.recompute import recompute
from kenpo_xl.tasks.kept import kept_plan, kept_submission
from kenpo_xl.tasks.period import PeriodFolder, books_in, oldest_first

if TYPE_CHECKING:
    from kenpo_xl.tasks.history import HistoryResult

_FOREIGN = "この計画のブックではないため調べていません。"


class BookStatus(StrEnum):
    """What became of a book."""

    CHECKED = "点検済"
    PARTLY = "一部点検"
    UNREADABLE = "読取不可"


@dataclass(frozen=True)
class BookResult:
    """One book as checked; `trouble` is one sentence where it could not be read.

    `reasons` are those of the findings that staff gave one for (確認済), errors included.
    """

    path: Path
    group: str = ""
    period: str = ""
    sheets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    reasons: Mapping[Finding, str] = field(default_factory=dict)
    rules: tuple[RuleRun, ...] = ()
    trouble: str = ""

    @property
    def status(self) -> BookStatus:
        if self.trouble:
            return BookStatus.UNREADABLE
        return BookStatus.PARTLY if self.failed else BookStatus.CHECKED

    @property
    def failed(self) -> list[RuleRun]:
        """The rules that raised."""
        return [rule for rule in self.rules if rule.status is Status.FAILED]

    def is_accepted(self, finding: Finding) -> bool:
        """Whether a finding counts no more; errors are not accepted away."""
        return finding.severity is not Severity.ERROR and finding in self.reasons

    @property
    def standing(self) -> list[Finding]:
        """The findings that count."""
        return [finding for finding in self.findings if not self.is_accepted(finding)]

    @property
    def accepted(self) -> int:
        """How many findings count no more."""
        return len(self.findings) - len(self.standing)

    @property
    def unexplained(self) -> list[Finding]:
        """The errors that stand without a reason."""
        return [one for one in self.findings if one.severity is Severity.ERROR and one not in self.reasons]

    @property
    def override(self) -> str:
        """Why the group hands the book in while errors stand; '' where none stand or one has no reason."""
        errors = (one for one in self.findings if one.severity is Severity.ERROR)
        said = dict.fromkeys(self.reasons.get(error, "") for error in errors)
        return "" if "" in said else "／".join(said)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity count."""
        return sum(finding.severity is severity for finding in self.standing)


@dataclass(frozen=True)
class CheckResult:
    """All books in the order they were asked for, and what of the earlier periods could not be read."""

    books: tuple[BookResult, ...]
    troubles: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every book was read and every rule held."""
        return all(book.status is BookStatus.CHECKED for book in self.books)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity stand that nobody accepted."""
        return sum(book.count(severity) for book in self.books)

    @property
    def accepted(self) -> int:
        """How many findings count no more."""
        return sum(book.accepted for book in self.books)

    def stands(self, least: Severity) -> bool:
        """Whether a finding of this severity or a worse one stands."""
        return any(self.count(severity) for severity in Severity if severity.rank <= least.rank)


def check(
    files: Iterable[Path],
    *,
    plan: Path | None = None,
    history: Path | None = None,
    copies: Mapping[Path, Path] | None = None,
) -> CheckResult:
    """Check books; a folder stands for the books in its 提出/, 入力/ or in itself. Nothing is written.

    `plan` is the plan book, that of the period folder where it is None; `history` holds earlier periods.
    `copies` are files of the same names that are read in the place of books, which are checked as if they
    held what the copies hold. A book that cannot be read does not stop the others; KenpoError where `history`
    holds no period.
    """
    past = _past(history) if history else None
    paths = [path for file in files for path in books_of(file)]
    desk = _Desk(paths, plan, past.history if past else None, copies or {})
    books = tuple(desk.checked(path) for path in paths)
    return CheckResult(books, past.troubles if past else ())


def _past(folder: Path) -> HistoryResult:
    from kenpo_xl.tasks.history import read_history

    return read_history(folder)


def books_of(path: Path) -> Sequence[Path]:
    """The books that a file or folder stands for; the folder itself where it holds none."""
    if not path.is_dir():
        return [path]
    period = PeriodFolder(path)
    return period.submissions() or books_in(period.inputs) or books_in(path) or [path]


def plan_book_of(path: Path, given: Path | None) -> Path:
    """The plan book of a book: the one given, else that of the folder above 提出/ or 入力/, or of its own.

    KenpoError where there is none, and where `path` is a folder without books.
    """
    if path.is_dir():
        raise KenpoError(f"{path} に入力ブックがありません。ブックのあるフォルダーを指定してください。")
    if given:
        return given
    home = path.resolve().parent
    for folder in (home.parent, home):
        if PeriodFolder(folder).plan.is_file():
            return PeriodFolder(folder).plan
    raise KenpoError(
        f"{path.name} の計画ブックが見つかりません。--plan で計画ブック（計画.xlsx）を指定してください。"
    )


class _Desk:
    """The books of one command: each plan and each neighbour is read once."""

    def __init__(
        self, paths: Iterable[Path], plan: Path | None, history: History | None, copies: Mapping[Path, Path]
    ) -> None:
        self._asked = {path.resolve() for path in paths}
        self._given, self._history = plan, history
        self._copies = {path.resolve(): copy for path, copy in copies.items()}
        self._plans: dict[Path, Plan] = {}
        self._read: dict[tuple[Path, Path], tuple[Submission, Survey] | KenpoError] = {}

    def checked(self, path: Path) -> BookResult:
        """A book with what the rules say of it, or the sentence why it cannot be read."""
        try:
            return self._checked(path, plan_book_of(path, self._given))
        except KenpoError as error:
            return BookResult(path, trouble=str(error))

    def _checked(self, path: Path, plan_book: Path) -> BookResult:
        plan = self._plan(plan_book)
        submission, survey = self._book(path, plan_book)
        neighbours = self._around(path, plan_book, submission.group)
        books = [submission, *(neighbours or ())]
        figures = recompute(plan, books)
        case = Case(
            plan=plan,
            submission=submission,
            survey=survey,
            figures=figures,
            standings=rate(plan, figures, books),
            neighbours=neighbours,
            history=self._history.before(plan) if self._history else None,
        )
        findings, runs = _applied(case)
        return BookResult(
            path=path,
            group=submission.group,
            period=PeriodKey.of(plan).label,
            sheets=tuple(sheet.name for sheet in survey.sheets),
            findings=findings,
            reasons=reasons_for(findings, submission.accepted),
            rules=runs,
        )

    def _plan(self, path: Path) -> Plan:
        if path not in self._plans:
            self._plans[path] = kept_plan(path)
        return self._plans[path]

    def _around(self, path: Path, plan_book: Path, group: str) -> tuple[Submission, ...] | None:
        """The other groups' books beside a book of 提出/ or 入力/, the newest valid one of each group; None
        where there are none.
        """
        folder = path.resolve().parent
        period = PeriodFolder(folder.parent)
        if folder not in (period.submitted, period.inputs):
            return None
        others = (other for other in oldest_first(books_in(folder)) if other.name != path.name)
        beside = (self._neighbour(other, plan_book) for other in others)
        found = {book.group: book for book in beside if book is not None and book.group != group}
        return tuple(sorted(found.values(), key=lambda book: book.workbook)) or None

    def _neighbour(self, path: Path, plan_book: Path) -> Submission | None:
        """A neighbour's submission, None where it is not valid: its own check says why."""
        try:
            if path.resolve() not in self._asked:
                return kept_submission(path, self._plan(plan_book), plan_book)
            submission, survey = self._book(path, plan_book)
        except KenpoError:
            return None
        return None if survey.foreign else submission

    def _book(self, path: Path, plan_book: Path) -> tuple[Submission, Survey]:
        """A book as read; the same trouble each time where it cannot be."""
        key = path.resolve(), plan_book
        if key not in self._read:
            try:
                self._read[key] = read_book(self._copies.get(key[0], path), self._plan(plan_book))
            except KenpoError as error:
                self._read[key] = error
        found = self._read[key]
        if isinstance(found, KenpoError):
            raise found
        return found


def _applied(case: Case) -> tuple[tuple[Finding, ...], tuple[RuleRun, ...]]:
    """What the rules find; of a book of another plan only those on structure have something to look at."""
    every = rules()
    if not case.survey.foreign:
        return run(case, every)
    fitting = [rule for rule in every if rule.family is Family.STRUCTURE]
    findings, runs = run(case, fitting)
    skipped = [RuleRun(rule.code, Status.SKIPPED, _FOREIGN) for rule in every if rule not in fitting]
    return findings, tuple(sorted((*runs, *skipped), key=lambda one: one.code))
