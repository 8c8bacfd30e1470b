"""Parts of a compound in another order than the other texts have them: 催告債権 for 債権催告."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.known_words import KnownWords
from kenpo_xl.domain.language.letters import RUNS, is_kanji
from kenpo_xl.domain.language.slips import Edit, Slip

_SHORTEST, _LONGEST = 4, 12
_LENGTHS = ((2, 2), (2, 1), (1, 2), (2, 3), (3, 2), (3, 3))
_PAIRS_OF_PARTS = frozenset("年月日度第各全約計同当本前翌毎今昨来県市町村区名人件社回部")
"""Letters that begin a new part: 今年度実績, 同会議."""


def exchanged_parts(text: str, known: KnownWords) -> Iterator[Slip]:
    """The runs of kanji that no other text has, with two parts exchanged one has."""
    for found in RUNS.finditer(text):
        run = found[0]
        is_compound = _SHORTEST <= len(run) <= _LONGEST and is_kanji(run[0])
        if is_compound and not known.has_run(run):
            meant = next((one for one in _runs_with_parts_exchanged(run) if known.has_run(one)), "")
            if meant:
                yield Slip(*found.span(), run, meant, Edit.SWAPPED)


def _runs_with_parts_exchanged(run: str) -> Iterator[str]:
    """A run with each two of its neighbouring parts exchanged."""
    for start in range(len(run)):
        for first, second in _LENGTHS:
            joint, end = start + first, start + first + second
            if end <= len(run) and not _PAIRS_OF_PARTS & {run[start], run[end - 1]}:
                yield run[:start] + run[joint:end] + run[start:joint] + run[end:]
