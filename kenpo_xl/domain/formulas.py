"""The formulas (算式) that a planner may write, as trees that are evaluated exactly and written back as Excel.

Accepted: + − * / ( ), SUM, AVERAGE, ROUND, ROUNDDOWN, ROUNDUP, numbers, percents, cells and ranges.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple

from kenpo_xl.domain.numbers import DOWN, HALF_UP, UP, plain, rounded

_ROUNDINGS = {"ROUND": HALF_UP, "ROUNDDOWN": DOWN, "ROUNDUP": UP}
FUNCTIONS = ("SUM", "AVERAGE", *_ROUNDINGS)
_WORDS = {"SUM": "合計", "AVERAGE": "平均", "ROUND": "四捨五入", "ROUNDDOWN": "切捨て", "ROUNDUP": "切上げ"}
_TOKEN = re.compile(
    r"\s*(?:(?P<ref>(?:(?:'(?:[^']|'')+'|[^\s'!()+\-*/,:&<>=^%]+)!)?\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![\w.(]))"
    r"|(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<name>[^\W\d]\w*(?:\.\w+)*)|(?P<sign>[-+*/(),:%]))"
)


class FormulaError(ValueError):
    """A formula that is not accepted; the text says what is not, in Japanese."""


class Address(NamedTuple):
    """A cell of a worksheet; row and column count from 1; sheet is empty for the formula's own."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Number:
    """A number written in the formula."""

    value: Decimal


@dataclass(frozen=True)
class Ref:
    """One cell: an `Address` as parsed, an identity once the plan has been understood."""

    key: Hashable


@dataclass(frozen=True)
class Group:
    """Cells taken together: first and last corner as parsed, all members once understood."""

    keys: tuple[Hashable, ...]


