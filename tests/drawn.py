"""Plan books drawn for tests, in memory; a drawing that comes again is not written again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import xlsxwriter

from kenpo_xl.books.common.fast_worksheet import FastWorksheet
from kenpo_xl.books.plan.write import writer
from scripts.plan_drawing import PlanDrawing, written_plan

_contents: dict[str, bytes] = {}


def write_drawn_book(path: Path, drawing: PlanDrawing) -> None:
    """Write the plan book of a drawing to `path`."""
    path.write_bytes(drawn_book(drawing))


def drawn_book(drawing: PlanDrawing) -> bytes:
    """The plan book of a drawing: the parts that `write_plan_book` writes, in half the time."""
    key = repr(drawing)
    if key not in _contents:
        content = BytesIO()
        fonts = {
            "font_name": writer.FONT,
            "font_size": 10,
            "font_color": writer.INK,
        }  # XlsxWriter changes them
        options = {"default_format_properties": fonts, "strings_to_urls": False, "in_memory": True}
        with xlsxwriter.Workbook(content, options) as workbook:
            workbook.worksheet_class = FastWorksheet
            workbook.set_properties({"title": "計画", "author": "", "created": writer.CREATED})
            writer._PlanBookWriter(workbook, written_plan(drawing)).write()
        _contents[key] = content.getvalue()
    return _contents[key]
