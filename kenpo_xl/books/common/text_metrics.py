"""Text measured and broken into lines for a fixed-pitch Japanese font, without an application.

Lengths are counted in halves: a full-width character is 2 halves (1 em), a half-width one is 1.
Two applications must agree on the number of lines: Excel keeps closing marks off the start of a line (禁則),
and so do our PDFs; LibreOffice on the screen breaks anywhere between two full-width characters. A text is
therefore broken by the rules of each.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.lengths import HalfWidths

NOT_FIRST = frozenset(
    "、。，．・：；？！ゝゞ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "）］｝〕〉》」』】％℃〜～,.:;?!)]}%｡､｣･ｧｨｩｪｫｬｭｮｯｰﾞﾟ…"
    "ヽヾ゛゜’”°′″‰¢"
)
NOT_LAST = frozenset("（［｛〔〈《「『【([{｢￥＄¥$‘“£")
# LibreOffice keeps these together with Latin letters or digits behind them.
_JOINED_WITH_NEXT = frozenset("、。，．）］｝〕〉》」』】％")
_UNSEEN = LazyPattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FULL_LATIN = frozenset("×÷±§¶°´¨")
_AFTER_COMMA = LazyPattern("(?<=、)")
# Between kanji and katakana, and before what units of an office are called.
_BETWEEN_WORDS = LazyPattern(
    "(?<=[、・　])|(?<=[一-龥々])(?=[ァ-ヴ])|(?<=[ァ-ヴー])(?=[一-龥]|グループ|チーム|センター)"
)
WIDEST = 2
"""The width of the widest character in halves."""
# A last line of no more halves looks lost.
_LONELY = 4


class LineRules(Enum):
    """Where an application breaks a line.

    EXCEL keeps closing marks off the start and opening ones off the end of a line, and so does LibreOffice on
    PAPER; on its SCREEN it breaks anywhere. Where a line is full behind a Latin letter or digit, both look
    back for a place where they are not beside such a mark: 研修会(4/24、7/23) goes on before the bracket.
    """

    EXCEL = auto()
    PAPER = auto()
    SCREEN = auto()


_Faults = tuple[int, int, bool, int]
_HALF_SIGNS = frozenset("–—•‾€™ℓ≤≥≈↔▶▷◀◁♠♡♣♤♥♧")


def printable_text(text: str) -> str:
    """The text as a sheet can store it: one kind of line feed, no tabs, no control characters."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "　")
    return _UNSEEN.sub("", text)


class _Widths(dict[str, int]):
    """The widths of characters that were measured: found in half the time that a cached function takes."""

    def __missing__(self, character: str) -> int:
        width = self[character] = _measured_width(character)
        return width


