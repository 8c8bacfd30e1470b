"""The sheet KPI一覧: a row for every KPI, and charts over cells of the same sheet."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from kenpo_xl.books.common.gap_formats import difference_format_without_unit
from kenpo_xl.books.common.text_metrics import line_width
from kenpo_xl.books.report.chart_data import CHART_DATA
from kenpo_xl.books.report.kpi_charts import UNDER_WAY
from kenpo_xl.books.report.kpi_sheet import KPI_START
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.domain.plan.plan import Kpi
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.targets.judgement import Assessment, Judgement
from kenpo_xl.domain.results.adjustments import RatingAdjustment
from kenpo_xl.domain.results.assessments import Assessments, BlockRating, KpiAssessment, SeriesPoint
from kenpo_xl.domain.submission.submission import RatingEntry
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.tasks.report import make_report as write_status_report
from tests.books.report.kpi_sheet import SHEET, C, Written
from tests.books.report.report_values import report
from tests.office import Office
from tests.office.pictures import pdf_pages
from tests.paths import SAMPLE, TEMPLATE
from tests.tasks.books import about, figure_cell, type_into

AT_MOST = Direction.AT_MOST
TABLE_HEADERS = ("目標以上", "令和6年度")
FISCAL_MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


def kpi(
    name: str = "回収率",
    result: str | None = "0.794",
    target: str | None = "0.8015",
    same: str | None = "0.8185",
    code: str = "0.00%",
    **changes: Any,
) -> KpiAssessment:
    """An ordinary KPI: a rate below its target and below last year's."""
    now, aim, before = (None if text is None else Decimal(text) for text in (result, target, same))
    values: dict[str, Any] = {
        "kpi": Kpi(name, NumberFormat(code), None, Direction.AT_LEAST, None),
        "item": "1-2-5",
        "block": "1",
        "assessment": Assessment(now, aim, before),
        "base": Month(2024, 11),
        "judgement": Judgement("△", "実績 79.40 ％ は前年同月 81.85 ％ を 2.45 ポイント下回る → △"),
        "last_year": Decimal("0.8015"),
    }
    return KpiAssessment(**{**values, **changes})


def months(*values: str | None, last_year: str | None = "0.82") -> tuple[SeriesPoint, ...]:
    """The twelve months, of which the first ones have values."""
    before = None if last_year is None else Decimal(last_year)
    filled = [*values, *[None] * (12 - len(values))]
    return tuple(
        SeriesPoint(FiscalYear(2024).month(number), None if value is None else Decimal(value), before)
        for number, value in zip(FISCAL_MONTHS, filled, strict=True)
    )


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Written]:
    """The report of some KPIs."""

    def write(*kpis: KpiAssessment, block: BlockRating | None = None) -> Written:
        blocks = {("1-2-5", "1"): block or BlockRating("1-2-5", "1", rated=True, group="△")}
        path = tmp_path / "報告書.xlsx"
        write_report(report(assessments=Assessments(kpis, blocks)), read_template(TEMPLATE), path)
        return Written(path)

    return write


def test_without_kpis_there_is_no_sheet(written: Callable[..., Written]) -> None:
    assert SHEET not in written().book.sheetnames


def test_the_sheet_stands_before_what_is_to_be_looked_at(written: Callable[..., Written]) -> None:
    names = written(kpi()).book.sheetnames
    assert names[names.index(SHEET) :] == [SHEET, "要確認", "グラフの元データ", "数値"]


def test_a_row_tells_where_a_kpi_stands(written: Callable[..., Written]) -> None:
    row = written(kpi()).row()
    shown = {header: (cell.value, cell.number_format) for header, cell in row.items()}
    assert [row[header].value for header in ("項", "指標", "方向", "実績の時点")] == [
        "1-2-5",
        "回収率",
        "以上",
        "令和6年11月",
    ]
    assert (shown["目標"], shown["実績"]) == ((0.8015, "0.00%_)"), (0.794, "0.00%_)"))
    assert (shown["前年同期"], shown["前年度実績"]) == ((0.8185, "0.00%_)"), (0.8015, "0.00%_)"))
    assert (round(row["達成率"].value, 4), row["達成率"].number_format) == (0.9906, "0.0%_)")
    assert shown["前年同期との差"] == (-2.45, '+0.00" ポイント"_);"－"0.00" ポイント"_);0.00" ポイント"_)')
    assert row["判定の説明"].value == "実績 79.40 ％ は前年同月 81.85 ％ を 2.45 ポイント下回る → △"


