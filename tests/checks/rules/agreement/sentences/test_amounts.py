"""Amounts of money whose digits are those of the table and whose size is not, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import RECEIPTS, findings

CODES = ("CO16", "CO90")


@pytest.mark.parametrize(
    ("item", "text", "found"),
    [
        ("1-2-4", "査定金額は 4～6 月で 9 億 6,253 万円であった。", "CO90"),
        ("1-2-4", "査定金額は 4～6 月で 96,253 万円であった。", "CO90"),
        ("1-2-4", "査定金額は 4～6 月で 75 億 2,770 千円であった。", "CO90"),
        ("1-2-4", "査定金額は 4～6 月で 96,253 円であった。", "CO16"),
        ("1-2-4", "査定金額は 4～6 月で 9,625 万円であった。", ""),
        ("1-2-4", "査定金額は 4～6 月で 9,625 万 3 千円であった。", ""),
        ("1-2-4", "査定金額は 4～6 月で 96.3 百万円であった。", ""),
        ("1-2-4", "査定金額は 4～6 月で約 1 億円であった。", ""),
        ("1-2-4", "予算は 4,812 万円であった。", ""),
        ("1-2-5", "回収金額は第 2 四半期で 3 億 5,584 万円であった。", "CO90"),
        ("1-2-5", "回収金額は第 2 四半期で 3,558 万円であった。", ""),
        ("1-2-5", "支払督促少額訴訟等の金額は第 3 四半期で 138 万円であった。", "CO90"),
        ("1-2-5", "事務用品は 1,380 円であった。", ""),
    ],
)
def test_an_amount_of_another_size(item: str, text: str, found: str) -> None:
    got = findings(RECEIPTS, {f"{item} D10": f"・{text}"}, codes=CODES)
    assert [(one.code, one.cell) for one in got if one.sheet == item] == [(found, "D10")] * bool(found)


def test_the_figure_is_the_other_side() -> None:
    line = "・査定金額は 4～6 月で 9 億 6,253 万円であった。"
    (one,) = findings(RECEIPTS, {"1-2-4 D10": line}, codes=("CO90",))
    assert (one.actual, one.expected) == ("9 億 6,253 万円", "96,253 千円")
    assert [(source.sheet, source.cell) for source in one.related] == [("1-2-4", "E29")]
