"""Books that are right stay silent, however staff arrange, save and decorate them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.office import Office, edits
from tests.paths import SAMPLE
from tests.tasks.corrections import GYOMU, HOKEN, KIKAKU, REZEPT, correct
from tests.tasks.test_findings_of_the_sample import grave

pytestmark = pytest.mark.period

Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def put_right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period folder without an error or a warning."""
    folder = tmp_path_factory.mktemp("right") / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    correct(folder)
    return folder


@pytest.fixture
def told(put_right: Path, tmp_path: Path, office: Office) -> Callable[..., list[tuple[str, str, str]]]:
    """What the rules tell after somebody changed a book in LibreOffice."""

    def after(group: str, *changes: Change) -> list[tuple[str, str, str]]:
        folder = tmp_path / "第3四半期"
        shutil.copytree(put_right, folder)
        with office.edit(folder / "提出" / f"{group}.xlsm") as document:
            for change in changes:
                change(document)
        return [found for of_book in grave(folder).values() for found in of_book.elements()]

    return after


Told = Callable[..., list[tuple[str, str, str]]]


def type_in(sheet: str, **cells: float | str) -> Change:
    def change(document: Any) -> None:
        for cell, value in cells.items():
            edits.set_value(document, sheet, cell, value)

    return change


def insert(sheet: str, row: int, count: int = 1) -> Change:
    return lambda document: edits.insert_rows(document, sheet, row, count)


def sort(sheet: str, cells: str, column: str) -> Change:
    return lambda document: edits.sort_range(document, sheet, cells, column)


@pytest.mark.parametrize("group", [GYOMU, REZEPT, HOKEN, KIKAKU])
def test_saved_by_libreoffice(told: Told, group: str) -> None:
    assert told(group) == []


def test_rows_above_tables_and_between_lines(told: Told) -> None:
    assert told(KIKAKU, insert("2-4", 67, 3), insert("2-4", 28, 2), insert("2-4", 2)) == []


def test_lines_added_in_the_midst_and_at_the_end(told: Told) -> None:
    added = type_in("1-2-2", C18="文", D18="・窓口の待ち時間を短くするため、番号札の発券機を置いた。")
    assert told(GYOMU, insert("1-2-2", 18), added, insert("1-2-2", 22)) == []


def test_a_list_sorted_by_another_column(told: Told) -> None:
    assert told(HOKEN, sort("2-2-2", "D48:F62", "E")) == []


def test_a_list_that_grew(told: Told) -> None:
    more = type_in("2-2-2", D55="令和 7 年 2 月 4 日", E55="川越市", F55=0)
    numbers = type_in("2-2-2", E90=16)
    words = type_in(
        "2-2-2",
        D32="1） 自治体のがん検診等と協会の特定健診を同時に受診可能な集団健診を 16 市町村と実施。",
    )
    assert told(HOKEN, insert("2-2-2", 55), more, numbers, words) == []


def test_a_number_in_a_row_that_a_list_gained_but_under_no_header(told: Told) -> None:
    more = type_in("2-2-2", D55="令和 7 年 2 月 4 日", E55="川越市", G55=0)
    found = told(HOKEN, insert("2-2-2", 55), more)
    assert ("注意", "ST18", "2-2-2!G55") in found


def test_columns_hidden_outside_our_parts(told: Told) -> None:
    def hide(document: Any) -> None:
        document.Sheets.getByName("2-4").Columns.getByName("R").IsVisible = False

    assert told(KIKAKU, hide) == []


def test_notes_colours_and_fonts_of_staff(told: Told) -> None:
    def decorate(document: Any) -> None:
        sheet = document.Sheets.getByName("2-4")
        for cell in ("D15", "E69", "G70"):
            place = sheet.getCellRangeByName(cell)
            sheet.Annotations.insertNew(place.CellAddress, "メルマガの担当に 048-123-4567 で確かめる")
            place.CellBackColor = 0xFFCC00
            place.CharFontName = "IPAGothic"
            place.CharHeight = 14

    assert told(KIKAKU, decorate) == []


def test_scratch_beside_the_tables_and_on_sheets_of_staff(told: Told) -> None:
    def extra(document: Any) -> None:
        document.Sheets.insertNewByName("メモ", document.Sheets.Count)
        type_in("メモ", A1="メルマガの部数", B1=96.5, C1="12 月 20 に", A2="=SUM(B1:B1)")(document)

    scratch = type_in("2-4", R69="HP の数を後で確認", S69=1, R70="=S69*2", T71="令和 7 月")
    assert told(KIKAKU, extra, scratch) == []


def test_a_text_line_that_is_merged_otherwise(told: Told) -> None:
    def merge(document: Any) -> None:
        edits.merge(document, "1-2-2", "D17:F17")

    assert told(GYOMU, merge) == []


def test_a_figure_of_a_quarter_that_has_not_come(told: Told) -> None:
    assert told(REZEPT, type_in("1-2-4", H29=70_001)) == [("注意", "TI11", "1-2-4!H29")]


def test_full_width_digits_get_the_one_warning_that_is_due(told: Told) -> None:
    assert told(GYOMU, type_in("1-2-2", E26="４３，０８９")) == [("注意", "VA03", "1-2-2!E26")]
