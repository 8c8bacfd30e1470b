"""One mistake in a table is one finding, whatever it makes wrong elsewhere."""

from __future__ import annotations

import pytest

from kenpo_xl.ooxml.workbook import Value
from tests.checks.clerk import GYOMU, HOKEN, KIKAKU, REZEPT, new

CODES = ("VA", "CA", "RA", "CO", "ST")


@pytest.mark.parametrize(
    ("group", "typed", "code"),
    [
        (REZEPT, {"1-2-5!L58": 53.44}, "VA22"),  # the same month last year, which the KPI's rating is of
        (GYOMU, {"1-2-2!G26": 0.2}, "CA01"),  # a rate typed over, which the KPI's rating is of
        (KIKAKU, {"2-4!E37": 82.3}, "VA18"),  # a hundredth with decimals
        (HOKEN, {"2-2-5!E24": 10_800.0}, "VA13"),  # the sentence has the right 1,080
        (HOKEN, {"2-2-3!G44": 1_135.0, "2-2-3!H44": 764.0}, "VA24"),
    ],
)
def test_a_wrong_number_is_one_finding(group: str, typed: dict[str, Value], code: str) -> None:
    assert new(group, typed, CODES) == [(code, next(iter(typed)))]
