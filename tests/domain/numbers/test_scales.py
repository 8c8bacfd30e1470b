"""Numbers in another unit of the same scale."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.domain.numbers.scales import scale_of_unit, units_of_other_scales, value_in_other_unit


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
    assert value_in_other_unit(Decimal(value), unit, wanted) == Decimal(now)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [("円", "件"), ("％", "件"), ("割合", "円"), ("位", "人"), ("", "千人"), ("千円", ""), ("円", "")],
)
def test_what_is_no_scale_is_not_converted(unit: str, wanted: str) -> None:
    assert value_in_other_unit(Decimal(12), unit, wanted) is None


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("件", "事業所", True),
        ("", "件", True),
        ("千件", "千人", True),
        ("件", "千件", False),
        ("円", "千円", False),
        ("円", "件", False),
        ("％", "割合", False),
    ],
)
def test_units_of_one_scale(one: str, other: str, is_same: bool) -> None:
    assert (scale_of_unit(one) == scale_of_unit(other)) is is_same


def test_every_other_scale_of_a_unit_can_be_converted() -> None:
    for unit in ("千円", "人", "％", "割合"):
        others = units_of_other_scales(unit)
        assert others
        assert unit not in others
        assert all(value_in_other_unit(Decimal(1), unit, other) not in (None, 1) for other in others)
    assert units_of_other_scales("") == ()
