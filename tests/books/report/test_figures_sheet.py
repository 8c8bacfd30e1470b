"""The sheet 数値, and the ways that lead from the printed pages to it and to the books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.common import links
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import Report, ReportLine
from kenpo_xl.domain.results.fact_columns import COLUMNS
from kenpo_xl.domain.results.facts import Fact, Origin
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import Month
from kenpo_xl.domain.time.span import Accumulation, Span
from tests.books.report.report_values import block, count, rate, report, section, table, words
from tests.books.report.written_book import WrittenBook
from tests.office import Office
from tests.office.pictures import pdf_text
from tests.paths import TEMPLATE

BOOK = "業務グループ.xlsm"
HEADERS = [column.header for column in COLUMNS]


def fact(**changes: object) -> Fact:
    """A computed rate from April to October, typed over as a text."""
    ordinary = Fact(
        identity="1-2-2/決定達成/当年/達成率",
        origin=Origin.TABLE,
        item="1-2-2",
        item_title="② サービス水準の向上",
        group="業務グループ",
        table="決定達成",
        row="当年",
        column="達成率",
        span=Span(Month(2024, 4), Month(2024, 10), Accumulation.CUMULATIVE),
        unit="割合",
        typed_text="約96％",
        computed=Decimal("0.965"),
        value=Decimal("0.965"),
        rounding="四捨五入",
        decimals=3,
        source=Source(BOOK, "1-2-2", "E12"),
    )
    return replace(ordinary, **changes)  # type: ignore[arg-type]


def counted(**changes: object) -> Fact:
    values = {"typed": Decimal(43089), "value": Decimal(43089), "typed_text": "", "computed": None}
    return fact(identity="1-2-2/決定達成/当年/決定件数", unit="件", **{**values, **changes})


def linked(*, facts: tuple[Fact, ...] | None = None, **changes: object) -> Report:
    """A table whose number and rate have facts, a progress line and a sentence whose numbers have sources."""
    rows = ((replace(count("43089"), fact=0), replace(rate("0.965"), fact=1), words("速報値")),)
    one = replace(
        block(
            ReportLine("・健康宣言事業所数は1,080社。", sources=(Source(BOOK, "1-2-2", "C8"),)),
            ReportLine(table=table(rows=rows)),
        ),
        sources=((Source("計画.xlsx", "施策", "F9"),),),
    )
    found = (counted(), fact()) if facts is None else facts
    return report(one, **{"facts": found, "books": {BOOK: f"../提出/{BOOK}"}, **changes})


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Report], Any]:
    def write(values: Report) -> Any:
        write_report(values, read_template(TEMPLATE), tmp_path / "報告.xlsx")
        return WrittenBook(tmp_path / "報告.xlsx")

    return write


def cell_of(sheet: Any, value: object) -> Any:
    """The only cell of a sheet with this value."""
    (found,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == value]
    return found


def row_of(sheet: Any, row: int) -> dict[str, Any]:
    return {header: cell.value for header, cell in zip(HEADERS, sheet[row], strict=True)}


class TestFigures:
    def test_it_is_the_last_sheet_and_the_cover_is_shown_first(self, written: Callable[..., Any]) -> None:
        book = written(linked())
        assert book.sheetnames[-1] == "数値"
        assert book.active.title == "表紙"

    def test_headers_stand_in_the_first_row(self, written: Callable[..., Any]) -> None:
        sheet = written(linked())["数値"]
        assert [cell.value for cell in sheet[1]] == HEADERS
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:Z3")
        assert not sheet.merged_cells.ranges

    def test_a_fact_is_a_row_with_one_datum_a_cell(self, written: Callable[..., Any]) -> None:
        assert row_of(written(linked())["数値"], 3) == {
            "識別名": "1-2-2/決定達成/当年/達成率",
            "出どころ": "表",
            "項": "1-2-2",
            "項の題": "② サービス水準の向上",
            "表": "決定達成",
            "行": "当年",
            "列": "達成率",
            "対象": None,
            "年度": 2024,
            "年度（和暦）": "令和6年度",
            "開始年月": "2024-04",
            "開始年月（和暦）": "令和6年4月",
            "終了年月": "2024-10",
            "終了年月（和暦）": "令和6年10月",
            "期間の種類": "累計",
            "単位": "割合",
            "入力値": None,
            "入力した文字": "約96％",
            "計算値": 0.965,
            "印字値": 0.965,
            "端数処理": "四捨五入",
            "小数桁": 3,
            "グループ": "業務グループ",
            "ファイル": BOOK,
            "シート": "1-2-2",
            "セル": "E12",
        }

    def test_numbers_carry_no_unit_in_their_format(self, written: Callable[..., Any]) -> None:
        formats = {cell.number_format for row in written(linked())["数値"]["A2:Z3"] for cell in row}
        assert formats == {"General"}

    def test_a_fact_without_months_leaves_them_empty(self, written: Callable[..., Any]) -> None:
        row = row_of(written(linked(facts=(fact(span=None), fact())))["数値"], 2)
        assert {row[header] for header in HEADERS[8:15]} == {None}

    def test_a_typed_text_never_becomes_a_formula(self, written: Callable[..., Any]) -> None:
        sheet = written(linked(facts=(fact(typed_text='=HYPERLINK("http://x")'), fact())))["数値"]
        assert cell_of(sheet, '=HYPERLINK("http://x")').data_type == "s"

    def test_a_report_without_facts_has_headers_alone(self, written: Callable[..., Any]) -> None:
        assert written(report())["数値"].max_row == 1

    def test_a_section_of_the_same_name_gets_another(self, written: Callable[..., Any]) -> None:
        named = section(*linked().sections[0].items, name="数値")
        assert written(linked(sections=(named,))).sheetnames[1] == "数値(2)"


class TestWayToTheBook:
    def test_the_cell_links_to_the_book(self, written: Callable[..., Any]) -> None:
        link = written(linked())["数値"]["Z3"].hyperlink
        assert (link.target, link.location) == (f"..\\提出\\{BOOK}", "'1-2-2'!E12")

    def test_a_book_that_is_not_reachable_is_plain_text(self, written: Callable[..., Any]) -> None:
        cell = written(linked(books={}))["数値"]["Z3"]
        assert (cell.value, cell.hyperlink) == ("E12", None)

    @pytest.mark.parametrize(
        ("name", "target"),
        [
            ("Q3 #1.xlsx", "Q3%20%231.xlsx"),
            ("達成率 100%.xlsx", "達成率%20100%25.xlsx"),
            ("a%20b.xlsx", "a%2520b.xlsx"),
        ],
    )
    def test_signs_in_its_name_are_escaped(self, written: Callable[..., Any], name: str, target: str) -> None:
        found = fact(source=Source(name, "1-2-2", "E12"))
        sheet = written(linked(facts=(found, found), books={name: f"../提出/{name}"}))["数値"]
        assert sheet["Z2"].hyperlink.target == f"..\\提出\\{target}"

    def test_a_quote_in_a_sheet_name_is_duplicates(self, written: Callable[..., Any]) -> None:
        found = fact(source=Source(BOOK, "it's #1", "E12"))
        assert written(linked(facts=(found, found)))["数値"]["Z2"].hyperlink.location == "'it''s #1'!E12"


class TestFromThePrintedPages:
    def test_a_number_leads_to_its_row_and_keeps_its_format(self, written: Callable[..., Any]) -> None:
        book = written(linked())
        cell = cell_of(book["1-(2)"], 0.965)
        assert (cell.number_format, cell.hyperlink.location) == ('0.0%"　"', "'数値'!A3")
        assert cell.hyperlink.tooltip == f"{BOOK} 1-2-2!E12\n1-2-2/決定達成/当年/達成率"

    def test_the_entity_of_an_open_list_is_named(self, written: Callable[..., Any]) -> None:
        book = written(linked(facts=(counted(entity="さいたま市"), fact())))
        assert cell_of(book["1-(2)"], 43089).hyperlink.tooltip.endswith("/決定件数（さいたま市）")

    @pytest.mark.parametrize("character", ["市", "𠮷"])
    def test_a_long_tip_is_cut_where_excel_ends_it(self, written: Callable[..., Any], character: str) -> None:
        book = written(linked(facts=(counted(entity=character * 300), fact())))
        shown = cell_of(book["1-(2)"], 43089).hyperlink.tooltip
        assert len(shown.encode("utf-16-le")) // 2 in (254, 255)
        assert shown.endswith(character)

    def test_a_number_without_fact_is_plain(self, written: Callable[..., Any]) -> None:
        rows = ((count("43089"), rate("0.965"), words("速報値")),)
        sheet = written(report(block(ReportLine(table=table(rows=rows)))))["1-(2)"]
        assert cell_of(sheet, 43089).hyperlink is None

    def test_more_links_than_excel_follows_are_left_out(
        self, written: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(links, "_MOST_LINKS", 1)
        sheet = written(linked())["1-(2)"]
        assert (cell_of(sheet, 43089).hyperlink is None, cell_of(sheet, 0.965).hyperlink) == (False, None)

    def test_texts_with_numbers_carry_a_note(self, written: Callable[..., Any]) -> None:
        sheet = written(linked())["1-(2)"]
        line = cell_of(sheet, "・健康宣言事業所数は1,080社。")
        assert line.comment.text == f"出所: {BOOK} 1-2-2!C8"
        assert line.alignment.wrap_text
        notes = {cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
        assert notes == {f"出所: {BOOK} 1-2-2!C8", "出所: 計画.xlsx 施策!F9"}

    def test_a_sentence_without_a_number_carries_none(self, written: Callable[..., Any]) -> None:
        one = replace(
            block(sentences=("・周知を図る。", "・10営業日を守る。")),
            sources=((), (Source("計画.xlsx", "施策", "F10"),)),
        )
        sheet = written(report(one))["1-(2)"]
        assert cell_of(sheet, "・周知を図る。").comment is None
        assert cell_of(sheet, "・10営業日を守る。").comment.text == "出所: 計画.xlsx 施策!F10"

    def test_a_cell_is_named_once(self, written: Callable[..., Any]) -> None:
        source = Source(BOOK, "1-2-2", "C8")
        sheet = written(report(block(ReportLine("・1件と2件。", sources=(source, source)))))["1-(2)"]
        assert cell_of(sheet, "・1件と2件。").comment.text == f"出所: {source}"

    def test_a_paragraph_torn_over_pages_carries_its_note_once(self, written: Callable[..., Any]) -> None:
        line = ReportLine("・健診の案内を1,080社へ送付した。" * 300, sources=(Source(BOOK, "1-2-2", "C8"),))
        sheet = written(report(block(line)))["1-(2)"]
        pieces = [cell for row in sheet.iter_rows() for cell in row if "1,080" in str(cell.value)]
        assert len(pieces) > 1
        assert [bool(piece.comment) for piece in pieces] == [True] + [False] * (len(pieces) - 1)

    def test_the_same_report_gives_the_same_bytes(self, tmp_path: Path) -> None:
        for name in ("一.xlsx", "二.xlsx"):
            write_report(linked(), read_template(TEMPLATE), tmp_path / name)
        assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_on_paper_nothing_of_it_is_seen(tmp_path: Path, office: Office) -> None:
    """Rows are as high, texts the same, and no link leaves a path in the PDF."""
    bare = linked(facts=(), books={}, sections=without_ways(linked()))
    for name, values in (("あり", linked()), ("なし", bare)):
        write_report(values, read_template(TEMPLATE), tmp_path / f"{name}.xlsx")
        office.to_pdf(tmp_path / f"{name}.xlsx", tmp_path / f"{name}.pdf")
    assert pdf_text(tmp_path / "あり.pdf") == pdf_text(tmp_path / "なし.pdf")
    heights = [
        {row: entry.height for row, entry in book["1-(2)"].row_dimensions.items()}
        for book in (WrittenBook(tmp_path / f"{name}.xlsx") for name in ("あり", "なし"))
    ]
    assert heights[0] == heights[1]
    assert b"/URI" not in (tmp_path / "あり.pdf").read_bytes()


def without_ways(values: Report) -> tuple[Any, ...]:
    """The sections of a report without facts and sources."""
    (only,) = values.sections
    (item,) = only.items
    (one,) = item.blocks
    text, with_table = one.lines
    assert with_table.table
    rows = tuple(tuple(replace(cell, fact=None) for cell in row) for row in with_table.table.rows)
    lines = (replace(text, sources=()), replace(with_table, table=replace(with_table.table, rows=rows)))
    return (replace(only, items=(replace(item, blocks=(replace(one, lines=lines, sources=()),)),)),)
