"""How much of a published document stands in a produced one: its numbers, and its text in pieces of five.

Layout does not count: white space, bullets and the width of characters are no differences, the three ways to
draw a circle are one. A running header of the published pages is wanted once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category, normalize

PIECE = 5
SHORTEST_NUMBER = 3
CIRCLES = str.maketrans("○◯", "〇〇")
BULLETS = frozenset("・●■")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_RUNNING_HEADERS = (re.compile(r"(計画|実施)内容実施状況"), re.compile(r"[123][.．].*関係"))


@dataclass(frozen=True)
class Coverage:
    """What was wanted and what of it is missing."""

    numbers: Counter[str]
    missing_numbers: Counter[str]
    pieces: int
    missing_pieces: int

    @property
    def number_recall(self) -> float:
        return 1 - self.missing_numbers.total() / self.numbers.total()

    @property
    def text_recall(self) -> float:
        return 1 - self.missing_pieces / self.pieces


def coverage(published: str, produced: str) -> Coverage:
    """How much of `published` stands in `produced`."""
    lines = list(_wanted(published))
    text = squeezed(produced)
    numbers = _numbers("\n".join(lines))
    wanted = [piece for line in lines for piece in _pieces(squeezed(line))]
    return Coverage(
        numbers=numbers,
        missing_numbers=numbers - _found(numbers, produced, text),
        pieces=len(wanted),
        missing_pieces=sum(piece not in text for piece in wanted),
    )


def squeezed(text: str) -> str:
    """The text as it is compared: one width, one circle, no white space, no bullets."""
    kept = (letter for letter in _normalized(text) if letter not in BULLETS and not _is_layout(letter))
    return "".join(kept)


def _normalized(text: str) -> str:
    return normalize("NFKC", text).translate(CIRCLES)


def _is_layout(letter: str) -> bool:
    """White space, or one of the private characters that word processors draw bullets with."""
    return letter.isspace() or category(letter) == "Co"


def _wanted(published: str) -> Iterator[str]:
    """The lines that are not empty, each running header once."""
    headers = set()
    for line in published.splitlines():
        text = squeezed(line)
        if any(header.match(text) for header in _RUNNING_HEADERS):
            if text in headers:
                continue
            headers.add(text)
        if text:
            yield line


def _numbers(text: str) -> Counter[str]:
    return Counter(number for number in _NUMBER.findall(_normalized(text)) if len(number) >= SHORTEST_NUMBER)


def _found(wanted: Counter[str], produced: str, text: str) -> Counter[str]:
    """How often each number stands in the produced text, apart or with its digits parted by a line's end."""
    apart = _numbers(produced)
    together = {number: re.findall(rf"(?<![\d,.]){re.escape(number)}(?!\d)", text) for number in wanted}
    return Counter({number: max(apart[number], len(together[number])) for number in wanted})


def _pieces(line: str) -> list[str]:
    return [line[start : start + PIECE] for start in range(len(line) - PIECE + 1)] or [line]