@dataclass(frozen=True)
class Operation:
    """Two terms joined by + - * or /."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Negative:
    """A term with a minus sign."""

    term: Node


@dataclass(frozen=True)
class Call:
    """A function of the accepted list."""

    name: str
    arguments: tuple[Node, ...]


Node = Number | Ref | Group | Operation | Negative | Call


def parse(text: str) -> Node:
    """The tree of an Excel formula (with or without =), over addresses; FormulaError for anything not accepted."""
    tokens = _tokens(text.strip().removeprefix("="))
    tree = _sum(tokens)
    if tokens.peek():
        raise FormulaError(f"「{tokens.peek()}」の位置で算式が読めません。")
    return tree


class _Tokens:
    """The words of a formula, taken one by one."""

    def __init__(self, words: list[tuple[str, str]]) -> None:
        self._words = words[::-1]

    def peek(self) -> str:
        return self._words[-1][1] if self._words else ""

    def take(self) -> tuple[str, str]:
        if not self._words:
            raise FormulaError("算式が途中で終わっています。")
        return self._words.pop()

    def skip(self, sign: str) -> bool:
        found = self.peek() == sign
        if found:
            self._words.pop()
        return found

    def expect(self, sign: str) -> None:
        if not self.skip(sign):
            raise FormulaError(f"「{sign}」が足りません。")


def _tokens(text: str) -> _Tokens:
    words, position = [], 0
    while position < len(text.rstrip()):
        found = _TOKEN.match(text, position)
        if not found or found.lastgroup is None:
            raise FormulaError(f"「{text[position:].strip()[:10]}」は使えません。")
        words.append((found.lastgroup, found[found.lastgroup]))
        position = found.end()
    return _Tokens(words)


def _sum(tokens: _Tokens) -> Node:
    tree = _product(tokens)
    while tokens.peek() in ("+", "-"):
        sign = tokens.take()[1]
        tree = Operation(sign, tree, _product(tokens))
    return tree


def _product(tokens: _Tokens) -> Node:
    tree = _signed(tokens)
    while tokens.peek() in ("*", "/"):
        sign = tokens.take()[1]
        tree = Operation(sign, tree, _signed(tokens))
    return tree


def _signed(tokens: _Tokens) -> Node:
    if tokens.skip("-"):
        return Negative(_signed(tokens))
    tokens.skip("+")
    tree = _atom(tokens)
    while tokens.skip("%"):
        tree = Operation("/", tree, Number(Decimal(100)))
    return tree


def _atom(tokens: _Tokens) -> Node:
    kind, word = tokens.take()
    if kind == "number":
        return Number(Decimal(word))
    if kind == "ref":
        first = _address(word)
        if tokens.skip(":"):
            return Group((first, _address(tokens.take()[1])._replace(sheet=first.sheet)))
        return Ref(first)
    if word == "(":
        tree = _sum(tokens)
        tokens.expect(")")
        return tree
    if kind == "name":
        return _call(word.upper(), tokens)
    raise FormulaError(f"「{word}」の位置で算式が読めません。")


def _call(name: str, tokens: _Tokens) -> Node:
    if name not in FUNCTIONS:
        raise FormulaError(f"関数 {name} は使えません。使えるのは {'、'.join(FUNCTIONS)} と + - * / ( ) です。")
    tokens.expect("(")
    arguments = [_sum(tokens)]
    while tokens.skip(","):
        arguments.append(_sum(tokens))
    tokens.expect(")")
    if name in _ROUNDINGS and not (len(arguments) == 2 and _whole(arguments[1]) is not None):
        raise FormulaError(f"{name} の 2 番目には桁数を整数で書いてください。")
    return Call(name, tuple(arguments))


def _whole(node: Node) -> int | None:
    if isinstance(node, Negative):
        inner = _whole(node.term)
        return None if inner is None else -inner
    return int(node.value) if isinstance(node, Number) and node.value == int(node.value) else None


def _address(word: str) -> Address:
    sheet, _, cell = word.rpartition("!")
    found = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d+)", cell)
    if not found:
        raise FormulaError(f"「{word}」はセルではありません。")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return Address(sheet.strip("'").replace("''", "'"), int(found[2]), column)


def mapped(tree: Node, one: Callable[[Hashable], Hashable], many: Callable[[Group], Group]) -> Node:
    """The same tree over other keys."""
    match tree:
        case Ref(key):
            return Ref(one(key))
        case Group():
            return many(tree)
        case Operation(sign, left, right):
            return Operation(sign, mapped(left, one, many), mapped(right, one, many))
        case Negative(term):
            return Negative(mapped(term, one, many))
        case Call(name, arguments):
            return Call(name, tuple(mapped(argument, one, many) for argument in arguments))
    return tree


def keys(tree: Node) -> Iterator[Hashable]:
    """Every cell that the formula reads, in order."""
    match tree:
        case Ref(key):
            yield key
        case Group(members):
            yield from members
        case Operation(_, left, right):
            yield from keys(left)
            yield from keys(right)
        case Negative(term):
            yield from keys(term)
        case Call(_, arguments):
            for argument in arguments:
                yield from keys(argument)


Lookup = Callable[[Hashable], Sequence[Decimal | None]]


def evaluate(tree: Node, lookup: Lookup) -> Decimal | None:
    """The exact value, None where an operand is empty or a divisor is 0; totals take what is filled.

    `lookup` gives the values of a key: one for a cell, several for a column of an open list.
    """
    with localcontext() as context:
        context.prec = 40
        return _value(tree, lookup)


def _value(tree: Node, lookup: Lookup) -> Decimal | None:
    match tree:
        case Number(value):
            return value
        case Ref(key):
            values = lookup(key)
            return values[0] if len(values) == 1 else None
        case Negative(term):
            inner = _value(term, lookup)
            return None if inner is None else -inner
        case Operation(sign, left, right):
            return _operated(sign, _value(left, lookup), _value(right, lookup))
        case Call(name, (term, Number() | Negative() as places)) if name in _ROUNDINGS:
            inner = _value(term, lookup)
            return None if inner is None else rounded(inner, _whole(places) or 0, _ROUNDINGS[name])
        case Call(name, arguments):
            return _taken_together(name, [v for a in arguments for v in _values(a, lookup) if v is not None])
    return None


def _operated(sign: str, left: Decimal | None, right: Decimal | None) -> Decimal | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right


def _values(tree: Node, lookup: Lookup) -> Sequence[Decimal | None]:
    match tree:
        case Ref(key):
            return lookup(key)
        case Group(members):
            return [value for key in members for value in lookup(key)]
    return [_value(tree, lookup)]


def _taken_together(name: str, filled: list[Decimal]) -> Decimal | None:
    if not filled:
        return None
    total = sum(filled, Decimal(0))
    return total / len(filled) if name == "AVERAGE" else total


_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
_SPOKEN = {"*": "×", "/": "÷", "+": "＋", "-": "－"}


def to_excel(tree: Node, cells: Callable[[Node], str]) -> str:
    """The formula without =; `cells` writes a Ref or Group as an Excel reference."""
    return _written(tree, cells, {}, {}, ",")


def to_words(tree: Node, cells: Callable[[Node], str]) -> str:
    """The formula as a planner reads it: 達成件数 ÷ 決定件数."""
    return _written(tree, cells, _SPOKEN, _WORDS, "、")


def _written(
    tree: Node, cells: Callable[[Node], str], signs: dict[str, str], words: dict[str, str], comma: str
) -> str:
    def inside(term: Node, rank: int) -> str:
        text = _written(term, cells, signs, words, comma)
        weak = isinstance(term, Operation) and _RANK[term.sign] < rank
        return f"({text})" if weak or isinstance(term, Negative) else text

    match tree:
        case Number(value):
            return plain(value)
        case Negative(term):
            return "-" + inside(term, 2)
        case Operation(sign, left, right):
            rank = _RANK[sign]
            spoken = f" {signs[sign]} " if signs else sign
            return inside(left, rank) + spoken + inside(right, rank + (sign in "-/"))
        case Call(name, arguments):
            terms = comma.join(_written(argument, cells, signs, words, comma) for argument in arguments)
            return f"{words.get(name, name)}({terms})"
    return cells(tree)
