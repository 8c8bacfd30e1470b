"""Tables: how wide their columns are, how high their rows, where they are torn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.books.report.layout.tables.column_widths import table_part, table_parts
from kenpo_xl.books.report.layout.tables.split_row import split_text_after_lines
from kenpo_xl.books.report.layout.tables.table import TableLook
from kenpo_xl.books.report.layout.tables.table_cells import CellPattern, TableBox, grid_boxes
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.domain.outputs.report import ReportCell, ReportTable, Tone
from kenpo_xl.domain.plan.headers import Header
from tests.books.report.report_values import count, long_table, table, words

LOOK = TableLook(first=5, columns=58, width=Width.fixed(10), size=9.5, header_height=24, row_height=23)


def monthly(columns: int, number: str = "123456") -> ReportTable:
    return table(
        column_headers=tuple(Header(f"{column}月", 0, column) for column in range(columns)),
        row_headers=(Header("令和6年度", 0, 0), Header("令和5年度", 1, 0)),
        rows=tuple(tuple(count(number) for _ in range(columns)) for _ in range(2)),
    )


def found(one: ReportTable) -> dict[tuple[int, int], TableBox]:
    return {(box.row, box.column): box for box in grid_boxes(one, "／")}


class TestBoxes:
    def test_headers_and_cells_have_their_places(self) -> None:
        places = found(table())
        assert places[0, 0].kind is CellPattern.CORNER
        assert places[0, 1].text == "決定件数"
        assert places[2, 0].text == "（同年同期）"
        assert places[1, 1].text == "43,089 件"

    def test_the_tone_decides_the_pattern(self) -> None:
        places = found(table())
        assert [places[1, column].kind for column in (1, 2, 3)] == [
            CellPattern.TYPED,
            CellPattern.COMPUTED,
            CellPattern.TEXT,
        ]
        assert (places[2, 3].kind, places[2, 3].text) == (CellPattern.NOT_APPLICABLE, "／")

    def test_a_joined_row_has_no_line_above(self) -> None:
        places = found(table())
        assert all(places[1, column].open_below and places[2, column].open_above for column in range(4))
        assert not places[1, 0].open_above
        assert not places[2, 0].open_below

    def test_places_without_a_header_are_filled(self) -> None:
        assert found(table(column_headers=(Header("決定件数", 0, 0),)))[0, 3].text == ""

    def test_merged_headers_reach_over_their_rows_and_columns(self) -> None:
        three = table(
            header_rows=2,
            header_columns=2,
            corner=(Header("年度", 0, 0, down=2, across=2),),
            column_headers=(
                Header("計", 0, 0, across=3),
                Header("一", 1, 0),
                Header("二", 1, 1),
                Header("三", 1, 2),
            ),
            row_headers=(Header("令和6年度", 0, 0, down=2), Header("上", 0, 1), Header("下", 1, 1)),
        )
        places = found(three)
        assert (places[0, 2].last_row, places[0, 2].last_column) == (0, 4)
        assert (places[2, 0].last_row, places[2, 0].last_column) == (3, 0)
        assert (places[0, 0].last_row, places[0, 0].last_column) == (1, 1)

    def test_a_table_without_row_headers(self) -> None:
        places = found(table(header_columns=0, row_headers=(), corner=""))
        assert places[1, 0].text == "43,089 件"


class TestWidths:
    def test_a_small_table_is_as_wide_as_its_words(self) -> None:
        part = table_part(table(), LOOK)
        assert sum(part.widths) < LOOK.columns
        assert part.size == LOOK.size

    def test_a_wider_figure_makes_a_wider_column(self) -> None:
        wider = replace(table(), rows=((count("43089000000"), *table().rows[0][1:]), table().rows[1]))
        assert table_part(wider, LOOK).widths[1] > table_part(table(), LOOK).widths[1]

    def test_columns_of_figures_are_equally_wide(self) -> None:
        part = table_part(replace(monthly(4), rows=(tuple(map(count, ("1", "12345", "1", "1"))),)), LOOK)
        assert len(set(part.widths[1:])) == 1

    def test_a_table_that_is_a_little_too_wide_is_set_smaller(self) -> None:
        part = table_part(monthly(7), LOOK)
        assert sum(part.widths) <= LOOK.columns
        assert LOOK.size - 1 <= part.size < LOOK.size

    def test_one_that_is_much_too_wide_stands_in_pieces(self) -> None:
        parts = table_parts(monthly(20), LOOK)
        assert len(parts) > 1
        assert [header.text for part in parts for header in part.table.column_headers] == [
            f"{n}月" for n in range(20)
        ]
        assert all(part.table.row_headers == monthly(1).row_headers for part in parts)
        assert [part.keep_with_next for part in parts] == [True] * len(parts)

    def test_thirteen_columns_stand_in_one(self) -> None:
        assert len(table_parts(monthly(13, "100"), LOOK)) == 1

    @pytest.mark.parametrize(("columns", "torn"), [(10, False), (13, True)])
    def test_letters_become_smaller_before_a_row_header_is_torn(self, columns: int, torn: bool) -> None:
        one = replace(monthly(columns, "100"), row_headers=(Header("（令和5年12月）", 0, 0),))
        part = table_part(one, LOOK)
        assert not part.shrinks
        assert (part.padded, part.heights[1] > LOOK.row_height) == (not torn, torn)

    def test_long_texts_are_broken_rather_than_set_smaller(self) -> None:
        part = table_part(table(rows=((count("1"), count("2"), words("健診の案内を配布した。" * 9)),)), LOOK)
        assert part.size == LOOK.size
        assert sum(part.widths) <= LOOK.columns
        assert part.heights[1] > 2 * LOOK.row_height

    def test_a_spanning_header_widens_the_columns_below(self) -> None:
        headers = (Header("特定保健指導の実施", 0, 0, across=2), Header("一", 1, 0), Header("二", 1, 1))
        spanned = table(header_rows=2, column_headers=headers, rows=((count("1"), count("2")),) * 2)
        plain = replace(spanned, column_headers=(Header("計", 0, 0, across=2), *headers[1:]))
        assert sum(table_part(spanned, LOOK).widths) > sum(table_part(plain, LOOK).widths)

    def test_a_single_column_that_fits_nowhere_is_still_set(self) -> None:
        (part,) = table_parts(monthly(1, "1" * 200), LOOK)
        assert part.shrinks
        assert sum(part.widths) <= LOOK.columns


class TestHeights:
    def test_a_line_feed_makes_a_row_higher(self) -> None:
        plain = table_part(table(), LOOK).heights
        headers = (Header("第1四半期\n4～6月", 0, 0), *table().column_headers[1:])
        assert table_part(table(column_headers=headers), LOOK).heights[0] > plain[0]

    def test_a_header_over_two_rows_makes_the_last_of_them_higher(self) -> None:
        high = table(row_headers=(Header("一\n二\n三\n四\n五\n六", 0, 0, down=2),))
        first, second = table_part(high, LOOK).heights[1:]
        assert (first, second > LOOK.row_height) == (LOOK.row_height, True)


class TestSplit:
    @pytest.mark.parametrize(("rows", "split"), [(5, False), (6, True)])
    def test_a_short_table_is_not_torn(self, rows: int, split: bool) -> None:
        part = table_part(long_table(rows), LOOK)
        assert bool(part.split_to_fit(part.height - 1, force=False)) is split

    def test_three_rows_stay_on_both_sides(self) -> None:
        part = table_part(long_table(10), LOOK)
        upper, lower = part.split_to_fit(part.height - 1, force=False)
        assert (len(upper.table.rows), len(lower.table.rows)) == (7, 3)
        assert part.split_to_fit(LOOK.header_height + 3 * LOOK.row_height - 1, force=False) is None

    def test_space_above_and_below_counts(self) -> None:
        part = table_part(long_table(10), replace(LOOK, margin=5))
        assert part.height == 10 + LOOK.header_height + 10 * LOOK.row_height
        assert part.row_tops[0] == 5
        available = LOOK.header_height + 4 * LOOK.row_height + 10
        for room, rows in ((available, 4), (available - 1, 3)):
            upper, lower = part.split_to_fit(room, force=False)
            assert (len(upper.table.rows), lower.row_tops[0]) == (rows, 5)

    def test_it_breaks_between_rows_and_repeats_its_headers(self) -> None:
        part = table_part(long_table(10), LOOK)
        upper, lower = part.split_to_fit(LOOK.header_height + 4 * LOOK.row_height, force=False)
        assert (len(upper.table.rows), len(lower.table.rows)) == (4, 6)
        assert upper.table.column_headers == lower.table.column_headers
        assert upper.widths == lower.widths
        assert [header.row for header in lower.table.row_headers] == list(range(6))
        assert lower.height == LOOK.header_height + 6 * LOOK.row_height

    def test_one_pixel_less_is_one_row_less(self) -> None:
        part = table_part(long_table(10), LOOK)
        upper, _ = part.split_to_fit(LOOK.header_height + 4 * LOOK.row_height - 1, force=False)
        assert len(upper.table.rows) == 3

    def test_a_joined_row_stays_with_the_one_above(self) -> None:
        joined = replace(long_table(10), joined=frozenset({1, 3, 5, 7, 9}))
        part = table_part(joined, LOOK)
        upper, lower = part.split_to_fit(LOOK.header_height + 5 * LOOK.row_height, force=False)
        assert len(upper.table.rows) == 4
        assert lower.table.joined == {1, 3, 5}

    def test_rows_beside_one_header_stay_together(self) -> None:
        headers = tuple(Header(f"第{row}四半期", row, 0, down=4) for row in range(0, 12, 4))
        part = table_part(replace(long_table(12), row_headers=headers), LOOK)
        upper, lower = part.split_to_fit(part.height - 1, force=False)
        assert (len(upper.table.rows), len(lower.table.rows)) == (8, 4)

    def test_a_row_header_over_the_cut_stands_on_both_pages(self) -> None:
        spanning = replace(long_table(4), row_headers=(Header("令和6年度", 0, 0, down=4),))
        part = table_part(spanning, LOOK)
        upper, lower = part.split_to_fit(LOOK.header_height + LOOK.row_height, force=True)
        assert [(header.text, header.row, header.down) for header in upper.table.row_headers] == [
            ("令和6年度", 0, 1)
        ]
        assert [(header.text, header.row, header.down) for header in lower.table.row_headers] == [
            ("令和6年度", 0, 3)
        ]

    def test_no_room_for_a_row_is_no_split(self) -> None:
        part = table_part(long_table(10), LOOK)
        assert part.split_to_fit(LOOK.header_height, force=False) is None

    def test_unless_the_page_is_empty(self) -> None:
        part = table_part(long_table(10), LOOK)
        upper, _ = part.split_to_fit(LOOK.header_height, force=True)
        assert len(upper.table.rows) == 1


@pytest.mark.parametrize("value", [None, Decimal(0)])
def test_an_empty_cell_is_not_a_text(value: Decimal | None) -> None:
    cell = ReportCell(value, "0", "" if value is None else "0", Tone.COMPUTED)
    assert found(table(rows=((cell,),)))[1, 1].kind is CellPattern.COMPUTED


class TestHighRows:
    """A row that is higher than a page is torn between the lines of its texts."""

    ROOM = LOOK.header_height + 8 * LOOK.row_height

    def high(self, **changes: object) -> ReportTable:
        text = "".join(f"第{number}回の説明会を開催した。" for number in range(60))
        row = (count("12"), count("34"), words(text))
        values = {"row_headers": (Header("令和6年度", 0, 0),), "rows": (row,), "joined": frozenset()}
        return table(**{**values, **changes})

    def test_nothing_is_lost(self) -> None:
        pieces = [table_part(self.high(), LOOK)]
        while pieces[-1].height > self.ROOM:
            pieces[-1:] = pieces[-1].split_to_fit(self.ROOM, force=True)
        assert len(pieces) > 2
        assert "".join(piece.table.rows[0][2].value for piece in pieces) == self.high().rows[0][2].value
        assert all(piece.height <= self.ROOM for piece in pieces)

    def test_its_numbers_stand_in_the_upper_piece(self) -> None:
        upper, lower = table_part(self.high(), LOOK).split_to_fit(self.ROOM, force=True)
        assert [cell.value for cell in upper.table.rows[0][:2]] == [Decimal(12), Decimal(34)]
        assert [cell.value for cell in lower.table.rows[0][:2]] == [None, None]

    def test_rows_below_keep_their_headers(self) -> None:
        headers = (Header("一", 0, 0), Header("二", 1, 0, down=2))
        rows = (*self.high().rows, (count("1"),) * 3, (count("2"),) * 3)
        part = table_part(self.high(row_headers=headers, rows=rows, joined=frozenset({2})), LOOK)
        _, lower = part.split_to_fit(self.ROOM, force=True)
        assert [(header.text, header.row, header.down) for header in lower.table.row_headers] == [
            ("", 0, 1),
            ("二", 1, 2),
        ]
        assert lower.table.joined == {2}

    def test_only_on_an_empty_page(self) -> None:
        assert table_part(self.high(), LOOK).split_to_fit(self.ROOM, force=False) is None

    def test_line_feeds_are_kept(self) -> None:
        assert split_text_after_lines("一\n二\n三", 2, 10) == ("一\n二", "三")
        assert split_text_after_lines("一二三四\n五", 1, 4) == ("一二", "三四\n五")
