"""The space around the text of a table cell: the pieces in which a cell is written, formats of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.books.report.layout.tables.column_widths import table_part
from kenpo_xl.books.report.layout.tables.table import (
    TableLook,
    TablePart,
    paragraphs_of_cell,
    row_heights,
)
from kenpo_xl.books.report.layout.tables.table_boxes import placed_cells
from kenpo_xl.books.report.layout.tables.table_cells import CellPattern, TableBox, grid_boxes, number_width
from kenpo_xl.books.report.layout.tables.table_padding import (
    Piece,
    number_format_with_space,
    pieces_of_box,
    space_by_column,
)
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.domain.outputs.report import ReportCell, ReportTable
from kenpo_xl.domain.plan.headers import Header
from tests.books.report.report_values import count, rate, table, words
from tests.paths import TEMPLATE

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


def bracketed(number: str) -> ReportCell:
    """Last year's number of letters, in brackets."""
    return ReportCell(Decimal(number), '"（"#,##0" 通）"', f"（{int(number):,} 通）")


def plain(number: str) -> ReportCell:
    return ReportCell(Decimal(number), '#,##0" 通"', f"{int(number):,} 通")


def letters(now: str, before: str) -> ReportTable:
    """A number of this year above that of last year in brackets."""
    return rates(
        column_headers=(Header("通数", 0, 0),), rows=((plain(now),), (bracketed(before),)), joined={1}
    )


def part_in(one: ReportTable, width: int, *, size: float = 9.5) -> TablePart:
    """A table whose second column is so many narrow columns of 10 pixels wide."""
    look = replace(LOOK, width=Width.fixed(10))
    widths = (8, *[width] * (len(one.rows[0])))
    heights = tuple([24] * (len(one.rows) + 1))
    return TablePart(look, one, widths, heights, size, padded=True)


def spaces_in(one: ReportTable, width: int) -> Mapping[int, str]:
    return space_by_column(list(grid_boxes(one, "／")), part_in(one, width))


def styles_of(one: ReportTable, width: int) -> dict[Decimal, tuple[str, str]]:
    """The format and the alignment of each number."""
    template = read_template(TEMPLATE)
    cells = placed_cells(part_in(one, width), template)
    looks = [(cell.value, cell.style.properties_by_name) for cell in cells]
    return {value: (look["num_format"], look["align"]) for value, look in looks if isinstance(value, Decimal)}


class TestNumbersInBrackets:
    """The closing bracket has its own space: a number without brackets has as much."""

    @pytest.mark.parametrize(("width", "space"), [(8, WIDE), (7, USUAL), (6, None)])
    def test_they_do_not_take_the_space_of_the_others(self, width: int, space: str | None) -> None:
        """10,234 通 takes 50 pixels; with a space of half a letter 57, with one of a letter 63."""
        assert spaces_in(letters("10234", "5725"), width).get(1) == space

    def test_they_have_no_space_in_their_format(self) -> None:
        found = styles_of(letters("8232", "5725"), 9)
        assert found == {
            Decimal(8232): ('#,##0" 通""　"', "right"),
            Decimal(5725): ('"（"#,##0" 通）"', "right"),
        }


class TestNumbersWithoutSpace:
    """Twelve months in narrow columns: numbers of the same width are in the middle."""

    @pytest.mark.parametrize(
        ("first", "width", "look"),
        [
            ("0.2445", 6, ("0.00%_)", "right")),
            ("0.2445", 4, ("0.00%", "center")),
            ("0.0245", 4, ("0.00%", "right")),
        ],
    )
    def test_they_are_in_the_middle(self, first: str, width: int, look: tuple[str, str]) -> None:
        values = Decimal(first), Decimal("0.6353")
        cells = [ReportCell(value, "0.00%", f"{value * 100:.2f}％") for value in values]
        months = rates(column_headers=(Header("4月", 0, 0),), rows=tuple((cell,) for cell in cells))
        assert styles_of(months, width) == dict.fromkeys(values, look)


@pytest.mark.parametrize(("code", "width"), [("0.0%", 5), ('0.0"％"', 6), ('0.0" ％"', 7)])
def test_a_percent_sign_is_as_wide_as_its_format_prints_it(code: str, width: int) -> None:
    shown = "14.8 ％" if " " in code else "14.8％"
    box = TableBox(1, 1, 1, 1, CellPattern.TYPED, shown, ReportCell(Decimal("0.148"), code, shown))
    assert number_width(box) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("【参考】R5年度\n実績", 9, ["【参考】R5年度", "実績"]),
        ("【参考】R5年度\n実績", 8, ["【参考】", "R5年度", "実績"]),
        ("【参考】", 2, ["【参考】"]),
        ("令和5年度実績", 4, ["令和5年度実績"]),
    ],
)
def test_a_header_is_broken_behind_its_bracket(text: str, width: int, expected: list[str]) -> None:
    assert paragraphs_of_cell(text, Width.fixed(10).times(width), 8) == expected


def test_a_closer_space_comes_before_smaller_letters_without_any() -> None:
    """Rates of four characters in twelve columns: half a letter of space in 9 points, none in 9.5."""
    cells = tuple(ReportCell(Decimal("0.372"), "0.0", "37.2") for _ in range(12))
    headers = tuple(Header("4月", 0, at) for at in range(12))
    part = table_part(
        rates(column_headers=headers, rows=(cells, cells)), replace(LOOK, width=Width.fixed(9), columns=58)
    )
    boxes = list(grid_boxes(part.table, "／"))
    assert (part.size, set(space_by_column(boxes, part))) == (9, set(range(13)))


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
