"""A new content for a cell of a workbook."""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.domain.frozen import frozen


@frozen
class CellEdit:
    """What comes into a cell: a number, a text, or a formula (without =) with what it gives.

    `style` is the index of another look, None where that of the cell stays.
    """

    sheet: str
    cell: str
    value: Decimal | str | None
    formula: str = ""
    style: int | None = None
