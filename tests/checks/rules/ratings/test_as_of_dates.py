"""The as-of date beside a rating, printed below it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Submission
from tests.checks.text_cases import HEALTH, findings, submissions

ITEM = "2-2-5"


def with_as_of_dates(typed: dict[str, str]) -> Submission:
    """A book of the sample with as-of dates in F beside the ratings of some blocks of 2-2-5."""
    book = submissions()[HEALTH]
    items = []
    for item in book.items:
        ratings = tuple(
            replace(
                one,
                as_of=typed[one.block],
                as_of_source=replace(one.source, cell=one.source.cell.replace("E", "F")),
            )
            if item.item == ITEM and one.block in typed and isinstance(one.source, Source)
            else one
            for one in item.ratings
        )
        items.append(replace(item, ratings=ratings))
    return replace(book, items=tuple(items))


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (("令和6年11月31日", "令和7年1月末", "令和5年12月末", "令和6年13月末"), ["F9", "F11", "F13", "F17"]),
        (("12月頃", "先月末", "直近", "確認中"), ["F9", "F11", "F13", "F17"]),
        (("令和6年12月末", "11月30日", "令和6年4月1日現在", "第3四半期"), []),
    ],
)
def test_a_date_that_cannot_be_is_found_in_its_cell(dates: tuple[str, ...], found: list[str]) -> None:
    book = with_as_of_dates(dict(zip("1234", dates, strict=True)))
    got = findings(HEALTH, codes=("RA28",), book=book)
    assert [one.cell for one in got] == found
    assert {one.code for one in got} == ({"RA28"} if found else set())
