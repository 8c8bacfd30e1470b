"""The measure of full pages measures: ink at a known height, pages that end a chapter, an empty one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kenpo_xl.books.report.template.options import PageBreak
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import ReportItem, ReportLine
from scripts.page_fill import DOTS, BodyPage, PageFill, filled_share, main, page_fills
from tests.books.report.report_values import block, report, section
from tests.office import Office
from tests.paths import TEMPLATE


@pytest.mark.parametrize(
    ("row", "share"), [(None, 0.0), (60, 1 / 480), (299, 0.5), (539, 1.0), (59, 0.0), (540, 0.0)]
)
def test_the_share_down_to_the_last_ink(row: int | None, share: float) -> None:
    page = np.full((10 * DOTS, 100), 255, np.uint8)
    if row is not None:
        page[row, 3] = 0
    assert filled_share(page, top=1, bottom=1) == pytest.approx(share)


@pytest.mark.parametrize(
    ("share", "ends", "empty"), [(0.39, False, True), (0.39, True, False), (0.4, False, False)]
)
def test_a_page_that_is_too_empty(share: float, ends: bool, empty: bool) -> None:
    assert PageFill(BodyPage(1, "1", "1", 0.5, 0.5), share, ends).is_too_empty is empty


def test_the_pages_of_a_report(tmp_path: Path, office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [ReportLine("・説明会を開催した。")] * 45
    one = section(ReportItem("① 項", (block(*lines),)))
    two = replace(section(ReportItem("① 項", (block(),)), name="2-(1)"), chapter="２．戦略的保険者関係")
    book, pdf = tmp_path / "報告書.xlsx", tmp_path / "報告書.pdf"
    shipped = read_template(TEMPLATE)
    by_chapter = replace(shipped, options=replace(shipped.options, page_break=PageBreak.CHAPTER))
    write_report(report(sections=(one, two)), by_chapter, book)
    office.to_pdf(book, pdf)
    fills = page_fills(book, pdf)
    assert [(fill.page.index, fill.page.sheet, fill.ends_chapter) for fill in fills] == [
        (1, "1-(2)", False),
        (2, "1-(2)", True),
        (3, "2-(1)", True),
    ]
    assert 0.9 < fills[0].share < 0.97
    assert fills[1].share > fills[2].share > 0.1
    assert main([str(book), str(pdf)]) == 0
    assert "3 pages, mean " in capsys.readouterr().out
