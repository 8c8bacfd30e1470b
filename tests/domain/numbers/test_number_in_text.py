"""Numbers within a text: as the cell shows them, without the unit, in LibreOffice as in the report."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from kenpo_xl.domain.numbers.exact import number_format
from kenpo_xl.domain.numbers.number_in_text import number_code_in_text, number_in_text
from tests.office import Office

SHOWN = [
    ('#,##0" 件"', "0", "0"),
    ('#,##0" 件"', "-1234", "-1,234"),
    ('#,##0;"▲"#,##0', "0", "0"),
    ('#,##0;"▲"#,##0', "1234", "1,234"),
    ('#,##0;"▲"#,##0', "-1234", "▲1,234"),
    ('"約"#,##0.0"億円";"約△"#,##0.0"億円";"－"', "12.34", "12.3"),
    ('"約"#,##0.0"億円";"約△"#,##0.0"億円";"－"', "-1234.56", "△1,234.6"),
    ('"約"#,##0.0"億円";"約△"#,##0.0"億円";"－"', "0", "－"),
    ("[Red](#,##0)", "1234", "1,234"),
    ("0.0%;▲0.0%", "0.815", "81.5"),
    ("0.0%;▲0.0%", "-0.0321", "▲3.2"),
    ('#,##0,"千円"', "1234567", "1,235"),
    ('0"万"0000"件"', "123456", "12万3456"),
    ('0.0"％"', "24.4", "24.4"),
    ("#,##0;;", "0", "0"),
    ("#,##0;;", "-5", "-5"),
    ('_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-5", "-5"),
    ('_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "0", "-"),
    ("[<1000]0;#,##0", "5", "5"),
    ("General", "0.285", "0.285"),
    ("@", "12", "12"),
]


@pytest.mark.parametrize(("code", "value", "text"), SHOWN)
def test_a_number_loses_its_unit_and_keeps_its_sign(code: str, value: str, text: str) -> None:
    assert number_in_text(number_format(code), Decimal(value)) == text


def test_codes_are_of_digits_and_quoted_words_only() -> None:
    codes = {number_code_in_text(number_format(code)) for code, _, _ in SHOWN}
    bare = {"".join(code.split('"')[::2]) for code in codes}
    assert set("".join(bare)) <= set("#,0.%;")


def test_libreoffice_shows_the_same(tmp_path: Path, office: Office) -> None:
    book = Workbook()
    codes = [(number_code_in_text(number_format(code)), value, text) for code, value, text in SHOWN]
    rows = [(code, value, text) for code, value, text in codes if code]
    for row, (code, value, _) in enumerate(rows, start=1):
        doubled = code.replace('"', '""')
        book.active[f"A{row}"] = float(value)
        book.active[f"B{row}"] = f'=SUBSTITUTE(TEXT(A{row},"{doubled}"),"%","")'
    book.save(tmp_path / "数.xlsx")
    (sheet,) = office.recalculated(tmp_path / "数.xlsx").values()
    assert [sheet[f"B{row}"] for row in range(1, len(rows) + 1)] == [text for _, _, text in rows]
