"""Sentences and help texts wrapped to the lines of a terminal, where Japanese letters take two columns."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Iterator

import click

from kenpo_xl.domain.lazy_patterns import LazyPattern

_WIDE = "WFA"
_WORDS = {
    "Options": "指定",
    "Commands": "コマンド",
}
_USAGE_WORDS = {"COMMAND [ARGS]": "コマンド [指定]", "[OPTIONS]": "[指定]"}
_GAP = 2
# A piece that stays on one line: a word of half-width letters, or one letter with its brackets and stops.
_PIECE = LazyPattern(r"\s|[（「『【〔《]*(?:[!-~]+|\S)[、。，．：；）」』】〕》々ー]*")


def width_of(text: str) -> int:
    """The width of a text in columns of a terminal; Japanese letters take two (Unicode UAX #11)."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in _WIDE)
        for letter in text
    )


def wrapped(text: str, width: int | None, indent: str, first: str = "") -> Iterator[str]:
    """The lines of a text, at most `width` columns wide (None: no limit).

    The first line begins with `first`, each further one with `indent`.
    """
    if not width:
        yield (first + text.lstrip()).rstrip()
        return
    line, begun = first, False
    for part in _line_pieces(text, width - width_of(indent)):
        if line.strip() and width_of(line + part) > width:
            yield line.rstrip()
            line, begun = indent, False
        if begun or not part.isspace():
            line, begun = line + part, True
    yield line.rstrip()


def _line_pieces(text: str, max_width: int) -> Iterator[str]:
    """The pieces of a text that a line may end after; a piece wider than `max_width` columns is split."""
    for piece in _PIECE.findall(text):
        yield from piece if width_of(piece) > max_width else [piece]


def terminal_width() -> int | None:
    """The columns of the terminal; None for other output, which is not wrapped."""
    columns = shutil.get_terminal_size((0, 0)).columns
    # A console of Windows starts a new line after the last column.
    return columns - 1 if columns else None


class JapaneseHelp(click.HelpFormatter):
    """A formatter that writes Japanese words, and counts the columns of a terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for word, translated in _USAGE_WORDS.items():
            args = args.replace(word, translated)
        super().write_usage(prog, args, prefix or "使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_WORDS.get(heading, heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs, which are parted by empty lines."""
        indent = " " * self.current_indent
        for place, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" if place else "")
            self._write_lines(paragraph, indent, indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = _GAP) -> None:
        """Write names, each with its meaning beside it, below it for a name wider than `col_max` columns."""
        named = list(rows)
        column = min(max(width_of(name) for name, _ in named), col_max) + col_spacing
        outer = " " * self.current_indent
        inner = outer + " " * column
        for name, meaning in named:
            is_beside = width_of(name) <= col_max
            if not is_beside:
                self.write(f"{outer}{name}\n")
            first = f"{outer}{name}{' ' * (column - width_of(name))}" if is_beside else inner
            self._write_lines(meaning, inner, first)

    def _write_lines(self, text: str, indent: str, first: str) -> None:
        for line in wrapped(text, self.width, indent, first):
            self.write(f"{line}\n")
