"""Text measured and broken into lines for a fixed-pitch Japanese font, without an application.

Lengths are counted in halves: a full-width character is 2 halves (1 em), a half-width one is 1.
Two applications must agree on the number of lines: Excel keeps closing marks off the start of a line (禁則),
LibreOffice breaks anywhere between two full-width characters. A text is therefore broken both ways.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, pairwise

from kenpo_xl.domain.frozen import frozen

NOT_FIRST = frozenset(
    "、。，．・：；？！ゝゞ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "）］｝〕〉》」』】％℃〜～,.:;?!)]}%｡､｣･ｧｨｩｪｫｬｭｮｯｰﾞﾟ…"
)
NOT_LAST = frozenset("（［｛〔〈《「『【([{｢￥＄¥$")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FULL_LATIN = frozenset("×÷±§¶°´¨")
_HALF_SIGNS = frozenset("–—•‾€™ℓ≤≥≈↔▶▷◀◁♠♡♣♤♥♧")


def printable_text(text: str) -> str:
    """The text as a sheet can store it: one kind of line feed, no tabs, no control characters."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "　")
    return _UNSEEN.sub("", text)


@cache
def character_width(character: str) -> int:
    """The width of one character: 2 full, 1 half, 0 for marks combined with the character before."""
    if unicodedata.combining(character) or character in "\u200b\u200d\ufe0e\ufe0f":
        return 0
    kind = unicodedata.east_asian_width(character)
    if kind == "H" or character in _HALF_SIGNS or (character < "\u0370" and character not in _FULL_LATIN):
        return 1
    return 2


def line_width(text: str) -> int:
    """The width of a text without line feeds, in halves."""
    return sum(map(character_width, text))


def widest_line_width(text: str) -> int:
    """The width of the widest line of a text, in halves."""
    return max(map(line_width, text.split("\n")))


def mixes_latin_and_japanese(text: str) -> bool:
    """True for a text with Latin letters or digits beside Japanese."""
    latin = any(character.isascii() and character.isalnum() for character in text)
    return latin and not text.isascii()


def wrapped_lines(text: str, width: int, *, strict: bool = True) -> list[str]:
    """The text in lines of at most `width` halves; joined again they are the text without its line feeds.

    `strict` keeps closing marks off the start and opening ones off the end of a line. Text that cannot be
    broken otherwise (a long run of Latin letters) is broken anywhere.
    """
    return Breakable(text, strict=strict).wrapped_lines(width)


def with_breaks_after_commas(text: str, width: int) -> str:
    """The text with a line feed behind a 、 wherever the text up to the next one exceeds `width` halves."""
    lines = [""]
    for phrase in re.split("(?<=、)", text):
        if lines[-1] and widest_line_width(lines[-1] + phrase) > width:
            lines.append("")
        lines[-1] += phrase
    return "\n".join(lines)


class Breakable:
    """A text measured once, to be wrapped into several widths."""

    def __init__(self, text: str, *, strict: bool = True) -> None:
        self._paragraphs = [_Paragraph(paragraph, strict=strict) for paragraph in text.split("\n")]

    def wrapped_lines(self, width: int) -> list[str]:
        """The text in lines of at most `width` halves."""
        return [line for paragraph in self._paragraphs for line in paragraph.wrapped_lines(max(width, 2))]


class _Paragraph:
    """A text without line feeds, with its width up to each character."""

    def __init__(self, text: str, *, strict: bool) -> None:
        self.text, self.strict = text, strict
        self.widths = list(accumulate(map(character_width, text), initial=0))

    @cached_property
    def run_starts(self) -> list[int]:
        """The index at which each unbreakable run begins, and the end; a space ends the run before it."""
        pairs = enumerate(pairwise(self.text), start=1)
        return [0, *(at for at, pair in pairs if _may_break_between(*pair, self.strict)), len(self.text)]

    @cached_property
    def run_end_widths(self) -> list[int]:
        """The width up to the end of each run, without spaces at its end."""
        ends = (begin + len(self.text[begin:end].rstrip(" ")) for begin, end in pairwise(self.run_starts))
        return [self.widths[end] for end in ends]

    def wrapped_lines(self, width: int) -> list[str]:
        """The text in lines of at most `width` halves; a longer run is broken anywhere."""
        lines, start = list[str](), 0
        while self.widths[-1] - self.widths[start] > width:
            number = bisect_right(self.run_end_widths, self.widths[start] + width)
            if number == len(self.run_end_widths):
                break
            end = self.run_starts[number]
            if end <= start:
                end = self._end_of_full_line(start, self.run_starts[number + 1], width)
            lines.append(self.text[start:end])
            start = end
        return [*lines, self.text[start:]]

    def _end_of_full_line(self, start: int, end: int, width: int) -> int:
        """The index at which a line within a run is full, after one character at least."""
        full = bisect_right(self.widths, self.widths[start] + width, start + 1, end + 1) - 1
        return max(full, start + 1)


@lru_cache(maxsize=65_536)
def _may_break_between(before: str, after: str, strict: bool) -> bool:
    if after == " " or character_width(after) == 0:
        return False
    if before == " ":
        return True
    if strict and (after in NOT_FIRST or before in NOT_LAST):
        return False
    return character_width(before) == 2 or character_width(after) == 2


@frozen
class Fit:
    """A text wrapped into one of several widths: the index of the width, and the lines as in Excel."""

    choice: int
    lines: tuple[str, ...]


def best_fit(text: str, widths: Sequence[tuple[int, int]]) -> Fit:
    """The best of several widths, each as halves (strict, loose), of which the first is the usual one.

    Fewer lines first; then a width at which no line starts with a closing mark even if the application
    breaks anywhere; then a last line of more than one character; then the earliest.
    """
    best: tuple[tuple[int, int], Fit] | None = None
    strictly, anywhere = Breakable(text), Breakable(text, strict=False)
    for choice, (tight, loose) in enumerate(widths):
        lines, freely = strictly.wrapped_lines(tight), anywhere.wrapped_lines(loose)
        if len(freely) > len(lines):
            lines = anywhere.wrapped_lines(tight)
        faults = _break_penalty(freely, len(lines))
        if best is None or (len(lines), faults) < best[0]:
            best = (len(lines), faults), Fit(choice, tuple(lines))
        if not faults:
            break
    if best is None:
        raise ValueError("no width offered")
    return best[1]


def _break_penalty(lines: Sequence[str], expected: int) -> int:
    """How bad the breaks look if an application breaks lines anywhere; 0 for none."""
    starts = sum(line[:1] in NOT_FIRST for line in lines[1:])
    ends = sum(line[-1:] in NOT_LAST for line in lines[:-1])
    lonely = len(lines) > 1 and line_width(lines[-1]) <= 4
    return 4 * (starts + ends) + 2 * (expected - len(lines)) + lonely
