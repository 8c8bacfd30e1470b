"""Opens a book that is to be carried into a fresh one, whatever it lost, and reads it with its own plan."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from kenpo_xl.books.common import names
from kenpo_xl.books.common.stamp import (
    Stamp,
    branch_and_period_key,
    branch_and_period_label,
    period_of_key,
    read_stamp,
)
from kenpo_xl.books.input.rescue.doubts import Doubts
from kenpo_xl.books.input.rescue.found_sheets import (
    items_with_named_sheets,
    name_sheets_of_stamp,
    name_sheets_without_stamp,
    period_named_on_sheets,
    stamp_of_found_sheets,
    title_unlike_plan,
)
from kenpo_xl.books.input.rescue.leftovers import is_stamp_sheet
from kenpo_xl.books.input.rescue.lost_labels import restore_lost_labels
from kenpo_xl.books.input.rescue.rescue import RescuedBook, read_rescued_book
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.items import groups_of_item
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Period, Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.damage import is_damaged
from kenpo_xl.ooxml.salvage.readable_copy import LOST_TEXT, write_readable_copy
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.carry.book_of_plan import plan_when_handed_out
from kenpo_xl.pipeline.carry.rescued import with_formulas_of_plan
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.carry.earlier_periods import period_folders_beside
from kenpo_xl.tasks.carry.write_books import write_input_book
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.period.plan_copies import plan_of_version

_ZIP = b"PK\3\4"
_UNKNOWN_PERIOD = "ブックにどの期のものかが書かれていないため、この期のものとして写しました"


@frozen
class RescueSource:
    """A book as read with its own plan, and sentences on what of its file is lost.

    `has_stamp`: it still says of which group it is.
    """

    rescued: RescuedBook
    losses: tuple[str, ...]
    has_stamp: bool


def read_rescue_source(path: Path, period: PeriodFolder, plan: Plan) -> RescueSource:
    """Read a book for a period with a plan; KenpoError for a file that is no input book of the branch."""
    doubts = Doubts()
    book, losses = _open_book(path, doubts)
    stamp = _whole_stamp(book)
    if stamp is None:
        own, stamp = _plan_and_stamp_by_sheets(book, period, plan, doubts)
        has_stamp = False
    else:
        own = _plan_of_stamp(path, stamp, period, plan)
        name_sheets_of_stamp(book, stamp)
        has_stamp = True
    rescued = read_rescued_book(book, own, stamp, doubts)
    figures = recompute_figures(own, [rescued.submission])
    submission, results = with_formulas_of_plan(rescued.submission, figures)
    unplaced = (*rescued.unplaced, *results)
    return RescueSource(replace(rescued, submission=submission, unplaced=unplaced), losses, has_stamp)


def _open_book(path: Path, doubts: Doubts) -> tuple[Workbook, tuple[str, ...]]:
    """A book, or a readable copy of a damaged one, with sentences on what is lost."""
    failure = None
    try:
        book = Workbook(path)
        # A part of which not all is needed is not read to its checksum.
        if all(sheet.is_readable for sheet in book.sheets.values()) and not is_damaged(path):
            return book, ()
    except KenpoError as error:
        if not _is_zip(path):
            raise
        failure = error
    try:
        return _open_damaged_book(path, doubts)
    except KenpoError:
        if failure is None:
            raise
        # Another kind of file, or nothing is left of it: the first sentence says that better.
        raise failure from None


def _open_damaged_book(path: Path, doubts: Doubts) -> tuple[Workbook, tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        salvage = write_readable_copy(path, copy)
        for sheet in salvage.doubtful_sheets:
            doubts.add_sheet(sheet, "シートが壊れていて、読めた値が違っているかもしれません")
        return Workbook(copy), salvage.losses


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def _whole_stamp(book: Workbook) -> Stamp | None:
    """The stamp of a book, also on a sheet of another name; None where it or a part of it is lost."""
    readable = (one for one in book.sheets.values() if one.is_readable and is_stamp_sheet(one))
    sheet = book.sheets.get(names.STAMP_SHEET) or next(readable, None)
    if sheet is None or any(cell.value == LOST_TEXT for cell in sheet.cells.values()):
        return None
    book.sheets[names.STAMP_SHEET] = sheet
    return read_stamp(book)


def _plan_of_stamp(path: Path, stamp: Stamp, period: PeriodFolder, plan: Plan) -> Plan:
    """The plan that a book was built from, else the present one as of its period, with its items its own."""
    key = period_of_key(stamp.plan)
    _refuse_book_of_others(path, key, stamp.plan, plan)
    assert key
    version = stamp.identities.get(names.PLAN_VERSION, "")
    folders = [period] if stamp.plan == branch_and_period_key(plan) else _folders_of(path, period, key)
    found = (plan_of_version(folder, version) for folder in folders)
    own = next(filter(None, found), None)
    present = _plan_of_period(folders, plan, key)
    return own or plan_when_handed_out(present, stamp.group, stamp.item_names)


def _refuse_book_of_others(path: Path, key: PeriodKey | None, label: str, plan: Plan) -> None:
    """KenpoError for a book of another branch or of a later period."""
    here = PeriodKey.of(plan)
    if key is None or key.branch != here.branch:
        raise KenpoError(
            f"{path.name} は{branch_and_period_label(label)}のブックで、{here.branch}のものではありません。"
            "写すブックか期のフォルダーを確かめてください。"
        )
    if here < key:
        raise KenpoError(
            f"{path.name} は{key.label}のブックで、{here.label}より後のものです。"
            "写すブックか期のフォルダーを確かめてください。"
        )


def _folders_of(path: Path, period: PeriodFolder, key: PeriodKey) -> list[PeriodFolder]:
    """The folders of a period: that of the book, and those beside the present one."""
    own = PeriodFolder(path.resolve().parent.parent)
    return [one for one in (own, *period_folders_beside(period)) if _is_of_period(one, key)]


def _is_of_period(folder: PeriodFolder, key: PeriodKey) -> bool:
    try:
        return folder.plan_path.is_file() and PeriodKey.of(cached_plan(folder.plan_path)) == key
    except KenpoError:
        return False


def _plan_of_period(folders: list[PeriodFolder], plan: Plan, key: PeriodKey) -> Plan:
    """The plan of the first folder; the present one as of another period where there is none."""
    if key == PeriodKey.of(plan):
        return plan
    if folders:
        return cached_plan(folders[0].plan_path)
    period = Period(key.number, key.last_day, cycle=key.cycle)
    return replace(plan, fiscal_year=key.fiscal_year, period=period)


def _plan_and_stamp_by_sheets(
    book: Workbook, period: PeriodFolder, plan: Plan, doubts: Doubts
) -> tuple[Plan, Stamp]:
    """The plan and a stamp for a book without one, by its sheets; KenpoError where these are no items'."""
    _restore_labels(book, plan, doubts)
    sheets = name_sheets_without_stamp(book, plan, doubts)
    if not sheets:
        raise KenpoError(
            f"{book.path.name} には、この計画の項のものと分かるシートがありません。"
            "入力ブックか、壊れる前の控えを指定してください。"
        )
    shown = period_named_on_sheets(book, plan, sheets.values())
    key = shown or PeriodKey.of(plan)
    if shown is None:
        doubts.whole = _UNKNOWN_PERIOD
    elif title := title_unlike_plan(book, plan):
        doubts.whole = f"「操作」の題「{title}」が、この計画のものと違います"
    _refuse_book_of_others(book.path, key, "", plan)
    folders = [] if key == PeriodKey.of(plan) else _folders_of(book.path, period, key)
    own = _plan_of_period(folders, plan, key)
    owners = [group for item in own.items if item.id in sheets for group in groups_of_item(item)]
    group = max(dict.fromkeys(owners), key=owners.count, default=plan.groups[0])
    own = plan_when_handed_out(own, group, frozenset(sheets))
    return own, stamp_of_found_sheets(book, own, group)


def _restore_labels(book: Workbook, plan: Plan, doubts: Doubts) -> None:
    """Put labels back whose texts are lost, from a fresh book of each group that has a sheet in the book."""
    owners = {group for item in items_with_named_sheets(book, plan) for group in groups_of_item(item)}
    with tempfile.TemporaryDirectory() as folder:
        for group in (group for group in plan.groups if group in owners):
            path = Path(folder) / f"{group}.xlsm"
            write_input_book(plan, group, path, None)
            restore_lost_labels(book, Workbook(path), plan, doubts)
    restore_lost_labels(book, None, plan, doubts)
