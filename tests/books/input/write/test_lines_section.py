"""The lines of an item's sheet: below their plan text, in one column, in rows that fit their text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl.utils import range_boundaries

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import BLOCK, LAST, REASON, TEXT, width_of_columns
from kenpo_xl.books.common.item_marks import text_in_place_of_sentences
from kenpo_xl.domain.plan.line_kind import LineKind
from tests.checks.planted import BOOK
from tests.edited import loaded
from tests.paths import SAMPLE
from tests.sample import sample_plan
from tests.tasks.carry.town import GROUP, period, submit

ITEMS = ("1-2-1", "1-2-2", "1-2-3")
# A column of letters 7 pixels wide has 5 pixels around them.
LETTER, AROUND, SCREEN = 7, 5, 1_190


def rows_of_lines(item: str) -> list[tuple[int, str, str, str]]:
    """The number, block, kind and text of each row with a plan text or a line."""
    kinds = {names.PLAN_KIND, *LineKind}
    cells = (tuple(cell.value for cell in row) for row in loaded(BOOK)[item].iter_rows(max_col=4))
    return [
        (number, block, kind, text)
        for number, (_, block, kind, text) in enumerate(cells, start=1)
        if kind in kinds
    ]


@pytest.mark.parametrize("item", ITEMS)
def test_the_plan_text_of_each_block_is_above_its_lines(item: str) -> None:
    rows = rows_of_lines(item)
    planned = sample_plan().item(item)
    assert planned
    blocks = [block.name for block in planned.blocks]
    assert [block for _, block, kind, _ in rows if kind == names.PLAN_KIND] == blocks
    assert [block for _, block, _, _ in rows] == sorted((block for _, block, _, _ in rows), key=blocks.index)
    first_of_block = {block: kind for _, block, kind, _ in reversed(rows)}
    assert set(first_of_block.values()) == {names.PLAN_KIND}


def test_a_block_without_plan_text_says_whether_it_continues_the_one_before() -> None:
    planned = sample_plan().item("1-2-3")
    assert planned
    first, second = planned.blocks[:2]
    assert text_in_place_of_sentences(planned, first) == "（計画の文はありません）"
    assert text_in_place_of_sentences(planned, second) == "（前のブロックの続き）"
    shown = {block: text for _, block, kind, text in rows_of_lines("1-2-3") if kind == names.PLAN_KIND}
    assert shown["4"] == "（前のブロックの続き）"


def row_elements(path: Path, sheet: str) -> dict[str, str]:
    """The attributes of each row of a sheet, by its number."""
    number = loaded(path).sheetnames.index(sheet) + 1
    with zipfile.ZipFile(path) as book:
        part = book.read(f"xl/worksheets/sheet{number}.xml").decode()
    return dict(re.findall(r'<row r="(\d+)"([^>]*)>', part))


@pytest.mark.parametrize("item", ITEMS)
def test_no_cell_of_a_line_is_merged_and_no_row_has_a_fixed_height(item: str) -> None:
    sheet = loaded(BOOK)[item]
    rows = {number for number, *_ in rows_of_lines(item)}
    merged = {row for area in sheet.merged_cells.ranges for row in range(area.min_row, area.max_row + 1)}
    assert rows.isdisjoint(merged)
    assert all(
        sheet.cell(row, column).alignment.wrap_text for row in rows for column in (TEXT + 1, REASON + 1)
    )
    elements = row_elements(BOOK, item)
    assert all(' ht="' in elements[str(row)] for row in rows)
    assert not [row for row in rows if "customHeight" in elements[str(row)]]


@pytest.mark.parametrize("item", ITEMS)
def test_only_a_row_without_a_mark_gets_another_look(item: str) -> None:
    """In a row with its mark, a cell keeps its own look: findings and what was carried colour it."""
    sheet = loaded(BOOK)[item]
    rows = [number for number, *_ in rows_of_lines(item)]
    looks = [
        (range_boundaries(str(area.sqref)), rule.formula[0])
        for area in sheet.conditional_formatting
        for rule in area.rules
        if names.PLAN_KIND in rule.formula[0]
    ]
    assert len(looks) == 4
    for (_, top, _, bottom), formula in looks:
        assert (top, bottom) == (rows[0], rows[-1])
        assert formula.startswith(f'AND($A{top}="",$C{top}<>"{names.PLAN_KIND}"')
    assert all(sheet.cell(row, 1).value for row in rows)


@pytest.mark.parametrize(
    ("book", "item", "headers"),
    [
        ("保健グループ", "2-2-2", {"開催日": "D", "自治体": "E", "受診者数": "F"}),
        ("企画総務グループ", "2-4", {"発行日": "B", "記事内容": "D"}),
    ],
)
def test_texts_of_an_open_list_are_wrapped_in_cells_of_their_own(
    book: str, item: str, headers: dict[str, str]
) -> None:
    path = SAMPLE / "提出" / f"{book}.xlsm"
    sheet = loaded(path)[item]
    (first,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == next(iter(headers)))
    found = {cell.value: cell.column_letter for cell in sheet[first.row] if cell.value}
    assert found == headers
    rows = range(first.row + 1, first.row + 5)
    merged = {row for area in sheet.merged_cells.ranges for row in range(area.min_row, area.max_row + 1)}
    assert merged.isdisjoint(rows)
    texts = [column for header, column in headers.items() if header != "受診者数"]
    assert all(sheet[f"{column}{row}"].alignment.wrap_text for row in rows for column in texts)
    assert not [row for row in rows if "customHeight" in row_elements(path, item)[str(row)]]
    refused = [str(rule.sqref) for rule in sheet.data_validations.dataValidation if rule.formula1 == "FALSE"]
    beside_keys = f"C{first.row + 1}:"
    assert any(area.startswith(beside_keys) for area in refused) == (headers[first.value] == "B")


def test_everything_that_is_typed_fits_a_screen() -> None:
    widths = [width_of_columns(column, column) for column in range(BLOCK, LAST + 1)]
    assert sum(width * LETTER + AROUND for width in widths) < SCREEN


@pytest.mark.parametrize("text", ["=1+2", "{=A1}", "https://example.jp/案内", "mailto:a@example.jp", "0120"])
def test_a_text_stays_a_text(tmp_path: Path, text: str) -> None:
    folder = period(tmp_path / "期", 2025, 3)
    submit(folder, {}, {"1": [text]})
    sheet = loaded(folder / "提出" / f"{GROUP}.xlsm")["1-1"]
    (cell,) = (cell for (cell,) in sheet.iter_rows(min_col=4, max_col=4) if cell.value == text)
    assert (cell.data_type, cell.hyperlink) == ("s", None)
