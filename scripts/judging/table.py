"""Prints what was found, by family and kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scripts.judging.clean import Alarm
from scripts.judging.trial import Outcome, Trial

_HEADERS = ("mistakes", "in cell", "only 参考", "elsewhere", "further")


@dataclass(frozen=True)
class Count:
    """Sums over some outcomes."""

    mistakes: int
    in_cell: int
    only_info: int
    elsewhere: int
    further: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome | None]) -> Count:
        found = [one for one in outcomes if one]
        return cls(
            len(found),
            sum(one.in_cell for one in found),
            sum(one.only_info for one in found),
            sum(one.elsewhere for one in found),
            sum(one.further for one in found),
        )

    @property
    def recall(self) -> str:
        return f"{100 * self.in_cell / self.mistakes:.1f} %" if self.mistakes else "-"

    def __str__(self) -> str:
        numbers = (self.mistakes, self.in_cell, self.only_info, self.elsewhere, self.further)
        return " ".join(f"{number:>9}" if self.mistakes else f"{'':>9}" for number in numbers)


def print_table(trials: Sequence[Trial]) -> None:
    """A line for each kind and each family, and one for all."""
    print(f"{'':44}{' '.join(f'{header:>9}' for header in _HEADERS)}  | the same without earlier periods")
    for family in dict.fromkeys(trial.family for trial in trials):
        own = [trial for trial in trials if trial.family == family]
        for kind in dict.fromkeys(trial.kind for trial in own):
            _print_line(f"  {kind}", [trial for trial in own if trial.kind == kind])
        _print_line(family.upper(), own)
    then, first = (
        Count.of(one.with_history for one in trials),
        Count.of(one.without_history for one in trials),
    )
    further = then.further / then.mistakes if then.mistakes else 0
    print(
        f"{len({one.kind for one in trials})} kinds, {then.mistakes} mistakes: in the cell {then.recall} with"
        f" earlier periods, {first.recall} without; further findings per mistake {further:.2f},"
        f" worst {max((one.with_history.further for one in trials), default=0)}"
    )


def _print_line(name: str, trials: Sequence[Trial]) -> None:
    then, first = (
        Count.of(one.with_history for one in trials),
        Count.of(one.without_history for one in trials),
    )
    print(f"{name:44}{then}  | {first}")


def print_alarms(alarms: Sequence[Alarm]) -> None:
    """Every error and warning about a clean book, and how many 参考 there are besides."""
    grave = [one for one in alarms if one.severity != "参考"]
    for one in grave:
        print(f"{one.place}\n    {one.severity} {one.said}")
    print(f"clean books and sentences: {len(grave)} errors and warnings, {len(alarms) - len(grave)} 参考")


def print_missed(trials: Iterable[Trial]) -> None:
    """Each mistake without an error or warning in its cell, or with more than one, and what was said."""
    for one in trials:
        for words, outcome in (("", one.with_history), (" (no earlier periods)", one.without_history)):
            if outcome and (not outcome.in_cell or outcome.further):
                state = "not in the cell" if not outcome.in_cell else f"{outcome.further} further"
                print(f"{one.kind}: {state}{words}: {one.office} {', '.join(one.cells)}: {one.note}")
                for finding in outcome.findings:
                    print(f"    {finding}")
