"""Pages that end at the same height: what moves down, and how far."""

from __future__ import annotations

import pytest

from kenpo_xl.books.report.layout.page import Page, PlacedPart, Rating
from kenpo_xl.books.report.layout.pagination import Spacing, paginate
from kenpo_xl.books.report.layout.stretch import balanced_pages, stretch_to_bottom
from tests.books.report.layout.test_pagination import Piece, layout_row


def page() -> Page:
    """Three rows of 100 pixels with spaces of 8 between them; the second has a title and a rating."""
    tops = (0, 108, 216)
    return Page(
        headers=[PlacedPart(108, Piece("title", 1))],
        left=[PlacedPart(top, Piece("left", 5)) for top in tops],
        right=[PlacedPart(top, Piece("right", 9)) for top in tops],
        ratings=[Rating(108, 208, "△")],
        spaces=[(100, 108), (208, 216)],
        inner_spaces=[(150, 158)],
        end=316,
    )


def test_the_free_height_is_shared_by_the_spaces() -> None:
    one = page()
    stretch_to_bottom(one, 316 + 24, most=20)
    assert one.spaces == [(100, 120), (220, 240)]
    assert [placed.top for placed in one.right] == [placed.top for placed in one.left] == [0, 120, 240]
    assert [placed.top for placed in one.headers] == [120]
    assert (one.ratings[0].top, one.ratings[0].end) == (120, 220)
    assert one.inner_spaces == [(162, 170)]
    assert one.end == 340


@pytest.mark.parametrize(("free", "end"), [(3, 316), (4, 320), (7, 320), (-4, 316)])
def test_in_whole_steps_of_the_grid(free: int, end: int) -> None:
    one = page()
    stretch_to_bottom(one, 316 + free, most=20)
    assert one.end == end


def test_the_upper_spaces_take_what_does_not_divide() -> None:
    one = page()
    stretch_to_bottom(one, 316 + 12, most=20)
    assert [end - top for top, end in one.spaces] == [8 + 8, 8 + 4]


def test_no_space_grows_by_more_than_the_most() -> None:
    one = page()
    stretch_to_bottom(one, 1000, most=20)
    assert one.end == 316 + 2 * 20


def test_a_page_of_one_row_stays_as_it_is() -> None:
    one = Page(right=[PlacedPart(0, Piece("right", 9))], end=90)
    stretch_to_bottom(one, 1000, most=20)
    assert (one.end, one.right[0].top) == (90, 0)


def test_the_space_above_a_chapter_takes_twice_as_much() -> None:
    one = page()
    one.chapter_spaces.append(one.spaces[1])
    stretch_to_bottom(one, 316 + 36, most=20)
    assert [end - top for top, end in one.spaces] == [8 + 12, 8 + 24]
    two = page()
    two.chapter_spaces.append(two.spaces[1])
    stretch_to_bottom(two, 1000, most=20)
    assert [end - top for top, end in two.spaces] == [8 + 20, 8 + 40]


class TestBalance:
    """Rows of some lines of 10 pixels on pages of 100; 4 pixels of space between them may grow."""

    def ends(self, *heights: int, most: int) -> list[int]:
        rows = [layout_row(height) for height in heights]
        spacing = Spacing(0, 4, 0)
        pages = balanced_pages(paginate(rows, 100, spacing), rows, 100, spacing, most=most)
        return [page.end for page in pages]

    def test_the_last_page_takes_rows_where_spaces_take_their_height(self) -> None:
        assert self.ends(3, 3, 3, 1, most=8) == [64 + 8, 44 + 8]
        assert self.ends(3, 3, 3, 1, most=32) == [64 + 32, 44 + 32]

    def test_the_last_page_grows_no_more_than_the_others(self) -> None:
        assert self.ends(4, 4, 5, 4, 1, most=32) == [84 + 16, 94 + 4, 10]
        assert self.ends(4, 5, 1, 1, most=32) == [94 + 4, 24 + 4]

    def test_the_first_stay_full_where_they_do_not(self) -> None:
        assert self.ends(3, 3, 3, 1, most=0) == [98, 10]

    def test_a_sole_page_stays_as_it_is(self) -> None:
        assert self.ends(3, 3, most=8) == [64]
