"""The trees that formulas (算式) are held as, and walking them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import DOWN, HALF_UP, UP

ROUNDINGS = {"ROUND": HALF_UP, "ROUNDDOWN": DOWN, "ROUNDUP": UP}
TOTALS = ("SUM", "AVERAGE", "MAX", "MIN", "COUNT")
"""Functions of what is filled among their cells."""
FUNCTIONS = (*TOTALS, *ROUNDINGS, "RANK", "IF", "IFERROR")
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
Value = TypeVar("Value")


class Address(NamedTuple):
    """A cell of a worksheet; row and column count from 1; sheet is empty for the formula's own."""

    sheet: str
    row: int
    column: int


@frozen
class Number:
    """A number written in the formula."""

    value: Decimal


@frozen
class Ref:
    """One cell: an `Address` as parsed, an identity once the plan has been understood."""

    key: Hashable


@frozen
class Group:
    """Cells taken together: first and last corner as parsed, all members once understood."""

    keys: tuple[Hashable, ...]


@frozen
class Operation:
    """Two terms joined by + - * or /."""

    sign: str
    left: Node
    right: Node


@frozen
class Negative:
    """A term with a minus sign."""

    term: Node


@frozen
class Blank:
    """An empty cell: `""` as the result of a condition, or what a cell is compared with."""

    text: str = ""


@frozen
class Comparison:
    """The condition of an IF: two terms joined by one of `COMPARISONS`."""

    sign: str
    left: Node
    right: Node


@frozen
class Call:
    """A function of the accepted list."""

    name: str
    arguments: tuple[Node, ...]


Node = Number | Ref | Group | Operation | Negative | Blank | Comparison | Call


def written_whole_number(node: Node) -> int | None:
    """The whole number that is written in the formula, None for anything else."""
    if isinstance(node, Negative):
        inner = written_whole_number(node.term)
        return None if inner is None else -inner
    return int(node.value) if isinstance(node, Number) and node.value == int(node.value) else None


def is_ascending(order: Sequence[Node]) -> bool:
    """Whether the order of a RANK (its arguments from the third on) makes the smallest value the first."""
    return bool(order) and written_whole_number(order[0]) != 0


def cells_in_range(group: Group) -> Iterator[Address]:
    """Every cell of a range as parsed, row by row."""
    first, last = group.keys
    assert isinstance(first, Address)
    assert isinstance(last, Address)
    for row in range(min(first.row, last.row), max(first.row, last.row) + 1):
        for column in range(min(first.column, last.column), max(first.column, last.column) + 1):
            yield Address(first.sheet, row, column)


def with_mapped_keys(
    tree: Node, map_key: Callable[[Hashable], Hashable], map_group: Callable[[Group], Group]
) -> Node:
    """The same tree over other keys."""

    def mapped(node: Node) -> Node:
        return with_mapped_keys(node, map_key, map_group)

    match tree:
        case Ref(key):
            return Ref(map_key(key))
        case Group():
            return map_group(tree)
        case Operation(sign, left, right):
            return Operation(sign, mapped(left), mapped(right))
        case Comparison(sign, left, right):
            return Comparison(sign, mapped(left), mapped(right))
        case Negative(term):
            return Negative(mapped(term))
        case Call(name, arguments):
            return Call(name, tuple(map(mapped, arguments)))
    return tree


def filled_values(
    terms: Iterable[Node],
    lookup: Callable[[Hashable], Sequence[Value | None]],
    evaluate_node: Callable[[Node], Value | None],
) -> list[Value]:
    """What a function takes of its arguments: values of their filled cells, else what they evaluate to."""
    values = (value for term in terms for value in _argument_values(term, lookup, evaluate_node))
    return [value for value in values if value is not None]


def _argument_values(
    argument: Node, lookup: Callable[[Hashable], Sequence[Value]], evaluate_node: Callable[[Node], Value]
) -> Sequence[Value]:
    match argument:
        case Ref(key):
            return lookup(key)
        case Group(members):
            return [value for key in members for value in lookup(key)]
    return [evaluate_node(argument)]


def direct_terms_of_node(tree: Node) -> tuple[Node, ...]:
    """The terms that a node joins; none for a cell, a range, a number and a blank."""
    match tree:
        case Operation(_, left, right) | Comparison(_, left, right):
            return left, right
        case Negative(term):
            return (term,)
        case Call(_, arguments):
            return arguments
    return ()


def formula_keys(tree: Node) -> Iterator[Hashable]:
    """Every cell that the formula reads, in order."""
    match tree:
        case Ref(key):
            yield key
        case Group(members):
            yield from members
    for term in direct_terms_of_node(tree):
        yield from formula_keys(term)


def operands_needed_for_value(tree: Node) -> Iterator[tuple[Ref | Group, ...]]:
    """What a formula needs for a result: of each tuple of cells and ranges at least one filled cell.

    Those are every cell on its own, and all that a total (SUM, MAX …) takes together. A cell that is compared
    with "" may be empty.
    """
    match tree:
        case Ref() | Group():
            yield (tree,)
        case Call(name, arguments) if name in TOTALS:
            yield tuple(
                one for term in arguments for operand in operands_needed_for_value(term) for one in operand
            )
        case Comparison(_, left, right) if Blank() in (left, right):
            return
        case _:
            for term in direct_terms_of_node(tree):
                yield from operands_needed_for_value(term)
