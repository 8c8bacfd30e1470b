"""The template: what is read from it, and how it says what is missing."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Border, Color, Font, PatternFill, Side

from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.style import tinted_colour
from kenpo_xl.books.report.template.template import PATTERNS, Template, filled_text, filled_text_or_empty
from kenpo_xl.domain.plan.placeholders import CALENDAR_WORDS
from kenpo_xl.errors import KenpoError
from tests.edited import loaded
from tests.paths import SCRIPTS, TEMPLATE


@pytest.fixture
def restyled(tmp_path: Path) -> Callable[[Callable[[Any], None]], Template]:
    """The template after somebody changed it."""

    def change(how: Callable[[Any], None]) -> Template:
        return read_template(changed(tmp_path, how))

    return change


def changed(folder: Path, how: Callable[[Any], None]) -> Path:
    path = folder / "ひな形.xlsx"
    book = loaded(TEMPLATE)
    how(book)
    book.save(path)
    return path


def row_of(sheet: Any, name: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == name)


class TestReading:
    def test_the_shipped_template_has_every_pattern(self) -> None:
        template = read_template(TEMPLATE)
        assert list(template.patterns) == list(PATTERNS)
        left, right, rating = template.column_zones
        assert (left.last + 1, right.last + 1) == (right.first, rating.first)
        assert sum(template.column_pixels) * 0.75 < 11.69 * 72 - 2 * 36

    def test_the_shipped_templates_are_those_of_the_script(self, tmp_path: Path) -> None:
        script = runpy.run_path(str(SCRIPTS / "make_templates.py"))
        for design in script["DESIGNS"]:
            made = script["make"](tmp_path, design)
            shipped = TEMPLATE.with_name(made.name)
            assert made.read_bytes() == shipped.read_bytes()
            template = read_template(shipped)
            assert list(template.patterns) == list(PATTERNS)
            assert template.notes == ()

    def test_row_heights_are_line_heights(self, restyled: Callable[..., Template]) -> None:
        def higher(book: Any) -> None:
            book["本文"].row_dimensions[row_of(book["本文"], "本文")].height = 18

        assert restyled(higher)["本文"].height == 24

    def test_columns_that_one_entry_stands_for(self, restyled: Callable[..., Template]) -> None:
        template = restyled(lambda book: book.properties)
        assert template.column_pixels == read_template(TEMPLATE).column_pixels

    def test_less_room_with_larger_margins(self, restyled: Callable[..., Template]) -> None:
        def wider(book: Any) -> None:
            book["本文"].page_margins.bottom += 1

        # 72 points at 90 %, of which 97 % are used
        assert read_template(TEMPLATE).height_below_headers(0) - restyled(wider).height_below_headers(0) in {
            103,
            104,
        }

    @pytest.mark.parametrize(("height", "used"), [(18, 0.97), (17.25, 0.94)])
    def test_rows_on_the_grid_use_more_of_a_page(
        self, height: float, used: float, restyled: Callable[..., Template]
    ) -> None:
        def lower(book: Any) -> None:
            row = next(cell.row for cell in book["本文"]["A"] if cell.value == "表の行")
            book["本文"].row_dimensions[row].height = height

        template = restyled(lower)
        share = template.height_below_headers(0) * 0.75 * 0.9 / (595.3 - 72 * (0.5 + 0.45))
        assert share == pytest.approx(used, abs=0.002)


class TestColours:
    @pytest.mark.parametrize(
        ("rgb", "tint", "expected"),
        [
            ("1f3864", 0, "1F3864"),
            ("000000", 0.5, "808080"),
            ("FFFFFF", -0.5, "808080"),
            ("4472C4", 1, "FFFFFF"),
        ],
    )
    def test_tints(self, rgb: str, tint: float, expected: str) -> None:
        assert tinted_colour(rgb, tint) == expected

    def test_theme_indexed_and_plain_colours(self, restyled: Callable[..., Template]) -> None:
        def colour(book: Any) -> None:
            sheet = book["本文"]
            for slot, chosen in zip("CK", (Color(theme=1, tint=0.5), Color(indexed=10)), strict=True):
                sheet[f"{slot}{row_of(sheet, '本文')}"].font = Font(name="BIZ UDゴシック", color=chosen)
            sheet[f"C{row_of(sheet, '本文')}"].fill = PatternFill("solid", fgColor="FFFFCC00")

        first, second = restyled(colour)["本文"].slots[:2]
        assert first.style.properties_by_name["font_color"] == "#808080"
        assert first.style.properties_by_name["fg_color"] == "#FFCC00"
        assert second.style.properties_by_name["font_color"] == "#FF0000"

    def test_lines_with_their_colours(self, restyled: Callable[..., Template]) -> None:
        def line(book: Any) -> None:
            sheet = book["本文"]
            sheet[f"C{row_of(sheet, '本文')}"].border = Border(
                bottom=Side("double", color="FF00B050"), diagonal=Side("thin"), diagonalUp=True
            )

        values = restyled(line)["本文"].slots[0].style.properties_by_name
        assert (values["bottom"], values["bottom_color"]) == (6, "#00B050")
        assert (values["diag_border"], values["diag_type"]) == (1, 1)


class TestWhatIsMissing:
    @pytest.mark.parametrize("name", PATTERNS)
    def test_a_pattern(self, name: str, restyled: Callable[..., Template]) -> None:
        def rename(book: Any) -> None:
            book["本文"].cell(row_of(book["本文"], name), 1).value = "別の名前"

        with pytest.raises(KenpoError, match=f"^ひな形「ひな形.xlsx」の本文に、行「{name}」"):
            restyled(rename)

    @pytest.mark.parametrize("name", ["表紙", "本文"])
    def test_a_sheet(self, name: str, restyled: Callable[..., Template]) -> None:
        def rename(book: Any) -> None:
            book[name].title = "別の名前"

        with pytest.raises(KenpoError, match=f"シート「{name}」がありません"):
            restyled(rename)

    def test_a_sample(self, restyled: Callable[..., Template]) -> None:
        def unmerge(book: Any) -> None:
            sheet = book["本文"]
            row = row_of(sheet, "列見出し")
            for area in [area for area in sheet.merged_cells.ranges if area.min_row == row]:
                sheet.unmerge_cells(str(area))
            for cell in sheet[row][1:]:
                cell.value = None

        with pytest.raises(KenpoError, match="行「列見出し」には、文を入れるセルが3個要ります"):
            restyled(unmerge)

    def test_one_of_two_patterns_too_many(self, restyled: Callable[..., Template]) -> None:
        def double(book: Any) -> None:
            book["本文"].cell(40, 1).value = "KPI"

        with pytest.raises(KenpoError, match="行「KPI」が二つあります"):
            restyled(double)

    def test_the_file_itself(self, tmp_path: Path) -> None:
        path = tmp_path / "ひな形.xlsx"
        path.write_bytes(b"not a workbook")
        with pytest.raises(KenpoError, match="Excel ブックではありません"):
            read_template(path)
        with pytest.raises(KenpoError, match="を読めません"):
            read_template(tmp_path / "no.xlsx")


class TestWords:
    def test_a_word_is_filled_in(self) -> None:
        assert filled_text("{会議} 資料", {"会議": "評議会"}, location="表紙") == "評議会 資料"

    def test_an_empty_word_takes_its_brackets_along(self) -> None:
        assert filled_text("実施状況（{凡例}）", {"凡例": ""}, location="本文") == "実施状況"

    def test_a_text_is_empty_when_all_its_words_are(self) -> None:
        assert filled_text_or_empty("※{基準日}を基準としています。", {}, location="表紙") == ""
        assert filled_text_or_empty("※注", {}, location="表紙") == "※注"
        assert filled_text_or_empty("{会議}　{開催日}", {"会議": "評議会"}, location="表紙") == "評議会　"

    def test_a_misspelt_word_is_named(self) -> None:
        with pytest.raises(KenpoError, match=r"ひな形の表紙にある \{会義\} は使えない語です") as found:
            filled_text("{会義}", {"会議": "評議会"}, location="表紙")
        listed = re.findall(r"\{([^{}]+)\}", str(found.value))[1:]
        assert {*CALENDAR_WORDS, "会議", "凡例", "4月", "前年4月"} <= {*listed}
        assert len(listed) == len({*listed})
        assert filled_text("".join(f"{{{word}}}" for word in listed), {}, location="表紙") == ""