def runs_of(found: Written, header: str) -> list[tuple[str, float]]:
    """The parts of the first KPI's text with the size of their letters."""
    book = load_workbook(found.path, rich_text=True)
    cell = book[SHEET][found.row()[header].coordinate]
    return [(part.text, part.font.sz) for part in cell.value] if isinstance(cell.value, CellRichText) else []


def test_lines_of_an_explanation_are_apart_and_off_the_line(written: Callable[..., Written]) -> None:
    """A larger space makes each of its lines higher; what the cell holds is the same."""
    text = "実績 79.40 ％ は前年同月 81.85 ％ を 2.45 ポイント下回る（年度末に判定） → △"
    found = written(kpi(judgement=Judgement("△", text)))
    cell = found.row()["判定の説明"]
    assert cell.value == text
    assert runs_of(found, "判定の説明") == [
        ("実績", 9.5),
        (" ", 13),
        ("79.40 ％ は前年同月 81.85 ％ を 2.45 ポイント下回る（年度末に判定） →", 9.5),
        (" ", 13),
        ("△", 9.5),
    ]
    assert (cell.alignment.indent, cell.alignment.wrap_text) == (1, True)
    assert found.sheet.row_dimensions[cell.row].height == (2 * 17 + 10) * 0.75


def test_an_explanation_of_one_line_is_a_plain_text(written: Callable[..., Written]) -> None:
    found = written(kpi(judgement=Judgement("△", "実績 79.40 ％ は目標を下回る → △")))
    assert runs_of(found, "判定の説明") == []
    assert found.sheet.row_dimensions[found.row()["判定の説明"].row].height == (17 + 10) * 0.75


@pytest.mark.parametrize(
    ("letters", "size", "lines"), [(15, 9.5, 1), (16, 9, 1), (18, 8, 1), (19, 8, 2), (36, 8, 2), (37, 8, 3)]
)
def test_a_name_has_one_line_in_smaller_letters(
    letters: int, size: float, lines: int, written: Callable[..., Written]
) -> None:
    found = written(kpi("率" * letters, judgement=Judgement("△", "")))
    cell = found.row()["指標"]
    assert (cell.font.sz, cell.alignment.indent) == (size, 1)
    assert found.sheet.row_dimensions[cell.row].height == (lines * 17 + 10) * 0.75


def test_the_hyphens_of_an_item_are_drawn_on_every_screen(written: Callable[..., Written]) -> None:
    # LibreOffice without smoothing draws none from 9 to 9.5 points in BIZ UDゴシック.
    sheet = written(kpi()).sheet
    (cell,) = (cell for row in sheet.iter_rows(min_row=5, max_col=1) for cell in row if cell.value)
    assert (cell.value, cell.font.size) == ("1-2-5", 10)


@pytest.mark.parametrize(
    ("glyph", "width"), [("△", 8), ("達成済", 8), ("概ね達成", 9.5), ("目標をかなり下回った", 18)]
)
def test_ratings_in_words_have_room(glyph: str, width: float, written: Callable[..., Written]) -> None:
    found = written(kpi(), block=BlockRating("1-2-5", "1", rated=True, group=glyph, final=glyph))
    cell = found.row()["最終評価"]
    assert cell.value == glyph
    assert found.sheet.column_dimensions[cell.column_letter].width == pytest.approx(width, abs=0.1)


def test_all_ratings_stand_side_by_side(written: Callable[..., Written]) -> None:
    adjustment = RatingAdjustment("1-2-5", "1", "◎", "年度内に回復の見込み")
    block = BlockRating("1-2-5", "1", rated=True, group="〇", final="◎", adjustment=adjustment)
    row = written(kpi(), block=block).row()
    headers = ("計算した評価", "グループの評価", "調整後の評価", "最終評価", "調整の理由")
    assert [row[header].value for header in headers] == ["△", "〇", "◎", "◎", "年度内に回復の見込み"]


