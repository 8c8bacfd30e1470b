"""The mark 評価の列: which columns it names, and what is wrong with it."""

from __future__ import annotations

import pytest

from kenpo_xl.books.plan.layout.row_ratings import read_row_rating
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.table import Axis, RowRating

COLUMNS = [Axis(name, (name,)) for name in ("目標", "実績", "評価")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("評価", "", "", ""), RowRating(2)),
        (("評価", "目標", "実績", ""), RowRating(2, 0, 1)),
        (("評価", "目標", "実績", "以下"), RowRating(2, 0, 1, Direction.AT_MOST)),
    ],
)
def test_the_columns_that_a_mark_names(words: tuple[str, ...], found: RowRating) -> None:
    problems: list[tuple[int, str]] = []
    assert read_row_rating(words, COLUMNS, lambda at, why: problems.append((at, why))) == found
    assert problems == []


def test_a_column_may_be_named_by_its_header_as_drawn() -> None:
    drawn = [
        Axis("当年の目標", ("{年度}の目標",)),
        Axis("東/実績", ("東", "実績")),
        Axis("西/実績", ("西", "実績")),
    ]
    problems: list[tuple[int, str]] = []
    words = ("{年度}の目標", "", "", "")
    assert read_row_rating(words, drawn, lambda at, why: problems.append((at, why))) == RowRating(0)
    assert problems == []
    twice = read_row_rating(("実績", "", "", ""), drawn, lambda at, why: problems.append((at, why)))
    assert (twice, [at for at, _ in problems]) == (None, [0])


@pytest.mark.parametrize(
    ("words", "at", "why"),
    [
        (("", "", "", ""), 0, "列の名前を入れてください"),
        (("判定", "", "", ""), 0, "評価の列「判定」がこの表にありません"),
        (("評価", "目安", "実績", ""), 1, "目標の列「目安」がこの表にありません"),
        (("評価", "目標", "", ""), 1, "両方とも"),
        (("評価", "目標", "実績", "範囲"), 3, "以上 か 以下"),
    ],
)
def test_what_is_wrong_with_a_mark_is_at_its_cell(words: tuple[str, ...], at: int, why: str) -> None:
    problems: list[tuple[int, str]] = []
    read_row_rating(words, COLUMNS, lambda place, message: problems.append((place, message)))
    assert [(place, why in message) for place, message in problems] == [(at, True)]
