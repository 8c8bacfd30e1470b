"""Pages that end at the same height: the spaces between the rows of a page are made higher."""

from __future__ import annotations

from dataclasses import replace

from kenpo_xl.books.report.layout.page import Page
from kenpo_xl.books.report.template.page_setup import GRID


def stretch_to_bottom(page: Page, bottom: int, *, most: int) -> None:
    """Make the spaces above the rows of a page higher until it ends at the bottom, each by `most` at most.

    Lengths are in pixels; the spaces grow in steps of the grid, the upper ones first.
    """
    steps = (bottom - page.end) // GRID
    count = len(page.spaces)
    if steps <= 0 or not count:
        return
    each, more = divmod(steps, count)
    growths = [min(each + (index < more), most // GRID) * GRID for index in range(count)]
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
    page.end += sum(growths)
