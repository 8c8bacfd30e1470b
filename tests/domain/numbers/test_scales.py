"""Numbers in another unit of the same scale."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.domain.numbers.scales import converted


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "now"),
    [
        ("12", "件", "件", "12"),
        ("12", "件", "事業所", "12"),
        ("12", "", "件", "12"),
        ("1234", "千円", "円", "1234000"),
        ("1234567", "円", "千円", "1234.567"),
        ("1.5", "百万円", "千円", "1500"),
        ("2", "億円", "万円", "20000"),
        ("3", "千人", "人", "3000"),
        ("3", "千人", "事業所", "3000"),
        ("24.45", "％", "割合", "0.2445"),
        ("0.2445", "割合", "％", "24.45"),
    ],
)
def test_a_number_keeps_its_size(value: str, unit: str, wanted: str, now: str) -> None:
    assert converted(Decimal(value), unit, wanted) == Decimal(now)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [("円", "件"), ("％", "件"), ("割合", "円"), ("位", "人"), ("", "千人"), ("千円", ""), ("円", "")],
)
def test_what_is_no_scale_is_not_converted(unit: str, wanted: str) -> None:
    assert converted(Decimal(12), unit, wanted) is None
