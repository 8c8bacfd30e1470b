"""The items of a ledger under the names of the newest period of each branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.named_parts import NamedPart, matches_of_parts
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

Figure = tuple[PeriodKey, str]
"""A stored identity in a period."""


@frozen
class RecordedNames:
    """The items of every recorded period, from which follows which identities of a branch are one figure."""

    items: Mapping[PeriodKey, tuple[NamedPart, ...]]

    def newest_identity(self, figure: Figure) -> str:
        """The identity as the newest period of the branch stores it."""
        key, identity = figure
        item, slash, rest = identity.partition("/")
        now = self._newest_items_by_period.get(key, {}).get(item)
        return f"{now.item}{slash}{rest}" if now else identity

    def stored_identities(self, branch: str, newest: str) -> set[str]:
        """The identities under which the periods of a branch store what the newest one stores as `newest`."""
        item, slash, rest = newest.partition("/")
        periods = (items for key, items in self._newest_items_by_period.items() if key.branch == branch)
        former = (one for items in periods for one, now in items.items() if now.item == item)
        return {newest, *(f"{one}{slash}{rest}" for one in former)}

    def shown_identity(self, branch: str, newest: str) -> str:
        """The identity by the number of the newest period, with its key: 1-2-2/決定達成/件数（鍵 K05）."""
        item, slash, rest = newest.partition("/")
        parts = self.items.get(self._newest_periods.get(branch, PeriodKey("", FiscalYear(0), 0)), ())
        number = next((one.number for one in parts if one.item == item and one.has_item_key), "")
        return f"{number}{slash}{rest}（鍵 {item}）" if number else newest

    def is_named(self, branch: str, newest: str, words: str) -> bool:
        """Whether words are the whole identity, by number or by key."""
        return words in (newest, self.shown_identity(branch, newest).partition("（鍵 ")[0])

    @cached_property
    def _newest_periods(self) -> dict[str, PeriodKey]:
        return {key.branch: key for key in sorted(self.items)}

    @cached_property
    def _newest_items_by_period(self) -> dict[PeriodKey, dict[str, NamedPart]]:
        found = {}
        for key, parts in self.items.items():
            newest = self.items[self._newest_periods[key.branch]]
            if _has_keys((*parts, *newest)):
                matches = matches_of_parts(parts, newest)
                # Before the plan of the period got keys, its rows were stored under numbers.
                by_number = {one.number: now for one, now in matches.items()}
                found[key] = by_number | {one.item: now for one, now in matches.items()}
        return found


def _has_keys(parts: Iterable[NamedPart]) -> bool:
    return any(one.has_item_key for one in parts)
