"""The board (提出状況): in what state every group's submission of a period is, and what the night saw.

Which of a group's books counts, and what that makes of the group, is decided here for every entry point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Finding, Severity, Status, is_unproofread
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.changes import Changes
from kenpo_xl.domain.outputs.checked_book import CheckedBook
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.time.fiscal_calendar import date_text_with_weekday

# The rules that report a book made before the plan was changed.
_OF_AN_EARLIER_PLAN = {rule_codes.OUTDATED_TABLE, rule_codes.EXCHANGED_PARTS, rule_codes.ADDED_PARTS}


class State(StrEnum):
    """The state of a group's submission; `glyph` shows it without colours, also on a cp932 console."""

    MISSING = "未提出"
    TO_CORRECT = "要修正"
    RETURNED = "差戻し中"
    REPLIED = "返事あり"
    RECEIVED = "受付済"
    ADJUSTED = "取りまとめで調整済"
    OUTDATED = "旧様式"
    UNREADABLE = "読取不可"

    @property
    def glyph(self) -> str:
        return _GLYPHS[self]


_GLYPHS = {
    State.MISSING: "□",
    State.TO_CORRECT: "▲",
    State.RETURNED: "▼",
    State.REPLIED: "▽",
    State.RECEIVED: "●",
    State.ADJUSTED: "○",
    State.OUTDATED: "◆",
    State.UNREADABLE: "■",
}


@frozen
class GroupState:
    """The state of a group: the book that counts ('' where none), and its findings.

    `errors`, `warnings` and `infos` are open, `accepted` are closed with a reason of the group, of which
    `explained` are errors, `adjusted` are closed by the planner.

    `failure` says in one sentence why its book does not count. `due` is the day by which it must be in,
    `late` whether it is not though that day is over. `override` is why the group submitted its book although
    errors remain (提出理由), '' where it gave none; `returned` the flagged copy of its book, '' for none.
    `submitted` and `person` are what its book records of its submission, or else of its last save.
    `bug`: its book could not be checked because of a program error. `unproofread`: a dictionary was missing.
    `returns` counts the planner's remarks (差戻し) without a reply, `replies` those with one.
    `unconfirmed` counts the lines of its book that are still last quarter's. `former_items` is a
    sentence on items of its own in the books of other groups, from before a change of the plan, and
    `former_group` the group of `book` if that is one of these.
    """

    group: str
    state: State
    book: str = ""
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    accepted: int = 0
    explained: int = 0
    adjusted: int = 0
    failure: str = ""
    due: date | None = None
    late: bool = False
    submitted: datetime | None = None
    person: str = ""
    override: str = ""
    returned: str = ""
    returns: int = 0
    replies: int = 0
    bug: bool = False
    unproofread: bool = False
    unconfirmed: int = 0
    former_group: str = ""
    former_items: str = ""

    @property
    def is_awaited(self) -> bool:
        """Whether the group still has something to do; a reason for what remains ends that."""
        done = (State.RECEIVED, State.ADJUSTED, State.REPLIED)
        return self.state not in done and not self.bug

    @property
    def was_checked(self) -> bool:
        """Whether the rules looked into its book, so that the counts say something."""
        return bool(self.book) and not self.failure and not self.former_group

    @property
    def state_text(self) -> str:
        """The state in words: 要修正 3 件."""
        if self.former_group:
            return f"{self.state}（{self.former_group}のブック）"
        counts = {State.TO_CORRECT: self.errors, State.RETURNED: self.returns, State.REPLIED: self.replies}
        if self.state in counts:
            return f"{self.state} {counts[self.state]} 件"
        is_explained = self.state is State.RECEIVED and self.explained
        return f"{self.state}（理由あり {self.explained} 件）" if is_explained else str(self.state)

    @property
    def submitted_text(self) -> str:
        """When the book was submitted, '' where it does not record that."""
        return (
            f"{date_text_with_weekday(self.submitted.date())}{self.submitted:%H:%M}" if self.submitted else ""
        )

    @property
    def days_too_late(self) -> int:
        """How many days after its due date the book was submitted; 0 for one in time."""
        return max((self.submitted.date() - self.due).days, 0) if self.submitted and self.due else 0

    def days_late(self, today: date) -> int:
        """How many days over its due date the group is; 0 for one that is not late."""
        return max((today - self.due).days, 0) if self.due and self.is_awaited else 0


@frozen
class BoardFinding:
    """A finding in a group's book; `reason` is why it is accepted (確認済) or remains all the same.

    `closure` says why it is closed, None where it is open.
    """

    group: str
    book: str
    finding: Finding
    reason: str = ""
    closure: Closure | None = None


@frozen
class IncompleteRule:
    """A rule that was skipped or failed, why, and in which groups' books."""

    code: str
    title: str
    status: Status
    reason: str
    groups: tuple[str, ...]


@frozen
class IgnoredFile:
    """A file or book that was not used, and why, in a sentence; `group` is its own where that is known."""

    name: str
    reason: str
    group: str = ""


