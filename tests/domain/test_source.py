"""How a source is shown: its workbook and cell, or the workbook alone."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.source import Source


@pytest.mark.parametrize(
    ("sheet", "cell", "shown"),
    [("1-2-4", "I35", "業務.xlsm 1-2-4!I35"), ("1-2-4", "", "業務.xlsm 1-2-4"), ("", "", "業務.xlsm")],
)
def test_what_is_not_known_is_not_shown(sheet: str, cell: str, shown: str) -> None:
    assert str(Source("業務.xlsm", sheet, cell)) == shown
