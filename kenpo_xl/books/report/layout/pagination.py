"""Where page breaks fall: blocks are set onto pages of a given height. Knows heights only, in whole pixels.

A block that does not fit into the rest of a page begins a new one. One that is higher than a page is broken
between its parts, or inside a part that lets itself be split; the headers of its item are then repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, takewhile
from typing import Protocol, Self

from kenpo_xl.domain.frozen import frozen

# A block that needs several pages anyway does not begin in a rest of a page smaller than this.
_SMALL_REST = 0.25


class PagePart(Protocol):
    """Something of a known height. `keeps` means: not the last thing on a page when more follows."""

    @property
    def height(self) -> int:
        """The height in pixels."""

    @property
    def keeps(self) -> bool:
        """True when it stays on a page with what follows."""

    def split(self, room: int, *, whole: int, force: bool) -> tuple[Self, Self] | None:
        """Two parts of which the first fits into `room`, or None; `whole` is the room of an empty page."""


@frozen
class PageBlock:
    """The progress that answers some plan sentences, and its rating ('' for none)."""

    parts: tuple[PagePart, ...]
    rating: str = ""


@frozen
class LayoutRow:
    """Plan text on the left and the blocks that stand beside it on the right.

    `headers` are rows above it (titles); `again` are those that repeat them when it is continued or when a
    page begins with a strand that has none.
    """

    left: tuple[PagePart, ...]
    blocks: tuple[PageBlock, ...]
    headers: tuple[PagePart, ...] = ()
    again: tuple[PagePart, ...] = ()


@frozen
class Spacing:
    """Heights in pixels: between parts, above strands and blocks, below the last row of a page."""

    gap: int
    space: int
    closing: int


@frozen
class PlacedPart:
    """A part and the pixels from the top of the page to its own."""

    top: int
    part: PagePart

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.top + self.part.height


@frozen
class Rating:
    """A rating and the stretch of the page that it stands beside."""

    top: int
    end: int
    glyph: str


@dataclass
class Page:
    """What stands on one page: headers across both columns, spaces above rows (across) and above blocks."""

    headers: list[PlacedPart] = field(default_factory=list)
    left: list[PlacedPart] = field(default_factory=list)
    right: list[PlacedPart] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    spaces: list[tuple[int, int]] = field(default_factory=list)
    inner_spaces: list[tuple[int, int]] = field(default_factory=list)
    end: int = 0


def stacked(parts: Sequence[PagePart], gap: int) -> int:
    """The height of parts below one another."""
    return sum(part.height for part in parts) + gap * max(len(parts) - 1, 0)


def paginate(strands: Sequence[LayoutRow], room: int, spacing: Spacing) -> list[Page]:
    """The pages of one section; `room` is the height that each has. At least one page."""
    setter = _Paginator(room - spacing.closing, spacing)
    for strand in strands:
        setter.place(strand)
    return setter.pages


class _Paginator:
    """Sets strands one after another; the last page is the one that is being filled."""

    def __init__(self, room: int, spacing: Spacing) -> None:
        self.room = room
        self.spacing = spacing
        self.pages = [Page()]

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def place(self, strand: LayoutRow) -> None:
        """Set the strand onto the page, onto a new one, or onto as many as it takes."""
        rest: LayoutRow | None = strand
        while rest:
            rest = self._place_here(rest)
            if rest:
                self.pages.append(Page())

    def _place_here(self, strand: LayoutRow) -> LayoutRow | None:
        """Set what belongs onto this page; what is left of the strand, None when it is done."""
        fresh = self.page.end == 0
        lead = self._lead(strand)
        here = self.room - self.page.end - lead
        if self._height(strand) <= here:
            self._put(strand)
            return None
        whole = self.room - self._top(strand.headers or strand.again)
        if not fresh and not self._may_break(strand, here, whole):
            return strand
        taken, rest = self._take(strand, here, force=fresh)
        if not fresh and not self._is_worth_it(taken, strand, whole):
            return strand
        self._put(taken)
        return rest

    def _may_break(self, strand: LayoutRow, here: int, whole: int) -> bool:
        """True when the strand is too high for any page, or can go on with another of its blocks."""
        if here <= 0:
            return False
        several = len(strand.blocks) > 1 and stacked(strand.left, self.spacing.gap) <= here
        return several or self._height(strand) > whole

    def _is_worth_it(self, taken: LayoutRow, strand: LayoutRow, whole: int) -> bool:
        if not taken.blocks and strand.blocks:
            return False
        return self._height(strand) <= whole or self._height(taken) >= whole * _SMALL_REST

    def _take(self, strand: LayoutRow, here: int, *, force: bool) -> tuple[LayoutRow, LayoutRow | None]:
        """What of the strand fits into the room here, and the rest of it."""
        whole = self.room - self._top(strand.again)
        left, left_rest = self._take_left(strand.left, here, whole, force=force)
        blocks, blocks_rest = self._take_blocks(strand.blocks, here, whole, force=force)
        taken = replace(strand, left=left, blocks=blocks)
        if not left_rest and not blocks_rest:
            return taken, None
        return taken, LayoutRow(left_rest, blocks_rest, again=strand.again)

    def _take_left(
        self, parts: tuple[PagePart, ...], here: int, whole: int, *, force: bool
    ) -> tuple[tuple[PagePart, ...], tuple[PagePart, ...]]:
        """Plan text for this page: whole sentences if the others fit onto the next page."""
        gap = self.spacing.gap
        count = _count_fitting(parts, here, gap)
        if stacked(parts[count:], gap) <= whole and (count or not force):
            return parts[:count], parts[count:]
        return take_parts(parts, here, gap, whole=whole, force=force)

    def _take_blocks(
        self, blocks: tuple[PageBlock, ...], here: int, whole: int, *, force: bool
    ) -> tuple[tuple[PageBlock, ...], tuple[PageBlock, ...]]:
        top = 0
        for index, block in enumerate(blocks):
            top += self._between if index else 0
            height = stacked(block.parts, self.spacing.gap)
            if top + height <= here:
                top += height
                continue
            must = force and index == 0
            if height <= whole and not must:
                return blocks[:index], blocks[index:]
            parts, rest = take_parts(block.parts, here - top, self.spacing.gap, whole=whole, force=must)
            if not parts:
                return blocks[:index], blocks[index:]
            begun = (*blocks[:index], PageBlock(parts, block.rating))
            return begun, (*([PageBlock(rest)] if rest else []), *blocks[index + 1 :])
        return blocks, ()

    def _put(self, strand: LayoutRow) -> None:
        page, spacing = self.page, self.spacing
        top = self._put_lead(strand)
        _stack(page.left, strand.left, top, spacing.gap)
        end = top + self._height(strand)
        at = top
        for index, block in enumerate(strand.blocks):
            if index:
                page.inner_spaces.append((at, at + spacing.space))
                at += self._between
            block_end = _stack(page.right, block.parts, at, spacing.gap)
            if index == len(strand.blocks) - 1:
                block_end = end
            if block.rating:
                page.ratings.append(Rating(at, block_end, block.rating))
            at = block_end
        page.end = end

    def _put_lead(self, strand: LayoutRow) -> int:
        """Set the space and the headers above a strand; where the strand itself begins."""
        page, spacing = self.page, self.spacing
        headers = strand.headers
        if page.end == 0:
            headers = strand.headers or strand.again
        else:
            page.spaces.append((page.end, page.end + spacing.space))
            page.end += spacing.space
        page.end = _stack(page.headers, headers, page.end + spacing.gap, spacing.gap)
        page.end += spacing.gap if headers else 0
        return page.end

    def _lead(self, strand: LayoutRow) -> int:
        """The height of the space and the headers above a strand on this page."""
        if self.page.end == 0:
            return self._top(strand.headers or strand.again)
        return self.spacing.space + self._top(strand.headers)

    def _top(self, headers: Sequence[PagePart]) -> int:
        """The height of headers with the gaps above, between and below them."""
        return stacked(headers, self.spacing.gap) + self.spacing.gap * (2 if headers else 1)

    @property
    def _between(self) -> int:
        """The height between two blocks of a strand."""
        return self.spacing.space + self.spacing.gap

    def _height(self, strand: LayoutRow) -> int:
        gap = self.spacing.gap
        right = sum(stacked(block.parts, gap) for block in strand.blocks)
        right += self._between * max(len(strand.blocks) - 1, 0)
        return max(stacked(strand.left, gap), right)


def take_parts(
    parts: tuple[PagePart, ...], room: int, gap: int, *, whole: int, force: bool
) -> tuple[tuple[PagePart, ...], tuple[PagePart, ...]]:
    """The parts that fit into the room, and the rest. With `force` at least something is taken."""
    top = 0
    for index, part in enumerate(parts):
        top += gap if index else 0
        if top + part.height <= room:
            top += part.height
            continue
        pieces = part.split(room - top, whole=whole, force=force and index == 0)
        if pieces:
            return (*parts[:index], pieces[0]), (pieces[1], *parts[index + 1 :])
        cut = _before_kept(parts, index)
        if force:
            cut = cut or 1
        return parts[:cut], parts[cut:]
    return parts, ()


def _count_fitting(parts: Sequence[PagePart], room: int, gap: int) -> int:
    """How many of the parts fit into the room, from the first on."""
    ends = accumulate(part.height + gap for part in parts)
    return sum(1 for _ in takewhile(lambda end: end - gap <= room, ends))


def _before_kept(parts: Sequence[PagePart], cut: int) -> int:
    """The cut moved up so that no part which keeps with the next one ends the page."""
    while cut and parts[cut - 1].keeps:
        cut -= 1
    return cut


def _stack(place: list[PlacedPart], parts: Sequence[PagePart], top: int, gap: int) -> int:
    """Set parts below one another from `top`; where the last one ends."""
    for index, part in enumerate(parts):
        top += gap if index else 0
        place.append(PlacedPart(top, part))
        top += part.height
    return top
