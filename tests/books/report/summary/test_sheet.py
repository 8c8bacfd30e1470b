"""The sheet 概要 of the sample: its cells, what is drawn, and its printed page."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kenpo_xl.books.report.summary.bars import draw_trend
from kenpo_xl.books.report.summary.kpis import COMPUTED, HOW, REPLACED, share_format
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.changes import ChangeKind, ReportChange
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.outputs.summary import ChangedRating, RatingCounts, Summary, SummaryKpi
from kenpo_xl.domain.plan.rule_settings import OutlookUse
from kenpo_xl.domain.results.adjustments import OutlookAdjustment, SummaryPoint
from kenpo_xl.domain.results.outlooks import Outlook
from kenpo_xl.domain.source import Source
from tests.books.report.report_values import LEGEND, report
from tests.books.report.template.test_template import changed
from tests.books.report.written_book import WrittenBook
from tests.office import Office
from tests.office.pictures import pdf_text
from tests.paths import TEMPLATE
from tests.tasks.test_summary import reported, sample, summary

XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
LATE, HELD = "生活習慣病予防健診実施率", "返納金債権の回収率"
POINT = SummaryPoint("健診 3 指標は、月割に届いていません。", Source("取りまとめ.xlsm", "概要の文", "A5"))
FIELDS = ["指標", "目標", "実績", "時点", "目標に対する実績", "目標比"]


def full() -> Summary:
    """With four earlier reports; the planner replaced one outlook and dropped another."""
    found = summary(reported(4))
    decided = {
        LATE: (Outlook.ON_TRACK, OutlookAdjustment(LATE, "順調", "年度末に集中するため")),
        HELD: (None, OutlookAdjustment(HELD, "載せない", "確定していないため")),
    }
    kpis = tuple(
        replace(one, outlook=replace(one.outlook, final=final, adjustment=adjustment))
        for one in found.kpis
        for final, adjustment in [decided.get(one.name, (one.outlook.final, None))]
    )
    return replace(found, kpis=kpis, points=(POINT,))


def report_of(of: Summary) -> Report:
    return report(summary=of, facts=sample().facts)


PAPERS = {"A3": 8, "A4": 9, "A5": 11, "B4": 12, "B5": 13}


class Written:
    """A written report: the sheet 概要 by words, its rows of KPIs by name."""

    def __init__(self, path: Path, of: Summary, template: Path = TEMPLATE) -> None:
        self.path, self.summary = path, of
        self.pages = write_report(report_of(of), read_template(template), path)
        self.book = WrittenBook(path)
        self.sheet = self.book["概要"]

    def cell(self, text: str) -> Any:
        (found,) = (cell for row in self.sheet.iter_rows() for cell in row if cell.value == text)
        return found

    @property
    def texts(self) -> list[str]:
        return [str(cell.value) for row in self.sheet.iter_rows() for cell in row if cell.value is not None]

    @property
    def headers(self) -> dict[str, int]:
        row = self.cell("目標に対する実績").row
        return {str(cell.value): cell.column for cell in self.sheet[row] if cell.value is not None}

    def kpi(self, name: str, header: str) -> Any:
        return self.sheet.cell(self.cell(name).row, self.headers[header])

    def shapes(self) -> list[tuple[int, float, float, str, str]]:
        """Row, left and right in pixels, fill and alternative text of each rectangle, 20 pixels a column."""
        with zipfile.ZipFile(self.path) as package:
            root = ET.fromstring(package.read("xl/drawings/drawing1.xml"))
        return [_shape(anchor) for anchor in root.iter(f"{XDR}twoCellAnchor")]


def _shape(anchor: ET.Element) -> tuple[int, float, float, str, str]:
    ends = []
    for tag in ("from", "to"):
        end = anchor.find(f"{XDR}{tag}")
        assert end is not None
        column, offset = (float(end.findtext(f"{XDR}{part}", "")) for part in ("col", "colOff"))
        ends.append(column * 20 + offset / 9525)
    row = int(anchor.findtext(f"{XDR}from/{XDR}row", ""))
    fill = re.search(r'srgbClr[^>]*val="(\w+)"', ET.tostring(anchor, encoding="unicode"))
    name = next(anchor.iter(f"{XDR}cNvPr"))
    return row, *ends, fill[1] if fill else "", name.get("descr", "")  # type: ignore[return-value]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("概要")


@pytest.fixture(scope="module")
def written(folder: Path) -> Written:
    return Written(folder / "全部.xlsx", full())


@pytest.fixture(scope="module")
def first(folder: Path) -> Written:
    """Without earlier reports and without outlooks."""
    return Written(folder / "はじめて.xlsx", summary(reported(0), OutlookUse.PLANNER_ONLY))


def test_it_follows_the_cover_and_is_page_one(written: Written) -> None:
    assert written.book.sheetnames[:3] == ["表紙", "概要", "1-(2)"]
    setup = written.sheet.page_setup
    assert (setup.useFirstPageNumber, setup.firstPageNumber) == (True, None)  # 1, as Excel leaves it out
    assert written.book["1-(2)"].page_setup.firstPageNumber == 2
    assert setup.orientation == "landscape"
    assert written.sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize(
    ("paper", "orientation", "expected"),
    [
        ("A4", "portrait", ("A4", "landscape")),
        ("B4", "portrait", ("B4", "landscape")),
        ("A3", "portrait", ("A3", "portrait")),
        ("A3", "landscape", ("A3", "landscape")),
        ("B5", "landscape", ("B5", "landscape")),
        ("A5", "landscape", ("A4", "landscape")),
    ],
)
def test_its_paper_is_that_of_the_template_where_it_can_be_read(
    paper: str, orientation: str, expected: tuple[str, str], tmp_path: Path
) -> None:
    def on_paper(template: Any) -> None:
        setup = template["本文"].page_setup
        setup.paperSize, setup.orientation = PAPERS[paper], orientation

    setup = read_template(changed(tmp_path, on_paper)).setup.for_lists
    assert (setup.paper, setup.landscape) == (PAPERS[expected[0]], expected[1] == "landscape")


def test_on_large_paper_it_is_drawn_larger(tmp_path: Path) -> None:
    """On A4 it is made to fit on the page, for which applications choose the scale but never enlarge."""

    def on_a3(template: Any) -> None:
        template["本文"].page_setup.paperSize = PAPERS["A3"]

    sheet = Written(tmp_path / "概要.xlsx", full(), changed(tmp_path, on_a3)).sheet
    setup, fit = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    assert (int(setup.paperSize), setup.orientation, bool(fit and fit.fitToPage)) == (8, "landscape", False)
    height = sum(row.height for row in sheet.row_dimensions.values()) * setup.scale / 100
    width = 63 * 20 * 0.75 * setup.scale / 100
    assert 0.9 < max(height / (841.9 - 1.1 * 72), width / (1190.6 - 0.8 * 72)) < 0.95


def test_the_ratings_stand_beside_those_of_the_last_report(written: Written) -> None:
    chapter = written.summary.chapters[0]
    row = written.cell(chapter.chapter).row
    counts = [cell.value for cell in written.sheet[row] if cell.value is not None]
    shown = [f"{now or '・'} ({then})" for now, then in zip(chapter.counts, chapter.before, strict=True)]
    assert counts[: 1 + len(shown)] == [chapter.chapter, *shown]
    total = [cell.value for cell in written.sheet[written.cell("計").row] if cell.value is not None]
    assert total[:6] == ["計", "1 (1)", "12 (12)", "38 (37)", "・ (1)", "1 (1)"]
    assert "評価の内訳（52 件）" in written.texts


def test_the_numbers_of_a_kpi_are_numbers_with_links_to_their_rows(written: Written) -> None:
    figures = {cell.row: cell.value for (cell,) in written.book["数値"]["A1:A2000"]}
    for line in written.summary.kpis:
        kpi = line.assessment
        for header, value in (("目標", kpi.assessment.target), ("実績", kpi.assessment.result)):
            cell = written.kpi(line.name, header)
            if value is None:
                assert (cell.value, cell.hyperlink) == ("目標値なし", None)
                continue
            assert Decimal(str(cell.value)) == pytest.approx(value)
            row = int(cell.hyperlink.location.rpartition("A")[2])
            assert figures[row] == f"指標/{line.name}/{header}"
    assert written.kpi(LATE, "目標").number_format == '0.0%"以上"'
    assert written.kpi(LATE, "時点").value == "9月"
    assert written.kpi("一者応札案件の割合", "目標比").value == pytest.approx(0.0625 / 0.15, rel=1e-2)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("0.9949", "0%"),
        ("0.9951", "0.0%"),
        ("1", "0%"),
        ("1.000", "0%"),
        ("1.004", "0.0%"),
        ("1.006", "0%"),
    ],
)
def test_a_target_that_was_missed_by_little_has_not_100_percent(share: str, shown: str) -> None:
    assert share_format(Decimal(share)) == shown


def test_an_estimate_leads_to_how_it_was_computed(written: Written) -> None:
    name = "被扶養者の特定健診実施率"
    cell = written.kpi(name, "年度末見込み")
    data = written.book["グラフの元データ"]
    row = int(cell.hyperlink.location.rpartition("A")[2])
    assert data.cell(row, 1).value == name
    headers = [one.value for one in data[3]]
    assert data.cell(row, headers.index("年度末見込み") + 1).value == cell.value
    assert data.cell(row, headers.index("計算") + 1).value == "7.0％ ÷ 5 か月 × 12 か月"
    assert (written.kpi(name, "出し方").value, written.kpi(name, "見通し").value) == ("月割", "▼ 遅れ")
    assert [data.cell(row, headers.index(f"第{one}四半期") + 1).value for one in (1, 2, 3)] == pytest.approx(
        [float(value) for value in written.summary.kpis[1].trend if value is not None]
    )


def test_the_planners_outlook_is_marked_and_a_dropped_one_leaves_no_estimate(written: Written) -> None:
    assert written.kpi(LATE, "見通し").value == "● 順調※"
    assert any("※は取りまとめで判断したもの" in text for text in written.texts)
    dropped = [written.kpi(HELD, header).value for header in ("年度末見込み", "出し方", "見通し")]
    assert dropped == ["－", None, "－"]
    assert any("年度末見込みと見通しは参考です" in text for text in written.texts)


def test_the_planners_words_have_their_source(written: Written) -> None:
    cell = written.cell(f"・{POINT.text}")
    assert cell.comment.text == "出所: 取りまとめ.xlsm 概要の文!A5"
    assert written.cell("訂正（0 件）").row < cell.row


def test_without_history_and_outlooks_there_are_fewer_columns(written: Written, first: Written) -> None:
    assert list(first.headers) == [*FIELDS, "評価"]
    assert list(written.headers) == [*FIELDS, "推移", "年度末見込み", "出し方", "見通し", "評価"]
    for gone in ("前回", "見通し", "推移", "年度末見込み"):
        assert not [text for text in first.texts if gone in text]
    data = first.book["グラフの元データ"]
    assert [cell.value for cell in data[3]][-1] == "第3四半期"
    assert first.sheet.max_column == written.sheet.max_column


def test_a_computed_rating_stands_in_brackets(written: Written) -> None:
    assert written.kpi(LATE, "評価").value == "（△）"
    assert written.kpi(HELD, "評価").value == "〇"


def test_the_footnotes_break_between_words(written: Written) -> None:
    texts = written.texts
    lines = texts[next(at for at, text in enumerate(texts) if text.startswith(LEGEND[:4])) :]
    assert "".join(lines) == "　".join((LEGEND, COMPUTED, HOW, REPLACED))
    assert len(lines) > 1
    assert all(line.endswith(("、", "　", "・")) for line in lines[:-1])


def in_words(rating: str, *, steps: int = 5) -> Summary:
    """Of a scale with this word for each step, given to every KPI."""
    found = summary(reported(0), OutlookUse.PLANNER_ONLY)
    kpis = tuple(replace(one, rating=rating, is_computed_rating=False) for one in found.kpis)
    chapters = tuple(replace(one, counts=(1,) * steps) for one in found.chapters)
    return replace(found, steps=(rating,) * steps, chapters=chapters, kpis=kpis)


@pytest.mark.parametrize(
    ("rating", "columns", "size", "wraps"),
    [
        ("〇", 3, 12, False),
        ("達成済", 3, 12, False),
        ("概ね達成", 4, 12, False),
        ("目標を概ね達成", 6, 10, False),
        ("目標を概ね達成した", 6, 8, False),
        ("目標をおおむね達成している", 6, 8, True),
    ],
)
def test_a_rating_in_words_has_room_beside_the_share(
    rating: str, columns: int, size: int, wraps: bool, tmp_path: Path
) -> None:
    sheet = Written(tmp_path / "語.xlsx", in_words(rating))
    cell = sheet.kpi(LATE, "評価")
    (place,) = (one for one in sheet.sheet.merged_cells.ranges if cell.coordinate in one)
    assert (place.size["columns"], cell.font.size, bool(cell.alignment.wrap_text)) == (columns, size, wraps)
    assert place.max_col == sheet.sheet.max_column
    assert sheet.kpi(LATE, "目標比").column == cell.column - 3


@pytest.mark.parametrize(
    ("word", "steps", "columns", "size", "wraps"),
    [
        ("〇", 6, 2, 11, False),
        ("達成", 6, 2, 11, False),
        ("概ね達成", 6, 3, 9, False),
        ("概ね達成", 8, 2, 9, True),
        ("概ね達成", 4, 3, 9, False),
    ],
)
def test_the_name_of_a_step_is_not_cut(
    word: str, steps: int, columns: int, size: int, wraps: bool, tmp_path: Path
) -> None:
    sheet = Written(tmp_path / "語.xlsx", in_words(word, steps=steps)).sheet
    cell = next(cell for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == word)
    (place,) = (one for one in sheet.merged_cells.ranges if cell.coordinate in one)
    assert (place.size["columns"], cell.font.size, bool(cell.alignment.wrap_text)) == (columns, size, wraps)


def test_a_bar_is_as_long_as_the_result_against_the_target(first: Written) -> None:
    row = first.cell(LATE).row - 1
    track, band, bar, target = (shape for shape in first.shapes() if shape[0] == row)
    whole = track[2] - track[1]
    line = next(one for one in first.summary.kpis if one.name == LATE)
    values = line.assessment.assessment.result, line.expected
    result, expected = (float(line.share_of_target(value) or 0) for value in values)
    assert bar[2] - bar[1] == pytest.approx(whole * result / 1.25, abs=1)
    assert band[2] - band[1] == pytest.approx(whole * expected / 1.25, abs=1)
    assert (target[1] + target[2]) / 2 - track[1] == pytest.approx(whole / 1.25, abs=1.5)
    assert track[4] == f"{LATE}: 目標 51.5％以上、実績 22.1％、月割 25.8％"


def test_last_years_month_has_a_hollow_mark(first: Written) -> None:
    row = first.cell(HELD).row - 1
    track, *_, mark = (shape for shape in first.shapes() if shape[0] == row)
    assert mark[3] == "FFFFFF"
    assert (mark[1] + mark[2]) / 2 - track[1] == pytest.approx(
        (track[2] - track[1]) * 0.5344 / 0.6353 / 1.25, abs=1.5
    )
    assert track[4].endswith("前年同月 53.44％")


def test_the_bar_of_less_is_better_is_hollow(first: Written) -> None:
    row = first.cell("一者応札案件の割合").row - 1
    assert [shape[3] for shape in first.shapes() if shape[0] == row] == ["F2F2F2", "FFFFFF", "000000"]


def test_the_trend_is_told_in_words_too(written: Written) -> None:
    told = [shape[4] for shape in written.shapes() if shape[4].startswith(f"{HELD}の推移")]
    assert told == [f"{HELD}の推移: 第1四半期 27.55％、第2四半期 41.32％、第3四半期 55.09％"]


class _Drawn:
    """Keeps the rectangles that are drawn."""

    def __init__(self) -> None:
        self.boxes: list[Any] = []

    def draw(self, place: object, box: Any, fill: str, **_: object) -> None:
        self.boxes.append(box)


@pytest.mark.parametrize(
    ("trend", "levels"),
    [
        (("0.5", "0.7"), [20.0, 6.0]),
        (("0.7", "0.5"), [6.0, 20.0]),
        (("0.5", None, "0.7"), [20.0, 6.0]),
        ((None, "0.5"), [13.0]),
        (("0", "0"), []),
        (("1", "0.99"), [11.6, 14.4]),
    ],
)
def test_a_line_of_the_trend_is_as_high_as_its_value(
    trend: tuple[str | None, ...], levels: list[float]
) -> None:
    """Of a row of 29 pixels: from 6 to 20; what changed by a hundredth stays near the middle."""
    drawn = _Drawn()
    values = tuple(None if one is None else Decimal(one) for one in trend)
    line = replace(summary(reported(0)).kpis[0], trend=values)
    draw_trend(drawn, None, line, (100, 29))  # type: ignore[arg-type]
    assert [box.top for box in drawn.boxes if box.width > 1] == pytest.approx(levels)


def many(count: int) -> Summary:
    changed = tuple(ChangedRating("2-2-3", f"特定保健指導 {one}", "1", "〇", "△") for one in range(count))
    return replace(summary(reported(4)), changed=changed)


@pytest.mark.parametrize(("count", "listed"), [(4, 4), (5, 3)])
def test_of_many_changed_ratings_the_first_are_shown(count: int, listed: int, tmp_path: Path) -> None:
    texts = Written(tmp_path / "変更.xlsx", many(count)).texts
    assert sum("〇 → △" in text for text in texts) == listed
    assert ("ほか 2 件（変更一覧）" in texts) is (count > 4)
    assert f"前回から変わった評価（{count} 件）" in texts


@pytest.mark.parametrize(
    ("ratings", "corrections", "listed"), [(0, 6, 6), (0, 7, 5), (1, 6, 6), (1, 7, 5), (4, 3, 3), (4, 4, 2)]
)
def test_corrections_take_the_lines_that_ratings_leave(
    ratings: int, corrections: int, listed: int, tmp_path: Path
) -> None:
    """Of seven lines; one says that no rating changed, the last one how many more corrections there are."""
    found = tuple(
        ReportChange(ChangeKind.CORRECTED, f"1-2-{one}/件数", "第2四半期", f"前{one}", f"後{one}")
        for one in range(corrections)
    )
    texts = Written(tmp_path / "訂正.xlsx", replace(many(ratings), corrected=found, has_changes=True)).texts
    assert sum(bool(re.search(r"前\d → 後\d", text)) for text in texts) == listed
    assert (f"ほか {corrections - listed} 件（変更一覧）" in texts) is (listed < corrections)


def test_unrated_blocks_are_counted(tmp_path: Path) -> None:
    chapters = (RatingCounts("１．基盤", (0, 2, 0, 0, 0), (), 3),)
    one = Written(tmp_path / "未評価.xlsx", replace(summary(reported(0)), chapters=chapters))
    assert "評価の内訳（2 件、未評価 3 件）" in one.texts
    assert "計" not in one.texts


def test_with_nothing_to_sum_up_there_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    assert write_report(report_of(Summary(("◎",), ())), read_template(TEMPLATE), path) == 2
    assert WrittenBook(path).sheetnames == ["表紙", "1-(2)", "要確認", "数値"]


def test_the_same_summary_gives_the_same_bytes(written: Written, tmp_path: Path) -> None:
    again = Written(tmp_path / "全部.xlsx", full())
    assert again.path.read_bytes() == written.path.read_bytes()


def test_it_is_printed_on_one_page(written: Written, office: Office, tmp_path: Path) -> None:
    pdf = tmp_path / "全部.pdf"
    office.to_pdf(written.path, pdf)
    pages = pdf_text(pdf).split("\f")[:-1]
    assert len(pages) == written.pages == 3
    words = re.sub(r"\s", "", pages[1])
    assert all(re.sub(r"\s", "", line.name) in words for line in written.summary.kpis)
    assert "年度末見込みと見通しは参考です" in words
    assert "計画内容" in pages[2]


def renamed(line: SummaryKpi, name: str) -> SummaryKpi:
    return replace(line, assessment=replace(line.assessment, kpi=replace(line.assessment.kpi, name=name)))


def with_target(line: SummaryKpi, target: str) -> SummaryKpi:
    kpi = line.assessment
    code = NumberFormat('#,##0" 円"')
    changed = replace(kpi.assessment, target=Decimal(target))
    return replace(line, assessment=replace(kpi, kpi=replace(kpi.kpi, format=code), assessment=changed))


@pytest.mark.parametrize(
    ("target", "size", "shrinks"),
    [("1234567", 10, None), ("123456789012", 7, None), ("123456789012345678901", 7, True)],
)
def test_a_number_of_many_digits_is_set_smaller(
    target: str, size: float, shrinks: bool | None, tmp_path: Path
) -> None:
    line = with_target(full().kpis[0], target)
    cell = Written(tmp_path / "大きな数.xlsx", replace(full(), kpis=(line,))).kpi(line.name, "目標")
    assert (cell.font.size, cell.alignment.shrink_to_fit) == (size, shrinks)


def test_a_name_is_cut_where_its_row_ends(tmp_path: Path) -> None:
    line = renamed(full().kpis[0], "被扶養者と任意継続被保険者の特定健康診査の受診率" * 4)
    sheet = Written(tmp_path / "長い名前.xlsx", replace(full(), kpis=(line,))).sheet
    (name,) = (
        str(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("被扶養者と")
    )
    assert name.endswith("…")
    assert 50 <= len(name) <= 64
