"""States of a period: what is done to a clean one, and what every entry point is to make of it.

The period is the one of `two_groups`, which takes a twentieth of the time of the sample.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kenpo_xl.books.common.names import CARRIED_HEADER, CONFIRM_HEADER, TEXT_HEADER
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.source import Source
from kenpo_xl.tasks.check import check_books
from tests.books.common.macros.test_lost_buttons import DRAWING, as_libreoffice_saves
from tests.checks.planted import repacked
from tests.edited import edited
from tests.tasks.books import PLANNER_BOOK, figure_cell, line_cell, rating_cell, settle, type_into
from tests.tasks.two_groups import COUNTS, TEXTS, TOTAL

MALFORMED, WELL_FORMED = "・令和 7 月１日から適正に業務を実施。", "・令和 7 年１月から適正に業務を実施。"
TERM = "・メルマガで案内し、適正に業務を実施。"
IN_TIME, OVERDUE = date(2025, 1, 8), date(2025, 2, 28)
RETURNS = "差戻し"
# Columns behind those of an item's sheet.
FREE = (20, 21)
Change = Callable[[Path], None]


@dataclass(frozen=True)
class State:
    """What is done to a clean period, and what every entry point makes of it.

    `check`: the exit status of a check is not 0. `refused`: 提出 does not submit the book. `correct` and
    `confirm` are the numbers of rows in 要確認; the pages are a draft where there is one to correct.
    """

    name: str
    change: Change
    board: str = "受付済"
    check: bool = False
    refused: bool = False
    correct: int = 0
    confirm: int = 0
    group: str = COUNTS
    today: date = IN_TIME


def typed(place: Callable[[Path], Source], value: float | str | None) -> Change:
    def change(period: Path) -> None:
        type_into(period, place(period), value)

    return change


def total(period: Path) -> Source:
    return figure_cell(period, TOTAL)


def line(period: Path) -> Source:
    return line_cell(period, "1-2", beginning="・")


def rating(period: Path) -> Source:
    return rating_cell(period, "1-2", "1")


def accepted(group: str) -> Change:
    """The group gives a reason for each of its errors and warnings."""

    def change(period: Path) -> None:
        path = period / "提出" / f"{group}.xlsm"
        found = [one for one in check_books([path]).books[0].findings if one.severity is not Severity.INFO]
        with edited(path) as book:
            for one in found:
                book["確認記録"].append(
                    [one.code, one.identity, one.actual, "公表のとおり", "山田", "1月7日"]
                )

    return change


def adjusted(sheet: str, **words: str) -> Change:
    def change(period: Path) -> None:
        settle(period, sheet, **words)

    return change


def both(*changes: Change) -> Change:
    def change(period: Path) -> None:
        for one in changes:
            one(period)

    return change


def without_book(period: Path) -> None:
    (period / "提出" / f"{COUNTS}.xlsm").unlink()


def damaged(period: Path) -> None:
    (period / "提出" / f"{COUNTS}.xlsm").write_bytes(b"PK\3\4")


def of_next_quarter(period: Path) -> None:
    with edited(period / "計画.xlsx") as plan:
        quarter = next(row for row in plan["基本"].iter_rows() if row[0].value == "四半期")
        quarter[1].value = 4
    (period / "取りまとめ.xlsm").unlink()


def of_old_form(period: Path) -> None:
    with edited(period / "計画.xlsx") as plan:
        cell = next(one for row in plan["1-1"].iter_rows() for one in row if one.value == "合計")
        cell.value = "総計"


def with_rule(code: str, **setting: str) -> Change:
    """The office sets how a rule is used, or its severity, in a sheet 規則 of the plan book."""

    def change(period: Path) -> None:
        with edited(period / "計画.xlsx") as plan:
            assert "規則" not in plan.sheetnames
            sheet = plan.create_sheet("規則")
            sheet.append(["コード", *setting])
            sheet.append([code, *setting.values()])

    return change


def returned(period: Path) -> None:
    settle(period, RETURNS, グループ=TEXTS, 差戻しの内容="件数を確かめてください。")


def in_first_return(**cells: str) -> Change:
    """The planner changes cells of the first row of 差戻し."""

    def change(period: Path) -> None:
        with edited(period / PLANNER_BOOK) as book:
            columns = {cell.value: cell.column for cell in book[RETURNS][4]}
            for header, text in cells.items():
                book[RETURNS].cell(5, columns[header]).value = text

    return change


def carried_line(confirmed: str = "") -> Change:
    """The line is the one of last quarter, with what the column 前の期の文 says of it."""

    def change(period: Path) -> None:
        place = line(period)
        with edited(period / "提出" / f"{TEXTS}.xlsm") as book:
            sheet = book[place.sheet]
            (top,) = (row[0].row for row in sheet.iter_rows() if any(one.value == TEXT_HEADER for one in row))
            texts = (sheet[place.cell].value, confirmed)
            for column, header, text in zip(FREE, (CARRIED_HEADER, CONFIRM_HEADER), texts, strict=True):
                sheet.cell(top, column).value = header
                sheet.cell(sheet[place.cell].row, column).value = text

    return change


def without_buttons(period: Path) -> None:
    """As LibreOffice saves a book: nothing shows its buttons."""
    path = period / "提出" / f"{COUNTS}.xlsm"
    repacked(path.parent, {DRAWING: as_libreoffice_saves}, source=path.rename(period / path.name))


def beside_an_older_book(period: Path, wrong_total: int | None = None) -> None:
    """A second book of the group, which was saved a year before, in which a total may be typed over."""

    def a_year_before(core: str) -> str:
        return re.sub(r"(<dcterms:modified[^>]*>)\d+", r"\g<1>2024", core)

    place, book = total(period), period / "提出" / f"{COUNTS}.xlsm"
    source = book.rename(period / f"{COUNTS}（前）.xlsm")
    for target, number in ((book, None), (source, wrong_total)):
        with edited(source, target) as copy:
            if number is not None:
                copy[place.sheet][place.cell].value = number
    repacked(book.parent, {"docProps/core.xml": a_year_before}, source=source)
    source.unlink()


def with_earlier_submission(period: Path) -> None:
    """An earlier submission with an error, as 提出 keeps it."""
    kept = period / "提出" / "以前の版"
    kept.mkdir()
    place, book = total(period), period / "提出" / f"{COUNTS}.xlsm"
    with edited(book, kept / f"{COUNTS}_20250106-0900.xlsm") as earlier:
        earlier[place.sheet][place.cell].value = 1


def renamed(period: Path) -> None:
    path = period / "提出" / f"{COUNTS}.xlsm"
    path.rename(path.with_stem(f"{COUNTS}（最終）"))
