"""What a cell shows of a number, or of a text, under any number format of Excel."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text, rounded

LONGEST = 255
"""Excel keeps no longer code."""

_TOKEN = LazyPattern(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<space>_.)|(?P<filled>\*.)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General|G/標準|標準)|(?P<exponent>E[-+]0+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r"|(?P<percent>%)|(?P<slash>/)|(?P<end>;)|(?P<text>@)|(?P<time>AM/PM|A/P|[ymdhsgebn]+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = LazyPattern(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq,
    "<>": operator.ne,
}  # fmt: skip
_WHITE = LazyPattern(r"white|白|(?:color|色)\s*2", re.IGNORECASE)
_RED = LazyPattern(r"red|赤|(?:color|色)\s*3", re.IGNORECASE)
_ELAPSED = LazyPattern(r"h+|m+|s+", re.IGNORECASE)
_LITERAL = ("quoted", "escaped", "other", "slash", "percent")
_MARKS = {"digit": "0", "comma": ",", "point": "."}
_SCALING = LazyPattern(r"0(,+)(?![0,])")
_MINUS = "-"

Token = tuple[str, str]


@frozen
class Display:
    """What a cell shows. `is_red` is how some formats mark negative numbers, `is_day` a day or a time."""

    text: str
    is_red: bool = False
    is_day: bool = False


@frozen
class _Section:
    """One part of a format: its tokens, the condition for it, and what its colour does."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    is_white: bool = False
    is_red: bool = False

    def has_token(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)

    def condition_holds(self, value: Decimal) -> bool:
        return self.condition is not None and _TESTS[self.condition[0]](value, self.condition[1])

    @property
    def is_text_section(self) -> bool:
        return self.has_token("text") and not self.has_token("digit", "general")


def displayed_number(code: str, value: Decimal) -> Display:
    """What a cell with a number shows, '' for nothing."""
    numeric, _ = _number_sections_and_text_section(code)
    section, has_sign = _section_for_number_and_is_for_negatives(numeric, value)
    if section is None or section.is_white:
        return Display("")
    if section.has_token("time"):
        return Display("", is_day=True)
    shown = _section_text(section, abs(value))
    # A section of its own for negative numbers brings its sign along.
    minus = _MINUS if value < 0 and not has_sign and re.search("[1-9]", shown) else ""
    return Display(minus + shown, section.is_red)


def displayed_text(code: str, text: str) -> str:
    """What a cell with a text shows, '' for nothing."""
    _, section = _number_sections_and_text_section(code)
    if section is None:
        return text
    if section.is_white:
        return ""
    return "".join(text if kind == "text" else _literal_text(kind, word) for kind, word in section.tokens)


def is_same_format(one: str, other: str) -> bool:
    """Whether two codes say the same, however a program marks their literal text."""
    return one == other or _tokens_with_joined_literals(one) == _tokens_with_joined_literals(other)


def _tokens_with_joined_literals(code: str) -> list[Token]:
    plainly: list[Token] = []
    for found in _TOKEN.finditer(code[: LONGEST + 1]):
        kind = found.lastgroup or ""
        kind = "literal" if kind in ("quoted", "escaped", "other") else kind
        if kind == "literal" and plainly and plainly[-1][0] == kind:
            plainly[-1] = kind, plainly[-1][1] + found[found.lastgroup or ""]
        else:
            plainly.append((kind, found[found.lastgroup or ""]))
    return plainly


@lru_cache(maxsize=256)
def _number_sections_and_text_section(code: str) -> tuple[tuple[_Section, ...], _Section | None]:
    """The sections for numbers, and that for texts where there is one."""
    parts: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code[:LONGEST]):
        kind = found.lastgroup or ""
        if kind == "end":
            parts.append([])
        else:
            parts[-1].append((kind, found[kind]))
    sections = [_parse_section(tokens) for tokens in parts[:4]]
    if len(sections) == 4 or sections[-1].is_text_section:
        return tuple(sections[:-1]), sections[-1]
    return tuple(sections), None


def _any_word_matches(words: Sequence[str], pattern: LazyPattern) -> bool:
    return any(pattern.fullmatch(word.strip()) for word in words)


def _parse_section(tokens: Sequence[Token]) -> _Section:
    brackets = [word for kind, word in tokens if kind == "bracket"]
    conditions = [found for word in brackets if (found := _CONDITION.fullmatch(word.strip()))]
    kept: list[Token] = []
    for kind, word in tokens:
        if kind != "bracket":
            kept.append((kind, word))
        elif word.startswith("$"):
            kept.append(("quoted", word[1:].partition("-")[0]))
        elif _ELAPSED.fullmatch(word):
            kept.append(("time", word))
    return _Section(
        tuple(kept),
        (conditions[0][1], Decimal(conditions[0][2])) if conditions else None,
        _any_word_matches(brackets, _WHITE),
        _any_word_matches(brackets, _RED),
    )