@frozen
class Board:
    """Everything that 提出状況 shows of a period; `groups` are in the order of the plan.

    `duplicates` are books of a group beside the one that counts, `ignored_files` files that were not used.
    `changes` are those since the last report, None where none is known.
    """

    plan: Plan
    groups: tuple[GroupState, ...]
    seen: tuple[BoardFinding, ...] = ()
    rules: tuple[IncompleteRule, ...] = ()
    changes: Changes | None = None
    duplicates: tuple[IgnoredFile, ...] = ()
    ignored_files: tuple[IgnoredFile, ...] = ()

    def group_count(self, state: State) -> int:
        """How many groups are in a state."""
        return sum(group.state is state for group in self.groups)

    def open_errors_of(self, group: str) -> tuple[Finding, ...]:
        """The open errors of a group's book, without the planner's remarks."""
        found = (one.finding for one in self.seen if one.group == group and not one.closure)
        return tuple(one for one in found if one.severity is Severity.ERROR and not one.is_remark)


def groups_with_items(plan: Plan) -> tuple[str, ...]:
    """The groups of whom a submission is expected, in the order of the plan: those that own an item."""
    return tuple(group for group in plan.groups if plan.items_of(group))


def is_of_another_plan(book: CheckedBook) -> bool:
    """Whether a book is one of another period, branch or plan."""
    return any(finding.code == rule_codes.NOT_OF_THIS_PLAN for finding in book.findings)


def is_readable_and_of_this_plan(book: CheckedBook) -> bool:
    """Whether a book was read and is one of this plan."""
    return not book.failure and not is_of_another_plan(book)


def submission_state(book: CheckedBook | None) -> State:
    """The state that a group's book puts the group in; a book of another period is none of this."""
    if book is None:
        return State.MISSING
    if book.failure:
        return State.UNREADABLE
    if is_of_another_plan(book):
        return State.MISSING
    return _state_by_findings(book)


def _state_by_findings(book: CheckedBook) -> State:
    """The state by what is open in a book of this plan, and what the planner did about it."""
    if {finding.code for finding in book.open_findings} & _OF_AN_EARLIER_PLAN:
        return State.OUTDATED
    returns = _open_remarks(book)
    if book.count_open(Severity.ERROR) > returns:
        return State.TO_CORRECT
    if returns or book.closed_counts[Closure.REPLIED]:
        return State.RETURNED if returns else State.REPLIED
    return State.ADJUSTED if _has_adjusted_error(book) else State.RECEIVED


def _open_remarks(book: CheckedBook) -> int:
    """The number of the planner's remarks on a book without a reply."""
    return sum(one.is_remark for one in book.open_findings)


def _has_adjusted_error(book: CheckedBook) -> bool:
    """Whether only the planner's adjustments make a book one without errors."""
    errors = (one for one in book.findings if one.severity is Severity.ERROR)
    return any(book.closure(one) is Closure.ADJUSTED for one in errors)


def group_state(
    group: str,
    book: CheckedBook | None,
    *,
    due: date | None = None,
    today: date | None = None,
    returned: str = "",
) -> GroupState:
    """The state of a group by the book that counts; late only where both days are known.

    What is found in a book of another period counts for nothing here.
    """
    state = GroupState(group, submission_state(book), due=due, returned=returned)
    if book:
        state = replace(state, book=book.path.name, failure=failure_sentence(book), bug=book.is_program_error)
    if book and is_readable_and_of_this_plan(book):
        (errors, warnings, infos), closed = map(book.count_open, Severity), book.closed_counts
        state = replace(state, returns=_open_remarks(book), replies=closed[Closure.REPLIED])
        state = replace(state, errors=errors - state.returns, warnings=warnings, infos=infos)
        state = replace(state, explained=closed[Closure.EXPLAINED], adjusted=closed[Closure.ADJUSTED])
        state = replace(state, accepted=closed[Closure.ACCEPTED] + state.explained)
        state = replace(state, override=book.override_reason, unconfirmed=book.unconfirmed_lines)
        state = replace(state, unproofread=is_unproofread(book.rules))
        record = book.save_record
        state = replace(state, submitted=record.time_of_staff, person=record.person)
    return replace(state, late=today is not None and state.days_late(today) > 0)


def failure_sentence(book: CheckedBook) -> str:
    """Why a book is not valid, in a sentence; '' for one that is."""
    found = (one.message for one in book.findings if one.code == rule_codes.NOT_OF_THIS_PLAN)
    return book.failure or next(found, "")


def board_findings(group: str, book: CheckedBook) -> tuple[BoardFinding, ...]:
    """The findings of a book, each with the reason that staff gave for it."""
    return tuple(
        BoardFinding(group, book.path.name, one, book.reason_by_finding.get(one, ""), book.closure(one))
        for one in book.findings
    )


def skipped_or_failed_rules(
    books: Mapping[str, CheckedBook], titles: Mapping[str, str]
) -> tuple[IncompleteRule, ...]:
    """The rules that failed, then those that were skipped, with the groups in whose books they did so."""
    found: dict[tuple[bool, str, Status, str], list[str]] = {}
    for group, book in books.items():
        for run in book.rules:
            if run.status is not Status.RAN:
                key = run.status is Status.SKIPPED, run.code, run.status, run.reason
                found.setdefault(key, []).append(group)
    return tuple(
        IncompleteRule(code, titles.get(code, ""), status, reason, tuple(groups))
        for (_, code, status, reason), groups in sorted(found.items())
    )
