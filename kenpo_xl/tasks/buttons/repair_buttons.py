"""Tasks of 直す and 直しを戻す in an input book: the open book is repaired as `fix` repairs a closed one.

The first press lists what it would do, the second one does what is marked in that list and still the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.annotations.listed_repairs import ListedRepair, listed_repairs
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.status_board import failure_sentence
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.repairs import UndoneRepairs, repaired_open_book, undo_last_repairs
from kenpo_xl.live.workbook import saved_path, temporary_copy
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.compiled_patterns import use_stored_patterns
from kenpo_xl.tasks.buttons.input_buttons import check_open_book, mark_findings
from kenpo_xl.tasks.buttons.repair_marks import mark_of_repair, marks_of_repairs
from kenpo_xl.tasks.buttons.sentences import counts_sentence
from kenpo_xl.tasks.check import BookResult, plan_book_of
from kenpo_xl.tasks.check_session import CheckSession
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.repairs.finder import RepairableBook
from kenpo_xl.tasks.repairs.repair import ProposedRepairs, Repair
from kenpo_xl.tasks.repairs.repaired_copy import MadeRepairs, is_content_as_repaired, repaired_workbook

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook

_NOTHING_CHOSEN = (
    "一覧に「直す」の印がないため、何も直していません。印を付けて、もう一度「直す」を押してください。"
    "一覧をやめるときは「点検」を押してください。"
)
_ALL_CHANGED = (
    "一覧を作ったあとでセルが変わったため、何も直していません。"
    "「点検」を押し、「直す」を押すと、新しい一覧が出ます。"
)
_UNCONFIRMED = (
    "直した後に正しく読めることを確かめられないため、何も直していません。"
    "「点検」で指摘を見て、手で直してください。"
)
# Of the cells that a sentence names.
_MOST_CELLS = 6
_OLD_FINDINGS = "点検はできませんでした。シート「指摘」は、戻す前のままです。"
_NO_RECORD = "戻せる直しがありません。戻せるのは、最後の「直す」だけです（提出すると戻せません）。"


@frozen
class RepairStep:
    """What one press did: the book as checked, and the changes that it listed or made.

    `made` is the number of changes, None for a list. `skipped` are cells of chosen changes left out.
    """

    checked: BookResult
    proposed: ProposedRepairs
    made: int | None = None
    skipped: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was listed, and how to go on; or what was repaired."""
        if self.made is None:
            return _list_sentence(len(self.proposed.certain), len(self.proposed.offered))
        left = (
            f"{_first_cells_in_words(self.skipped)} は、一覧のあとで変わったため、直していません。"
            if self.skipped
            else ""
        )
        return f"{self.made} か所を直しました。{left}"

    @property
    def rest_sentence(self) -> str:
        """That there is more to repair, '' for nothing."""
        count = len(self.proposed.certain)
        return f"直せるところが、ほかに {count} か所あります。" if count else ""


def _list_sentence(certain: int, offered: int) -> str:
    if not certain and not offered:
        return "直せるところはありません。"
    choice = f"印のない {offered} か所は、直すときだけ「直す」を選んでください。" if offered else ""
    if not certain:
        again = "選んだら、もう一度「直す」を押してください。"
        return f"確かに直せるところはありません。シート「指摘」に並べました。{choice}{again}"
    return (
        f"まだ直していません。{certain} か所に「直す」の印があります（シート「指摘」の右の列）。"
        f"直さない行の印を消し、もう一度「直す」を押してください。{choice}"
    )


@frozen
class UndoStep:
    """The cells that were put back, and the book as checked after that; None where that was not possible."""

    cells: UndoneRepairs
    checked: BookResult | None

    @property
    def sentence(self) -> str:
        """Which cells hold again what they held, which were changed since, and what is found now."""
        done = self.cells
        kept = (
            f"{_first_cells_in_words(done.kept)} は、直したあとで変わったため、そのままです。"
            if done.kept
            else ""
        )
        found = counts_sentence(self.checked) if self.checked else _OLD_FINDINGS
        return f"{len(done.restored)} か所を、直す前に戻しました。{kept}{found}"