def test_the_group_s_rating_stands_where_nothing_was_adjusted(written: Callable[..., Written]) -> None:
    row = written(kpi()).row()
    headers = ("グループの評価", "調整後の評価", "最終評価", "調整の理由")
    assert [row[header].value for header in headers] == ["△", None, "△", None]


def test_what_is_unknown_is_said_or_left_empty(written: Callable[..., Written]) -> None:
    row = written(kpi(result=None, target=None, same=None, last_year=None)).row()
    assert (row["目標"].value, row["実績"].value) == ("目標値なし", "－")
    headers = ("実績の時点", "達成率", "前年同期", "前年同期との差", "前年度実績")
    assert {row[header].value for header in headers} == {None}


@pytest.mark.parametrize(
    ("code", "gap"),
    [
        ("0.0%", '+0.0;"－"0.0;0.0'),
        ('#,##0" 円"', '+#,##0;"－"#,##0;#,##0'),
        ('#,##0.0," 千円"', '+#,##0.0,;"－"#,##0.0,;#,##0.0,'),
        ("General", '+General;"－"General;General'),
    ],
)
def test_gaps_are_signed_and_never_with_a_triangle(code: str, gap: str) -> None:
    assert difference_format_without_unit(NumberFormat(code)) == gap


def test_months_are_drawn_from_cells(written: Callable[..., Written]) -> None:
    found = written(kpi(series=months("0.81", "0.80", None, "0.79")))
    [chart] = [chart for chart in found.charts if chart.kind == "line"]
    this, last, target = chart.lines
    assert this.points == {0: 0.81, 1: 0.8, 3: 0.79}
    assert last.points == dict.fromkeys(range(12), 0.82)
    assert target.points == dict.fromkeys(range(12), 0.8015)
    assert this.names == [f"{number}月" for number in FISCAL_MONTHS]
    for line in chart.lines:
        cells = found.values(line.refs["val"])
        assert line.points == {place: value for place, value in enumerate(cells) if value is not None}
        assert found.values(line.refs["cat"]) == line.names
    assert [found.values(line.refs["tx"])[0] for line in chart.lines] == [
        "令和6年度",
        "令和5年度",
        "目標 80.15％",
    ]
    assert chart.title.startswith("回収率\n（月別、令和6年12月末時点")


def test_empty_months_are_gaps(written: Callable[..., Written]) -> None:
    [chart] = [c for c in written(kpi(series=months("0.81"))).charts if c.kind == "line"]
    blanks = chart.xml.find(f".//{C}dispBlanksAs")
    assert blanks.get("val") == "gap"


@pytest.mark.parametrize(
    ("last_year", "target", "lines"), [(None, None, 1), ("0.82", None, 2), (None, "0.8", 2)]
)
def test_lines_without_numbers_are_not_drawn(
    written: Callable[..., Written], last_year: str | None, target: str | None, lines: int
) -> None:
    found = written(kpi(target=target, series=months("0.81", last_year=last_year)))
    assert [len(chart.lines) for chart in found.charts if chart.kind == "line"] == [lines]


def test_months_without_any_number_are_no_chart(written: Callable[..., Written]) -> None:
    found = written(kpi(series=months(last_year=None)))
    assert [chart.kind for chart in found.charts] == ["bar"]


@pytest.mark.parametrize(
    ("values", "low", "told"),
    [
        (("0.10", "0.50"), "0", ""),
        (("0.801", "0.79"), "0.75", "縦軸は 75.00％ から"),
        (("-0.1", "0.5"), "-0.1", "から"),
        (("0.8015",), "0", ""),
    ],
)
def test_an_axis_that_does_not_begin_at_0_says_so(
    written: Callable[..., Written], values: tuple[str, ...], low: str, told: str
) -> None:
    found = written(kpi(series=months(*values, last_year=None)))
    [chart] = [chart for chart in found.charts if chart.kind == "line"]
    assert (float(chart.axis("min")), told in chart.title) == (float(low), True)
    assert ("から" in chart.title) == bool(told)


