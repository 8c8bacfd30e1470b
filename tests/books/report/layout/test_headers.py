"""The rows that every page repeats, ratings of several letters, and the sources of table headers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.report.layout.shrink_to_fit import fitted_style, rating_style
from kenpo_xl.books.report.template.page_setup import GRID
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import HEADERS, ITEM, RUNNING
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import Report, ReportItem, ReportLine
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.source import Source
from tests.books.report.report_values import LEGEND, block, full_block, long_table, report, section, table
from tests.books.report.written_book import WrittenBook
from tests.office import Office
from tests.office.pictures import pdf_pages, pdf_text
from tests.paths import TEMPLATE

STEP = "目標を大きく上回って達成した"
LONG = "、".join(f"{letter}：{STEP}" for letter in "SABCDE")
SOURCES = (Source("計画.xlsx", "1-2", "C5"), Source("保健グループ.xlsm", "1-2", "E77"))
NOTE = "出所: 計画.xlsx 1-2!C5\n出所: 保健グループ.xlsm 1-2!E77"


@pytest.fixture
def sheet_of(tmp_path: Path) -> Callable[[Report], Any]:
    """The first section of a report, as openpyxl reads it."""

    def write(values: Report) -> Any:
        path = tmp_path / "報告書.xlsx"
        write_report(values, read_template(TEMPLATE), path)
        return WrittenBook(path)["1-(2)"]

    return write


def cell_with(sheet: Any, text: str) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith(text))


def repeated_heights(sheet: Any) -> list[float]:
    """The heights of the rows that every page repeats."""
    last = int(sheet.print_title_rows.split("$")[-1])
    return [sheet.row_dimensions[row].height for row in range(1, last + 1)]


def legend_lines(sheet: Any) -> list[Any]:
    """The cells of the header that says what the ratings mean, a line each."""
    column = cell_with(sheet, "実施状況（").column
    cells = (sheet.cell(row, column) for row in range(1, len(repeated_heights(sheet)) + 1))
    return [cell for cell in cells if cell.value]


def test_a_title_with_fewer_lines_than_the_one_beside_it_is_not_spread(tmp_path: Path) -> None:
    """In four lines on the left and three on the right: these are as far apart as those."""
    path, title = tmp_path / "報告書.xlsx", "広報活動や「地域ネットワーク」を通じた加入者等の理解促進" * 2
    look = read_template(TEMPLATE.with_name("portrait.xlsx"))
    write_report(report(item=title), look, path)
    sheet = WrittenBook(path)["1-(2)"]
    heights = [
        sum(sheet.row_dimensions[row].height for row in range(area.min_row, area.max_row + 1))
        for area in sorted(sheet.merged_cells.ranges, key=lambda one: one.min_col)
        if sheet.cell(area.min_row, area.min_col).value == title
    ]
    line = look[ITEM].height * 0.75
    below = GRID * 0.75
    assert heights == [4 * line - below, 3 * line - below]


class TestRepeatedHeads:
    def test_what_fits_stays_one_line_of_the_templates_height(self, sheet_of: Callable[..., Any]) -> None:
        sheet, look = sheet_of(report()), read_template(TEMPLATE)
        legend = cell_with(sheet, "実施状況（")
        assert (legend.value, legend.alignment.wrap_text) == (f"実施状況（{LEGEND}）", None)
        heights = [sheet.row_dimensions[row].height for row in (1, 2)]
        assert heights == [look[name].height * 0.75 for name in (RUNNING, HEADERS)]

    def test_a_longer_legend_is_broken_behind_commas(self, sheet_of: Callable[..., Any]) -> None:
        sheet = sheet_of(report(legend=LONG))
        first, *median, last = lines = legend_lines(sheet)
        assert all(cell.value.endswith("、") for cell in (first, *median))
        assert last.value.endswith(f"E：{STEP}）")
        assert "".join(cell.value for cell in lines) == f"実施状況（{LONG}）"
        usual = repeated_heights(sheet_of(report()))
        assert sum(repeated_heights(sheet)) == sum(usual) + (len(median) + 1) * 12

    def test_its_lines_are_as_far_apart_as_those_of_a_table(self, sheet_of: Callable[..., Any]) -> None:
        """12 points for letters of 9.5, with the lines of the header above and below them all."""
        sheet = sheet_of(report(legend=LONG))
        lines = legend_lines(sheet)
        rows = [cell.row for cell in lines]
        assert rows == list(range(rows[0], rows[0] + len(lines)))
        assert {sheet.row_dimensions[row].height for row in rows} == {12}
        above, below = (sheet.cell(row, lines[0].column) for row in (rows[0] - 1, rows[-1] + 1))
        assert (above.border.top.style, above.border.bottom.style) == ("thin", None)
        assert (below.border.top.style, below.border.bottom.style) == (None, "thin")
        assert {cell.fill.fgColor.rgb for cell in (above, *lines, below)} == {lines[0].fill.fgColor.rgb}

    def test_a_long_name_of_a_section_is_broken_too(self, sheet_of: Callable[..., Any]) -> None:
        sheet = sheet_of(report(sections=(section(title="長い節の名前" * 15),)))
        found = [cell.value for cell in sheet["A"] if cell.value and "節の名前" in cell.value]
        assert len(found) > 1
        assert "".join(found).endswith("長い節の名前" * 15)

    def test_so_is_that_of_a_chapter_that_begins_on_a_page(self, tmp_path: Path) -> None:
        """Its lines are 15 points apart, for letters of 12."""
        long = "２．" + "長い章の名前" * 15
        sections = (section(), replace(section(), chapter=long))
        write_report(report(sections=sections), read_template(TEMPLATE), tmp_path / "報告書.xlsx")
        sheet = WrittenBook(tmp_path / "報告書.xlsx")["本文"]
        lines = [cell for cell in sheet["A"] if cell.value and "長い章" in cell.value]
        assert "".join(cell.value for cell in lines).startswith(long)
        assert {sheet.row_dimensions[cell.row].height for cell in lines} == {15}

    def test_they_stay_in_sight_on_the_screen(self, sheet_of: Callable[..., Any]) -> None:
        sheet = sheet_of(report(legend=LONG))
        assert sheet.freeze_panes == f"A{len(repeated_heights(sheet)) + 1}"

    def test_the_pages_have_the_less_room(self, tmp_path: Path, office: Office) -> None:
        path = tmp_path / "報告書.xlsx"
        values = report(
            *(full_block() for _ in range(12)), block(ReportLine(table=long_table(40))), legend=LONG * 3
        )
        promised = write_report(values, read_template(TEMPLATE), path)
        office.to_pdf(path, path.with_suffix(".pdf"))
        assert pdf_pages(path.with_suffix(".pdf")) == promised
        pages = pdf_text(path.with_suffix(".pdf")).split("\f")[1:-1]
        assert [page.count("E：") for page in pages] == [3] * (promised - 1)


class TestRatings:
    STYLE = Style((("font_size", 15.0),))

    def set_in(self, rating: str, height: int = 60) -> tuple[float, bool]:
        style = rating_style(rating, self.STYLE, Width.fixed(52), height, default_size=10.5)
        return style.font_size, bool(style.properties_by_name.get("text_wrap"))

    @pytest.mark.parametrize("rating", ["◎", "〇", "－", "S", "A+", ""])
    def test_one_mark_is_as_large_as_the_template_says(self, rating: str) -> None:
        assert rating_style(rating, self.STYLE, Width.fixed(52), 60, default_size=10.5) is self.STYLE

    def test_a_word_is_set_on_one_line(self) -> None:
        assert [self.set_in(word) for word in ("達成", "未達成", "概ね達成")] == [
            (10.5, False),
            (10.5, False),
            (8.5, False),
        ]

    def test_a_longer_one_on_several_lines_where_there_is_room(self) -> None:
        assert self.set_in("目標未達成") == (10.5, True)
        assert self.set_in("目標未達成", height=20)[0] < 7

    def test_what_does_not_fit_at_all_is_shrunk(self) -> None:
        style = fitted_style("長い評価" * 20, self.STYLE, Width.fixed(52), 20)
        assert (style.font_size, style.properties_by_name["shrink"]) == (6, True)

    def test_it_stands_whole_in_its_cell(self, sheet_of: Callable[..., Any]) -> None:
        cell = cell_with(sheet_of(report(block(rating="概ね達成"))), "概ね達成")
        assert (cell.value, cell.font.size) == ("概ね達成", 8.5)

    @pytest.mark.parametrize("as_of", ["11月末", "令和6年11月30日", "令和6年11月末日時点の速報値"])
    def test_its_as_of_date_is_below_it_with_room_for_all_lines(
        self, as_of: str, sheet_of: Callable[..., Any]
    ) -> None:
        sheet = sheet_of(report(block(ReportLine("・短い文。"), rating="△", as_of=as_of)))
        cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("△\n")]
        (cell,) = cells
        glyph, *lines = cell.value.split("\n")
        assert (glyph, "".join(lines)) == ("△", as_of)
        area = next((one for one in sheet.merged_cells.ranges if cell.coordinate in one), None)
        rows = range(area.min_row, area.max_row + 1) if area else (cell.row,)
        height = sum(sheet.row_dimensions[row].height for row in rows)
        assert height >= cell.font.size + 6 * len(lines)


def notes(sheet: Any) -> dict[str, str]:
    return {cell.value: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def test_titles_and_the_legend_with_numbers_name_their_cells(sheet_of: Callable[..., Any]) -> None:
    places = {name: (Source("計画.xlsx", "施策", name),) for name in ("A2", "B3", "C4")}
    item = ReportItem("項は 4 つ", (full_block(),), places["C4"])
    first = replace(section(item, title="節は 3 つ"), sources=places["B3"], chapter_sources=places["A2"])
    one = replace(report(), sections=(first,))
    told = notes(sheet_of(replace(one, legend_sources=(Source("計画.xlsx", "評価基準", "B2"),))))
    assert told.pop("項は 4 つ") == "出所: 計画.xlsx 施策!C4"
    assert told.pop("節は 3 つ") == "出所: 計画.xlsx 施策!B3"
    assert sorted(told.values()) == [
        "出所: 計画.xlsx 施策!A2\n出所: 計画.xlsx 施策!B3",
        "出所: 計画.xlsx 評価基準!B2",
    ]


def test_the_text_of_a_cell_with_numbers_names_its_cell(sheet_of: Callable[..., Any]) -> None:
    whole = table(sources=())
    cell = replace(whole.rows[0][2], value="約 12 件", shown="約 12 件", sources=SOURCES[:1])
    rows = ((*whole.rows[0][:2], cell), *whole.rows[1:])
    assert notes(sheet_of(report(block(ReportLine(table=table(rows=rows)))))) == {
        "約 12 件": "出所: 計画.xlsx 1-2!C5"
    }


class TestNotesOfTables:
    def test_a_caption_names_the_cells_of_its_numbers(self, sheet_of: Callable[..., Any]) -> None:
        sheet = sheet_of(report(block(ReportLine(table=table(sources=SOURCES)))))
        assert notes(sheet) == {"サービススタンダードの達成状況": NOTE}

    def test_a_corner_names_those_of_its_own(self, sheet_of: Callable[..., Any]) -> None:
        one = replace(table(corner=(Header("年度", 0, 0, sources=SOURCES),)), caption="")
        sheet = sheet_of(report(block(ReportLine(table=one))))
        assert notes(sheet) == {"年度": NOTE}

    def test_a_table_without_such_numbers_has_none(self, sheet_of: Callable[..., Any]) -> None:
        sheet = sheet_of(report())
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.comment]
