"""Two wordings of a line compared: which parts of each the other does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern

# Numbers, and runs of one script, so that a word is marked as a whole.
_PIECES = LazyPattern(
    r"\d[\d,.]*|[０-９]+|[A-Za-z]+|[Ａ-Ｚａ-ｚ]+|[\u3041-\u309f]+|[\u30a1-\u30ff]+|[\u4e00-\u9fff々〇]+|\s+|.",
    re.DOTALL,
)
# Below this likeness the texts are two lines, and no part of them is worth a mark.
_ALIKE = 0.4


@frozen
class ComparedPart:
    """A part of a text, and whether the other text lacks it."""

    text: str
    differs: bool


def compared_texts(before: str, now: str) -> tuple[tuple[ComparedPart, ...], tuple[ComparedPart, ...]]:
    """The parts of both texts in order; both are empty where the texts are not alike."""
    from difflib import SequenceMatcher  # seldom needed

    pieces, others = _PIECES.findall(before), _PIECES.findall(now)
    found = SequenceMatcher(None, pieces, others, autojunk=False)
    blocks = found.get_matching_blocks()
    alike = sum(len("".join(pieces[one.a : one.a + one.size])) for one in blocks)
    if not before or not now or 2 * alike < _ALIKE * (len(before) + len(now)):
        return (), ()
    codes = found.get_opcodes()
    return (
        tuple(_compared_parts((tag == "equal", pieces[a:b]) for tag, a, b, _, _ in codes)),
        tuple(_compared_parts((tag == "equal", others[c:d]) for tag, _, _, c, d in codes)),
    )


def _compared_parts(runs: Iterable[tuple[bool, list[str]]]) -> Iterator[ComparedPart]:
    """The runs with pieces, those of the same kind beside each other joined."""
    filled = (run for run in runs if run[1])
    for is_same, group in groupby(filled, key=lambda run: run[0]):
        yield ComparedPart("".join(piece for _, pieces in group for piece in pieces), differs=not is_same)
