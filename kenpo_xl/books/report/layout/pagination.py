"""Where page breaks fall: blocks are placed on pages of a given height. Uses heights only, in whole pixels.

A page ends between two blocks where little of it stays empty. Otherwise the block is split between its parts,
or inside a part that can be split; the headers of its item are then repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import accumulate, takewhile

from kenpo_xl.books.report.layout.page import Page, PagePart, PlacedPart, Rating
from kenpo_xl.books.report.layout.row import (
    LayoutRow,
    PageBlock,
    cut_before_kept_parts,
    split_parts_to_fit,
    stacked_height,
)
from kenpo_xl.books.report.layout.titles import Title, TitleStack, stacked_titles
from kenpo_xl.domain.frozen import frozen, replace
from kenpo_xl.domain.lengths import Pixels

# A block is split where more of the page than this would stay empty, if this much of it fits at least.
_MOST_EMPTY, _LEAST_TAKEN = 0.06, 0.08
# A rating begins below the titles of its row where so much of its block is there.
_LEAST_BESIDE = 0.5
# A split leaves at least this for the next page.
_LEAST_LEFT = 0.06
BottomPixels = int
RowTopPixels = int


@frozen
class _Room:
    """The height for a row on a page; its texts of a column have more where the titles above it are lower."""

    height: int
    more_left: int = 0
    more_right: int = 0


@frozen
class Spacing:
    """Heights in pixels: between parts, above rows and blocks, below the last row of a page."""

    gap: int
    space: int
    closing: int


def paginate(rows: Sequence[LayoutRow], page_height: int, spacing: Spacing) -> list[Page]:
    """The pages of one section; `page_height` is that of each. At least one page."""
    paginator = _Paginator(page_height - spacing.closing, spacing)
    for row in rows:
        paginator.place_row(row)
    return paginator.pages


class _Cut(Enum):
    """Where a row may be split; on a new page something is placed in any case."""

    BETWEEN_BLOCKS = "between blocks"
    INSIDE_BLOCKS = "inside blocks"
    FORCED = "forced"


class _Paginator:
    """Places rows one after another; the last page is the current one."""

    def __init__(self, page_height: int, spacing: Spacing) -> None:
        self.page_height = page_height
        self.spacing = spacing
        self.pages = [Page()]
        self.item_rating = ""
        self.item_texts: dict[int, tuple[PagePart, ...]] = {}

    @property
    def current_page(self) -> Page:
        return self.pages[-1]

    def place_row(self, row: LayoutRow) -> None:
        """Place the row on the page, on a new one, or on as many as it needs."""
        rest: LayoutRow | None = row
        while rest:
            rest = self._place_and_return_rest(rest)
            if rest:
                self.pages.append(Page())

    def _place_and_return_rest(self, row: LayoutRow) -> LayoutRow | None:
        """Place what fits on this page; returns the rest of the row, None where all is placed."""
        room = self._room_below_titles(row)
        if self._row_height(row, room) <= room.height:
            self._add_row_to_page(row, room)
            return None
        taken, rest = self._best_split(row, room)
        if taken.is_empty and self.current_page.end == 0:
            taken, rest = self._split_row(row, room, _Cut.FORCED)
        if not taken.is_empty:
            self._add_row_to_page(taken, room)
        return rest

    def _best_split(self, row: LayoutRow, room: _Room) -> tuple[LayoutRow, LayoutRow | None]:
        """The row split between blocks, or inside one where too much of the page would stay empty.

        The first is empty where the row had better begin a new page.
        """
        nothing: tuple[LayoutRow, LayoutRow | None] = LayoutRow((), ()), row
        between = self._split_row(row, room, _Cut.BETWEEN_BLOCKS)
        if between[0].left != row.left or not between[0].blocks:
            between = nothing
        if room.height - self._row_height(between[0], room) <= self.page_height * _MOST_EMPTY:
            return between
        for height in (room.height, room.height - round(self.page_height * _LEAST_LEFT)):
            inside = self._split_row(row, replace(room, height=height), _Cut.INSIDE_BLOCKS)
            if self._is_worth_splitting(*inside, row):
                return inside
        return between

    def _is_worth_splitting(self, upper: LayoutRow, rest: LayoutRow | None, row: LayoutRow) -> bool:
        if (row.left and not upper.left) or (row.blocks and not upper.blocks) or rest is None:
            return False
        least = self.page_height * _LEAST_TAKEN, self.page_height * _LEAST_LEFT
        return self._row_height(upper) >= least[0] and self._row_height(rest) >= least[1]

    def _split_row(self, row: LayoutRow, room: _Room, cut: _Cut) -> tuple[LayoutRow, LayoutRow | None]:
        """The part of the row that fits into the available height, and its rest."""
        headers = stacked_titles(row.continuation_headers, 0, self.spacing.gap)
        page_height = self.page_height - self._height_with_gaps(headers)
        page_height -= row.chapter_heading.height if row.chapter_heading else 0
        left, left_rest = self._split_left_parts(row.left, room.height + room.more_left, page_height, cut)
        height = room.height + room.more_right
        blocks, blocks_rest = self._split_blocks(row.blocks, height, page_height, cut)
        taken = replace(row, left=left, blocks=blocks)
        if not left_rest and not blocks_rest:
            return taken, None
        again = {"headers": (), "page_headers": (), "begins_chapter": False}
        return taken, replace(row, left=left_rest, blocks=blocks_rest, **again)  # type: ignore[arg-type]

    def _split_left_parts(
        self, parts: tuple[PagePart, ...], available: int, page_height: int, cut: _Cut
    ) -> tuple[tuple[PagePart, ...], tuple[PagePart, ...]]:
        """Plan text for this page: whole sentences, if any, where the others fit onto the next page."""
        gap = self.spacing.gap
        count = _fitting_count(parts, available, gap)
        count = count if count == len(parts) else cut_before_kept_parts(parts, count)
        if count == len(parts) or (count and stacked_height(parts[count:], gap) <= page_height):
            return parts[:count], parts[count:]
        return split_parts_to_fit(parts, available, gap, force=cut is _Cut.FORCED)

    def _split_blocks(
        self, blocks: tuple[PageBlock, ...], available: int, page_height: int, cut: _Cut
    ) -> tuple[tuple[PageBlock, ...], tuple[PageBlock, ...]]:
        top = 0
        for index, block in enumerate(blocks):
            top += self._block_spacing if index else 0
            height = block.height(self.spacing.gap)
            if top + height <= available:
                top += height
                continue
            must = cut is _Cut.FORCED and index == 0
            if cut is _Cut.BETWEEN_BLOCKS or (cut is _Cut.FORCED and not must and height <= page_height):
                return blocks[:index], blocks[index:]
            upper, rest = block.split_to_fit(available - top, self.spacing.gap, force=must)
            if upper.is_empty or (block.parts and not upper.parts):
                return blocks[:index], blocks[index:]
            return (*blocks[:index], upper), (*([rest] if rest else []), *blocks[index + 1 :])
        return blocks, ()

    def _add_row_to_page(self, row: LayoutRow, room: _Room) -> None:
        page, spacing = self.current_page, self.spacing
        continues = page.end == 0 and not row.headers
        if row.headers:
            self.item_rating, self.item_texts = "", {}
        top = self._add_headers_to_page(row)
        _place_stacked(page.left, row.left, top - room.more_left, spacing.gap)
        end = top + self._row_height(row, room)
        at = top - room.more_right
        blocks = row.blocks
        if continues and not blocks:  # plan text goes on alone
            blocks = (PageBlock((), further=((),) * len(self.item_texts)),)
        for index, block in enumerate(blocks):
            if index:
                page.inner_spaces.append((at, at + spacing.space))
                at += self._block_spacing
            _place_stacked(page.right, block.parts, at, spacing.gap)
            is_last = index == len(blocks) - 1
            block_end = end if is_last else at + block.height(spacing.gap)
            self._place_further_texts(block, at, block_end, is_continued=continues and index == 0)
            is_beside_titles = block_end - top < block.height(spacing.gap) * _LEAST_BESIDE
            rating_top = at if is_beside_titles else max(at, top)
            self._place_rating(block, rating_top, block_end, is_continued=continues and index == 0)
            at = block_end
        page.end = end

    def _place_rating(self, block: PageBlock, top: int, end: int, *, is_continued: bool) -> None:
        """Place the rating of a block; a page that continues an item repeats that of the page before."""
        ratings = self.current_page.ratings
        if block.rating:
            ratings.append(Rating(top, end, block.rating, block.as_of))
        elif is_continued and self.item_rating:
            ratings.append(Rating(top, end, self.item_rating, continued=True))
        self.item_rating = block.rating or self.item_rating

    def _place_further_texts(self, block: PageBlock, top: int, end: int, *, is_continued: bool) -> None:
        """Place the texts of further columns; a page that continues an item repeats them where they fit."""
        for column, parts in enumerate(block.further):
            texts = self.item_texts.get(column, ()) if is_continued and not parts else parts
            if parts or stacked_height(texts, self.spacing.gap) <= end - top:
                _place_stacked(self.current_page.further, texts, top, self.spacing.gap)
            self.item_texts[column] = parts or self.item_texts.get(column, ())

    def _add_headers_to_page(self, row: LayoutRow) -> RowTopPixels:
        """Place the space and the headers above a row; returns the top of the row itself."""
        page, spacing = self.current_page, self.spacing
        heading, titles = self._chapter_heading_above(row), self._titles_above(row)
        if page.end:
            page.spaces.append((page.end, page.end + spacing.space))
            page.chapter_spaces += page.spaces[-1:] if heading else []
            page.end += spacing.space
        if heading:
            page.end = _place_stacked(page.headers, [heading], page.end, 0)
        stack = stacked_titles(titles, page.end + spacing.gap, spacing.gap)
        page.headers += stack.placed
        page.end = stack.end + (spacing.gap if titles else 0)
        return page.end

    def _room_below_titles(self, row: LayoutRow) -> _Room:
        """The height available for a row on this page, below the space and the titles above it."""
        heading, titles = self._chapter_heading_above(row), self._titles_above(row)
        above = heading.height if heading else 0
        above += self.spacing.space if self.current_page.end else 0
        stack = stacked_titles(titles, 0, self.spacing.gap)
        height = self.page_height - self.current_page.end - above - self._height_with_gaps(stack)
        return _Room(height, stack.end - stack.left, stack.end - stack.right)

    def _titles_above(self, row: LayoutRow) -> tuple[Title, ...]:
        """The titles of a row on this page."""
        return row.headers if self.current_page.end else row.headers_on_new_page

    def _chapter_heading_above(self, row: LayoutRow) -> PagePart | None:
        """The chapter's heading where one is above the row on this page."""
        return row.chapter_heading if row.begins_chapter or self.current_page.end == 0 else None

    def _height_with_gaps(self, stack: TitleStack) -> Pixels:
        """The height of headers with the gaps above, between and below them."""
        return stack.end + self.spacing.gap * (2 if stack.placed else 1)

    @property
    def _block_spacing(self) -> Pixels:
        """The height between two blocks of a row."""
        return self.spacing.space + self.spacing.gap

    def _row_height(self, row: LayoutRow, room: _Room = _Room(0)) -> Pixels:  # noqa: B008
        gap = self.spacing.gap
        right = sum(block.height(gap) for block in row.blocks)
        right += self._block_spacing * max(len(row.blocks) - 1, 0)
        return max(stacked_height(row.left, gap) - room.more_left, right - room.more_right, 0)


def _fitting_count(parts: Sequence[PagePart], available: int, gap: int) -> int:
    """The number of parts that fit into the available height, from the first on."""
    ends = accumulate(part.height + gap for part in parts)
    return sum(1 for _ in takewhile(lambda end: end - gap <= available, ends))


def _place_stacked(placed: list[PlacedPart], parts: Sequence[PagePart], top: int, gap: int) -> BottomPixels:
    """Place parts below one another from `top`; returns the end of the last one."""
    for index, part in enumerate(parts):
        top += gap if index else 0
        placed.append(PlacedPart(top, part))
        top += part.height
    return top