def test_less_is_better_has_a_chart_and_an_axis_of_its_own(written: Callable[..., Written]) -> None:
    """At most 20: 15 is 75 % of the limit, 45 is 225 %."""
    low = Kpi("順位", NumberFormat("0"), None, AT_MOST, None)
    better, worse = (replace(kpi("順位", result, "20", "10", "0"), kpi=low) for result in ("15", "45"))
    rates, limits = written(kpi(), better, worse).charts
    assert rates.lines[0].names == ["回収率　99.1%"]
    assert limits.lines[0].names == ["順位　75.0%", "順位　225.0%"]
    within, beyond, last_year = limits.lines
    assert (within.points, beyond.points, last_year.points) == ({0: 0.75}, {1: 2.25}, {0: 0.5, 1: 0.5})
    assert "短いほど良い" in limits.title
    assert '[=1]"上限 100％"' in limits.axis("numFmt")
    assert (rates.axis("max"), limits.axis("max")) == ("1.25", "1.999")


def test_a_negative_share_is_a_bar_of_no_length_with_its_number(written: Callable[..., Written]) -> None:
    found = written(kpi(), kpi("収支", "-5", "20", None, "0"))
    (chart,) = found.charts
    assert chart.lines[1].points == {0: pytest.approx(0.794 / 0.8015), 1: 0}
    assert chart.lines[0].names == ["回収率　99.1%", "収支　-25.0%"]
    assert found.row(2)["達成率"].value == -0.25


def test_what_a_group_gave_outside_the_scale_is_the_rating_that_is_printed(
    written: Callable[..., Written],
) -> None:
    odd = BlockRating("1-2-5", "1", rated=True, entry=RatingEntry("1", " A "))
    row = written(kpi(), block=odd).row()
    assert (
        [row[header].value for header in ("グループの評価", "最終評価")]
        == ["A", "A"]
        == [odd.printed_glyph] * 2
    )


def test_attainment_is_drawn_in_two_ways(written: Callable[..., Written]) -> None:
    above, exact = kpi("上", result="0.9"), kpi("同", result="0.8015")
    found = written(kpi("下"), above, kpi("なし", target=None), exact)
    [chart] = found.charts
    reached, missed, last_year = chart.lines
    assert reached.names == ["下　99.1%", "上　112.3%", "同　100.0%"]
    assert last_year.points == dict.fromkeys(range(3), pytest.approx(0.8185 / 0.8015))
    assert (set(reached.points), set(missed.points)) == ({1, 2}, {0})
    assert reached.points[2] == 1
    for line in chart.lines:
        cells = found.values(line.refs["val"])
        assert line.points == {place: value for place, value in enumerate(cells) if value is not None}


def test_the_line_of_the_target_is_the_only_one_of_its_kind(written: Callable[..., Written]) -> None:
    [chart] = written(kpi(), kpi("桁違い", result="8")).charts
    assert (chart.axis("majorUnit"), chart.axis("min"), chart.axis("max")) == ("1", "0", "1.999")
    assert '[=1]"目標 100％"' in chart.axis("numFmt")


def test_an_outlier_keeps_its_number(written: Callable[..., Written]) -> None:
    [chart] = written(kpi("桁違い", result="8.015")).charts
    assert chart.lines[0].points == {0: 10.0}


@pytest.mark.parametrize(("result", "says_so"), [("1.602", False), ("1.603", True)])
def test_bars_that_end_before_their_number_say_so(
    written: Callable[..., Written], result: str, *, says_so: bool
) -> None:
    [chart] = written(kpi(result=result)).charts
    assert ("棒は 200％ まで" in chart.title) is says_so


def test_what_is_under_way_is_marked(written: Callable[..., Written]) -> None:
    found = written(kpi("甲", under_way=True), kpi("乙"))
    assert found.charts[0].lines[0].names == ["甲（途中）　99.1%", "乙　99.1%"]
    texts = [cell.value for row in found.sheet.iter_rows() for cell in row]
    assert UNDER_WAY in texts
    settled = written(kpi("乙"))
    assert UNDER_WAY not in [cell.value for row in settled.sheet.iter_rows() for cell in row]


