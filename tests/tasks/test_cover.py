"""The published report of the real case stands in ours.

What stands in the published one and not in ours, word for word, and why:

- `（別添１-１）`: a label that was stamped on the page, no part of the report.
- A bare 件 or 千円 in quarters to come: ours leaves a cell without a number empty.
- Rows of tables whose cells the text of the PDF gives in another order (rates, totals, 令和5年度 beside its
  figures): the pieces that span two cells are other ones.
- 実施内容 in the header of chapter 3, where the other chapters and ours say 計画内容.

No number is among them.
"""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

from kenpo_xl.tasks.report import ReportResult
from scripts.page_fill import page_fills
from tests.office.pictures import pdf_pages
from tests.paths import PUBLISHED_TEXT
from tests.reference.coverage import coverage, squeezed

# With KPI一覧: its table and two pages of charts.
MOST_PAGES, KPI_PAGES, FILL = 28, 3, 0.85


def test_every_number_and_nearly_every_word_stands_in_the_report(produced_text: str) -> None:
    found = coverage(PUBLISHED_TEXT.read_text(encoding="utf-8"), produced_text)
    assert found.missing_numbers == {}
    assert found.number_recall == 1.0
    assert found.text_recall >= 0.985


def test_it_is_as_long_as_a_council_reads(produced: ReportResult, produced_pdf: Path) -> None:
    assert pdf_pages(produced_pdf) == produced.pages <= MOST_PAGES


def test_its_pages_are_full(produced: ReportResult, produced_pdf: Path) -> None:
    fills = page_fills(produced.path, produced_pdf)
    assert len(fills) == produced.pages - 2 - KPI_PAGES
    assert fmean(fill.share for fill in fills) >= FILL
    assert not [fill for fill in fills if fill.is_too_empty]


class TestTheMeasureItself:
    """A measure that forgives everything measures nothing."""

    def test_layout_is_no_difference(self) -> None:
        assert squeezed("・ １，２３４ 件\n ○\uf0b7") == "1,234件〇"

    def test_running_headers_are_wanted_once(self) -> None:
        header = "計画内容 実施状況（◎計画を大幅に上回る）\n"
        assert coverage(header * 3 + "1,234件", "").pieces == coverage(header + "1,234件", "").pieces

    def test_a_number_is_wanted_as_often_as_it_stands(self) -> None:
        found = coverage("1,234件 1,234件 12", "1,234件 11,234件 1,2345")
        assert found.missing_numbers == {"1,234": 1}
        assert found.number_recall == 0.5

    def test_digits_parted_by_a_line_end_are_one_number(self) -> None:
        assert coverage("約1,234件", "約1,2\n34件").number_recall == 1.0

    def test_text_is_compared_within_lines(self) -> None:
        found = coverage("あいうえお\nかきくけこ", "かきくけこあいうえお")
        assert (found.pieces, found.missing_pieces) == (2, 0)
        assert coverage("あいうえおか", "あいうえお").text_recall == 0.5
