"""A number that leaves the line of its months."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.checks.support.sizes.lines_of_months import Line
from kenpo_xl.domain.plan.table import FigureId

STEADY = (214, 231, 246, 198, 187)


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ((*STEADY, 52), 5),  # the last month is not over
        ((*STEADY, 110), None),
        ((52, *STEADY), None),  # what is counted may begin slowly
        ((*STEADY[1:], 52), None),  # four others do not show it
        ((120, *STEADY, 35), None),  # nor do those that move much
    ],
)
def test_the_last_month_of_a_count(counts: tuple[int, ...], place: int | None) -> None:
    keys = tuple((FigureId("1-1", "表", "行", f"{at}月"), "") for at in range(len(counts)))
    line = Line(keys, tuple(map(Decimal, counts)), is_flow=True)
    assert line.place_of_outlier(lambda _: False) == place
