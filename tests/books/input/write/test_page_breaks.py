"""Printed pages of an item's sheet: no block or table is broken, none has only a few rows that are left."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import LAST
from kenpo_xl.books.input.write.page_breaks import PrintedPart, best_pages, set_pages
from kenpo_xl.books.input.write.row_heights import RowHeights
from tests.edited import loaded
from tests.office import Office
from tests.paths import SUBMITTED

FEW_ROWS = 5
GROUPS = ("業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ")


@pytest.mark.parametrize(
    ("lengths", "first_parts"),
    [
        ([50, 50], (0,)),
        ([50, 51], (0, 1)),
        ([60, 60, 60], (0, 1, 2)),
        ([60, 30, 5, 60, 40], (0, 3)),
        # Not 90 and 10: what is left over is more than a few rows.
        ([40, 40, 10, 15], (0, 2)),
        ([40, 40, 25], (0, 2)),
        # A part longer than a page runs over alone.
        ([250, 30], (0, 1)),
        ([10, 250], (0, 1)),
        ([], ()),
    ],
)
def test_parts_are_kept_whole_on_as_few_pages_as_possible(
    lengths: list[float], first_parts: tuple[int, ...]
) -> None:
    assert best_pages(lengths, 100).first_parts == first_parts


LINES, SHORT, LONG = PrintedPart(0), PrintedPart(10, (11, 12)), PrintedPart(20, (21, 23))
KPIS, LONG_TO = PrintedPart(120, (121, 121)), 120


@pytest.mark.parametrize(
    ("parts", "bottom", "repeated"),
    [
        ([LINES, SHORT, LONG], LONG_TO, "$22:$24"),
        # A judgement of KPIs behind the table takes nothing from it.
        ([LINES, SHORT, LONG, KPIS], 125, "$22:$24"),
        ([LINES, LONG, PrintedPart(120, (121, 122))], 250, "$122:$123"),
        ([LINES, SHORT, LONG], 60, None),
        # Lines of text alone have no headers.
        ([LINES], 200, None),
    ],
)
def test_headers_of_the_last_table_longer_than_a_page_are_repeated(
    parts: list[PrintedPart], bottom: int, repeated: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "pages.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet("項")
        set_pages(sheet, parts, RowHeights(sheet), bottom=bottom, right=LAST)
    assert loaded(path)["項"].print_title_rows == repeated


@pytest.fixture(scope="module", params=GROUPS)
def printed(request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pdf = tmp_path_factory.mktemp("pdf") / f"{request.param}.pdf"
    office.to_pdf(SUBMITTED / f"{request.param}.xlsm", pdf)
    return pdf


def test_no_table_of_the_sample_is_broken_and_no_page_has_a_few_rows_only(printed: Path) -> None:
    pages = pages_of(printed)
    for sheet in loaded(SUBMITTED / f"{printed.stem}.xlsm"):
        own = [page for page in pages if re.match(f"{sheet.title}[^0-9-].*/[0-9]+$", page[-1])]
        if not re.fullmatch("[0-9-]+", sheet.title):
            continue
        assert own, sheet.title
        for page in own[1:]:
            assert len(page) > FEW_ROWS, (sheet.title, page)
            begins_with_part = page[0].startswith((names.TABLE_TITLE.strip(), names.KPI_TITLE[0]))
            assert begins_with_part or any(names.PLAN_KIND in line for line in page[:FEW_ROWS]), page


def pages_of(pdf: Path) -> list[list[str]]:
    """The lines of each page, without their spaces."""
    call = ["pdftotext", "-layout", str(pdf), "-"]
    text = subprocess.run(call, check=True, capture_output=True, encoding="utf-8").stdout
    pages = (
        ["".join(line.split()) for line in page.split("\n") if line.strip()] for page in text.split("\f")
    )
    return [page for page in pages if page]
