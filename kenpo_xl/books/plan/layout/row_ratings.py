"""Reads the mark 評価の列: which column of a drawn table has the ratings of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.table import Axis, CellDefinition, CellKind, RowRating, Table

_NAMES = ("評価", "目標", "実績")
_DIRECTIONS = {normalized(one): one for one in (Direction.AT_LEAST, Direction.AT_MOST)}


def read_row_rating(
    words: Sequence[str], columns: Sequence[Axis], add_error: Callable[[int, str], None]
) -> RowRating | None:
    """The rating column, that of the target, that of the result, and the direction, as a row names them.

    `add_error` takes the place of a word, and why it is wrong.
    """
    rating, target, result = _named_columns(words, columns, add_error)
    side = normalized(words[len(_NAMES)])
    if side and side not in _DIRECTIONS:
        add_error(len(_NAMES), "ここには 以上 か 以下 を入れてください（空なら以上です）。")
    if rating is None:
        if not words[0]:
            add_error(0, "B 列に、評価を入れる列の名前を入れてください。")
        return None
    if (target is None) is not (result is None) and bool(words[1]) is not bool(words[2]):
        add_error(1, "目標の列（C 列）と実績の列（D 列）は、両方とも入れるか、両方とも空にしてください。")
    return RowRating(rating, target, result, _DIRECTIONS.get(side, Direction.AT_LEAST))


def _named_columns(
    words: Sequence[str], columns: Sequence[Axis], add_error: Callable[[int, str], None]
) -> Iterator[int | None]:
    """The places of the columns that are named for rating, target and result, None for one that is not."""
    places = _places_by_word(columns)
    for at, what in enumerate(_NAMES):
        word = normalized(words[at])
        if word and word not in places:
            known = "、".join(axis.name for axis in columns)
            add_error(at, f"{what}の列「{words[at]}」がこの表にありません。列は {known} です。")
        yield places.get(word)


def _places_by_word(columns: Sequence[Axis]) -> dict[str, int]:
    """The place of each column by its name, and by its header as drawn where no other has it."""
    headers = [normalized(axis.labels[-1]) for axis in columns]
    drawn = {header: place for place, header in enumerate(headers) if headers.count(header) == 1}
    return drawn | {normalized(axis.name): place for place, axis in enumerate(columns)}


def with_ratings_to_choose(table: Table, glyphs: tuple[str, ...]) -> Table:
    """The table; its cells for ratings offer the glyphs of the scale."""
    rating = table.row_rating
    if rating is None:
        return table

    def cell(column: int, found: CellDefinition) -> CellDefinition:
        is_rating = column == rating.column and found.kind is CellKind.TYPED
        return replace(found, choices=glyphs) if is_rating else found

    rows = (tuple(cell(column, found) for column, found in enumerate(row)) for row in table.cells)
    return replace(table, cells=tuple(rows))
