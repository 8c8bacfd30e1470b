"""Where a value was read: every figure, text and finding can be followed to its cell."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen


@frozen
class Source:
    """The cell that a value was read from."""

    workbook: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.workbook} {self.sheet}!{self.cell}".rstrip(" !")


@frozen
class SourceSpan:
    """A part of a text, from `start` to before `end`, and the cell that holds it."""

    start: int
    end: int
    source: Source
