"""A remark of the planner (差戻し): what a group is asked about a place of its book, until it replies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.source import Source

BookPlace = tuple[str | int, ...]
"""What a cell of an input book is, wherever that is: a figure, a line or a rating of an item."""


@frozen
class ReturnRemark:
    """A remark to a group, to an item or sheet of its book, or to a cell of it.

    `item` and `cell` are as typed: a cell, an identity, or nothing. `place` is what that cell was in the
    submitted book, None where that is not known; `is_lost`: the submitted book has that cell no more.
    `moved` says that the plan gave the number of its item or block to another one, '' where it did not.
    `source` is the cell of the text in the planner's book, `saved` the time at which staff saved that last.
    """

    group: str
    text: str
    item: str = ""
    cell: str = ""
    place: BookPlace | None = None
    source: Source | None = None
    is_lost: bool = False
    moved: str = ""
    saved: datetime | None = None

    @property
    def identity(self) -> str:
        """By what its reply is known: the place and the words, so that other words ask again."""
        return "/".join(filter(None, (self.item, self.cell, f"差戻し「{self.text}」")))


@frozen
class ListedRemark:
    """A remark in the list 指摘 of a book, and where its cell is there now; None where it is in no cell."""

    identity: str
    source: Source | None


@frozen
class OpenRemarks:
    """The remarks of a planner's book that the planner has not closed."""

    remarks: tuple[ReturnRemark, ...] = ()

    @property
    def typed_texts(self) -> Iterator[str]:
        """Every text that the planner typed."""
        yield from (text for one in self.remarks for text in (one.item, one.cell, one.text))
