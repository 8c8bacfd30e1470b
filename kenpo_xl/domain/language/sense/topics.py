"""Which of several places a text speaks of: by words that few of the places have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from math import log
from typing import Generic, TypeVar

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import normalized

Key = TypeVar("Key", bound=Hashable)
_LENGTHS = (2, 3)
# What another line says counts half of what the plan says.
_OF_LINES = 0.5
# So much of one of two lines, or a little of one if both together gain much.
_LEAST_OF_ONE, _LITTLE, _MUCH = 0.8, 0.5, 4.0


@lru_cache(maxsize=2048)
def pieces_of(text: str) -> frozenset[str]:
    """The pieces of two and three letters in the runs of kanji and katakana of a text."""
    return frozenset(
        run[at : at + length]
        for _, run in noun_runs(normalized(text))
        for length in _LENGTHS
        for at in range(len(run) - length + 1)
    )


@frozen
class PlacedLine(Generic[Key]):
    """A text with its place and its pieces."""

    place: Key
    pieces: frozenset[str]


class Topics(Generic[Key]):
    """What the plan and the lines of each place speak of, and how near each of the lines is to them."""

    def __init__(self, planned: Mapping[Key, Iterable[str]], lines: Sequence[PlacedLine[Key]]) -> None:
        self._written: dict[Key, Counter[str]] = {place: Counter() for place in planned}
        for line in lines:
            self._written[line.place].update(line.pieces)
        # The plan says far more; only what a line says is ever compared.
        written_pieces = frozenset[str]().union(*(line.pieces for line in lines))
        self._planned = {
            place: written_pieces & frozenset[str]().union(*map(pieces_of, texts))
            for place, texts in planned.items()
        }
        having = {place: words | self._written[place].keys() for place, words in self._planned.items()}
        # 1 for what one place alone has, 0 for what all have
        most = log(len(planned) + 1)
        places = Counter(piece for pieces in having.values() for piece in pieces)
        self._weights = {piece: 1 - log(count) / most for piece, count in places.items()}
        # Each place that has a piece, how much it weighs, and whether more than one line of the place has it.
        self._weighed: dict[str, list[tuple[Key, float, bool]]] = {piece: [] for piece in places}
        for place, pieces in having.items():
            words, written = self._planned[place], self._written[place]
            for piece in pieces:
                is_planned, weight = piece in words, self._weights[piece]
                its_weight = weight if is_planned else _OF_LINES * weight
                self._weighed[piece].append((place, its_weight, is_planned or written[piece] > 1))

    def nearness(self, line: PlacedLine[Key]) -> dict[Key, float]:
        """How near a line is to each place that shares a piece with it; the line itself says nothing."""
        found: dict[Key, float] = {}
        own = line.place
        for piece in line.pieces:
            for place, weight, is_in_others in self._weighed.get(piece, ()):
                if is_in_others or place != own:
                    found[place] = found.get(place, 0) + weight
        return found

    def nearness_without(self, line: PlacedLine[Key], place: Key, left_out: Set[str]) -> float:
        """How near a line is to a place, if a line of that place with these pieces were not there."""
        return sum(self._weight_of_piece(piece, place, ours=piece in left_out) for piece in line.pieces)

    def gain(self, line: PlacedLine[Key], near: Mapping[Key, float], other: PlacedLine[Key]) -> float:
        """How much nearer than to its own a line is to the place of another one, if that were not there."""
        own = near.get(line.place, 0)
        if near.get(other.place, 0) < own:
            return -1.0
        return self.nearness_without(line, other.place, other.pieces) - own

    def _weight_of_piece(self, piece: str, place: Key, *, ours: bool) -> float:
        """What a piece says for a place; `ours`: one line with it does not count."""
        if piece in self._planned[place]:
            return self._weights[piece]
        return _OF_LINES * self._weights[piece] if self._written[place][piece] > ours else 0.0


def indexes_of_exchanged_lines(
    topics: Topics[Key],
    lines: Sequence[PlacedLine[Key]],
    least: float,
    are_comparable: Callable[[PlacedLine[Key], PlacedLine[Key]], bool],
) -> Iterator[tuple[int, int]]:
    """Numbers of two lines that are each nearer to the other's place than to their own, by `least` together.

    Those that gain most come first, each line in one pair.
    """
    found = []
    candidates = list(_perhaps_misplaced(topics, lines))
    for at, (first, near) in enumerate(candidates):
        for second, near_other in candidates[at + 1 :]:
            one, other = lines[first], lines[second]
            if are_comparable(one, other):
                gain = topics.gain(one, near, other)
                gain_of_other = topics.gain(other, near_other, one) if gain >= 0 else -1.0
                smaller, both = min(gain, gain_of_other), gain + gain_of_other
                if both >= least and smaller >= (_LITTLE if both >= _MUCH else _LEAST_OF_ONE):
                    found.append((-both, first, second))
    paired: set[int] = set()
    for _, first, second in sorted(found):
        if not paired & {first, second}:
            paired |= {first, second}
            yield first, second


def _perhaps_misplaced(
    topics: Topics[Key], lines: Iterable[PlacedLine[Key]]
) -> Iterator[tuple[int, dict[Key, float]]]:
    """The lines that are as near to another place as to their own, or nearer, and how near to each."""
    for number, line in enumerate(lines):
        near = topics.nearness(line)
        own = near.get(line.place, 0)
        if not own or any(value >= own for place, value in near.items() if place != line.place):
            yield number, near