def _measured_width(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200b\u200d\ufe0e\ufe0f":
        return 0
    kind = unicodedata.east_asian_width(character)
    if kind == "H" or character in _HALF_SIGNS or (character < "\u0370" and character not in _FULL_LATIN):
        return 1
    return 2


character_width = _Widths().__getitem__
"""The width of one character: 2 full, 1 half, 0 for marks combined with the character before."""


def line_width(text: str) -> int:
    """The width of a text without line feeds, in halves."""
    return len(text) if text.isascii() else sum(map(character_width, text))


def widest_line_width(text: str) -> HalfWidths:
    """The width of the widest line of a text, in halves."""
    return max(map(line_width, text.split("\n")))


def mixes_latin_and_japanese(text: str) -> bool:
    """True for a text with Latin letters or digits beside Japanese."""
    latin = any(character.isascii() and character.isalnum() for character in text)
    return latin and not text.isascii()


def wrapped_lines(text: str, width: int, rules: LineRules = LineRules.EXCEL) -> list[str]:
    """The text in lines of at most `width` halves; joined again they are the text without its line feeds.

    Text that cannot be broken otherwise (a long run of Latin letters) is broken anywhere.
    """
    return Breakable(text).wrapped_lines(width, rules)


def with_breaks_after_commas(text: str, width: int) -> str:
    """The text with a line feed behind a 、 wherever the text up to the next one exceeds `width` halves."""
    return "\n".join(_filled_lines(_AFTER_COMMA.split(text), width))


def with_breaks_between_words(name: str, width: int) -> str:
    """A name with line feeds between its words (企画総務、グループ), if it takes no more lines than without.

    As it is where a word is wider than `width` halves.
    """
    lines = _filled_lines(_BETWEEN_WORDS.split(name), width)
    is_fitting = all(widest_line_width(line) <= width for line in lines)
    return "\n".join(lines) if is_fitting and len(lines) <= len(wrapped_lines(name, width)) else name


def _filled_lines(pieces: Iterable[str], width: int) -> list[str]:
    """The pieces joined to lines of at most `width` halves, unless one is wider."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and widest_line_width(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return lines


class Breakable:
    """A text measured once, to be wrapped into several widths."""

    def __init__(self, text: str) -> None:
        self._paragraphs = [_Paragraph(paragraph) for paragraph in text.split("\n")]

    def wrapped_lines(self, width: int, rules: LineRules = LineRules.EXCEL) -> list[str]:
        """The text in lines of at most `width` halves, as `wrapped_lines`."""
        width = max(width, WIDEST)
        return [line for paragraph in self._paragraphs for line in paragraph.wrapped_lines(width, rules)]


class _Paragraph:
    """A text without line feeds. Breaks are looked for where a line is full: most texts take one line."""

    def __init__(self, text: str) -> None:
        self.text = text
        # The width up to each character, and of the whole text; measured once it may need two lines.
        self.widths: list[int] = []

    def wrapped_lines(self, width: int, rules: LineRules) -> list[str]:
        """The text in lines of at most `width` halves; a longer run is broken anywhere."""
        text = self.text
        if len(text) * WIDEST <= width:
            return [text]
        widths = self.widths = self.widths or [*accumulate(map(character_width, text), initial=0)]
        lines, start = list[str](), 0
        while widths[-1] - widths[start] > width:
            end = self._end_of_line(start, width, rules)
            lines.append(text[start:end])
            start = end
        return [*lines, text[start:]] if start < len(text) else lines

    def _end_of_line(self, start: int, width: int, rules: LineRules) -> int:
        """The index at which the line from `start` ends: at a break, or else where it is full.

        Spaces at its end need no width; it has one character at least.
        """
        full = end = bisect_right(self.widths, self.widths[start] + width) - 1
        while self.text[end : end + 1] == " ":
            end += 1
        is_latin = rules is not LineRules.EXCEL and _is_latin(self.text[max(full - 1, start)])
        strict = is_latin or rules is not LineRules.SCREEN
        while start < end < len(self.text):
            before, after = self.text[end - 1], self.text[end]
            if _may_break_between(before, after, strict=strict) and not (
                is_latin and _are_characters_kept_together(before, after)
            ):
                return end
            end -= 1
        return end if end > start else max(full, start + 1)


def _is_latin(character: str) -> bool:
    return character.isascii() and character != " "


def _are_characters_kept_together(before: str, after: str) -> bool:
    """True for a mark and Latin letters or digits that LibreOffice keeps together."""
    if _is_latin(after):
        return after.isalnum() and before in _JOINED_WITH_NEXT
    return _is_latin(before) and before.isalnum() and after in NOT_LAST


def _may_break_between(before: str, after: str, *, strict: bool) -> bool:
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


class LineCapacities(NamedTuple):
    """Half-width characters that fit into a line: in Excel, on screens of LibreOffice, and on its paper."""

    excel: int
    libreoffice: int
    paper: int


def best_fit_of_widths(text: str, widths: Sequence[LineCapacities]) -> Fit:
    """The best of several widths, of which the first is the usual one.

    Fewer lines first; then as many on paper as are counted, whose height would tear fewer apart, but for a
    single one; then a last line that is not lost; then no line that starts with a closing mark even if the
    application breaks anywhere; then the earliest.
    """
    if "\n" not in text and widths and len(text) * WIDEST <= min(widths[0]):
        return Fit(0, (text,))
    best: tuple[_Faults, Fit] | None = None
    breakable = Breakable(text)
    for choice, width in enumerate(widths):
        lines = breakable.wrapped_lines(width.excel)
        freely = breakable.wrapped_lines(width.libreoffice, LineRules.SCREEN)
        if len(freely) > len(lines):
            lines = breakable.wrapped_lines(width.excel, LineRules.SCREEN)
        printed = breakable.wrapped_lines(width.paper, LineRules.PAPER)
        if len(printed) > len(lines):
            lines = printed
        is_one = len(printed) < 2
        is_lonely = not is_one and line_width(printed[-1]) <= _LONELY
        torn = 0 if is_one else len(lines) - len(printed)
        faults = (len(lines), torn, is_lonely, _number_of_wrong_breaks(freely))
        if best is None or faults < best[0]:
            best = faults, Fit(choice, tuple(lines))
        if not any(faults[1:]):
            break
    if best is None:
        raise ValueError("no width offered")
    return best[1]


def _number_of_wrong_breaks(lines: Sequence[str]) -> int:
    """How many lines start or end with a mark that belongs to the other line."""
    starts = sum(line[:1] in NOT_FIRST for line in lines[1:])
    return starts + sum(line[-1:] in NOT_LAST for line in lines[:-1])
