"""Lines of tables and KPIs that are gone, in the emptied cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.checks.planted import checked, places, planted
from tests.paths import SAMPLE

BOOK = SAMPLE / "提出" / "レセプトグループ.xlsm"
TABLE, KPI = "D20", "D21"


def kinds_of(sheet: Any) -> dict[str, str]:
    """The cell of the text of each line that prints a table or a KPI, by its name."""
    rows = range(1, sheet.max_row + 1)
    return {sheet[f"D{row}"].value: f"D{row}" for row in rows if sheet[f"C{row}"].value in ("表", "KPI")}


@pytest.mark.parametrize("name", ["査定金額", "レセプト点検の査定率"])
def test_an_emptied_line(tmp_path: Path, name: str) -> None:
    cells: list[str] = []

    def edit(book: Any) -> None:
        cells.append(kinds_of(book["1-2-4"])[name])
        book["1-2-4"][cells[0]] = None

    (finding,) = checked(planted(tmp_path, edit, BOOK), "ST30")
    assert (finding.sheet, finding.cell, finding.expected) == ("1-2-4", cells[0], name)


def test_a_line_whose_kind_is_text_now(tmp_path: Path) -> None:
    cells: list[str] = []

    def edit(book: Any) -> None:
        cells.append(kinds_of(book["1-2-4"])["査定金額"])
        book["1-2-4"][cells[0].replace("D", "C")] = "文"

    (finding,) = checked(planted(tmp_path, edit, BOOK), "ST30")
    assert (finding.sheet, finding.cell) == ("1-2-4", cells[0])
    assert finding.hint == "この行の「種類」を「表」に戻してください。"


def test_a_deleted_line_is_reported_in_its_block(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["1-2-4"]
        row = kinds_of(sheet)["査定金額"][1:]
        for column in "BCD":
            sheet[f"{column}{row}"] = None

    (finding,) = checked(planted(tmp_path, edit, BOOK), "ST30")
    assert finding.sheet == "1-2-4"
    assert finding.cell


def test_a_blank_table_may_be_left_out(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["1-2-4"]
        sheet[kinds_of(sheet)["査定率"]] = None
        for row in (35, 36, 37):
            sheet[f"E{row}"] = None

    assert checked(planted(tmp_path, edit, BOOK), "ST30") == []


def test_a_misspelt_line_is_reported_by_its_own_rule(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["1-2-4"]
        sheet[kinds_of(sheet)["査定金額"]] = "査定の金額"

    assert [code for code, _ in places(checked(planted(tmp_path, edit, BOOK), "ST"))] == ["ST04"]


def test_the_sample_prints_everything() -> None:
    for path in (SAMPLE / "提出").glob("*.xlsm"):
        assert checked(path, "ST30") == []


def test_a_line_that_names_another_table(tmp_path: Path) -> None:
    """One table twice, one lost: one finding, in the line that was typed over, with the other one."""
    cells: dict[str, str] = {}

    def edit(book: Any) -> None:
        sheet = book["1-2-4"]
        cells.update(kinds_of(sheet))
        sheet[cells["査定率"]] = "査定金額"

    (finding,) = checked(planted(tmp_path, edit, BOOK), "ST")
    assert (finding.code, finding.cell, finding.expected) == ("ST30", cells["査定率"], "査定率")
    assert [one.cell for one in finding.related] == [cells["査定金額"]]
