"""What the headers of a table's rows and columns call them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from kenpo_xl.domain.frozen import frozen

COMMON = frozenset(["件数", "人数", "回数", "部数", "数", "金額", "額", "率", "割合", "実施者数", "実施件数"])
_SHORTEST_START, _SHORTEST_END = 3, 2


@frozen
class AxisNames:
    """A row or a column: what its headers call it, without 件数 and the like, which `common` are.

    Of headers of several levels the innermost may be enough; not where `is_one_name` in parts.
    """

    place: int
    parts: tuple[str, ...]
    common: tuple[str, ...] = ()
    is_one_name: bool = False

    def is_named(self, lengths: Sequence[int]) -> bool:
        """Whether it is named where so many letters of each part are found."""
        return all(lengths) if self.is_one_name else not lengths or bool(lengths[-1])


def with_shared_starts_apart(rows: Sequence[AxisNames]) -> tuple[AxisNames, ...]:
    """The rows, with what names begin with as others do (0次勧奨 of 0次勧奨面談) as a part of its own."""
    names = [row.parts[0] for row in rows if len(row.parts) == 1]
    return tuple(_with_start_apart(row, names) if len(row.parts) == 1 else row for row in rows)


def _with_start_apart(row: AxisNames, names: Sequence[str]) -> AxisNames:
    (name,) = row.parts
    starts = [_shared_start(name, other) for other in names if other != name]
    start = max(starts, key=len, default="")
    end = name[len(start) :].removeprefix("の")
    is_clear = len(start) >= _SHORTEST_START and len(end) >= _SHORTEST_END and end not in COMMON
    return replace(row, parts=(start, end), is_one_name=True) if is_clear else row


def _shared_start(name: str, other: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(name, other, strict=False))
    return "".join(letter for letter, _ in pairs).rstrip("の")
