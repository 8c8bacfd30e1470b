"""Cells that read otherwise than they look at first, each put into a copy of a book of the sample."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Font, PatternFill

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.tasks.fix import fix_books
from kenpo_xl.tasks.flag import flag_books, unflag_books
from tests.checks.planted import BOOK, checked, places, planted, repacked
from tests.paths import SAMPLE
from tests.sample import sample_plan
from tests.soak import sparse
from tests.tasks.test_flag import TODAY, members

SHEET = "xl/worksheets/sheet4.xml"  # 1-2-3
STYLES = "xl/styles.xml"
COUNT = "E48"  # 改善依頼書の送付件数 35 件
STRUCK = (
    "<is><r><rPr><strike/><sz val='11'/></rPr><t>31</t></r><r><rPr><sz val='11'/></rPr><t>{}</t></r></is>"
)


def with_cell(cell: str, inside: str, *, kind: str = "inlineStr", style: str = "") -> Callable[[str], str]:
    """Put other content into a cell; its style stays where none is given."""

    def change(part: str) -> str:
        found = re.search(rf'<c r="{cell}"( s="\\d+")?[^>]*?(?:/>|>.*?</c>)', part)
        assert found, cell
        look = f' s="{style}"' if style else found[1] or ""
        return part.replace(found[0], f'<c r="{cell}"{look} t="{kind}">{inside}</c>', 1)

    return change


def with_struck_font(part: str) -> str:
    """The styles with one more, which is the first one struck through."""
    fonts = int(re.search(r'<fonts count="(\d+)"', part)[1])  # type: ignore[index]
    part = part.replace("</fonts>", '<font><strike/><sz val="10"/></font></fonts>', 1)
    xf = f'<xf numFmtId="0" fontId="{fonts}" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    return part.replace("</cellXfs>", f"{xf}</cellXfs>", 1)


def struck_style() -> str:
    """The index of the style that `with_struck_font` adds."""
    styles = zipfile.ZipFile(BOOK).read(STYLES).decode()
    return re.search(r'<cellXfs count="(\d+)"', styles)[1]  # type: ignore[index]


def value_of(submission: Submission, cell: str) -> object:
    cells = [
        one for item in submission.items for table in item.tables for row in table.rows for one in row.cells
    ]
    return next(
        one.value for one in cells if one.source and one.source.cell == cell and "1-2-3" in str(one.source)
    )


class TestStruckThrough:
    def test_a_number_is_what_is_left(self, tmp_path: Path) -> None:
        book = repacked(tmp_path, {SHEET: with_cell(COUNT, STRUCK.format("35"))})
        assert value_of(read_submission(book, sample_plan()), COUNT) == 35
        (finding,) = [one for one in checked(book, "VA") if one.cell == COUNT]
        assert (finding.code, finding.identity, finding.expected) == (
            "VA15",
            "1-2-3/文中の数値/改善依頼書の送付件数/当年",
            "35",
        )
        assert "「31」に取消線があります。これを除いて 35 件 と読みました。" in finding.message

    def test_a_number_that_is_left_in_part_is_no_number(self, tmp_path: Path) -> None:
        book = repacked(tmp_path, {SHEET: with_cell(COUNT, STRUCK.format("約35"))})
        assert [one.code for one in checked(book, "VA") if one.cell == COUNT] == ["VA02", "VA15"]

    def test_a_whole_number_leaves_the_cell_empty(self, tmp_path: Path) -> None:
        cell = with_cell(COUNT, "<v>35</v>", kind="n", style=struck_style())
        book = repacked(tmp_path, {SHEET: cell, STYLES: with_struck_font})
        assert value_of(read_submission(book, sample_plan()), COUNT) is None
        (finding,) = [one for one in checked(book, "VA") if one.cell == COUNT]
        assert finding.code == "VA15"
        assert "「35」に取消線があるため、空欄として扱います。" in finding.message

    def test_a_formula_of_staff_is_withdrawn_with_its_value(self, tmp_path: Path) -> None:
        cell = with_cell(COUNT, "<f>30+5</f><v>35</v>", kind="n", style=struck_style())
        book = repacked(tmp_path, {SHEET: cell, STYLES: with_struck_font})
        assert value_of(read_submission(book, sample_plan()), COUNT) is None

    def test_a_font_of_its_own_is_not_struck(self, tmp_path: Path) -> None:
        inside = "<is><r><t>31</t></r><r><rPr><sz val='11'/></rPr><t>35</t></r></is>"
        cell = with_cell(COUNT, inside, style=struck_style())
        book = repacked(tmp_path, {SHEET: cell, STYLES: with_struck_font})
        assert value_of(read_submission(book, sample_plan()), COUNT) == 35

    def test_a_line_is_what_is_left_and_none_where_nothing_is(self, tmp_path: Path) -> None:
        sentence = "<is><r><t>件数は</t></r><r><rPr><strike/></rPr><t>31</t></r><r><t>35 件。</t></r></is>"
        gone = "<is><r><rPr><strike/></rPr><t>取りやめた。</t></r></is>"
        change = with_cell("D17", sentence)
        book = repacked(tmp_path, {SHEET: lambda part: with_cell("D23", gone)(change(part))})
        entry = next(item for item in read_submission(book, sample_plan()).items if item.item == "1-2-3")
        cells = {line.source.cell: line.text for line in entry.lines if line.source}
        assert cells["D17"] == "件数は35 件。"
        assert "D23" not in cells
        assert places(checked(book, "VA15")) == [("VA15", "1-2-3!D17"), ("VA15", "1-2-3!D23")]

    def test_plan_text_without_a_word_of_the_plan_is_altered(self, tmp_path: Path) -> None:
        book = repacked(
            tmp_path,
            {SHEET: with_cell("D14", "<is><r><rPr><strike/></rPr><t>計画</t></r><r><t>の文</t></r></is>")},
        )
        found = [one for one in checked(book, "ST06") if one.cell == "D14"]
        assert [one.actual for one in found] == ["の文"]
        assert ("VA15", "1-2-3!D14") in places(checked(book, "VA15"))

    def test_a_note_beyond_our_parts_is_none(self, tmp_path: Path) -> None:
        def beside(part: str) -> str:
            cell = '<c r="AB48" t="inlineStr"><is><r><rPr><strike/></rPr><t>メモ</t></r></is></c></row>'
            start = part.index('<row r="48"')
            end = part.index("</row>", start)
            return part[:end] + cell + part[end + len("</row>") :]

        assert checked(repacked(tmp_path, {SHEET: beside}), "VA15") == []

    def test_fix_leaves_the_cell(self, tmp_path: Path) -> None:
        book = repacked(tmp_path, {SHEET: with_cell(COUNT, STRUCK.format("35"))})
        (fixed,) = fix_books([book], plan=SAMPLE / "計画.xlsx")
        assert (fixed.failure, [one.edit.cell for one in fixed.repairs]) == ("", ["D9"])  # a term of 用語

    def test_marks_compare_the_letters_that_are_struck_as_well(self, tmp_path: Path) -> None:
        book = repacked(tmp_path, {SHEET: with_cell(COUNT, STRUCK.format("35"))})
        before = members(book)
        flag_books([book], plan=SAMPLE / "計画.xlsx", today=TODAY)
        assert members(book) != before
        again = checked(book, "VA15")
        assert [one.cell for one in again] == [COUNT]
        unflag_books([book], today=TODAY)
        assert members(book) == before


def under(folder: Path, group: str, cell: str, code: str, value: float | str | None = None) -> list[Finding]:
    """What VA16 finds where a cell has another number format, and another value where one is given."""

    def edit(book: Any) -> None:
        sheet, _, place = cell.partition("!")
        book[sheet][place].number_format = code
        if value is not None:
            book[sheet][place] = value

    found = checked(planted(folder, edit, SAMPLE / "提出" / f"{group}.xlsm"), "VA16")
    assert [f"{one.sheet}!{one.cell}" for one in found] == [cell] * len(found)
    return found


class TestNumberFormats:
    COUNT = "業務グループ", "1-2-2!E26"  # 43,089 件
    RATE = "業務グループ", "1-2-2!E32"  # 0.965 as 96.5%
    POINTS = "レセプトグループ", "1-2-5!I52"  # 44.24 in ％
    MONEY = "レセプトグループ", "1-2-4!G29"  # 75,277 in 千円

    @pytest.mark.parametrize(
        ("cell", "code", "value"),
        sparse(
            [
                (COUNT, "#,##0,", None),
                (COUNT, ";;;", None),
                (COUNT, ";;;", 0),
                (COUNT, '"12"', None),
                (COUNT, "[White]0", None),
                (COUNT, "0;;", -43089),
                (COUNT, "0;0", -43089),
                (COUNT, '[<50000]""', None),
                (COUNT, '0"0"', None),
                (COUNT, "0%", None),
                (COUNT, '#,##0"人"', None),
                (COUNT, '"約"#,##0', None),
                (COUNT, "[h]", None),
                (COUNT, "¥#,##0", None),
                (COUNT, "0.00E+00", None),
                (COUNT, '"x"' * 100, None),
                (RATE, "0.0", None),
                (RATE, "0", None),
                (RATE, '0.0"％"', None),
                (POINTS, "0.0%", None),
                (MONEY, "#,##0,", None),
                (MONEY, '#,##0"円"', None),
                (MONEY, "#,##0.0,,", None),
            ]
        ),
    )
    def test_that_show_something_else(
        self, tmp_path: Path, cell: tuple[str, str], code: str, value: float | None
    ) -> None:
        (finding,) = under(tmp_path, *cell, code, value)
        assert finding.severity is Severity.ERROR

    @pytest.mark.parametrize(
        ("cell", "code", "value"),
        sparse(
            [
                (COUNT, "General", None),
                (COUNT, "0", None),
                (COUNT, "#,##0.0", None),
                (COUNT, '#,##0"件"', None),
                (COUNT, "@", None),
                (COUNT, '#,##0,"千件"', None),
                (COUNT, "000000", None),
                (COUNT, "#,##0;[Red]-#,##0", -43089),
                (COUNT, "#,##0;[Red]#,##0", -43089),
                (COUNT, '#,##0;"△"#,##0', -43089),
                (COUNT, "0_);(0)", -43089),
                (COUNT, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 0),
                (COUNT, "0;;;@", None),
                (COUNT, '[<1000]"";#,##0', None),
                (RATE, "General", None),
                (RATE, "0%", None),
                (RATE, "0.00%", None),
                (RATE, "0.000", None),
                (POINTS, "General", None),
                (POINTS, '0.0"％"', None),
                (MONEY, '#,##0" 千円"', None),
                (MONEY, '#,##0.0,"百万円"', None),
            ]
        ),
    )
    def test_that_say_the_same(
        self, tmp_path: Path, cell: tuple[str, str], code: str, value: float | None
    ) -> None:
        assert under(tmp_path, *cell, code, value) == []

    def test_the_sentence_says_what_is_seen_and_what_is_there(self, tmp_path: Path) -> None:
        (finding,) = under(tmp_path, *self.COUNT, "#,##0,")
        assert "画面では 43 と見えますが、値は 43,089 件 です。" in finding.message
        (finding,) = under(tmp_path, *self.COUNT, ";;;")
        assert "画面では見えませんが" in finding.message

    @pytest.mark.parametrize(
        ("code", "told"), [(";;;", True), ("[White]@", True), (";;;@", False), ("@", False)]
    )
    def test_of_a_progress_line(self, tmp_path: Path, code: str, *, told: bool) -> None:
        assert bool(under(tmp_path, "業務グループ", "1-2-2!D20", code)) is told

    @pytest.mark.parametrize(
        ("letters", "fill", "told"),
        [
            ("FFFFFFFF", None, True),
            ("FFFFFFFF", "FF1F3864", False),
            ("FFFFFFFF", "FFFFF7DC", True),
            ("FFBFBFBF", "FFFFF7DC", False),
            ("FFD9D9D9", None, False),
            ("FFFFF2CC", "FFFFF2CC", True),
            ("FF000000", None, False),
        ],
    )
    def test_letters_in_the_colour_of_the_cell(
        self, tmp_path: Path, letters: str, fill: str | None, *, told: bool
    ) -> None:
        def edit(book: Any) -> None:
            for place in ("E26", "D20"):
                cell = book["1-2-2"][place]
                cell.font = Font(color=letters)
                cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()

        places_of = [one.cell for one in checked(planted(tmp_path, edit), "VA16")]
        assert places_of == (["D20", "E26"] if told else [])


def test_a_format_of_400_kb_takes_no_time(tmp_path: Path) -> None:
    for letters in ("[", "&quot;", "0;", "0.0,"):
        code = letters * 100_000
        fmt = f'<numFmt numFmtId="190" formatCode="{code}"/></numFmts>'
        xf = '<xf numFmtId="190" fontId="0" fillId="0" borderId="0"/></cellXfs>'
        cell = with_cell(COUNT, "<v>35</v>", kind="n", style=struck_style())
        styles = lambda part: part.replace("</numFmts>", fmt, 1).replace("</cellXfs>", xf, 1)  # noqa: E731, B023
        start = time.perf_counter()
        book = repacked(tmp_path, {SHEET: cell, STYLES: styles})
        assert [one.cell for one in checked(book, "VA16")] == [COUNT]
        assert time.perf_counter() - start < 5


def test_no_letter_of_the_sample_is_struck_through() -> None:
    for group in ("業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ"):
        assert checked(SAMPLE / "提出" / f"{group}.xlsm", "VA15") == []
        assert checked(SAMPLE / "提出" / f"{group}.xlsm", "VA16") == []
