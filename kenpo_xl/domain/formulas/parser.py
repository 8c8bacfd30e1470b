"""Reads an Excel formula into a tree; refuses, with a sentence for the planner, what is not accepted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.formulas.tree import (
    COMPARISONS,
    FUNCTIONS,
    ROUNDINGS,
    TOTALS,
    Address,
    Blank,
    Call,
    Comparison,
    Group,
    Negative,
    Node,
    Number,
    Operation,
    Ref,
    written_whole_number,
)
from kenpo_xl.domain.lazy_patterns import LazyPattern

MAX_RANGE = 2_000
"""Cells of one range: far more than a table has, far fewer than would take a while."""

_MAX_PLACES = 15
_LONGEST_NUMBER = 40
_TOKEN = LazyPattern(
    r"\s*(?:(?P<ref>(?:(?:'(?:[^']|'')+'|[^\s'!()+\-*/,:&<>=^%]+)!)?\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![\w.(]))"
    r"|(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<name>[^\W\d]\w*(?:\.\w+)*)"
    r"|(?P<blank>\"\")|(?P<sign><=|>=|<>|[-+*/(),:%<>=]))"
)


class FormulaError(ValueError):
    """A formula that is not accepted; the text says what is not, in Japanese."""


_DEEPEST = 50


def parse_formula(text: str) -> Node:
    """The tree, over addresses, of an Excel formula with or without =; FormulaError for any other."""
    if text.count("(") > _DEEPEST or sum(map(text.count, "+-*/%")) > _DEEPEST * 4:
        raise FormulaError("算式が複雑すぎます。途中の欄に分けてください。")
    tokens = _tokenize(text.strip().removeprefix("="))
    tree = _parse_sum(tokens)
    if tokens.peek():
        raise FormulaError(f"「{tokens.peek()}」の位置で算式が読めません。")
    return tree


class _Tokens:
    """The words of a formula, taken one by one."""

    def __init__(self, words: list[tuple[str, str]]) -> None:
        self._words = words[::-1]

    def peek(self) -> str:
        return self._words[-1][1] if self._words else ""

    def next_token(self) -> tuple[str, str]:
        if not self._words:
            raise FormulaError("算式が途中で終わっています。")
        return self._words.pop()

    def consume_if_next(self, sign: str) -> bool:
        found = self.peek() == sign
        if found:
            self._words.pop()
        return found

    def expect(self, sign: str) -> None:
        if not self.consume_if_next(sign):
            raise FormulaError(f"「{sign}」が足りません。")


def _tokenize(text: str) -> _Tokens:
    words: list[tuple[str, str]] = []
    position = 0
    while position < len(text.rstrip()):
        found = _TOKEN.match(text, position)
        if not found or found.lastgroup is None:
            raise FormulaError(_refusal_message(text[position:].strip(), words))
        words.append((found.lastgroup, found[found.lastgroup]))
        position = found.end()
    return _Tokens(words)


def _refusal_message(rest: str, words: list[tuple[str, str]]) -> str:
    """What to say of a formula that cannot be read from `rest` on: first of all a function before it."""
    unknown = next(
        (word for kind, word in words if kind == "name" and _accepted_function(word) not in FUNCTIONS), None
    )
    if unknown:
        return _unknown_name_message(unknown)
    if "#REF!" in rest:
        return "#REF! は使えません。参照していたセルがなくなっています。使うセルを選び直してください。"
    if rest.startswith('"'):
        return f'文字の結果 {rest[:10]} は使えません。文字で使えるのは、空欄を表す "" だけです。'
    return f"「{rest[:10]}」は使えません。"


def _accepted_function(word: str) -> str:
    """The accepted function that a word means: RANK.EQ is what newer Excel writes for RANK."""
    return word.upper().removeprefix("_XLFN.").removesuffix(".EQ")


def _unknown_name_message(name: str) -> str:
    """What to say of a function or a defined name that is not accepted."""
    return f"{name} は使えません。使えるのは表の欄と {'、'.join(FUNCTIONS)}、+ - * / ( ) です。"


def _parse_argument(tokens: _Tokens) -> Node:
    """An argument of a function: a sum, a blank, or two of them compared."""
    tree = _parse_sum(tokens)
    if tokens.peek() not in COMPARISONS:
        return tree
    sign = tokens.next_token()[1]
    compared = Comparison(sign, _single_value_or_raise(tree), _single_value_or_raise(_parse_sum(tokens)))
    if Blank() in (compared.left, compared.right) and sign not in ("=", "<>"):
        raise FormulaError('"" と比べるのは = か <> だけにしてください。')
    return compared


def _parse_sum(tokens: _Tokens) -> Node:
    tree = _parse_product(tokens)
    while tokens.peek() in ("+", "-"):
        sign = tokens.next_token()[1]
        tree = Operation(sign, _number_or_raise(tree), _number_or_raise(_parse_product(tokens)))
    return tree


def _parse_product(tokens: _Tokens) -> Node:
    tree = _parse_signed(tokens)
    while tokens.peek() in ("*", "/"):
        sign = tokens.next_token()[1]
        tree = Operation(sign, _number_or_raise(tree), _number_or_raise(_parse_signed(tokens)))
    return tree


def _parse_signed(tokens: _Tokens) -> Node:
    if tokens.consume_if_next("-"):
        return Negative(_number_or_raise(_parse_signed(tokens)))
    tokens.consume_if_next("+")
    tree = _parse_atom(tokens)
    while tokens.consume_if_next("%"):
        tree = Operation("/", _number_or_raise(tree), Number(Decimal(100)))
    return tree


def _single_value_or_raise(tree: Node) -> Node:
    """One value: outside a total a range would count as nothing."""
    if isinstance(tree, Group):
        raise FormulaError(f"範囲は {'、'.join(TOTALS)} の中だけで使えます。")
    return tree


def _number_or_raise(tree: Node) -> Node:
    """A term that is calculated with."""
    if isinstance(tree, Blank):
        raise FormulaError('"" は計算に使えません。IF や IFERROR の結果か、= で比べるところだけで使えます。')
    return _single_value_or_raise(tree)


def _parse_atom(tokens: _Tokens) -> Node:
    kind, word = tokens.next_token()
    if kind == "number":
        if len(word) > _LONGEST_NUMBER:
            raise FormulaError(f"「{word[:10]}…」は桁が多すぎます。")
        return Number(Decimal(word))
    if kind == "ref":
        first = _parse_address(word)
        if tokens.consume_if_next(":"):
            return _range_between(first, _parse_address(tokens.next_token()[1]))
        return Ref(first)
    if word == "(":
        tree = _parse_sum(tokens)
        tokens.expect(")")
        return tree
    if kind == "name":
        return _parse_call(_accepted_function(word), tokens)
    if kind == "blank":
        return Blank()
    raise FormulaError(f"「{word}」の位置で算式が読めません。")


def _parse_call(name: str, tokens: _Tokens) -> Node:
    if name not in FUNCTIONS:
        raise FormulaError(_unknown_name_message(name))
    tokens.expect("(")
    arguments = [_parse_argument(tokens)]
    while tokens.consume_if_next(","):
        arguments.append(_parse_argument(tokens))
    tokens.expect(")")
    _check_arguments(name, arguments)
    return Call(name, tuple(arguments))


def _check_arguments(name: str, arguments: list[Node]) -> None:
    """Raise FormulaError for arguments that the function does not take."""
    match name:
        case "IF":
            if len(arguments) != 3 or not isinstance(arguments[0], Comparison):
                raise FormulaError("IF は IF(D5>E5,D5,E5) のように、比べる式と 2 つの結果で書いてください。")
            arguments = arguments[1:]
        case "IFERROR":
            if len(arguments) != 2:
                raise FormulaError("IFERROR は IFERROR(D5/E5,0) のように、式と代わりの値で書いてください。")
        case "RANK":
            _check_rank_arguments(arguments)
            return
        case _ if name in ROUNDINGS:
            _check_rounding_arguments(name, arguments)
            return
        case _:
            _check_no_blank(arguments)
            return
    for argument in arguments:
        _single_value_or_raise(argument)
        _check_no_comparison(argument)


def _check_no_comparison(argument: Node) -> None:
    if isinstance(argument, Comparison):
        raise FormulaError("比べる式（> や =）は IF の 1 番目だけで使えます。")


def _check_no_blank(arguments: Sequence[Node]) -> None:
    for argument in arguments:
        _check_no_comparison(argument)
        if isinstance(argument, Blank):
            _number_or_raise(argument)


def _check_rank_arguments(arguments: list[Node]) -> None:
    """RANK(cell, cells, order): the cell is among the cells; 0 or no order makes the greatest the first."""
    among = arguments[1] if len(arguments) in (2, 3) else None
    if not isinstance(arguments[0], Ref) or not isinstance(among, Group):
        raise FormulaError("RANK は RANK(D5,D$5:D$9) のように、欄とその列の範囲で書いてください。")
    if len(arguments) == 3 and written_whole_number(arguments[2]) not in (0, 1):
        raise FormulaError("RANK の 3 番目は 0（大きい順）か 1（小さい順）にしてください。")


def _check_rounding_arguments(name: str, arguments: list[Node]) -> None:
    places = written_whole_number(arguments[1]) if len(arguments) == 2 else None
    if places is None or abs(places) > _MAX_PLACES:
        raise FormulaError(f"{name} の 2 番目には桁数を整数で書いてください。")
    _check_no_blank(arguments)
    _single_value_or_raise(arguments[0])


def _range_between(first: Address, last: Address) -> Group:
    if (abs(last.row - first.row) + 1) * (abs(last.column - first.column) + 1) > MAX_RANGE:
        raise FormulaError(f"範囲が広すぎます（{MAX_RANGE} セルまで）。")
    return Group((first, last._replace(sheet=first.sheet)))


def _parse_address(word: str) -> Address:
    sheet, _, cell = word.rpartition("!")
    row, column = cell_position(cell)
    if not row:
        raise FormulaError(f"「{word}」はセルではありません。")
    return Address(sheet.strip("'").replace("''", "'"), row, column)
