"""What staff mean by what they typed into a cell: numbers with the cell's unit, however it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.books.common.typed_values import intended_value
from kenpo_xl.domain.numbers.exact import number_format
from kenpo_xl.domain.plan.table import CellDefinition, CellKind


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("９６名", "人", 96),
        ("96 人", "名", 96),
        ("３ヶ所", "か所", 3),
        ("3箇所", "カ所", 3),
        ("3 個所", "ヵ所", 3),
        ("1,204", "人", 1204),
    ],
)
def test_a_number_may_have_its_unit_as_people_write_it(text: str, unit: str, number: int) -> None:
    assert typed(text, unit) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "unit"), [("96社", "事業所"), ("96件", "人"), ("3か月", "か所"), ("名", "人")]
)
def test_with_another_unit_it_stays_as_typed(text: str, unit: str) -> None:
    assert typed(text, unit) == text


def typed(text: str, unit: str) -> Decimal | str | None:
    cell = CellDefinition(CellKind.TYPED, number_format(f'#,##0" {unit}"'))
    return intended_value(text, cell, unit, points=False)
