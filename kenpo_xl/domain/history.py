"""What was reported before, by identity and months: from period folders or from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kenpo_xl.domain.facts import Fact
from kenpo_xl.domain.times import Span

# What makes two facts of different periods the same: identity without its year, entity, months and kind.
Key = tuple[str, str, Span]


@dataclass(frozen=True)
class PastPeriod:
    """An earlier quarter as reported: its facts and, by item and block, its progress lines."""

    fiscal_year: int
    quarter: int
    label: str
    facts: tuple[Fact, ...]
    lines: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class History:
    """Earlier periods, newest first."""

    periods: tuple[PastPeriod, ...] = ()

    @classmethod
    def of(cls, periods: Iterable[PastPeriod]) -> History:
        return cls(tuple(sorted(periods, key=lambda one: (one.fiscal_year, one.quarter), reverse=True)))

    def __bool__(self) -> bool:
        return bool(self.periods)

    @cached_property
    def _by_identity(self) -> dict[tuple[str, str], list[tuple[PastPeriod, Fact]]]:
        found: dict[tuple[str, str], list[tuple[PastPeriod, Fact]]] = {}
        for period in self.periods:
            for fact in period.facts:
                found.setdefault((fact.identity, fact.entity), []).append((period, fact))
        return found

    def of_figure(self, identity: str, entity: str = "") -> Iterator[tuple[PastPeriod, Fact]]:
        """Every earlier fact of an identity, newest first."""
        return iter(self._by_identity.get((identity, entity), ()))

    def of_months(self, identity: str, entity: str, span: Span) -> tuple[PastPeriod, Fact] | None:
        """The newest earlier fact of an identity that covers the same months in the same way."""
        return next((pair for pair in self.of_figure(identity, entity) if pair[1].span == span), None)