def test_the_mark_is_not_broken(written: Callable[..., Written]) -> None:
    found = written(kpi("あ" * 20, under_way=True), kpi("い" * 56))
    assert found.charts[0].lines[0].names == [
        "あ" * 20 + "\n（途中）　99.1%",
        "\n".join(["い" * 27, "い" * 27, "い" * 2 + "　99.1%"]),
    ]


def test_no_number_stands_where_a_frame_could_cross_it(written: Callable[..., Written]) -> None:
    """It is beside the bar's name, and follows the numbers on the sheet of the data."""
    found = written(kpi(), kpi('い"ろ' + "は" * 30))
    (chart,) = found.charts
    assert chart.xml.find(f".//{C}dLbls") is None
    names = [found.book[CHART_DATA].cell(row, 1).value for row in (4, 5)]
    assert names == [
        '="回収率　"&TEXT(MAX(B4,C4),"0.0%")',
        '="い""ろ' + "は" * 24 + '"&CHAR(10)&"' + "は" * 6 + '　"&TEXT(MAX(B5,C5),"0.0%")',
    ]


def test_a_very_long_name_is_cut_beside_its_bar(written: Callable[..., Written]) -> None:
    name = "とても長い名前の指標" * 20
    found = written(kpi(name, under_way=True, series=months("0.8")))
    [shown] = found.charts[0].lines[0].names
    assert shown.count("\n") == 2
    assert shown.endswith("…（途中）　99.1%")
    assert all(line_width(line) <= 54 for line in shown.split("\n"))
    assert found.row()["指標"].value == name
    assert found.sheet.row_dimensions[KPI_START + 2].height <= 409


@pytest.mark.parametrize(("count", "charts"), [(1, [1]), (10, [10]), (11, [5, 6]), (60, [10] * 6)])
def test_many_kpis_are_split(written: Callable[..., Written], count: int, charts: list[int]) -> None:
    found = written(*(kpi(f"指標{number}") for number in range(count)))
    assert [len(chart.lines[0].names) for chart in found.charts] == charts
    names = [name for chart in found.charts for name in chart.lines[0].names]
    assert names == [f"指標{number}　99.1%" for number in range(count)]


def test_no_chart_is_cut_by_a_page_break(written: Callable[..., Written]) -> None:
    """60 KPIs, 5 of them with months: between two breaks there is no more than a page holds."""
    plain = [kpi(f"指標{number}" * (number % 4 * 5 + 1)) for number in range(55)]
    found = written(*plain, *(kpi(f"月別{n}", series=months("0.8")) for n in range(5)))
    sheet = found.sheet
    breaks = [one.id for one in sheet.row_breaks.brk]
    spans = [(chart.anchor._from.row, chart.anchor.to.row) for chart in sheet._charts]
    assert len(spans) == 6 + 5
    assert not [(span, at) for span in spans for at in breaks if span[0] < at <= span[1]]
    height = (8.27 - 0.6 - 0.5) * 72 * 100 / sheet.page_setup.scale

    def points(first: int, last: int) -> Any:
        return sum(sheet.row_dimensions[row].height for row in range(first + 1, last + 1))

    assert points(0, KPI_START + 1) + max(points(*page) for page in pairwise(breaks)) <= height


def test_on_paper_the_sheet_is_an_appendix(written: Callable[..., Written]) -> None:
    sheet = written(kpi()).sheet
    printed = [one.width * 7 for letter, one in sheet.column_dimensions.items() if letter <= "L"]
    width = sum(printed) * sheet.page_setup.scale / 100
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert width <= (11.69 - 0.8) * 96
    assert sheet.print_title_rows == "$1:$1"


def test_a_list_of_several_pages_repeats_its_headers(written: Callable[..., Written]) -> None:
    found = written(*(kpi(f"指標{number}") for number in range(60)))
    sheet = found.sheet
    assert sheet.print_title_rows == f"$1:${KPI_START + 1}"
    room = (8.27 - 0.6 - 0.5) * 72 * 100 / sheet.page_setup.scale
    first_page = range(1, sheet.row_breaks.brk[0].id + 1)
    assert len(first_page) < 60
    assert 0.9 * room < sum(sheet.row_dimensions[row].height for row in first_page) <= room


