"""The space around the text of a table cell: the pieces in which a cell is written, formats of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.books.report.layout.tables.column_widths import table_part
from kenpo_xl.books.report.layout.tables.table import TableLook, TablePart, row_heights
from kenpo_xl.books.report.layout.tables.table_cells import CellPattern, grid_boxes
from kenpo_xl.books.report.layout.tables.table_padding import (
    Piece,
    number_format_with_space,
    pieces_of_box,
    space_by_column,
)
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.domain.outputs.report import ReportCell, ReportTable
from kenpo_xl.domain.plan.headers import Header
from tests.books.report.report_values import count, rate, table, words

USUAL, WIDE = "_)", '"　"'
CENTRED = frozenset({CellPattern.CORNER, CellPattern.HEADER, CellPattern.NOT_APPLICABLE})
LOOK = TableLook(
    first=5,
    columns=58,
    width=Width.fixed(9),
    size=9.5,
    header_height=24,
    row_height=24,
    centred=CENTRED,
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('#,##0" 件"', '#,##0" 件"_)'),
        ("0.0%", "0.0%_)"),
        ("", "General_)"),
        ("#,##0;[Red]-#,##0", "#,##0_);[Red]-#,##0_)"),
        ('0;-0;"なし";@', '0_);-0_);"なし"_);@'),
        ('#,##0"；件;"', '#,##0"；件;"_)'),
        (r"0\;0", r"0\;0_)"),
        ("(#,##0)", "(#,##0)_)"),
    ],
)
def test_a_format_has_space_behind_its_numbers(code: str, expected: str) -> None:
    assert number_format_with_space(code) == expected


def pieces(one: ReportTable, row: int, column: int, *, padded: bool = False) -> tuple[TablePart, list[Piece]]:
    part = table_part(one, LOOK)
    (box,) = [box for box in grid_boxes(one, "／") if (box.row, box.column) == (row, column)]
    return part, list(pieces_of_box(box, part, padded=padded))


def test_a_number_and_a_line_are_one_piece() -> None:
    for column in (1, 3):
        part, (only,) = pieces(table(), 1, column)
        assert (only.top, only.end) == part.row_tops[1:3]
        assert only.open_sides == ()


def test_a_padded_text_begins_a_column_later() -> None:
    part, (left, text) = pieces(table(), 1, 0, padded=True)
    assert (left.first, left.last, left.text, left.open_sides) == (5, 5, "", ("right",))
    assert (text.first, text.last, text.open_sides) == (6, part.column_starts[1] - 1, ("left",))
    assert (text.top, text.end, text.wraps) == (left.top, left.end, False)


def test_several_lines_have_space_above_and_below() -> None:
    part, (above, text, below) = pieces(table(corner="実施した説明会の回数と参加者の人数"), 0, 0)
    assert part.heights[0] == 24 + 16
    assert [(one.top, one.end) for one in (above, text, below)] == [(0, 4), (4, 36), (36, 40)]
    assert (above.open_sides, text.open_sides, below.open_sides) == (("bottom",), ("top", "bottom"), ("top",))
    assert (text.wraps, text.spreads) == (True, True)


def test_each_paragraph_is_a_piece() -> None:
    _, found = pieces(table(corner="年度\n（月）"), 0, 0)
    assert [(one.text, one.top, one.end, one.wraps) for one in found] == [
        ("", 0, 4, False),
        ("年度", 4, 20, False),
        ("（月）", 20, 36, False),
        ("", 36, 40, False),
    ]


def test_text_in_a_higher_row_is_in_its_middle() -> None:
    high = table(rows=((count("1"), count("2"), words("一\n二\n三\n四")), table().rows[1]))
    _, found = pieces(high, 1, 3)
    part = table_part(high, LOOK)
    assert part.heights[1] == 24 + 3 * 16
    assert [one.top - part.row_tops[1] for one in found] == [0, 4, 20, 36, 52, 68]


class TestColumns:
    def spaces(self, one: ReportTable, columns: int = 58) -> Mapping[int, str]:
        part = table_part(one, replace(LOOK, columns=columns))
        return space_by_column(list(grid_boxes(one, "／")), part)

    def padded(self, one: ReportTable, columns: int = 58) -> frozenset[int]:
        return frozenset(self.spaces(one, columns))

    def test_all_where_there_is_room(self) -> None:
        assert self.padded(table()) == {0, 1, 2, 3}

    def test_long_texts_too(self) -> None:
        assert 3 in self.padded(table(rows=((count("1"), count("2"), words("あ" * 400)),)))

    def test_a_close_table_has_none_where_there_is_no_room(self) -> None:
        wide = tuple(words("三文字") if column % 2 else count("43089") for column in range(12))
        headers = tuple(Header("件数", 0, column) for column in range(12))
        close = table(column_headers=headers, rows=(wide, wide))
        assert not table_part(close, LOOK).padded
        assert self.padded(close) < frozenset(range(13))

    def test_numbers_without_japanese_have_a_full_width_space_beside_those_with_it(self) -> None:
        assert self.spaces(rates(beside=count("43089")))[2] == WIDE
        assert self.spaces(rates(beside=count("43089")))[1] == USUAL

    def test_but_not_in_a_table_without_any(self) -> None:
        plain = ReportCell(Decimal(43089), "#,##0", "43,089")
        assert self.spaces(rates(beside=plain))[2] == USUAL

    @pytest.mark.parametrize(("mixed", "space"), [(2, USUAL), (3, WIDE)])
    def test_nor_where_half_of_the_rows_have_none(self, mixed: int, space: str) -> None:
        headers = tuple(Header("第1回" if row < mixed else "郵送", row, 0) for row in range(4))
        assert self.spaces(rates(row_headers=headers, rows=((rate("0.5"), rate("0.5")),) * 4))[2] == space

    def test_nor_where_there_is_no_room(self) -> None:
        wide = (count("43089"), *[rate("0.965")] * 11)
        close = rates(column_headers=tuple(Header("割合", 0, at) for at in range(12)), rows=(wide, wide))
        part = table_part(close, LOOK)
        spaces = space_by_column(list(grid_boxes(close, "／")), part)
        assert WIDE not in [space for column, space in spaces.items() if column]

    @pytest.mark.parametrize(
        ("text", "is_whole"), [("令和6年度（12月まで）", True), ("被保険者一人当たり医療費", False)]
    )
    def test_a_header_with_brackets_takes_one_line_where_there_is_room(
        self, text: str, is_whole: bool
    ) -> None:
        headed = rates(column_headers=(Header(text, 0, 0), Header("達成率", 0, 1)))
        roomy, narrow = (table_part(headed, replace(LOOK, columns=columns)) for columns in (58, 28))
        assert (roomy.heights[0] == LOOK.header_height, narrow.heights[0] > LOOK.header_height) == (
            is_whole,
            True,
        )

    def test_row_headers_of_a_crowded_table_keep_off_the_line(self) -> None:
        """Twelve months in the smallest letters: the one column that is left is theirs."""
        months = tuple(Header("月", 0, at) for at in range(12))
        crowded = rates(column_headers=months, rows=((rate("0.965"),) * 12,) * 2)
        narrow, wider = (table_part(crowded, replace(LOOK, columns=columns)) for columns in (52, 53))
        assert [(part.padded, part.size, part.widths[0]) for part in (narrow, wider)] == [
            (False, 8.5, 4),
            (True, 8.5, 5),
        ]


def rates(*, beside: ReportCell | None = None, **changes: object) -> ReportTable:
    """A table of a number and a rate."""
    cell = beside or rate("0.5")
    values: dict[str, object] = {
        "column_headers": (Header("決定", 0, 0), Header("達成率", 0, 1)),
        "row_headers": (Header("郵送", 0, 0), Header("窓口", 1, 0)),
        "rows": ((cell, rate("0.965")), (cell, rate("1"))),
        "joined": frozenset(),
    }
    return table(**{**values, **changes})


def test_the_space_of_a_text_counts_for_its_lines() -> None:
    """As many letters as fit into a line without space take two with it."""
    one = table(rows=((count("1"), count("2"), words("あ" * 300)),))
    part = table_part(one, LOOK)
    boxes = list(grid_boxes(one, "／"))
    heights = [
        row_heights(boxes, one, part.widths, LOOK, part.size, padded=padded)[1] for padded in (True, False)
    ]
    assert part.padded
    assert part.heights[1] == heights[0] > heights[1]
