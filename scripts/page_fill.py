"""Prints how full the pages of a status report are: python scripts/page_fill.py REPORT.xlsx [REPORT.pdf]

The fill of a page is the height from its upper margin to its last ink, as a share of the height between its
margins. The cover, the summary and the lists behind the body are not counted. Needs poppler, and LibreOffice
where no PDF is given.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
import openpyxl
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.books.report.chart_data import CHART_DATA
from kenpo_xl.books.report.list_sheet import LIST_SHEETS
from kenpo_xl.books.report.pdf import convert_to_pdf
from kenpo_xl.books.report.summary.sheet import SUMMARY
from kenpo_xl.books.report.template.template import COVER

NOT_BODY = {COVER, SUMMARY, CHART_DATA, *LIST_SHEETS}
DOTS = 60
# A dot darker than this is ink.
_INK = 200
_LEAST = 0.40


@dataclass(frozen=True)
class BodyPage:
    """A page of the body: its number in the PDF (from 0), sheet, chapter, and margins in inches."""

    index: int
    sheet: str
    chapter: str
    top: float
    bottom: float


@dataclass(frozen=True)
class PageFill:
    """How full a page is, as a share, and whether it is the last one of its chapter."""

    page: BodyPage
    share: float
    ends_chapter: bool

    @property
    def is_too_empty(self) -> bool:
        """True for a page that less than two fifths are filled of, though its chapter goes on."""
        return self.share < _LEAST and not self.ends_chapter


def main(arguments: Sequence[str]) -> int:
    """Print the fill of every page and their mean; the exit status is 1 where a page is too empty."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(arguments[0])
        pdf = Path(arguments[1]) if len(arguments) > 1 else Path(folder, "report.pdf")
        if len(arguments) == 1:
            convert_to_pdf(report, pdf)
        fills = page_fills(report, pdf)
    for fill in fills:
        note = "  too empty" if fill.is_too_empty else "  end of chapter" if fill.ends_chapter else ""
        print(f"{fill.page.index + 1:4} {fill.page.sheet:<20} {fill.share:6.1%}{note}")
    inner = [fill.share for fill in fills if not fill.ends_chapter]
    print(f"{len(fills)} pages, mean {fmean(fill.share for fill in fills):.1%}", end="")
    print(f", without the ends of chapters {fmean(inner):.1%}" if inner else "")
    return int(any(fill.is_too_empty for fill in fills))


def page_fills(report: Path, pdf: Path) -> list[PageFill]:
    """The fill of every page of the body, in order."""
    pages = list(_body_pages(report))
    pictures = page_pixels(pdf)
    following = [page.chapter for page in pages[1:]] + [""]
    return [
        PageFill(page, filled_share(pictures[page.index], page.top, page.bottom), page.chapter != after)
        for page, after in zip(pages, following, strict=True)
    ]


def _body_pages(report: Path) -> Iterator[BodyPage]:
    """The pages of the body by the page breaks of the workbook."""
    index = 0
    for sheet in openpyxl.load_workbook(report).worksheets:
        count = len(sheet.row_breaks.brk) + 1
        if sheet.title not in NOT_BODY:
            margins, chapter = sheet.page_margins, str(sheet["A1"].value).split("　")[0]
            for page in range(index, index + count):
                yield BodyPage(page, sheet.title, chapter, margins.top, margins.bottom)
        index += count


def page_pixels(pdf: Path) -> list[NDArray[np.uint8]]:
    """Every page in shades of grey, as rows of dots."""
    made = subprocess.run(["pdftoppm", "-gray", "-r", str(DOTS), str(pdf)], capture_output=True, check=True)
    return list(_pictures(made.stdout))


def _pictures(stream: bytes) -> Iterator[NDArray[np.uint8]]:
    """The pictures of a stream of PGM files (P5, width, height, 255, dots)."""
    while stream:
        _, size, _, rest = stream.split(b"\n", 3)
        width, height = map(int, size.split())
        yield np.frombuffer(rest[: width * height], np.uint8).reshape(height, width)
        stream = rest[width * height :]


def filled_share(dots: NDArray[np.uint8], top: float, bottom: float) -> float:
    """The share of the height between the margins (in inches) down to the last ink."""
    first, end = round(top * DOTS), len(dots) - round(bottom * DOTS)
    inked = np.flatnonzero((dots[first:end] < _INK).any(axis=1))
    return float(inked[-1] + 1) / (end - first) if len(inked) else 0.0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
