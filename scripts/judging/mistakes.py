"""The interface of a planted mistake, and the list of all kinds.

A kind is one small function under a decorator. It looks at a clean book, chooses a suitable place at random,
and returns what a clerk would have typed there; None where the book has no suitable place (another book is
tried). It must not use any randomness but the `Random` that it receives.

    from random import Random
    from scripts.judging.book import Book
    from scripts.judging.mistakes import Planted, mistake, pick

    @mistake("ten times", "size", needs_history=True)
    def ten_times(book: Book, random: Random) -> Planted | None:
        number = pick(random, [one for one in book.numbers if one.value >= 100])
        return number.typed(number.value * 10) if number else None

    @mistake("doubled particle", "language")
    def doubled_particle(book: Book, random: Random) -> Planted | None:
        line = pick(random, [one for one in book.lines if "を実施" in one.text])
        return line.replaced("を実施", "をを実施") if line else None

`needs_history`: without earlier periods nobody could see it; such a kind is only judged with them.

A mistake counts as found where a finding (誤り or 注意) is in one of its `cells`, or in one of its `sides`
(the other side of a disagreement, perhaps in another sheet) if that finding names one of `cells`, in its text
or in `related`. Kinds in a file of their own are judged with `scripts/judge.py --more FILE.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar

from kenpo_xl.domain.cell_edit import CellEdit

if TYPE_CHECKING:
    from scripts.judging.book import Book, TextLine

_T = TypeVar("_T")


@dataclass(frozen=True)
class Planted:
    """One mistake: the cells that are typed over, and where a finding is looked for.

    `note` says what was done. `cells` and `sides` are written `1-2-4!D7`. `change` edits the copied book at
    its path in another way (rows, sheets, formats), after the `edits`.
    """

    note: str
    edits: tuple[CellEdit, ...]
    cells: tuple[str, ...]
    sides: tuple[str, ...] = ()
    change: Callable[[Path], None] | None = None

    def beside(self, *cells: str) -> Planted:
        """The same with other sides."""
        return replace(self, sides=(*self.sides, *cells))

    def and_also(self, other: Planted) -> Planted:
        """Both together, as one mistake of several cells."""
        return Planted(
            f"{self.note}; {other.note}",
            (*self.edits, *other.edits),
            (*self.cells, *other.cells),
            (*self.sides, *other.sides),
            self.change or other.change,
        )


Plant = Callable[["Book", Random], Planted | None]


@dataclass(frozen=True)
class Kind:
    """A kind of mistake; `module` is the stem of the file that defines it."""

    name: str
    family: str
    plant: Plant
    needs_history: bool
    module: str


KINDS: dict[str, Kind] = {}
"""Every kind by its name, in the order of definition."""


def mistake(name: str, family: str, *, needs_history: bool = False) -> Callable[[Plant], Plant]:
    """Register a function as a kind of mistake. ValueError for a name used twice."""

    def register(plant: Plant) -> Plant:
        if name in KINDS:
            raise ValueError(f"two kinds are called {name!r}")
        KINDS[name] = Kind(name, family, plant, needs_history, plant.__module__.rpartition(".")[2])
        return plant

    return register


def pick(random: Random, among: Sequence[_T]) -> _T | None:
    """One of them, None if there is none."""
    return random.choice(among) if among else None


def long_sentences(book: Book) -> list[TextLine]:
    """The lines of more than 15 letters that end with 。"""
    return [line for line in book.lines if line.text.endswith("。") and len(line.text) > 15]


def sentence_added(book: Book, random: Random, *forms: str) -> Planted | None:
    """One of some sentences behind a line that ends with 。; None without such a line."""
    line = pick(random, [line for line in book.lines if line.text.endswith("。")])
    words = random.choice(forms)
    return line.typed(line.text + words, words) if line else None
