"""Bold, underlined and coloured parts of a clerk's sentence are printed so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kenpo_xl.tasks.report import make_report
from tests.edited import edited
from tests.tasks.small_period import GROUP, write_small_period

SENTENCE = "・窓口を設けた。"


def reported(folder: Path, *runs: str | TextBlock) -> Any:
    """The runs of the printed sentence that was typed as these runs."""
    period = write_small_period(folder / "第2四半期")
    with edited(period / "提出" / f"{GROUP}.xlsm") as book:
        cell = next(cell for row in book["1-1"].iter_rows() for cell in row if cell.value == SENTENCE)
        cell.value = CellRichText(*runs)
    book = load_workbook(make_report(period).path, rich_text=True)
    text = "".join(str(run) for run in runs)
    (found,) = [
        cell.value
        for sheet in book.worksheets[:3]
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str | CellRichText) and str(cell.value) == text
    ]
    return found


@pytest.mark.parametrize(
    ("font", "kept"),
    [
        (InlineFont(b=True), {"b": True}),
        (InlineFont(u="single"), {"u": "single"}),
        (InlineFont(color="FFFF0000"), {"color": "FFFF0000"}),
        (InlineFont(b=True, u="single"), {"b": True, "u": "single"}),
    ],
)
def test_a_run_keeps_its_look(font: InlineFont, kept: dict[str, object], tmp_path: Path) -> None:
    found = reported(tmp_path, "・", TextBlock(font, "窓口"), "を設けた。")
    (run,) = [one for one in found if str(one) == "窓口"]
    looks = {name: getattr(run.font, name) for name in kept}
    looks = {name: getattr(value, "rgb", value) for name, value in looks.items()}
    assert looks == kept
    assert [str(one) for one in found] == ["・", "窓口", "を設けた。"]
    assert not any(
        one.font.b or one.font.u for one in found if str(one) != "窓口" and isinstance(one, TextBlock)
    )


def test_other_looks_of_a_run_are_those_of_the_report(tmp_path: Path) -> None:
    found = reported(tmp_path, "・窓口を", TextBlock(InlineFont(i=True, sz=20), "設けた。"))
    assert found == SENTENCE
