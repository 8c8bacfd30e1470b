"""Editing books that were handed in, cell by cell as a clerk does, and reading the report that came of it."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.worksheet.header_footer import HeaderFooterItem

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.books.report.chart_data import CHART_DATA
from kenpo_xl.books.report.list_sheet import LIST_SHEETS
from kenpo_xl.books.report.summary.sheet import SUMMARY
from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.period.consolidation import Consolidation, consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.report import ReportResult
from tests.edited import edited

PLANNER_BOOK, PLAIN_BOOK = "取りまとめ.xlsm", "取りまとめ.xlsx"


def figure_cell(folder: Path, identity: str, *, nth: int = 0) -> Source:
    """The cell of a figure, `item/table/row/column`, the nth of them in an open list."""
    figures = [figure for figure in consolidated(folder).figures if str(figure.id) == identity]
    assert figures, identity
    assert figures[nth].source
    return figures[nth].source


def line_cell(folder: Path, item: str, *, beginning: str) -> Source:
    """The cell of the line of an item that begins with these words."""
    entries = [entry for entry in _items(folder) if entry.item == item]
    return next(line.source for line in entries[0].lines if line.text.startswith(beginning))


def rating_cell(folder: Path, item: str, block: str) -> Source:
    """The cell of a block's rating."""
    entries = [entry for entry in _items(folder) if entry.item == item]
    return next(rating.source for rating in entries[0].ratings if rating.block == block)


def _items(folder: Path) -> Iterator[ItemEntry]:
    for submission in consolidated(folder).submissions:
        yield from submission.items


def consolidated(folder: Path) -> Consolidation:
    """The period as read and computed; not again where all its files are the same."""
    books = sorted(path for path in (folder / "提出").iterdir() if path.is_file())
    digest = hashlib.sha256()
    for path in (folder / "計画.xlsx", *sorted(folder.glob("取りまとめ.xls*")), *books):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    # Of two books of a group the time may decide.
    digest.update(repr([path.stat().st_mtime_ns for path in books]).encode())
    return _consolidated(digest.digest(), _Folder(folder))


class _Folder:
    """The place of a period, which does not count for the cache: its content does."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Folder)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _consolidated(_: bytes, folder: _Folder) -> Consolidation:
    return consolidate(PeriodFolder(folder.path), plan=plan_of(folder.path / "計画.xlsx"))


def plan_of(path: Path) -> Plan:
    """The plan of a plan book; not read again where its content is the same."""
    return _plan(path.read_bytes(), _Folder(path))


@lru_cache(maxsize=4)
def _plan(_: bytes, book: _Folder) -> Plan:
    return read_plan(book.path)


Typed = float | str | None


def type_into(folder: Path, place: Source, value: Typed, *, as_text: bool = False) -> None:
    """Type into a cell of a submitted book; `as_text` keeps a leading = from making it a formula."""
    type_all(folder, [(place, value)], as_text=as_text)


def type_all(folder: Path, values: Sequence[tuple[Source, Typed]], *, as_text: bool = False) -> None:
    """Type into cells of submitted books, each of which is saved once."""
    for workbook in {place.workbook for place, _ in values}:
        with edited(folder / "提出" / workbook) as book:
            for place, value in (one for one in values if one[0].workbook == workbook):
                cell = book[place.sheet][place.cell]
                cell.value = value
                if as_text:
                    cell.data_type = "s"


@dataclass(frozen=True)
class Shown:
    """A filled cell of a report, on a sheet and in a section (1-2: the second of the first chapter)."""

    sheet: str
    section: str
    column: int
    value: float | str
    is_text: bool
    number_format: str


def cells(report: Path) -> list[Shown]:
    """The filled cells of a report's sections, sheet by sheet in reading order."""
    return _cells(report.read_bytes())


@lru_cache(maxsize=4)
def _cells(report: bytes) -> list[Shown]:
    book = openpyxl.load_workbook(BytesIO(report), read_only=True)
    return [
        shown
        for sheet in book.worksheets[1:]
        if sheet.title not in (SUMMARY, CHART_DATA, *LIST_SHEETS)
        for shown in _shown(sheet)
    ]


def _shown(sheet: Any) -> Iterator[Shown]:
    """The filled cells; a chapter, whose heading begins in the first column, holds sections below titles
    like （２）, a 第１章 below titles like ２.
    """
    chapter, section, title = "", "", r"^\((\d)\)"
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
        is_text = cell.data_type == "s"
        plain = unicodedata.normalize("NFKC", cell.value) if is_text else ""
        chapter = ("".join(re.findall(r"^第?(\d+)[章. ]", plain)) if cell.column == 1 else "") or chapter
        title = r"^(\d) " if plain.startswith(f"第{chapter}章") else title
        section = "".join(re.findall(title, plain)) or section
        name = f"{chapter}-{section}" if chapter and section else sheet.title
        # The report adds space behind each number.
        number_format = re.sub(r'_\)|"　"', "", cell.number_format)
        yield Shown(sheet.title, name, cell.column, cell.value, is_text, number_format)


def texts(report: Path) -> list[str]:
    return [cell.value for cell in cells(report) if isinstance(cell.value, str)]


def numbers(report: Path, section: str) -> list[float]:
    """The numbers of a section, sorted, at the places that binary fractions keep."""
    shown = (cell for cell in cells(report) if cell.section == section)
    found = (cell.value for cell in shown if not isinstance(cell.value, str))
    return sorted(round(value, 12) for value in found)


def ratings(report: Path, section: str = "") -> list[str]:
    """What stands below the header 評価, top to bottom, sheet by sheet, or in one section.

    Ratings that continue from the page before, in brackets, are left out.
    """
    found, columns = [], {}
    for cell in cells(report):
        if cell.value == "評価":
            columns[cell.sheet] = cell.column
        elif columns.get(cell.sheet) == cell.column and section in ("", cell.section):
            found += [cell.value] if not re.fullmatch("（.）", cell.value) else []
    return found


def headers(path: Path) -> dict[str, str]:
    """The middle of every page's header, by sheet."""
    found = {}
    with Package(path) as package:
        for name, sheet in Workbook(path).sheets.items():
            (text,) = re.findall(rb"<oddHeader>(.*?)</oddHeader>", package.read(sheet.part)) or [b""]
            node = etree.Element("oddHeader")
            node.text = html.unescape(text.decode())
            found[name] = HeaderFooterItem.from_tree(node).center.text or ""
    return found


def about(result: ReportResult, concern: Concern) -> list[Remark]:
    """What the planner is told of one concern."""
    return [remark for remark in result.remarks if remark.concern is concern]


def settle(period: Path, sheet: str, **wanted: str) -> None:
    """Type into the row of a list whose first cells hold what `wanted` says of them, else into a free one."""
    known = () if sheet == "文の調整" else ("項", "ブロック", "識別名", "指標")
    keys = [header for header in known if header in wanted]
    with edited(period / PLANNER_BOOK) as book:
        page = book[sheet]
        columns = {cell.value: cell.column for cell in page[4]}
        for row in range(5, page.max_row + 1):
            found = [page.cell(row, columns[header]).value for header in keys or (page["A4"].value,)]
            if found == [wanted[header] for header in keys] or not any(found):
                for header, text in wanted.items():
                    page.cell(row, columns[header]).value = text
                break