def _section_by_condition_and_is_for_negatives(
    sections: Sequence[_Section], value: Decimal
) -> tuple[_Section | None, bool]:
    for place, section in enumerate(sections):
        if section.condition_holds(value) or (section.condition is None and place == len(sections) - 1):
            return section, _is_condition_for_negatives(section.condition)
        if section.condition is None and place == 1 and value < 0:
            return section, True
    return None, False


def _section_for_number_and_is_for_negatives(
    sections: Sequence[_Section], value: Decimal
) -> tuple[_Section | None, bool]:
    """The section for a number, and whether it is for negative numbers alone."""
    if not sections:
        # Only a part for texts: a number is shown as it is.
        return _Section((("general", ""),)), False
    if any(section.condition for section in sections):
        return _section_by_condition_and_is_for_negatives(sections, value)
    if value < 0 and len(sections) > 1:
        return sections[1], True
    return sections[2 if value == 0 and len(sections) > 2 else 0], False


def _is_condition_for_negatives(condition: tuple[str, Decimal] | None) -> bool:
    return condition is not None and condition[0] in ("<", "<=", "=") and condition[1] <= 0


def _section_text(section: _Section, value: Decimal) -> str:
    """The text of a section for a number without sign."""
    is_fraction = section.has_token("slash") and section.has_token("digit")
    if section.has_token("digit") and not is_fraction:
        return _digits_text(section.tokens, _scaled_number(section.tokens, value))
    whole = decimal_text(value)
    if is_fraction:
        return whole  # 1/2 is what it says
    return "".join(
        whole if kind in ("general", "text") else _literal_text(kind, word) for kind, word in section.tokens
    )


def _literal_text(kind: str, word: str) -> str:
    """What a format shows as it is."""
    return " " if kind == "space" else word if kind in _LITERAL else ""


def _scaled_number(tokens: Sequence[Token], value: Decimal) -> Decimal:
    """The number as percents and thousands make it."""
    percents = sum(kind == "percent" for kind, _ in tokens)
    return value.scaleb(2 * percents - 3 * _count_of_scaling_commas(tokens))


def _count_of_scaling_commas(tokens: Sequence[Token]) -> int:
    """How many commas follow the digits before the point, or all digits: each divides by 1,000."""
    marks = "".join(_MARKS.get(kind, " ") for kind, _ in tokens)
    return sum(len(found[1]) for found in _SCALING.finditer(marks))


def _has_kind(tokens: Sequence[Token], wanted: str) -> bool:
    return any(kind == wanted for kind, _ in tokens)


def _is_grouped(tokens: Sequence[Token], whole_indexes: Sequence[int]) -> bool:
    """Whether a comma is between the marks of the digits before the point."""
    if not whole_indexes:
        return False
    return _has_kind(tokens[whole_indexes[0] : whole_indexes[-1]], "comma")


def _digits_text(tokens: Sequence[Token], value: Decimal) -> str:
    point = next((place for place, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    whole_places = [place for place, (kind, _) in enumerate(tokens[:point]) if kind == "digit"]
    behind = [word for kind, word in tokens[point:] if kind == "digit"]
    if _has_kind(tokens, "exponent"):
        return f"{value:.{len(behind)}E}"
    try:
        digits = f"{rounded(value, len(behind)):f}"
    except InvalidOperation:
        return decimal_text(value)
    whole, _, fraction = digits.partition(".")
    optional = len(behind) - len("".join(behind).rstrip("#"))
    kept = fraction[: len(fraction) - optional] + fraction[len(fraction) - optional :].rstrip("0")
    marks = [tokens[place][1] for place in whole_places]
    filled = _digits_by_placeholder(whole, marks, grouped=_is_grouped(tokens, whole_places))
    return _assemble_text(tokens, dict(zip(whole_places, filled, strict=True)), iter(kept))


def _with_thousands_separators(digits: str) -> str:
    return f"{int(digits):,}" if digits and not digits.startswith("0") else digits


def _digits_by_placeholder(whole_digits: str, placeholders: Sequence[str], *, grouped: bool) -> list[str]:
    """The digits at each mark before the point; the first takes all digits that are left."""
    if not placeholders:
        return []
    digits = "" if whole_digits == "0" else whole_digits
    needed = len(placeholders) - next(
        (place for place, mark in enumerate(placeholders) if mark != "#"), len(placeholders)
    )
    digits = digits.rjust(needed, "0")
    if grouped:
        return [_with_thousands_separators(digits), *[""] * (len(placeholders) - 1)]
    rest = len(placeholders) - 1
    last = digits[len(digits) - rest :] if rest and len(digits) >= rest else digits if rest else ""
    first = digits[: len(digits) - len(last)]
    return [first, *([""] * (rest - len(last))), *last]


def _assemble_text(tokens: Sequence[Token], whole: dict[int, str], fraction: Iterator[str]) -> str:
    parts, is_behind = [], False
    for place, (kind, word) in enumerate(tokens):
        is_behind = is_behind or kind == "point"
        if kind == "digit":
            parts.append(next(fraction, "") if is_behind else whole[place])
        else:
            parts.append("." if kind == "point" else _literal_text(kind, word))
    return "".join(parts)
