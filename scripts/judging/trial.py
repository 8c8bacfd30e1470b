"""Plants mistakes into copies of clean books, checks them, and says what was found where."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.domain.results.history import Past
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped
from kenpo_xl.tasks.check_session import CheckSession
from kenpo_xl.tasks.past_periods import read_past
from scripts.judging.book import Book
from scripts.judging.mistakes import Kind, Planted
from scripts.judging.offices import PLAN
from scripts.judging.workshop import PAST, books

_TRIES = 12
"""How many books are asked for a suitable place that was not used before."""


@dataclass(frozen=True)
class Outcome:
    """What a check said of one planted mistake: findings that the clean book does not have.

    `in_cell`: an error or a warning is in the very cell. `only_info`: only a 参考 is. `elsewhere`: errors and
    warnings are, but in other cells. `further` counts errors and warnings beyond one in each
    cell of the mistake.
    """

    in_cell: bool
    only_info: bool
    elsewhere: bool
    further: int
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trial:
    """One planted mistake and what was found of it, with earlier periods and without."""

    kind: str
    family: str
    office: str
    book: str
    note: str
    cells: tuple[str, ...]
    with_history: Outcome
    without_history: Outcome | None


@dataclass
class Desk:
    """A clean book, ready to be changed: its earlier periods, and what a check says of it as it is."""

    office: str
    path: Path
    past: Past
    _clean: dict[bool, frozenset[tuple[str, ...]]] = field(default_factory=dict)

    @cached_property
    def book(self) -> Book:
        """The book with those of the other groups."""
        plan = read_plan(self.path.parents[1] / PLAN)
        beside = [path for path in sorted(self.path.parent.glob("*.xlsm")) if path != self.path]
        others = tuple(read_submission(path, plan) for path in beside)
        return Book(self.office, self.path, plan, others, self.past.periods_before(plan))

    def check(self, copy: Path, *, with_history: bool) -> tuple[Finding, ...]:
        """The findings if the copy were submitted in place of the book; AssertionError if it is unread."""
        past = self.past if with_history else None
        result = CheckSession([self.path], history=past, copies={self.path: copy}).check_book(self.path)
        assert not result.failure, result.failure
        assert not result.failed_rules, result.failed_rules
        return result.findings

    def new_findings(self, copy: Path, *, with_history: bool) -> list[Finding]:
        """The findings that the clean book does not have."""
        if with_history not in self._clean:
            clean = self.check(self.path, with_history=with_history)
            self._clean[with_history] = frozenset(map(_key, clean))
        found = self.check(copy, with_history=with_history)
        return [one for one in found if _key(one) not in self._clean[with_history]]


def _key(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.severity, finding.sheet, finding.cell, finding.message


def desks(folder: Path) -> list[Desk]:
    """Every clean book of the workshop."""
    pasts: dict[str, Past] = {}
    found = []
    for office, path in books(folder):
        if office not in pasts:
            pasts[office], failures = read_past(folder / office / PAST)
            assert not failures, failures
        found.append(Desk(office, path, pasts[office]))
    return found


def try_kind(kind: Kind, desks: Sequence[Desk], seed: int, count: int) -> list[Trial]:
    """So many mistakes of a kind, no two of them the same; fewer where the books have no more places."""
    done: list[Trial] = []
    seen: set[str] = set()
    for number in range(count):
        random = Random(f"{seed}/{kind.name}/{number}")
        planted = _planted(kind, desks, random, seen)
        if planted:
            seen.add(planted[1].note)
            done.append(_tried(kind, *planted))
    return done


def _planted(
    kind: Kind, desks: Sequence[Desk], random: Random, seen: set[str]
) -> tuple[Desk, Planted] | None:
    order = random.sample(desks, len(desks))
    for turn in range(_TRIES * len(order)):
        desk = order[turn % len(order)]
        planted = kind.plant(desk.book, random)
        if planted and planted.note not in seen:
            return desk, planted
    return None


def _tried(kind: Kind, desk: Desk, planted: Planted) -> Trial:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / desk.path.name
        left = edit_cells_returning_skipped(desk.path, planted.edits, copy)
        assert not left, f"{kind.name}: not typed: {left}"
        if planted.change:
            planted.change(copy)
        outcomes = [
            outcome(planted, desk.new_findings(copy, with_history=with_history))
            for with_history in ((True,) if kind.needs_history else (True, False))
        ]
    return Trial(
        kind.name,
        kind.family,
        desk.office,
        desk.path.name,
        planted.note,
        planted.cells,
        outcomes[0],
        outcomes[1] if len(outcomes) > 1 else None,
    )


def outcome(planted: Planted, findings: Iterable[Finding]) -> Outcome:
    """What new findings mean for a planted mistake."""
    findings = list(findings)
    counting = [one for one in findings if one.severity is not Severity.INFO]
    hits = [one for one in counting if _is_hit(one, planted)]
    own = {f"{one.sheet}!{one.cell}" for one in hits}
    return Outcome(
        in_cell=bool(hits),
        only_info=not hits and any(_is_hit(one, planted) for one in findings),
        elsewhere=bool(counting) and not hits,
        further=max(len(counting) - max(len(own), 1), 0),
        findings=tuple(_said(one) for one in findings),
    )


def _said(one: Finding) -> str:
    return f"{one.severity} {one.code} {one.sheet}!{one.cell} {one.message}"


def _is_hit(finding: Finding, planted: Planted) -> bool:
    """Whether a finding is in the very cell, or at the other side and names it."""
    at = f"{finding.sheet}!{finding.cell}"
    return at in planted.cells or (at in planted.sides and _names(finding, planted.cells))


def _names(finding: Finding, cells: Iterable[str]) -> bool:
    """Whether a finding names one of the cells, in its text or as related."""
    words = f"{finding.message} {finding.hint} {getattr(finding, 'related', '')}"
    named = set(re.findall(r"[A-Z]{1,2}\d+", words))
    return any(cell.rpartition("!")[2] in named for cell in cells)


def all_trials(trials: Iterable[Iterable[Trial]]) -> Iterator[Trial]:
    """The trials of several kinds, one after the other."""
    for some in trials:
        yield from some