def test_the_data_of_the_charts_stands_on_a_sheet_that_is_not_printed(
    written: Callable[..., Written],
) -> None:
    found = written(kpi(series=months("0.8")))
    data = found.book["グラフの元データ"]
    assert data.print_area == "'グラフの元データ'!$A$1048576"
    titles = [data.cell(row, 1).value for row in range(1, 30) if data.cell(row, 2).value in TABLE_HEADERS]
    assert titles == [chart.title for chart in found.charts]


def test_what_is_internal_is_beside_the_printed_pages(written: Callable[..., Written]) -> None:
    sheet = written(kpi()).sheet
    headers = [cell.value for cell in sheet[KPI_START + 1]]
    first = headers.index("計算した評価")
    assert headers[first:] == ["計算した評価", "グループの評価", "調整後の評価", "調整の理由"]
    area = sheet.print_area.rpartition("!")[2].replace("$", "")
    assert area.startswith("A1:L")
    assert (headers[first - 1], sheet["L4"].value) == ("判定の説明", "判定の説明")


@pytest.mark.parametrize("count", [1, 60])
def test_its_printed_pages_are_counted(count: int, tmp_path: Path, office: Office) -> None:
    path = tmp_path / "報告書.xlsx"
    kpis = tuple(kpi(f"指標{number}", series=months("0.8")) for number in range(count))
    blocks = {("1-2-5", "1"): BlockRating("1-2-5", "1", rated=True, group="△")}
    pages = write_report(report(assessments=Assessments(kpis, blocks)), read_template(TEMPLATE), path)
    office.to_pdf(path, path.with_suffix(".pdf"))
    assert pdf_pages(path.with_suffix(".pdf")) == pages


@pytest.fixture
def period(tmp_path: Path) -> Path:
    folder = tmp_path / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    return folder


CARDS, NOVEMBER = "資格喪失後1か月以内の健康保険証回収率", "1-2-5/保険証回収率/当年/11月"


@pytest.mark.parametrize("typed", [85, None])
def test_the_charts_follow_what_was_submitted(period: Path, typed: float | None) -> None:
    type_into(period, figure_cell(period, NOVEMBER), typed)
    found = Written(write_status_report(period, output=period / "報告.xlsx").path)
    chart = next(chart for chart in found.charts if chart.title.startswith(CARDS))
    this, last, _ = chart.lines
    assert this.points.get(7) == (None if typed is None else 0.85)
    assert found.values(this.refs["val"])[7] == (None if typed is None else 0.85)
    assert (last.points[7], len(last.points), set(range(8, 12)) & set(this.points)) == (0.8185, 12, set())
    row = next(found.row(n) for n in range(1, 30) if found.row(n)["指標"].value == CARDS)
    assert row["実績"].value == (0.85 if typed else this.points[6])
    shown = f"{CARDS}（途中）　{'106.1' if typed else '99.1'}%"
    bars = next(chart for chart in found.charts if shown in chart.lines[0].names)
    place = bars.lines[0].names.index(shown)
    reached = [place in line.points for line in bars.lines[:2]]
    assert reached == ([True, False] if typed else [False, True])


def test_a_month_after_the_as_of_month_is_no_result(period: Path) -> None:
    december, january = (figure_cell(period, NOVEMBER.replace("11月", one)) for one in ("12月", "1月"))
    type_into(period, december, 80.5)
    type_into(period, january, 0)
    result = write_status_report(period, output=period / "報告.xlsx")
    found = Written(result.path)
    chart = next(chart for chart in found.charts if chart.title.startswith(CARDS))
    assert (chart.lines[0].points[8], set(range(9, 12)) & set(chart.lines[0].points)) == (0.805, set())
    row = next(found.row(n) for n in range(1, 30) if found.row(n)["指標"].value == CARDS)
    assert (row["実績"].value, row["実績の時点"].value) == (0.805, "令和6年12月")
    (told,) = about(result, Concern.TO_COME)
    assert (told.source, told.typed, told.is_error) == (january, "0.00", False)


def test_the_same_report_gives_the_same_bytes(written: Callable[..., Written]) -> None:
    values = [kpi(series=months("0.8")), replace(kpi("乙"), under_way=True)]
    assert written(*values).path.read_bytes() == written(*values).path.read_bytes()
