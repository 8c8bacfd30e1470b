"""Where page breaks fall, in parts that are nothing but heights."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from kenpo_xl.books.report.layout.page import Page
from kenpo_xl.books.report.layout.pagination import Spacing, paginate
from kenpo_xl.books.report.layout.row import LayoutRow, PageBlock, split_parts_to_fit

ROOM = 100
NO_SPACE = Spacing(gap=0, space=0, closing=0)


@dataclass(frozen=True)
class Piece:
    """A part of so many lines of 10 pixels; `name` tells where it went."""

    name: str
    lines: int
    keep_with_next: bool = False
    firm: bool = True

    beside: int = 0

    @property
    def height(self) -> int:
        return max(self.lines, self.beside) * 10

    @property
    def columns(self) -> tuple[Piece, ...]:
        """A title, with as many lines as `beside` says above progress."""
        texts = (self.lines, self.beside)
        return tuple(replace(self, lines=lines, beside=0) for lines in texts) if self.beside else (self,)

    def split_to_fit(self, available: int, *, force: bool) -> tuple[Piece, Piece] | None:
        if self.firm and not force:
            return None
        count = min(available // 10, self.lines - 1)
        if count < 1:
            return None
        return Piece(self.name, count, firm=self.firm), Piece(
            self.name, self.lines - count, self.keep_with_next, self.firm
        )


def layout_row(
    *right: int, left: int | tuple[Piece, ...] = 1, name: str = "x", **changes: object
) -> LayoutRow:
    """A row with one block for each height (in lines); so many lines of plan text, or its parts."""
    blocks = tuple(
        PageBlock((Piece(f"{name}{index}", lines),), rating="△") for index, lines in enumerate(right)
    )
    text = (Piece(f"{name}-left", left, firm=False),) if isinstance(left, int) else left
    values: dict[str, object] = {"left": text, "blocks": blocks}
    return LayoutRow(**{**values, **changes})  # type: ignore[arg-type]


def soft_row(*right: int, name: str = "x", **changes: object) -> LayoutRow:
    """The same with blocks that may be split between any two lines."""
    blocks = tuple(
        PageBlock((Piece(f"{name}{index}", lines, firm=False),), rating="△")
        for index, lines in enumerate(right)
    )
    return layout_row(name=name, blocks=blocks, **changes)


def ratings(pages: list[Page]) -> list[list[tuple[str, bool]]]:
    return [[(rating.glyph, rating.continued) for rating in page.ratings] for page in pages]


def right(pages: list[Page]) -> list[list[tuple[str, int]]]:
    return [[(one.part.name, one.part.lines) for one in page.right] for page in pages]  # type: ignore[attr-defined]


def left(pages: list[Page]) -> list[list[tuple[str, int]]]:
    return [[(one.part.name, one.part.lines) for one in page.left] for page in pages]  # type: ignore[attr-defined]


def headers(pages: list[Page]) -> list[list[str]]:
    return [[one.part.name for one in page.headers] for page in pages]  # type: ignore[attr-defined]


class TestChapters:
    """Two chapters on one sheet, each with a heading of two lines."""

    def rows(self, *heights: int) -> list[LayoutRow]:
        one = [
            layout_row(lines, name=f"a{index}", **self.of("A", index))
            for index, lines in enumerate(heights[:-1])
        ]
        return [*one, layout_row(heights[-1], name="b", **self.of("B", 0))]

    def of(self, chapter: str, index: int) -> dict[str, object]:
        return {"chapter_heading": Piece(chapter, 2), "begins_chapter": index == 0}

    def test_one_begins_below_the_other_where_its_first_row_fits(self) -> None:
        pages = paginate(self.rows(3, 3), ROOM, NO_SPACE)
        assert headers(pages) == [["A", "B"]]
        assert [placed.top for placed in pages[0].headers] == [0, 50]
        assert pages[0].chapter_spaces == [(50, 50)]

    def test_a_heading_never_ends_a_page(self) -> None:
        assert headers(paginate(self.rows(3, 4), ROOM, NO_SPACE)) == [["A"], ["B"]]

    def test_every_page_begins_with_that_of_its_chapter(self) -> None:
        assert headers(paginate(self.rows(8, 6, 3), ROOM, NO_SPACE)) == [["A"], ["A"], ["B"]]

    def test_also_one_that_begins_within_a_block(self) -> None:
        row = soft_row(11, **self.of("A", 0))
        pages = paginate([row], ROOM, NO_SPACE)
        assert headers(pages) == [["A"], ["A"]]
        assert right(pages) == [[("x0", 8)], [("x0", 3)]]


class TestTitlesOfTwoHeights:
    def test_the_column_with_fewer_lines_goes_on_below_them(self) -> None:
        row = layout_row(4, left=4, headers=(Piece("title", 3, beside=1),))
        (page,) = paginate([row], ROOM, NO_SPACE)
        assert [placed.top for placed in (*page.headers, *page.left, *page.right)] == [0, 0, 30, 10]
        assert (page.end, page.ratings[0].top) == (70, 30)

    def test_so_that_more_of_it_fits(self) -> None:
        row = layout_row(9, left=7, headers=(Piece("title", 3, beside=1),))
        assert len(paginate([row], ROOM, NO_SPACE)) == 1
        assert len(paginate([layout_row(10, headers=row.headers)], ROOM, NO_SPACE)) == 2

    def test_titles_below_follow_their_column(self) -> None:
        titles = (Piece("section", 1, beside=2), Piece("item", 1, beside=1))
        (page,) = paginate([layout_row(1, headers=titles)], ROOM, NO_SPACE)
        assert [placed.top for placed in page.headers] == [0, 0, 10, 20]

    def test_one_across_both_begins_below_the_lower(self) -> None:
        titles = (Piece("section", 1, beside=2), Piece("band", 1))
        (page,) = paginate([layout_row(1, headers=titles)], ROOM, NO_SPACE)
        assert [placed.top for placed in (*page.headers, *page.right)] == [0, 0, 20, 30]


class TestBlocks:
    def test_a_block_that_just_fits_stays(self) -> None:
        pages = paginate([layout_row(6, name="a"), layout_row(4, name="b")], ROOM, NO_SPACE)
        assert right(pages) == [[("a0", 6), ("b0", 4)]]

    def test_one_line_more_begins_a_new_page(self) -> None:
        pages = paginate([layout_row(6, name="a"), layout_row(5, name="b")], ROOM, NO_SPACE)
        assert right(pages) == [[("a0", 6)], [("b0", 5)]]

    def test_plan_text_counts_as_much_as_progress(self) -> None:
        pages = paginate(
            [layout_row(6, name="a"), layout_row(1, left=(Piece("left", 5),), name="b")], ROOM, NO_SPACE
        )
        assert right(pages) == [[("a0", 6)], [("b0", 1)]]

    def test_blocks_beside_one_plan_text_may_part(self) -> None:
        pages = paginate([layout_row(6, name="a"), layout_row(4, 4, left=2, name="b")], ROOM, NO_SPACE)
        assert right(pages) == [[("a0", 6), ("b0", 4)], [("b1", 4)]]

    def test_not_if_the_plan_text_has_no_room(self) -> None:
        pages = paginate(
            [layout_row(6, name="a"), layout_row(4, 4, left=(Piece("left", 5),), name="b")], ROOM, NO_SPACE
        )
        assert right(pages) == [[("a0", 6)], [("b0", 4), ("b1", 4)]]

    def test_a_section_without_items_is_one_empty_page(self) -> None:
        assert paginate([], ROOM, NO_SPACE) == [Page()]


class TestHighBlocks:
    def test_a_block_as_high_as_a_page_is_not_torn(self) -> None:
        assert right(paginate([layout_row(10)], ROOM, NO_SPACE)) == [[("x0", 10)]]

    def test_a_higher_one_is_broken_between_its_parts(self) -> None:
        parts = (Piece("a", 6), Piece("b", 5))
        pages = paginate([layout_row(blocks=(PageBlock(parts, "△"),))], ROOM, NO_SPACE)
        assert right(pages) == [[("a", 6)], [("b", 5)]]

    def test_or_inside_a_part_that_lets_itself_be_split(self) -> None:
        assert right(paginate([layout_row(25)], ROOM, NO_SPACE)) == [[("x0", 10)], [("x0", 10)], [("x0", 5)]]

    def test_its_rating_is_repeated_as_continued(self) -> None:
        pages = paginate([layout_row(25)], ROOM, NO_SPACE)
        assert ratings(pages) == [[("△", False)], [("△", True)], [("△", True)]]

    def test_its_headers_are_repeated(self) -> None:
        high = layout_row(
            15, headers=(Piece("title", 1),), continuation_headers=(Piece("title (continued)", 1),)
        )
        assert headers(paginate([high], ROOM, NO_SPACE)) == [["title"], ["title (continued)"]]

    def test_it_does_not_begin_in_a_small_rest_of_a_page(self) -> None:
        pages = paginate([layout_row(8, name="a"), layout_row(12, name="b")], ROOM, NO_SPACE)
        assert right(pages) == [[("a0", 8)], [("b0", 10)], [("b0", 2)]]

    def test_it_begins_in_a_large_one(self) -> None:
        pages = paginate([layout_row(6, name="a"), soft_row(12, name="b")], ROOM, NO_SPACE)
        assert right(pages) == [[("a0", 6), ("b0", 4)], [("b0", 8)]]

    def test_plan_text_higher_than_a_page_goes_on(self) -> None:
        assert left(paginate([layout_row(1, left=25)], ROOM, NO_SPACE)) == [
            [("x-left", 10)],
            [("x-left", 10)],
            [("x-left", 5)],
        ]

    def test_a_sentence_is_not_torn_while_the_next_page_has_room(self) -> None:
        sentences = (Piece("one", 7, firm=False), Piece("two", 6, firm=False))
        high = LayoutRow(sentences, (PageBlock((Piece("x", 15),)),))
        pages = paginate([high], ROOM, NO_SPACE)
        assert left(pages) == [[("one", 7)], [("two", 6)]]


class TestFilling:
    """On a page of 100 lines: one of them is a hundredth."""

    HEIGHT = 1000

    def pages(self, *rows: LayoutRow) -> list[list[tuple[str, int]]]:
        return right(paginate(rows, self.HEIGHT, NO_SPACE))

    def test_a_block_is_split_where_much_of_the_page_would_stay_empty(self) -> None:
        assert self.pages(layout_row(40, name="a"), soft_row(70, name="b")) == [
            [("a0", 40), ("b0", 60)],
            [("b0", 10)],
        ]

    @pytest.mark.parametrize(("before", "taken"), [(92, 8), (93, 0)])
    def test_not_for_a_few_lines_of_it(self, before: int, taken: int) -> None:
        first, _ = self.pages(layout_row(before, name="a"), soft_row(30, name="b"))
        assert first == [("a0", before), ("b0", taken)][: 1 + bool(taken)]

    @pytest.mark.parametrize(("lines", "rest"), [(66, 6), (65, 11)])
    def test_a_few_lines_are_not_left_for_the_next_page(self, lines: int, rest: int) -> None:
        _, second = self.pages(layout_row(40, name="a"), soft_row(lines, name="b"))
        assert second == [("b0", rest)]

    @pytest.mark.parametrize(("before", "split"), [(54, 0), (53, 7)])
    def test_blocks_part_where_little_of_the_page_stays_empty(self, before: int, split: int) -> None:
        first, _ = self.pages(layout_row(before, name="a"), soft_row(40, 20, name="b"))
        assert first[2:] == [("b1", split)][: bool(split)]

    def test_plan_text_is_split_along_with_its_progress(self) -> None:
        long = soft_row(80, left=80, name="b")
        assert left(paginate([layout_row(40, name="a"), long], self.HEIGHT, NO_SPACE)) == [
            [("a-left", 1), ("b-left", 60)],
            [("b-left", 20)],
        ]


class TestContinuedRatings:
    TITLE = (Piece("title", 1),)

    def test_a_block_without_one_repeats_that_of_its_item(self) -> None:
        plain = layout_row(blocks=(PageBlock((Piece("b", 9),)),))
        pages = paginate([layout_row(9, headers=self.TITLE), plain], ROOM, NO_SPACE)
        assert ratings(pages) == [[("△", False)], [("△", True)]]

    def test_not_that_of_another_item(self) -> None:
        other = layout_row(blocks=(PageBlock((Piece("b", 9),)),), headers=self.TITLE)
        pages = paginate([layout_row(9), other], ROOM, NO_SPACE)
        assert ratings(pages) == [[("△", False)], []]

    def test_nor_on_the_page_of_the_rating_itself(self) -> None:
        plain = layout_row(blocks=(PageBlock((Piece("b", 1),)),))
        assert ratings(paginate([layout_row(1), plain], ROOM, NO_SPACE)) == [[("△", False)]]

    def test_plan_text_that_goes_on_alone_repeats_what_is_beside_its_progress(self) -> None:
        block = PageBlock((Piece("b", 2),), rating="△", further=((Piece("担当", 1),), ()))
        first, second = paginate([layout_row(left=12, blocks=(block,), headers=self.TITLE)], ROOM, NO_SPACE)
        assert ratings([first, second]) == [[("△", False)], [("△", True)]]
        assert [placed.part.name for placed in second.further] == ["担当"]  # type: ignore[attr-defined]
        assert [(one.top, one.end) for one in second.ratings] == [(0, second.end)]

    def test_plan_text_of_the_next_item_repeats_nothing(self) -> None:
        alone = layout_row(left=9, headers=self.TITLE)
        pages = paginate([layout_row(9, headers=self.TITLE), alone], ROOM, NO_SPACE)
        assert ratings(pages) == [[("△", False)], []]

    def test_one_of_its_own_comes_first(self) -> None:
        pages = paginate([layout_row(9), layout_row(9)], ROOM, NO_SPACE)
        assert ratings(pages) == [[("△", False)], [("△", False)]]


class TestHeads:
    def test_a_title_never_ends_a_page(self) -> None:
        titled = layout_row(2, name="b", headers=(Piece("title", 1),))
        assert right(paginate([layout_row(8, name="a"), titled], ROOM, NO_SPACE)) == [
            [("a0", 8)],
            [("b0", 2)],
        ]

    def test_a_page_that_begins_within_an_item_says_so(self) -> None:
        continuation = (Piece("title (continued)", 1),)
        pages = paginate(
            [layout_row(9, name="a"), layout_row(9, name="b", continuation_headers=continuation)],
            ROOM,
            NO_SPACE,
        )
        assert headers(pages) == [[], ["title (continued)"]]

    def test_a_page_that_begins_with_an_item_may_say_more(self) -> None:
        named = layout_row(
            9, name="b", headers=(Piece("title", 1),), page_headers=(Piece("section", 1), Piece("title", 1))
        )
        assert headers(paginate([layout_row(9, name="a"), named], ROOM + 10, NO_SPACE)) == [
            [],
            ["section", "title"],
        ]

    def test_an_item_without_blocks_shows_its_title(self) -> None:
        empty = LayoutRow((), (), headers=(Piece("title", 1),))
        assert headers(paginate([empty], ROOM, NO_SPACE)) == [["title"]]


class TestSpacing:
    SPACING = Spacing(gap=3, space=7, closing=5)

    def test_gaps_between_parts_and_space_above_strands(self) -> None:
        pages = paginate([layout_row(1, name="a"), layout_row(1, name="b")], ROOM, self.SPACING)
        assert [one.top for one in pages[0].right] == [3, 3 + 10 + 7 + 3]
        assert pages[0].spaces == [(13, 20)]

    def test_space_between_blocks_beside_one_plan_text(self) -> None:
        (page,) = paginate([layout_row(1, 1)], ROOM, self.SPACING)
        assert page.inner_spaces == [(13, 20)]
        assert [(rating.top, rating.end) for rating in page.ratings] == [(3, 13), (23, 33)]

    @pytest.mark.parametrize(("lines", "pages"), [(9, 1), (10, 2)])
    def test_the_closing_row_has_its_place(self, lines: int, pages: int) -> None:
        assert len(paginate([layout_row(lines)], ROOM, self.SPACING)) == pages

    @pytest.mark.parametrize(
        ("first", "places"), [(2, [(10, 30), (40, 60)]), (3, [(10, 40), (40, 60)]), (6, [(40, 70), (70, 80)])]
    )
    def test_a_block_beside_a_title_has_its_rating_beside_it(
        self, first: int, places: list[tuple[int, int]]
    ) -> None:
        titles = (Piece("title", 4, beside=1),)
        (page,) = paginate([layout_row(first, 1, left=2, headers=titles)], ROOM, NO_SPACE)
        assert [(rating.top, rating.end) for rating in page.ratings] == places

    def test_the_last_rating_reaches_to_the_end_of_the_plan_text(self) -> None:
        (page,) = paginate([layout_row(1, 1, left=6)], ROOM, NO_SPACE)
        assert [(rating.top, rating.end) for rating in page.ratings] == [(0, 10), (10, 60)]


class TestKeeping:
    def test_what_keeps_goes_along_to_the_next_page(self) -> None:
        parts = (Piece("text", 2), Piece("caption", 1, keep_with_next=True), Piece("table", 8))
        taken, rest = split_parts_to_fit(parts, ROOM, 0, force=False)
        assert [part.name for part in taken] == ["text"]  # type: ignore[attr-defined]
        assert [part.name for part in rest] == ["caption", "table"]  # type: ignore[attr-defined]

    def test_rather_a_caption_alone_than_an_endless_document(self) -> None:
        parts = (Piece("caption", 1, keep_with_next=True), Piece("table", 10))
        taken, rest = split_parts_to_fit(parts, ROOM, 0, force=True)
        assert [part.name for part in taken] == ["caption"]  # type: ignore[attr-defined]
        assert [part.name for part in rest] == ["table"]  # type: ignore[attr-defined]

    def test_a_line_higher_than_a_page_is_taken_all_the_same(self) -> None:
        assert right(paginate([layout_row(1, blocks=(PageBlock((Huge(),)),))], ROOM, NO_SPACE)) == [
            [("huge", 20)]
        ]


@dataclass(frozen=True)
class Huge:
    """A part that is too high and does not let itself be split."""

    name: str = "huge"
    lines: int = 20
    height: int = 200
    keep_with_next: bool = False

    def split_to_fit(self, *_: object, **__: object) -> None:
        return None
