"""A period whose submitted books were checked and joined: what report, board and night are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.checked_book import CheckedBook
from kenpo_xl.domain.outputs.status_board import (
    BoardFinding,
    board_findings,
    is_readable_and_of_this_plan,
)
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.tasks.book_result import BookResult
from kenpo_xl.tasks.check import CheckResult
from kenpo_xl.tasks.check_session import CheckSession
from kenpo_xl.tasks.examine.chosen_books import chosen_books
from kenpo_xl.tasks.masking import mask_for_books, masked_finding
from kenpo_xl.tasks.period.consolidation import Consolidation, consolidation_of
from kenpo_xl.tasks.period.folder import PeriodFolder

if TYPE_CHECKING:
    from kenpo_xl.domain.privacy.personal_data import Mask
    from kenpo_xl.domain.results.history import Past


@frozen
class ExaminedPeriod:
    """The consolidation of a period, and the findings of the books that count in it, masked."""

    whole: Consolidation
    findings: tuple[BoardFinding, ...]


def examine_period(
    period: PeriodFolder, plan: Plan, past: Past | None = None, *, prefer_computed: bool = False
) -> ExaminedPeriod:
    """Check and join the submitted books of a period, whose plan was read; each is read where it changed.

    KenpoError if the planner's book cannot be read.
    """
    session = CheckSession(
        period.submitted_books(),
        plan=period.plan_path,
        history=past,
        known_plan=plan,
        caches_books=True,
    )
    data = session.period_data_of_folder(period.submission_folder, period.plan_path)
    adjusted = session.adjustments.adjusted_period(data, period.plan_path, prefer_computed=prefer_computed)
    checked = CheckResult(tuple(map(session.check_book, period.submitted_books())))
    mask = mask_for_books(data.valid_books.values(), checked.books, data.plan.public_contacts)
    return ExaminedPeriod(consolidation_of(adjusted), findings_to_review(checked, data.plan, mask))


def findings_to_review(checked: CheckResult, plan: Plan, mask: Mask) -> tuple[BoardFinding, ...]:
    """The findings of the books that count, then those on what the planner changed of them, masked."""
    chosen = chosen_books(checked.books, plan).books.items()
    valid = [(group, book) for group, book in chosen if is_readable_and_of_this_plan(book)]
    return tuple(
        replace(one, finding=masked_finding(one.finding, mask), reason=mask(one.reason))
        for group, book in valid
        for one in (*board_findings(group, book), *_findings_on_adjustments(group, book))
    )


def _findings_on_adjustments(group: str, book: CheckedBook) -> Iterator[BoardFinding]:
    if isinstance(book, BookResult):
        yield from (BoardFinding(group, book.path.name, one) for one in book.of_adjustments)
