"""Means per one of something, against the two numbers of the table, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, RECEIPTS, findings


@pytest.mark.parametrize(
    ("item", "text", "right"),
    [
        ("1-2-5", "1 件当たりの回収金額は 10～12 月で 59 千円であった。", "94.9 千円"),
        ("1-2-5", "保険者間調整の 1 件当たりの回収金額は 10～12 月で 94.9 千円であった。", ""),
        ("1-2-5", "1 件当たりの回収金額は 10～12 月で 95 千円であった。", ""),
        ("1-2-5", "1 件あたりの回収金額は 10～12 月で約 100 千円であった。", ""),
        ("1-2-5", "1 件あたりの回収金額は 10～12 月で約 60 千円であった。", "94.9 千円"),
        ("1-2-5", "保険者間調整による回収金額は、1 件当たり約 205 千円である。", "102.6 千円"),
        ("1-2-5", "保険者間調整による回収金額は、1 件当たり約 103 千円である。", ""),
        ("1-2-5", "保険者間調整では、1 件当たり約 205 千円を回収した。", "102.6 千円"),
        ("1-2-5", "弁護士による催告は、1 件当たり約 2 千円の費用で行っている。", ""),
        (
            "1-2-5",
            "1件当たりの回収金額は、第1・第2四半期がそれぞれ134.9 千円、84.5 千円である。",
            "",
        ),
        (
            "1-2-5",
            "1件当たりの回収金額は、第1・第2四半期がそれぞれ194.9 千円、84.5 千円である。",
            "102.6 千円",
        ),
        ("1-2-5", "1 件当たりの郵送料は 120 円であった。", ""),
        ("1-2-4", "再審査レセプト 1 件当たりの査定額は 16,893 円であった。", ""),
        ("2-4", "1 回当たりの来場者数は 35 人であった。", ""),
    ],
)
def test_a_mean_per_unit(item: str, text: str, right: str) -> None:
    group, cell = (OFFICE, "D9") if item == "2-4" else (RECEIPTS, "D10")
    found = findings(group, {f"{item} {cell}": f"・{text}"}, codes=("CO91",))
    assert [(one.sheet, one.cell, one.expected) for one in found] == [(item, cell, right)] * bool(right)
