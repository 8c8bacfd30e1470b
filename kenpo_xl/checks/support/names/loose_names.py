"""Which figures of an item a sentence may be about: by parts of their headers, in whatever words."""

from __future__ import annotations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.names.axis_names import COMMON, ENDING, length_of_name_part_in_words
from kenpo_xl.checks.support.names.named_figures import names_of_figure
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.table import Printing
from kenpo_xl.domain.results.figures import Figure

_LEAST, _PIECE, _LONG = 2, 2, 4
_OPTIONAL = COMMON | {"計画"}
# What a header calls an act that a sentence has as a verb: 送付件数, 1,106件を送った.
_ACTS = frozenset(
    ("送付", "発送", "配布", "配付", "登録", "受診", "申請", "処理", "訪問", "回答", "参加", "受講")
)


@frozen
class LooseFigures:
    """The figures of one name in a table, and how many letters of that name a sentence has."""

    names: tuple[str, ...]
    figures: tuple[Figure, ...]
    length: int


def figures_loosely_named(context: CheckContext, item_id: str, words: str) -> list[LooseFigures]:
    """The groups of figures of an item that words name best, each of one table and name; [] for none."""
    plain = normalized(words)
    found = [
        LooseFigures(names, figures, length)
        for table, names, figures in context.computed_once(_groups_by_item).get(item_id, ())
        if (length := length_of_names_in_words(names, table, plain)) >= _LEAST
    ]
    longest = max((one.length for one in found), default=0)
    return [one for one in found if one.length == longest]


_Group = tuple[str, tuple[str, ...], tuple[Figure, ...]]


def _groups_by_item(context: CheckContext) -> dict[str, list[_Group]]:
    """The name of the table, the names and the filled figures of each group, by item; also of the plan's."""
    groups: dict[str, list[_Group]] = {}
    for table in (table for item in context.own_items for table in item.tables):
        found = context.figures.tables[table.item, table.name]
        by_name: dict[tuple[str, ...], list[Figure]] = {}
        for figure in (one for row in found.rows for one in row.figures) if table.repeating is None else ():
            if figure.printed_number is not None:
                by_name.setdefault(names_of_figure(context, figure), []).append(figure)
        name = normalized(table.name) if table.printing is not Printing.NONE else ""
        groups.setdefault(table.item, []).extend(
            (name, names, tuple(some)) for names, some in by_name.items()
        )
    return groups


def length_of_names_in_words(names: tuple[str, ...], table: str, words: str) -> int:
    """How many letters of the names and of the table's are in words; 0 if a name is not there at all."""
    lengths = []
    for part in names:
        if part not in _OPTIONAL:
            lengths.append(length_of_loose_part_in_words(part, words))
            if not lengths[-1]:
                return 0
    of_table = length_of_loose_part_in_words(table, words) if table else 0
    return sum(lengths) + of_table + sum(1 for name in names if name in _OPTIONAL and name in words)


def length_of_loose_part_in_words(name: str, words: str) -> int:
    """How many letters of a header are in words: all, its stem, its beginning, or its pieces of two."""
    length = length_of_name_part_in_words(name, words)
    if length:
        return length
    stem = ENDING.sub("", name)
    if stem in _ACTS and stem[0] in words:
        return 1
    if len(stem) < _LONG:
        return 0
    if stem[:_LONG] in words:
        return _LONG
    is_in_pieces = len(stem) == _LONG and stem[:_PIECE] in words and stem[_PIECE:] in words
    return len(stem) if is_in_pieces else 0
