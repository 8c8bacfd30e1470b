"""Books that are right stay silent, however staff arrange, save and decorate them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
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


Told = Callable[[Mapping[str, Iterable[Change]]], list[tuple[str, str, str]]]


@pytest.fixture
def told(put_right: Path, tmp_path: Path, office: Office) -> Told:
    """What the rules tell of all books after somebody changed some of them in LibreOffice."""

    def after(changes: Mapping[str, Iterable[Change]]) -> list[tuple[str, str, str]]:
        folder = tmp_path / "第3四半期"
        shutil.copytree(put_right, folder)
        for group, of_group in changes.items():
            with office.edit(folder / "提出" / f"{group}.xlsm") as document:
                for change in of_group:
                    change(document)
        return [found for of_book in grave(folder).values() for found in of_book.elements()]

    return after


def type_in(sheet: str, **cells: float | str) -> Change:
    def change(document: Any) -> None:
        for cell, value in cells.items():
            edits.set_value(document, sheet, cell, value)

    return change


def insert(sheet: str, row: int, count: int = 1) -> Change:
    return lambda document: edits.insert_rows(document, sheet, row, count)


def sort(sheet: str, cells: str, column: str) -> Change:
    return lambda document: edits.sort_range(document, sheet, cells, column)


def hide_a_column_outside_our_parts(document: Any) -> None:
    document.Sheets.getByName("2-4").Columns.getByName("R").IsVisible = False


def decorate(document: Any) -> None:
    """Notes, colours and fonts of staff."""
    sheet = document.Sheets.getByName("2-4")
    for cell in ("D15", "E69", "G70"):
        place = sheet.getCellRangeByName(cell)
        sheet.Annotations.insertNew(place.CellAddress, "メルマガの担当に 048-123-4567 で確かめる")
        place.CellBackColor = 0xFFCC00
        place.CharFontName = "IPAGothic"
        place.CharHeight = 14


def add_a_sheet(document: Any) -> None:
    document.Sheets.insertNewByName("メモ", document.Sheets.Count)
    type_in("メモ", A1="メルマガの部数", B1=96.5, C1="12 月 20 に", A2="=SUM(B1:B1)")(document)


def merge_a_line(document: Any) -> None:
    edits.merge(document, "1-2-2", "D17:F17")


ROWS_ABOVE_TABLES_AND_BETWEEN_LINES = (insert("2-4", 67, 3), insert("2-4", 28, 2), insert("2-4", 2))
LINES_ADDED_IN_THE_MIDST_AND_AT_THE_END = (
    insert("1-2-2", 18),
    type_in("1-2-2", C18="文", D18="・窓口の待ち時間を短くするため、番号札の発券機を置いた。"),
    insert("1-2-2", 22),
)
A_LIST_THAT_GREW = (
    insert("2-2-2", 55),
    type_in("2-2-2", D55="令和 7 年 2 月 4 日", E55="川越市", F55=0),
    type_in("2-2-2", E90=16),
    type_in(
        "2-2-2",
        D32="1） 自治体のがん検診等と協会の特定健診を同時に受診可能な集団健診を 16 市町村と実施。",
    ),
)
SCRATCH_BESIDE_THE_TABLES = type_in("2-4", R69="HP の数を後で確認", S69=1, R70="=S69*2", T71="令和 7 月")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(dict.fromkeys((GYOMU, REZEPT, HOKEN, KIKAKU), ()), id="saved by libreoffice"),
        pytest.param(
            {
                KIKAKU: ROWS_ABOVE_TABLES_AND_BETWEEN_LINES,
                GYOMU: LINES_ADDED_IN_THE_MIDST_AND_AT_THE_END,
                HOKEN: [sort("2-2-2", "D48:F62", "E")],
            },
            id="rows, lines and lists",
        ),
        pytest.param(
            {
                KIKAKU: [hide_a_column_outside_our_parts, decorate],
                GYOMU: [merge_a_line],
                HOKEN: A_LIST_THAT_GREW,
            },
            id="looks, and a list that grew",
        ),
        pytest.param({KIKAKU: [add_a_sheet, SCRATCH_BESIDE_THE_TABLES]}, id="scratch of staff"),
    ],
)
def test_what_is_right_stays_silent(told: Told, changes: Mapping[str, Iterable[Change]]) -> None:
    assert told(changes) == []


def test_each_gets_the_one_warning_that_is_due(told: Told) -> None:
    """A figure of a quarter that has not come, full-width digits, a number that is under no header."""
    more = type_in("2-2-2", D55="令和 7 年 2 月 4 日", E55="川越市", G55=0)
    found = told(
        {
            REZEPT: [type_in("1-2-4", H29=70_001)],
            GYOMU: [type_in("1-2-2", E26="４３，０８９")],
            HOKEN: [insert("2-2-2", 55), more],
        }
    )
    of_others = sorted(one for one in found if not one[2].startswith("2-2-2!"))
    assert of_others == [("注意", "TI11", "1-2-4!H29"), ("注意", "VA03", "1-2-2!E26")]
    assert ("注意", "ST18", "2-2-2!G55") in found
