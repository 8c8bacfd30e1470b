"""Headers and footers in Excel's notation (&L, &C, &R …), with the report's words filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kenpo_xl.books.common.text_metrics import line_width, printable_text, wrapped_lines
from kenpo_xl.books.report.template.template import BODY, PageSetup, filled

_PLACE = f"シート「{BODY}」のヘッダーまたはフッター"
_SECTION = re.compile(r"(&[LCR])")
# What stands before the text of a section: font, size, colour, and letters for bold and the like.
_LOOK = re.compile(r'(?:&"[^"]*"|&\d+ ?|&K[0-9A-Fa-f]{6}|&[BIUESXY])*')
_SIZE = re.compile(r"&(\d+)")
_USUAL_SIZE = 10
# Points that stay free in the middle of the page, for a word like 案, and beside it.
_MEDIAN = 40
# Excel takes no longer ones.
_LONGEST = 255


def margin_text(text: str, words: Mapping[str, str], setup: PageSetup) -> str:
    """A header or footer with its words; one at a side that would reach into the middle is broken into lines.

    Of a text that is longer than Excel allows the longest word is cut.
    """
    done = _filled(text, words, setup)
    if len(done) <= _LONGEST:
        return done
    longest = max(words, key=lambda word: len(words[word]) * (f"{{{word}}}" in text))
    return margin_text(text, {**words, longest: words[longest][:-2] + "…"}, setup)


def _filled(text: str, words: Mapping[str, str], setup: PageSetup) -> str:
    """A lone & would be read as a sign of the notation."""
    plain = {
        word: printable_text(value).replace("\n", " ").replace("&", "&&") for word, value in words.items()
    }
    start, *sections = _SECTION.split(text)
    pairs = zip(sections[::2], sections[1::2], strict=True)
    return filled(start, plain, place=_PLACE) + "".join(
        side + _section(side, section, plain, setup) for side, section in pairs
    )


def _section(side: str, text: str, words: Mapping[str, str], setup: PageSetup) -> str:
    look = _LOOK.match(text)
    codes = look.group() if look else ""
    said = filled(text[len(codes) :], words, place=_PLACE)
    size = int((_SIZE.findall(codes) or [_USUAL_SIZE])[-1])
    width = setup.width if side == "&C" else (setup.width - _MEDIAN) / 2
    room = int(width / (size / 2))
    return codes + (said if line_width(said) <= room else "\n".join(wrapped_lines(said, room)))
