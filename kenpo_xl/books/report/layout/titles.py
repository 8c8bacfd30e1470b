"""Titles above a row: below one another, in each column as high as its own texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kenpo_xl.books.report.layout.page import PagePart, PlacedPart
from kenpo_xl.domain.frozen import frozen


class Title(PagePart, Protocol):
    """A title above a row of the body."""

    @property
    def columns(self) -> tuple[PagePart, ...]:
        """What of it is above plan text and above progress; one part where it runs across both."""


@frozen
class TitleStack:
    """Titles from a height downwards, in pixels; `left` and `right` are the ends of those of each column."""

    placed: tuple[PlacedPart, ...]
    left: int
    right: int

    @property
    def end(self) -> int:
        """The end of the lower of both columns."""
        return max(self.left, self.right)


def stacked_titles(titles: Sequence[Title], top: int, gap: int) -> TitleStack:
    """The titles below one another; a column whose title has fewer lines goes on directly below it."""
    placed: list[PlacedPart] = []
    left = right = top
    for index, title in enumerate(titles):
        left, right = (at + gap * bool(index) for at in (left, right))
        columns = title.columns
        if len(columns) == 1 or (left == right and columns[0].height == columns[1].height):
            at = max(left, right)
            placed.append(PlacedPart(at, title))
            left = right = at + title.height
        else:
            placed += [PlacedPart(left, columns[0]), PlacedPart(right, columns[1])]
            left, right = left + columns[0].height, right + columns[1].height
    return TitleStack(tuple(placed), left, right)
