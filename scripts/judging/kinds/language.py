"""Slips of language that a careful reader sees without knowing the figures."""

from __future__ import annotations

import re
from random import Random

from scripts.judging.book import Book
from scripts.judging.mistakes import Planted, mistake, pick


@mistake("doubled particle", "language")
def doubled_particle(book: Book, random: Random) -> Planted | None:
    """周知広報をを図った."""
    found = [
        (line, part) for line in book.lines for part in re.findall(r"[ぁ-ん一-龥]を[一-龥]{2}", line.text)
    ]
    chosen = pick(random, found)
    return chosen and chosen[0].replaced(chosen[1], chosen[1].replace("を", "をを"))
