"""Brackets that do not pair, apart from list markers such as 1） and ア）."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_PAIRS = ("()", "「」", "『』", "【】", "〔〕", "[]", "{}", "〈〉", "《》", "“”", "〝〟")
_CLOSING = {pair[0]: pair[1] for pair in _PAIRS}
_OPENING = {pair[1]: pair[0] for pair in _PAIRS}
_BRACKETS = LazyPattern(f"[{re.escape(''.join(_PAIRS))}]")
_HALF_WIDTH_CORNERS = str.maketrans("｢｣", "「」")
_WIDE = str.maketrans("()[]{}", "（）［］｛｝")


@frozen
class UnpairedBracket:
    """A bracket without its counterpart: its place, how it is written, and the bracket that it lacks."""

    start: int
    letter: str
    lacks: str
    opens: bool

    def moved(self, by: int) -> UnpairedBracket:
        """The same bracket in a text that begins elsewhere."""
        return replace(self, start=self.start + by)


def unpaired_brackets(text: str) -> list[UnpairedBracket]:
    """The brackets of a text that do not pair, in their order; widths may be mixed."""
    plain = half_width(text).translate(_HALF_WIDTH_CORNERS)
    open_ones: list[int] = []
    open_letters: Counter[str] = Counter()
    unpaired: list[int] = []
    for found in _BRACKETS.finditer(plain):
        place, letter = found.start(), found[0]
        if letter in _CLOSING:
            open_ones.append(place)
            open_letters[letter] += 1
        elif letter in _OPENING and not (letter == ")" and _is_end_of_line_marker(plain, place)):
            unpaired += _places_left_unpaired(plain, open_ones, open_letters, place=place)
    return [_unpaired_bracket(text, plain, place) for place in sorted(unpaired + open_ones)]


def _places_left_unpaired(
    plain: str, open_ones: list[int], open_letters: Counter[str], *, place: int
) -> Iterator[int]:
    """Take the opening bracket of a closing one off the open ones; yields those that stay unpaired."""
    opening = _OPENING[plain[place]]
    if not open_letters[opening]:
        if not (opening == "(" and _is_end_of_marker(plain, place)):
            yield place
        return
    while True:
        taken = open_ones.pop()
        open_letters[plain[taken]] -= 1
        if plain[taken] == opening:
            return
        yield taken


def _unpaired_bracket(text: str, plain: str, place: int) -> UnpairedBracket:
    letter = plain[place]
    lacks = _CLOSING.get(letter) or _OPENING[letter]
    return UnpairedBracket(place, text[place], lacks.translate(_WIDE), letter in _CLOSING)


_LONGEST_MARKER = 5
_MARKER = LazyPattern(
    r"(?:[0-9]{1,2}(?:-[0-9]{1,2})?|[A-Za-zｱ-ﾝア-ン一二三四五六七八九十①-⑳ⅰ-ⅹⅠ-Ⅹ]|(?:[※*注例]|備考|参考|出典|資料)[0-9]{0,2})$"
)


def _is_end_of_line_marker(plain: str, place: int) -> bool:
    """Whether `1)` and the like is the first thing of its line, behind bullets and blanks at most."""
    line = max(plain.rfind("\n", max(place - 12, 0), place) + 1, place - 12, 0)
    before = plain[line:place].lstrip(" ・•●○■◆▪‣\t")
    marker = _MARKER.match(before)
    return bool(marker) and (line == 0 or plain[line - 1] == "\n")


def _is_end_of_marker(plain: str, place: int) -> bool:
    """Whether a closing bracket belongs to a list marker within a line, or to a reference to one."""
    found = _MARKER.search(plain[max(place - _LONGEST_MARKER, 0) : place])
    if not found:
        return False
    start = place - len(found[0])
    before = plain[start - 1] if start else "\n"
    if found[0].isdecimal():
        if before in " 、。,:;：":
            number = int(found[0])
            return number == 1 or f"{number - 1})" in plain[:start]
        return before in "の記項及びと~・※注「\n"
    return before in " 、。,:;：\n・の及と~"
