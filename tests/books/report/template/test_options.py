"""The sheet 設定 of a template: which options there are, and what is said of others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kenpo_xl.books.report.template.options import (
    OPTIONS,
    BlockSpace,
    PageBreak,
    PlanWidth,
    TemplateOptions,
)
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.template import BODY
from kenpo_xl.errors import KenpoError
from tests.paths import TEMPLATE


@pytest.fixture
def options(tmp_path: Path) -> Callable[[Callable[[Any], None]], TemplateOptions]:
    """The options of the shipped template after a change of the workbook."""

    def read(change: Callable[[Any], None]) -> TemplateOptions:
        book = load_workbook(TEMPLATE)
        change(book)
        path = tmp_path / "ひな形.xlsx"
        book.save(path)
        return read_template(path).options

    return read


def value(row: int, text: object) -> Callable[[Any], None]:
    return lambda book: book[OPTIONS].__setitem__(f"B{row}", text)


def test_the_shipped_template_fills_its_pages() -> None:
    template = read_template(TEMPLATE)
    assert template.options == TemplateOptions(PageBreak.NOTHING, PlanWidth.FITTED, BlockSpace.STRETCHED)
    assert template.notes == ()


@pytest.mark.parametrize(
    ("heading", "page_break"),
    [
        ("{章}　{節}", PageBreak.NOTHING),
        ("令和6年度の実施状況", PageBreak.CHAPTER),
        ("{節}", PageBreak.SECTION),
    ],
)
def test_one_without_the_sheet_fills_its_pages_while_its_headings_say_where_one_is(
    heading: str, page_break: PageBreak, options: Callable[..., TemplateOptions]
) -> None:
    def change(book: Any) -> None:
        book.remove(book[OPTIONS])
        book[BODY]["B1"] = heading

    assert options(change) == TemplateOptions(page_break, PlanWidth.FITTED, BlockSpace.STRETCHED)


@pytest.mark.parametrize("text", [None, " "])
def test_an_option_without_a_value_is_the_usual_one(
    text: object, options: Callable[..., TemplateOptions]
) -> None:
    assert options(value(2, text)).page_break is PageBreak.NOTHING


def test_spaces_around_a_value_are_none_of_it(options: Callable[..., TemplateOptions]) -> None:
    assert options(value(2, " 節ごと　")).page_break is PageBreak.SECTION


def test_another_value_is_refused_with_those_that_there_are(options: Callable[..., TemplateOptions]) -> None:
    with pytest.raises(KenpoError) as error:
        options(value(2, "項ごと"))
    assert str(error.value) == (
        "ひな形「ひな形.xlsx」のシート「設定」の B2「項ごと」は「改ページ」の値ではありません。"
        "「節ごと」「章ごと」「しない」のどれかにしてください。"
    )


def test_another_option_is_refused_with_those_that_there_are(options: Callable[..., TemplateOptions]) -> None:
    with pytest.raises(KenpoError) as error:
        options(lambda book: book[OPTIONS].__setitem__("A3", "幅"))
    assert "A3「幅」は設定の名前ではありません。「改ページ」「計画内容の幅」" in str(error.value)
