"""Pages that end at the same height: balanced, and the spaces between the rows of a page made higher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.books.report.layout.page import Page
from kenpo_xl.books.report.layout.pagination import Spacing, paginate
from kenpo_xl.books.report.layout.row import LayoutRow
from kenpo_xl.books.report.template.page_setup import GRID
from kenpo_xl.domain.frozen import replace
from kenpo_xl.domain.lengths import Pixels

# Pages are tried that are lower by this share of their height, and by its multiples.
_STEP = 0.02
# The space above a chapter grows so many times as much as one above a row.
_CHAPTER_SHARE = 2


def balanced_pages(
    pages: list[Page], rows: Sequence[LayoutRow], page_height: int, spacing: Spacing, *, most: int
) -> Sequence[Page]:
    """The pages of a sheet, no more than need be, stretched to the same height but for the last.

    `pages` are those of the rows at the whole height; they may be changed.

    Of the layouts that take the fewest pages, this is the one that leaves least of them empty: where spaces
    can take what a page gives away, the last page gets more. Its own spaces grow as those of the page before
    that grow least, so that it looks like the others.
    """
    bottom = page_height - spacing.closing
    layouts = list(_layouts_on_fewest_pages(pages, rows, page_height, spacing))
    best = min(layouts, key=lambda pages: _empty_pixels_at_page_ends(pages, bottom, most))
    least = min((_mean_growth_of_spaces(page, bottom, most) for page in best[:-1] if page.spaces), default=0)
    for page in best[:-1]:
        stretch_to_bottom(page, bottom, most=most)
    for page in best[-1:]:
        stretch_to_bottom(page, bottom, most=least)
    return best


def _mean_growth_of_spaces(page: Page, bottom: int, most: int) -> Pixels:
    """How much higher the spaces of a page get, in pixels: the mean, in whole steps of the grid."""
    growths = _growth_of_spaces(page, bottom, most)
    return sum(growths) // len(growths) // GRID * GRID


def _layouts_on_fewest_pages(
    first: list[Page], rows: Sequence[LayoutRow], page_height: int, spacing: Spacing
) -> Iterator[list[Page]]:
    """The pages at the whole height, and at lower ones as long as there are no more of them."""
    pages, height = first, float(page_height)
    while len(pages) == len(first):
        yield pages
        height -= page_height * _STEP
        pages = paginate(rows, round(height), spacing) if height > page_height / 2 else []


def _empty_pixels_at_page_ends(pages: Sequence[Page], bottom: int, most: int) -> int:
    ends = [page.end + sum(_growth_of_spaces(page, bottom, most)) for page in pages[:-1]]
    return sum(bottom - end for end in (*ends, pages[-1].end))


def _growth_of_spaces(page: Page, bottom: int, most: int) -> list[int]:
    """How much higher each space of a page gets, in pixels, from the uppermost on."""
    shares = [_CHAPTER_SHARE if space in page.chapter_spaces else 1 for space in page.spaces]
    steps = max(bottom - page.end, 0) // GRID
    each, more = divmod(steps, sum(shares)) if shares else (0, 0)
    return [
        min(share * each + (index < more), share * (most // GRID)) * GRID
        for index, share in enumerate(shares)
    ]


def stretch_to_bottom(page: Page, bottom: int, *, most: int) -> None:
    """Make the spaces above the rows of a page higher until it ends at the bottom, each by `most` at most.

    The space above a chapter takes twice as much.
    Lengths are in pixels; the spaces grow in steps of the grid, the upper ones first.
    """
    growths = _growth_of_spaces(page, bottom, most)
    if not any(growths):
        return
    spaces = sorted(page.spaces)

    def shift(top: int) -> int:
        """How far something at this height moves down."""
        return sum(growth for (_, end), growth in zip(spaces, growths, strict=True) if end <= top)

    for placed in (page.headers, page.left, page.right, page.further):
        placed[:] = [replace(one, top=one.top + shift(one.top)) for one in placed]
    page.ratings[:] = [
        replace(one, top=one.top + shift(one.top), end=one.end + shift(one.top)) for one in page.ratings
    ]
    page.inner_spaces[:] = [(top + shift(top), end + shift(top)) for top, end in page.inner_spaces]
    page.spaces[:] = [
        (top + shift(top), end + shift(top) + growth)
        for (top, end), growth in zip(spaces, growths, strict=True)
    ]
    page.chapter_spaces.clear()
    page.end += sum(growths)
