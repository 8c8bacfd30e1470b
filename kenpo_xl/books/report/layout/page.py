"""A page of the report: what it is made of, placed in whole pixels from its top."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, Self

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lengths import Pixels


class PagePart(Protocol):
    """Something of a known height. With `keep_with_next` it is not the last on a page when more follows."""

    @property
    def height(self) -> Pixels:
        """The height in pixels."""

    @property
    def keep_with_next(self) -> bool:
        """True when it stays on a page with what follows."""

    def split_to_fit(self, available: int, *, force: bool) -> tuple[Self, Self] | None:
        """Two parts of which the first fits into `available`, or None; with `force` at least something."""


@frozen
class PlacedPart:
    """A part and the pixels from the top of the page to that of the part."""

    top: int
    part: PagePart

    @property
    def bottom(self) -> Pixels:
        """The pixels from the top of the page to the end of the part."""
        return self.top + self.part.height


@frozen
class Rating:
    """A rating with its as-of date, and the stretch of the page beside it, in pixels.

    It is `continued` where it began on an earlier page and is repeated for what continues on this one.
    """

    top: int
    end: int
    glyph: str
    as_of: str = ""
    continued: bool = False


@dataclass
class Page:
    """One page: headers across both columns, spaces above rows (across) and above blocks.

    `further` are the texts of all columns besides plan, progress and rating, `chapter_spaces` the spaces
    above a chapter that begins on the page.
    """

    headers: list[PlacedPart] = field(default_factory=list)
    left: list[PlacedPart] = field(default_factory=list)
    right: list[PlacedPart] = field(default_factory=list)
    further: list[PlacedPart] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    spaces: list[tuple[int, int]] = field(default_factory=list)
    chapter_spaces: list[tuple[int, int]] = field(default_factory=list)
    inner_spaces: list[tuple[int, int]] = field(default_factory=list)
    end: int = 0
