"""The width of one column, whatever the elements of the columns around it."""

from __future__ import annotations

import pytest

from kenpo_xl.ooxml.edit.columns import set_column_width
from kenpo_xl.ooxml.edit.xml_part import XmlPart

OWN = '<col min="3" max="3" width="5.5" customWidth="1"/>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<sheetData/>", f"<cols>{OWN}</cols><sheetData/>"),
        (
            '<cols><col min="1" max="2" width="9"/></cols><sheetData/>',
            f'<cols><col min="1" max="2" width="9"/>{OWN}</cols><sheetData/>',
        ),
        (
            '<cols><col min="4" max="16384" width="9"/></cols><sheetData/>',
            f'<cols>{OWN}<col min="4" max="16384" width="9"/></cols><sheetData/>',
        ),
        (
            '<cols><col min="2" max="5" width="9" style="7"/></cols><sheetData/>',
            '<cols><col min="2" max="2" width="9" style="7"/>'
            '<col min="3" max="3" width="5.5" style="7" customWidth="1"/>'
            '<col min="4" max="5" width="9" style="7"/></cols><sheetData/>',
        ),
        (
            '<cols><col min="3" max="3" width="9" style="7"/></cols><sheetData/>',
            '<cols><col min="3" max="3" width="5.5" style="7" customWidth="1"/></cols><sheetData/>',
        ),
    ],
)
def test_one_column_gets_its_width(before: str, after: str) -> None:
    draft = XmlPart("xl/worksheets/sheet1.xml", f"<worksheet>{before}</worksheet>".encode())
    set_column_width(draft, 3, 5.5)
    assert draft.content.decode() == f"<worksheet>{after}</worksheet>"
