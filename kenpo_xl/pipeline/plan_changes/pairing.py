"""Pairs the parts of two plans, surest first: what is paired in one step is out of the next."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Generic, NamedTuple, TypeVar

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.submission.plan_match import ALIKE

Part = TypeVar("Part")
Keys = Callable[[Part], Iterable[Hashable]]
Path = Callable[[Part], tuple[str, ...]]
Decided = Mapping[tuple[str, ...], tuple[str, ...] | None]
_COMPARED = 400


class Pair(NamedTuple, Generic[Part]):
    """A part of the old plan and the one of the new plan that continues it; a guess unless `certain`."""

    old: Part
    new: Part
    certain: bool


class Pairing(Generic[Part]):
    """The pairs found so far, and the parts that are in none, in their order.

    `key` gives the key of a part, '' without one: parts whose keys differ are paired as guesses only.
    """

    def __init__(
        self, old: Iterable[Part], new: Iterable[Part], *, key: Callable[[Part], str] = lambda _: ""
    ) -> None:
        self.old, self.new, self._key = list(old), list(new), key
        self.pairs: list[Pair[Part]] = []
        self._paired_old: dict[int, int] = {}
        self._paired_new: set[int] = set()
        self._apart: set[int] = set()

    def decide(self, old_path: Path[Part], new_path: Path[Part], decided: Decided) -> None:
        """Pair what a person decided; a part that is gone by that is paired with none."""
        self._apart = {at for at, part in enumerate(self.old) if decided.get(old_path(part), ()) is None}
        answers = {path: answer for path, answer in decided.items() if answer}
        self.pair_equal(
            lambda part: [answers[old_path(part)]] if old_path(part) in answers else [],
            lambda part: [new_path(part)],
        )

    @property
    def gone(self) -> list[Part]:
        return [part for at, part in enumerate(self.old) if at not in self._paired_old]

    @property
    def added(self) -> list[Part]:
        return [part for at, part in enumerate(self.new) if at not in self._paired_new]

    def sorted_pairs(self) -> list[Pair[Part]]:
        """The pairs in the order of the old plan."""
        places = {id(part): at for at, part in enumerate(self.old)}
        return sorted(self.pairs, key=lambda pair: places[id(pair.old)])

    def pair_by_key(self) -> None:
        """Pair the parts with the same key."""
        self.pair_equal(lambda part: [self._key(part)] if self._key(part) else [])

    def pair_equal(
        self, old_keys: Keys[Part], new_keys: Keys[Part] | None = None, *, certain: bool = True
    ) -> None:
        """Pair what has a key in common; where several have it, in their order if both plans have as many."""
        olds = self._places_by_key(self.old, self._apart.union(self._paired_old), old_keys)
        news = self._places_by_key(self.new, self._paired_new, new_keys or old_keys)
        for key, places in olds.items():
            others = news.get(key, [])
            if len(places) == len(others):
                for place, other in zip(places, others, strict=True):
                    self._pair(place, other, certain=certain)

    def pair_alike(self, likeness: Callable[[Part, Part], float]) -> None:
        """Pair what is alike, the most alike first, as guesses."""
        degrees = sorted(
            (-degree, at, other)
            for at, one in enumerate(self.old)
            if at not in self._apart.union(self._paired_old)
            for other, two in enumerate(self.new)
            if other not in self._paired_new and (degree := likeness(one, two)) >= ALIKE
        )
        for _, at, other in degrees:
            self._pair(at, other, certain=False)

    def pair_in_same_gap(self, fits: Callable[[Part, Part], bool]) -> None:
        """Pair, as guesses, what is left between the same neighbours where both plans have as many."""
        gaps: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
        to_old = {new: old for old, new in self._paired_old.items()}
        for side, places in enumerate((self._gaps_of_old(), self._gaps_of_new(to_old))):
            for at, gap in places:
                gaps.setdefault(gap, ([], []))[side].append(at)
        for olds, news in gaps.values():
            if len(olds) == len(news):
                for at, other in zip(olds, news, strict=True):
                    if fits(self.old[at], self.new[other]):
                        self._pair(at, other, certain=False)

    def _gaps_of_old(self) -> list[tuple[int, tuple[int, int]]]:
        paired = sorted(self._paired_old)
        left = (at for at in range(len(self.old)) if at not in self._paired_old and at not in self._apart)
        return [(at, _paired_places_around(at, paired)) for at in left]

    def _gaps_of_new(self, to_old: dict[int, int]) -> list[tuple[int, tuple[int, int]]]:
        """The parts left of the new plan, each with its neighbours as places of the old plan."""
        paired = sorted(self._paired_new)
        found = []
        for at in range(len(self.new)):
            if at not in self._paired_new:
                before, after = _paired_places_around(at, paired)
                found.append((at, (to_old.get(before, before), to_old.get(after, after))))
        return found

    @staticmethod
    def _places_by_key(
        parts: Sequence[Part], taken: Container[int], keys: Keys[Part]
    ) -> dict[Hashable, list[int]]:
        found: dict[Hashable, list[int]] = {}
        for at, part in enumerate(parts):
            for key in dict.fromkeys(keys(part)) if at not in taken else ():
                found.setdefault(key, []).append(at)
        return found

    def _pair(self, at: int, other: int, *, certain: bool) -> None:
        if at not in self._paired_old and other not in self._paired_new:
            self._paired_old[at] = other
            self._paired_new.add(other)
            old, new = self.old[at], self.new[other]
            keys = self._key(old), self._key(new)
            self.pairs.append(Pair(old, new, certain and (not all(keys) or keys[0] == keys[1])))


def _paired_places_around(at: int, paired: Sequence[int]) -> tuple[int, int]:
    """The paired places before and after one; -1 and -2 at the ends."""
    before = max((place for place in paired if place < at), default=-1)
    after = min((place for place in paired if place > at), default=-2)
    return before, after


def text_likeness(one: str, other: str) -> float:
    """The likeness of two texts from 0 to 1; 0 if one is empty."""
    texts = normalized(one)[:_COMPARED], normalized(other)[:_COMPARED]
    return SequenceMatcher(None, *texts, autojunk=False).ratio() if all(texts) else 0.0
