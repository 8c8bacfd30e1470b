"""Text measured and broken into lines for a fixed-pitch Japanese font, without asking any application.

Lengths are counted in halves: a full-width character is 2 halves (1 em), a half-width one is 1.
Two applications must agree on the number of lines: Excel keeps closing marks off the start of a line (禁則),
LibreOffice breaks anywhere between two full-width characters. A text is therefore broken both ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

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
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, max(room, 2), strict=strict))
    return lines


def phrased(text: str, room: int) -> str:
    """The text with a line feed behind a 、 wherever the words up to the next one exceed `room` halves."""
    lines = [""]
    for phrase in re.split("(?<=、)", text):
        if lines[-1] and widest(lines[-1] + phrase) > room:
            lines.append("")
        lines[-1] += phrase
    return "\n".join(lines)


def _wrap_paragraph(text: str, room: int, *, strict: bool) -> Iterator[str]:
    line, width = "", 0
    for run in _runs(text, strict=strict):
        size = measure(run.rstrip(" "))
        if line and width + size > room:
            yield line
            line, width = "", 0
        *whole, rest = _pieces(run, room) if size > room else [run]
        yield from whole
        line += rest
        width += measure(rest)
    yield line


def _pieces(run: str, room: int) -> list[str]:
    """An unbreakable run broken wherever a line is full; spaces at its end need no room."""
    pieces, start, width = [], 0, 0
    for index, character in enumerate(run.rstrip(" ")):
        size = halves(character)
        if width + size > room and index > start:
            pieces.append(run[start:index])
            start, width = index, 0
        width += size
    return [*pieces, run[start:]]


def _runs(text: str, *, strict: bool) -> Iterator[str]:
    """The pieces between which a line may end; a space stays with what it follows."""
    start = 0
    for index in range(1, len(text)):
        if _may_break(text[index - 1], text[index], strict=strict):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def _may_break(before: str, after: str, *, strict: bool) -> bool:
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
    for choice, (tight, loose) in enumerate(rooms):
        lines = wrap(text, tight)
        freely = wrap(text, loose, strict=False)
        if len(freely) > len(lines):
            lines = wrap(text, tight, strict=False)
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