def _first_cells_in_words(cells: Sequence[str]) -> str:
    """The first cells of several, and how many more there are."""
    more = f" ほか {len(cells) - _MOST_CELLS} か所" if len(cells) > _MOST_CELLS else ""
    return "、".join(cells[:_MOST_CELLS]) + more


def repair_open_book(book: OpenBook, *, today: date, person: str) -> RepairStep:
    """List in 指摘 what can be repaired; if that is listed, repair what is marked, and check again.

    KenpoError if the book cannot be read, repaired or marked, or nothing is marked; it is unchanged then.
    """
    use_stored_patterns()
    with temporary_copy(book) as copy:
        state = Workbook(copy)
        listed = listed_repairs(state)
        if listed:
            return _make_repairs(book, state, listed, today, person)
        path = saved_path(book)
        session = CheckSession([path], uses_ledgers=True, copies={path: state}, lists_repairs=True)
        found = _checked_book(session, path)
        proposed = found.repairs or ProposedRepairs()
        mark_findings(book, state, found, today, person, repairs=marks_of_repairs(proposed))
        return RepairStep(found, proposed)


def undo_repairs(book: OpenBook, *, today: date, person: str) -> UndoStep:
    """Put back what the last 直す changed where it still holds, and check; KenpoError without a record."""
    with temporary_copy(book) as copy:
        undone = undo_last_repairs(book, copy)
    if undone is None:
        raise KenpoError(_NO_RECORD)
    try:
        return UndoStep(undone, check_open_book(book, today=today, person=person))
    except KenpoError:  # what was put back stays, also where the plan is out of reach
        return UndoStep(undone, None)


def _make_repairs(
    book: OpenBook, state: Workbook, listed: Sequence[ListedRepair], today: date, person: str
) -> RepairStep:
    path = saved_path(book)
    chosen = [one for one in listed if one.is_chosen]
    if not chosen:
        raise KenpoError(_NOTHING_CHOSEN)
    plan_book = plan_book_of(path, None)
    plan = cached_plan(plan_book)
    before = RepairableBook.of(state, plan, {(one.sheet, one.cell) for one in listed})
    wanted = {(one.sheet, one.cell, one.identity) for one in chosen}
    repairs = [one for one in before.found_repairs if (*one.place, mark_of_repair(one)) in wanted]
    changed, repaired = repaired_workbook(before, repairs)
    if not repaired.repairs:
        raise KenpoError(_ALL_CHANGED)
    session = CheckSession(
        [path],
        plan=plan_book,
        uses_ledgers=True,
        copies={path: changed},
        known_plan=plan,
        earlier=before.reading,
    )
    found = _checked_book(session, path)
    if not is_content_as_repaired(before, session.submission_in(path), repaired):
        raise KenpoError(_UNCONFIRMED)
    with repaired_open_book(book, state, repaired.edits):
        mark_findings(book, changed, found, today, person)
    skipped = _skipped_cells(chosen, repaired)
    return RepairStep(
        found, _repairs_left(before.found_repairs, repaired.repairs), len(repaired.repairs), skipped
    )


def _checked_book(session: CheckSession, path: Path) -> BookResult:
    found = session.check_book(path)
    failure = found.failure or failure_sentence(found)
    if failure:
        raise KenpoError(failure)
    return found


def _skipped_cells(chosen: Sequence[ListedRepair], repaired: MadeRepairs) -> tuple[str, ...]:
    """The cells of chosen changes that were not made, each once."""
    done = {(*one.place, mark_of_repair(one)) for one in repaired.repairs}
    left = (one for one in chosen if (one.sheet, one.cell, one.identity) not in done)
    return tuple(dict.fromkeys(f"{one.sheet}!{one.cell}" for one in left if one.cell))


def _repairs_left(found: Sequence[Repair], made: Sequence[Repair]) -> ProposedRepairs:
    """What was listed and could be repaired besides."""
    done = {(*one.place, mark_of_repair(one)) for one in made}
    left = [one for one in found if (*one.place, mark_of_repair(one)) not in done]
    return ProposedRepairs(
        tuple(one for one in left if one.is_certain), tuple(one for one in left if not one.is_certain)
    )
