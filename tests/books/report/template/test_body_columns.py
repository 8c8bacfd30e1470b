"""The columns of the body are those of the template, in its order; further ones print texts of 施策."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from kenpo_xl.books.report.layout.further_texts import FurtherTexts
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import Report, ReportBlock, ReportLine
from kenpo_xl.domain.plan.plan import ColumnText
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from tests.books.report.report_values import SENTENCE, report
from tests.books.report.template.test_template import changed, row_of
from tests.paths import TEMPLATE

PROGRESS = "・適正に業務を実施。"
LINES = (ReportLine(PROGRESS),)
CELL = Source("計画.xlsx", "施策", "H4")
HEADER_ROW, TEXT_ROW = "列見出し", "本文"
PLAN, WORK, RATING = 2, 10, 73


def block(*texts: tuple[str, str], lines: tuple[ReportLine, ...] = LINES) -> ReportBlock:
    return ReportBlock(
        (SENTENCE,), lines, "△", column_texts=tuple(ColumnText(header, text, CELL) for header, text in texts)
    )


def first_cells(sheet: Any, row_name: str) -> list[Cell]:
    """The cells with text of a pattern row, from left to right."""
    return [cell for cell in sheet[row_of(sheet, row_name)][1:] if cell.value is not None]


def named(*words: str) -> Callable[[Any], None]:
    """The template whose columns are worded otherwise and named by {words} in row 本文."""

    def change(book: Any) -> None:
        sheet = book["本文"]
        for cell in first_cells(sheet, HEADER_ROW):
            cell.value = f"列 {cell.column}"
        for cell, word in zip(first_cells(sheet, TEXT_ROW), words, strict=True):
            cell.value = word

    return change


def with_column(header: str, sample: str | None = None) -> Callable[[Any], None]:
    """The template with one more column, right of 評価."""

    def change(book: Any) -> None:
        sheet = book["本文"]
        last = first_cells(sheet, HEADER_ROW)[-1].column
        sheet.column_dimensions[get_column_letter(last + 1)].width = 14
        sheet.cell(row_of(sheet, HEADER_ROW), last + 1).value = header
        if sample:
            sheet.cell(row_of(sheet, TEXT_ROW), last + 1).value = sample
        area = sheet.print_area.split("!")[-1].replace("$", "")
        first, end = area.split(":")
        sheet.print_area = f"{first}:{get_column_letter(last + 1)}{''.join(filter(str.isdigit, end))}"

    return change


@pytest.fixture
def printed(tmp_path: Path) -> Callable[..., list[tuple[int, str]]]:
    """Column and text of each cell of the pages, for a changed template."""

    def write(how: Callable[[Any], None], values: Report) -> list[tuple[int, str]]:
        path = tmp_path / "報告.xlsx"
        write_report(values, read_template(changed(tmp_path, how)), path)
        sheet = load_workbook(path).worksheets[1]
        return [
            (cell.column, str(cell.value))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]

    return write


def columns_of(cells: list[tuple[int, str]], text: str) -> list[int]:
    return [column for column, value in cells if value == text]


def test_the_shipped_template_has_its_columns_by_their_headers() -> None:
    template = read_template(TEMPLATE)
    assert [one.name for one in template.column_names] == ["計画内容", "実施状況", "評価"]
    assert template.further_columns == ()


@pytest.mark.parametrize(
    "words",
    [("{計画内容}", "{実施状況}", "{評価}"), ("計画の文", "実施の文", "△")],
)
def test_headers_may_be_worded_otherwise(
    words: tuple[str, ...], printed: Callable[..., list[tuple[int, str]]]
) -> None:
    usual = printed(lambda _: None, report(block()))
    found = printed(named(*words), report(block()))
    for text in (SENTENCE, PROGRESS, "△"):
        assert columns_of(found, text) == columns_of(usual, text)


def test_words_in_another_order_move_the_columns(printed: Callable[..., list[tuple[int, str]]]) -> None:
    found = printed(named("{評価}", "{実施状況}", "{計画内容}"), report(block()))
    (rating,), (progress,), (plan,) = (columns_of(found, text) for text in ("△", PROGRESS, SENTENCE))
    assert rating < progress < plan


def test_a_further_column_prints_the_texts_of_its_name(
    printed: Callable[..., list[tuple[int, str]]],
) -> None:
    values = report(block(("担当", "業務グループ"), ("予算", "1,200千円")), block(("予算", "300千円")))
    found = printed(with_column("予算"), values)
    right_of_rating = max(columns_of(found, "△")) + 1
    assert columns_of(found, "予算") == [right_of_rating]
    assert columns_of(found, "1,200千円") == columns_of(found, "300千円") == [right_of_rating]
    assert columns_of(found, "業務グループ") == []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("企画総務グループ", ["企画総務\nグループ"]),
        ("業務課", ["業務課"]),
        ("企画総務グループで行う。", ["企画総務グループで行う。"]),
        ("業務課\n企画総務グループ", ["業務課", "企画総務グループ"]),
    ],
    ids=["a name of two lines", "of one", "a sentence", "several"],
)
def test_a_name_too_long_for_its_column_is_broken_between_words(
    text: str, cells: list[str], printed: Callable[..., list[tuple[int, str]]]
) -> None:
    found = printed(with_column("担当"), report(block(("担当", text))))
    last = max(columns_of(found, "担当"))
    assert [one for column, one in found if column == last and one != "担当"] == cells


def test_every_page_of_an_item_repeats_its_text(printed: Callable[..., list[tuple[int, str]]]) -> None:
    lines = tuple(ReportLine(f"・{number} 件目を実施した。") for number in range(150))
    found = printed(with_column("担当"), report(block(("担当", "業務グループ"), lines=lines)))
    pages = sum("（続き）" in text for _, text in found) // 2 + 1
    assert pages > 2
    assert len(columns_of(found, "業務グループ")) == pages


def test_a_text_higher_than_its_block_is_printed_whole(
    printed: Callable[..., list[tuple[int, str]]],
) -> None:
    parts = [f"課題 {number}" for number in range(120)]
    found = printed(with_column("今後の取組"), report(block(("今後の取組", "\n".join(parts)))))
    assert [text for _, text in found if text.startswith("課題")] == parts


@pytest.mark.parametrize(
    ("sample", "printed_text", "said"),
    [("（評議会メモ）", "（評議会メモ）", "見本の文をそのまま印刷"), (None, "", "空けてあります")],
)
def test_a_column_without_texts_is_named(
    sample: str | None,
    printed_text: str,
    said: str,
    printed: Callable[..., list[tuple[int, str]]],
    tmp_path: Path,
) -> None:
    values = report(block(("担当", "業務グループ")))
    found = printed(with_column("メモ", sample), values)
    assert (printed_text in [text for _, text in found]) is bool(sample)
    template = read_template(changed(tmp_path, with_column("メモ", sample)))
    (note,) = FurtherTexts(values, template).notes()
    assert "列「メモ」" in note
    assert said in note


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (named("{計画内容}", "{実施状況}", "{実施状況}"), "どの列が「評価」か分かりません"),
        (named("{計画内容}", "{進捗}", "△"), "どの列が「実施状況」「評価」か分かりません"),
        (with_column("評価"), "「評価」の列が二つあります"),
        (
            named("{実施状況}", "{計画内容}", "{評価}"),
            "行「KPI」の見本は、列「実施状況」の中に置いてください",
        ),
    ],
)
def test_a_column_that_is_missing_double_or_without_patterns_is_refused(
    how: Callable[[Any], None], why: str, tmp_path: Path
) -> None:
    with pytest.raises(KenpoError, match=why):
        read_template(changed(tmp_path, how))
