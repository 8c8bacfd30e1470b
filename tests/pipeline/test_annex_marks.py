"""Marks of annexes in the lines of a block, and their list."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.outputs.report import ReportLine
from kenpo_xl.domain.plan.plan import Annex
from kenpo_xl.pipeline.annex_marks import list_of_annexes, with_annex_marks
from tests.books.report.report_values import table

ONE, TWO = Annex("1-1", "進捗の表", "1-1", "1"), Annex("1-2", "様式", "1-1", "1")
TABLE = ReportLine(table=table())


def marked(*texts: str) -> list[str]:
    return [line.text for line in with_annex_marks([ReportLine(text) for text in texts], [ONE, TWO])]


def test_they_stand_behind_the_first_text() -> None:
    assert marked("・報告した。", "・続けた。") == ["・報告した。（別添1-1）（別添1-2）", "・続けた。"]


@pytest.mark.parametrize("own", ["・報告した（別添１－１）。", "・別添1-1のとおり。"])
def test_one_that_the_group_wrote_is_not_repeated(own: str) -> None:
    assert marked(own, "・続けた。") == [f"{own}（別添1-2）", "・続けた。"]


@pytest.mark.parametrize("other", ["・別添1-10のとおり。", "・別添1-1-2のとおり。"])
def test_another_number_is_not_it(other: str) -> None:
    assert marked(other) == [f"{other}（別添1-1）（別添1-2）"]


def test_a_table_has_them_in_a_line_above() -> None:
    first, second = with_annex_marks([TABLE], [ONE])
    assert (first.text, second) == ("（別添1-1）", TABLE)


def test_a_text_below_a_table_takes_them() -> None:
    assert with_annex_marks([TABLE, ReportLine("・報告した。")], [ONE])[1].text == "・報告した。（別添1-1）"


def test_lines_without_annexes_are_the_same() -> None:
    assert with_annex_marks([TABLE], []) == (TABLE,)


def test_the_list_of_the_cover() -> None:
    assert list_of_annexes([ONE, TWO]) == "別添1-1　進捗の表、別添1-2　様式"
    assert list_of_annexes([]) == ""
