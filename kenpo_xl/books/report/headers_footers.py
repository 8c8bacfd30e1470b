"""Headers and footers in Excel's notation (&L, &C, &R …), with placeholders replaced."""

from __future__ import annotations

import math
from collections.abc import Mapping

from kenpo_xl.books.common.text_metrics import WIDEST, line_width, printable_text, wrapped_lines
from kenpo_xl.books.report.template.page_setup import PageSetup
from kenpo_xl.books.report.template.template import BODY, filled_text
from kenpo_xl.domain.lazy_patterns import LazyPattern

_PLACE = f"シート「{BODY}」のヘッダーまたはフッター"
_SECTION = LazyPattern(r"(&[LCR])")
# The codes before the text of a section: font, size, colour, and letters for bold and the like.
_LOOK = LazyPattern(r'(?:&"[^"]*"|&\d+ ?|&K[0-9A-Fa-f]{6}|&[BIUESXY])*')
_SIZE = LazyPattern(r"&(\d+)")
_USUAL_SIZE = 10
# Points that stay free in the middle of the page, for a word like 案, and beside it.
_MEDIAN = 40
# How far apart its lines are, in font sizes.
_LEADING = 1.12
# Excel takes no longer ones.
_LONGEST = 255


def header_footer_code(
    text: str, words: Mapping[str, str], setup: PageSetup, body_width: float = math.inf
) -> str:
    """A header or footer with its placeholders replaced; a long one at a side is broken into lines.

    Spaces keep what is at a side above and below a body of this printed width in points.
    Where the text is longer than Excel allows, the longest word is cut.
    """
    # XlsxWriter takes the written sign & before a G for a picture that it was not given.
    done = _code_with_words(text, words, setup, body_width).replace("&&G", "＆G")
    if len(done) <= _LONGEST:
        return done
    longest = max(words, key=lambda word: len(words[word]) * (f"{{{word}}}" in text))
    return header_footer_code(text, {**words, longest: words[longest][:-2] + "…"}, setup, body_width)


def margin_with_room(code: str, margin: float, edge: float) -> float:
    """The distance of a header or footer from the edge of the paper at which it keeps off the body.

    `margin` is the template's, `edge` that of the body, in inches. LibreOffice cuts off what is nearer.
    """
    sections = _SECTION.split(code)[2::2]
    height = max((_section_height_in_points(text) for text in sections), default=0) / 72
    return min(margin, max(round(edge - height, 3), 0))


def _section_height_in_points(text: str) -> float:
    """The height of the lines of a section in points."""
    sizes = map(int, _SIZE.findall(text))
    return max(sizes, default=_USUAL_SIZE) * _LEADING * (text.count("\n") + 1)


def _code_with_words(text: str, words: Mapping[str, str], setup: PageSetup, body_width: float) -> str:
    """The text with words, whose & are doubled: a single one is a code."""
    plain = {
        word: printable_text(value).replace("\n", " ").replace("&", "&&") for word, value in words.items()
    }
    start, *sections = _SECTION.split(text)
    pairs = zip(sections[::2], sections[1::2], strict=True)
    return filled_text(start, plain, location=_PLACE) + "".join(
        side + _section_code(side, section, plain, setup, body_width) for side, section in pairs
    )


def _section_code(side: str, text: str, words: Mapping[str, str], setup: PageSetup, body_width: float) -> str:
    look = _LOOK.match(text)
    codes = look.group() if look else ""
    displayed = filled_text(text[len(codes) :], words, location=_PLACE).strip("　")
    size = _printed_size(codes, setup)
    width = setup.printable_width_points if side == "&C" else (setup.printable_width_points - _MEDIAN) / 2
    line_length = int(width / (size / 2))
    free = line_length - line_width(displayed)
    if free < 0:
        return codes + "\n".join(wrapped_lines(displayed, line_length))
    wanted = 0 if side == "&C" or not displayed else _points_beside_body(side, setup, body_width) / size
    spaces = "　" * min(math.ceil(wanted), free // WIDEST)
    return codes + (spaces + displayed if side == "&L" else displayed + spaces)


def _printed_size(codes: str, setup: PageSetup) -> float:
    """The points of a section's letters on paper: they are scaled together with the sheet."""
    sizes = _SIZE.findall(codes)
    return int(sizes[-1] if sizes else _USUAL_SIZE) * setup.scale / 100


def _points_beside_body(side: str, setup: PageSetup, body_width: float) -> float:
    """How far the margin at this side is from the body, in points."""
    free = max(setup.printable_width_points - body_width, 0)
    if setup.centred_across:
        return free / 2
    return free if side == "&R" else 0
