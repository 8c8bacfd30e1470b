"""A row of the body before it is placed: plan text, blocks beside it, headers above it; what of it fits."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.books.report.layout.page import PagePart
from kenpo_xl.books.report.layout.titles import Title
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lengths import Pixels


@frozen
class PageBlock:
    """The progress that answers some plan sentences, and its rating ('' for none) with its as-of date.

    `further` are the texts of each further column.
    """

    parts: tuple[PagePart, ...]
    rating: str = ""
    as_of: str = ""
    further: tuple[tuple[PagePart, ...], ...] = ()

    def height(self, gap: int) -> Pixels:
        """The height of the highest of its columns."""
        return max(stacked_height(parts, gap) for parts in (self.parts, *self.further))

    def split_to_fit(self, available: int, gap: int, *, force: bool) -> tuple[PageBlock, PageBlock | None]:
        """What of each column fits, and the rest, None for none; the rating stays with the first."""
        columns = [
            split_parts_to_fit(parts, available, gap, force=force) for parts in (self.parts, *self.further)
        ]
        (parts, *further), (rest, *further_rest) = zip(*columns, strict=True)
        upper = PageBlock(parts, self.rating, self.as_of, tuple(further))
        has_rest = bool(rest) or any(further_rest)
        return upper, PageBlock(rest, further=tuple(further_rest)) if has_rest else None

    @property
    def is_empty(self) -> bool:
        """True without anything in any column."""
        return not self.parts and not any(self.further)


@frozen
class LayoutRow:
    """Plan text on the left and the blocks beside it on the right.

    `headers` are rows above it (titles); `page_headers` replace them where a page begins with it, and
    `continuation_headers` where it is continued. One without headers continues the item of the row above.
    `chapter_heading` is above them on every page that begins with it, and where it begins its chapter.
    """

    left: tuple[PagePart, ...]
    blocks: tuple[PageBlock, ...]
    headers: tuple[Title, ...] = ()
    continuation_headers: tuple[Title, ...] = ()
    page_headers: tuple[Title, ...] = ()
    chapter_heading: PagePart | None = None
    begins_chapter: bool = False

    @property
    def headers_on_new_page(self) -> tuple[Title, ...]:
        """The headers where a page begins with this row."""
        return self.page_headers or self.headers or self.continuation_headers

    @property
    def is_empty(self) -> bool:
        """True where there is neither plan text nor a block."""
        return not self.left and not self.blocks


def stacked_height(parts: Sequence[PagePart], gap: int) -> Pixels:
    """The height of parts below one another."""
    return sum(part.height for part in parts) + gap * max(len(parts) - 1, 0)


def split_parts_to_fit(
    parts: tuple[PagePart, ...], available: int, gap: int, *, force: bool
) -> tuple[tuple[PagePart, ...], tuple[PagePart, ...]]:
    """The parts that fit into the available height, and the rest. With `force` at least something fits."""
    top = 0
    for index, part in enumerate(parts):
        top += gap if index else 0
        if top + part.height <= available:
            top += part.height
            continue
        pieces = part.split_to_fit(available - top, force=force and index == 0)
        if pieces:
            return (*parts[:index], pieces[0]), (pieces[1], *parts[index + 1 :])
        cut = cut_before_kept_parts(parts, index)
        if force:
            cut = cut or 1
        return parts[:cut], parts[cut:]
    return parts, ()


def cut_before_kept_parts(parts: Sequence[PagePart], cut: int) -> int:
    """The cut moved up so that no part which must keep with the next one ends the page."""
    while cut and parts[cut - 1].keep_with_next:
        cut -= 1
    return cut
