"""A report of an office's own form: headings, picture, chart, colours, print settings, formulas."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.zip_splice import replace_parts

SHEET, OTHER = "実績", "集計"
BODY = f"{SHEET}!$C$6:$E$8"
YEAR, LAST_YEAR = "令和7年度", "令和6年度"


def _picture() -> BytesIO:
    """A small picture of one colour."""
    rows = b"".join(b"\0" + b"\x1f\x77\xb4" * 24 for _ in range(24))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    size = struct.pack(">IIBBBBB", 24, 24, 8, 2, 0, 0, 0)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def write_own_report(
    path: Path,
    *,
    names: dict[str, str] | None = None,
    cells: dict[str, str] | None = None,
    change: Callable[[Any, Any], object] | None = None,
) -> Path:
    """The report of the table 窓口 of the small plan book: the body is C6:E8, last quarter's numbers in it.

    `names` are the defined names, `cells` further contents by cell, `change` gets both sheets.
    """
    drawn = path.with_suffix(".drawn")
    _draw(drawn, names or {"表_窓口": BODY}, cells or {}, change)
    # As Excel saves it, which has computed all formulas.
    with Package(drawn) as package:
        workbook = package.read("xl/workbook.xml").replace(b' fullCalcOnLoad="1"', b"")
    replace_parts(drawn, path, {"xl/workbook.xml": workbook})
    drawn.unlink()
    return path


def _draw(
    path: Path, names: dict[str, str], cells: dict[str, str], change: Callable[[Any, Any], object] | None
) -> None:
    with xlsxwriter.Workbook(path) as book:
        look = {
            "title": book.add_format({"bold": True, "font_size": 16, "font_name": "IPAexGothic"}),
            "header": book.add_format(
                {"border": 1, "bg_color": "#DDEBF7", "align": "center", "valign": "vcenter"}
            ),
            "body": book.add_format({"border": 1, "num_format": '#,##0" 件"', "font_color": "#1F3864"}),
            "wide": book.add_format({"border": 2}),
        }
        sheet, other = book.add_worksheet(SHEET), book.add_worksheet(OTHER)
        sheet.merge_range("B2:F2", "窓口の実施状況", look["title"])
        sheet.insert_image("F2", "印.png", {"image_data": _picture()})
        sheet.merge_range("B4:B5", "区分", look["header"])
        sheet.merge_range("C4:D4", YEAR, look["header"])
        sheet.write("E4", LAST_YEAR, look["header"])
        sheet.write_row("C5", ["目標", "実績", "実績"], look["header"])
        sheet.write_column("B6", ["北", "南", "計"], look["header"])
        for row, values in enumerate([[1, 2, 3], [4, 5, None], [None, None, 7]], start=5):
            for column, value in enumerate(values, start=2):
                sheet.write(row, column, value, look["body"])
        sheet.write_formula("C8", "=SUM(C6:C7)", look["body"], 5)
        sheet.write_formula("D8", "=SUM(D6:D7)", look["body"], 7)
        sheet.write("E7", "－", look["body"])
        sheet.write("G6", "備考欄", look["wide"])
        sheet.conditional_format(
            "D6:D7",
            {
                "type": "cell",
                "criteria": "<",
                "value": 50,
                "format": book.add_format({"bg_color": "#FFC7CE"}),
            },
        )
        sheet.data_validation("G6", {"validate": "list", "source": ["済", "未"]})
        sheet.write_comment("G6", "ここに書きます")
        chart = book.add_chart({"type": "column"})
        chart.add_series(
            {"categories": f"={SHEET}!$B$6:$B$7", "values": f"={SHEET}!$D$6:$D$7", "name": "実績"}
        )
        sheet.insert_chart("B10", chart)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_footer("&C&P/&N")
        sheet.print_area("A1:J28")
        sheet.fit_to_pages(1, 1)
        sheet.set_row(7, 24)
        other.write_formula("A1", f"={SHEET}!D8*2", None, 14)
        other.write_formula("A2", f"={SHEET}!G6&1", None, "備考欄1")
        for cell, value in cells.items():
            sheet.write(cell, value, look["body"])
        for name, area in names.items():
            book.define_name(name, f"={area}")
        if change:
            change(sheet, other)
