"""Text measured and broken into lines for a fixed-pitch Japanese font, without asking any application.

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


def clean(text: str) -> str:
    """The text as a sheet can hold it: one kind of line feed, no tabs, no control characters."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "　")
    return _UNSEEN.sub("", text)


@cache
def halves(character: str) -> int:
    """The width of one character: 2 full, 1 half, 0 for marks that are set onto the character before."""
    if unicodedata.combining(character) or character in "\u200b\u200d\ufe0e\ufe0f":
        return 0
    kind = unicodedata.east_asian_width(character)
    if kind == "H" or character in _HALF_SIGNS or (character < "\u0370" and character not in _FULL_LATIN):
        return 1
    return 2


def measure(text: str) -> int:
    """The width of a line of text in halves."""
    return sum(map(halves, text))


def widest(text: str) -> int:
    """The width of the widest line of a text that holds line feeds."""
    return max(map(measure, text.split("\n")))


def is_mixed(text: str) -> bool:
    """True for a text with Latin letters or digits beside Japanese."""
    latin = any(character.isascii() and character.isalnum() for character in text)
    return latin and not text.isascii()


def wrap(text: str, room: int, *, strict: bool = True) -> list[str]:
    """The text in lines of at most `room` halves; joined again they are the text without its line feeds.

    `strict` keeps closing marks off the start and opening ones off the end of a line. What cannot be broken
    otherwise (a long run of Latin letters) is broken anywhere.
    """
    return Breakable(text, strict=strict).lines(room)


def phrased(text: str, room: int) -> str:
    """The text with a line feed behind a 、 wherever the words up to the next one exceed `room` halves."""
    lines = [""]
    for phrase in re.split("(?<=、)", text):
        if lines[-1] and widest(lines[-1] + phrase) > room:
            lines.append("")
        lines[-1] += phrase
    return "\n".join(lines)


class Breakable:
    """A text measured once, to be set into any room as `wrap` does."""

    def __init__(self, text: str, *, strict: bool = True) -> None:
        self._paragraphs = [_Paragraph(paragraph, strict=strict) for paragraph in text.split("\n")]

    def lines(self, room: int) -> list[str]:
        """The text in lines of at most `room` halves."""
        return [line for paragraph in self._paragraphs for line in paragraph.lines(max(room, 2))]


class _Paragraph:
    """A text without line feeds, with its width up to each character."""

    def __init__(self, text: str, *, strict: bool) -> None:
        self.text, self.strict = text, strict
        self.widths = list(accumulate(map(halves, text), initial=0))

    @cached_property
    def runs(self) -> list[int]:
        """Where each run begins, and the end of the text; a space belongs to the run before it."""
        pairs = enumerate(pairwise(self.text), start=1)
        return [0, *(at for at, pair in pairs if _may_break(*pair, self.strict)), len(self.text)]

    @cached_property
    def needed(self) -> list[int]:
        """The width up to the end of each run; spaces at its end need no room."""
        ends = (begin + len(self.text[begin:end].rstrip(" ")) for begin, end in pairwise(self.runs))
        return [self.widths[end] for end in ends]

    def lines(self, room: int) -> list[str]:
        """The text in lines of at most `room` halves; a run that is longer is broken anywhere."""
        lines, start = list[str](), 0
        while self.widths[-1] - self.widths[start] > room:
            number = bisect_right(self.needed, self.widths[start] + room)
            if number == len(self.needed):
                break
            end = self.runs[number]
            if end <= start:
                end = self._full(start, self.runs[number + 1], room)
            lines.append(self.text[start:end])
            start = end
        return [*lines, self.text[start:]]

    def _full(self, start: int, end: int, room: int) -> int:
        """Where a line within a run is full, after one character at least."""
        full = bisect_right(self.widths, self.widths[start] + room, start + 1, end + 1) - 1
        return max(full, start + 1)


@lru_cache(maxsize=65_536)
def _may_break(before: str, after: str, strict: bool) -> bool:
    if after == " " or halves(after) == 0:
        return False
    if before == " ":
        return True
    if strict and (after in NOT_FIRST or before in NOT_LAST):
        return False
    return halves(before) == 2 or halves(after) == 2


@frozen
class Fit:
    """A text set into one of several widths: which one, and its lines as Excel breaks them."""

    choice: int
    lines: tuple[str, ...]


def fit(text: str, rooms: Sequence[tuple[int, int]]) -> Fit:
    """The best of the widths offered, each as halves (strict, loose), the first being the usual one.

    Fewer lines first; then a width at which no line starts with a closing mark even where the application
    does not look after that; then a last line that is not a lonely character; then the earliest.
    """
    best: tuple[tuple[int, int], Fit] | None = None
    strictly, anywhere = Breakable(text), Breakable(text, strict=False)
    for choice, (tight, loose) in enumerate(rooms):
        lines, freely = strictly.lines(tight), anywhere.lines(loose)
        if len(freely) > len(lines):
            lines = anywhere.lines(tight)
        faults = _faults(freely, len(lines))
        if best is None or (len(lines), faults) < best[0]:
            best = (len(lines), faults), Fit(choice, tuple(lines))
        if not faults:
            break
    if best is None:
        raise ValueError("no width offered")
    return best[1]


def _faults(lines: Sequence[str], expected: int) -> int:
    """How many faults a reader would see where lines break anywhere."""
    starts = sum(line[:1] in NOT_FIRST for line in lines[1:])
    ends = sum(line[-1:] in NOT_LAST for line in lines[:-1])
    lonely = len(lines) > 1 and measure(lines[-1]) <= 4
    return 4 * (starts + ends) + 2 * (expected - len(lines)) + lonely
