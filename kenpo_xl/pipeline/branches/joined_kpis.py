"""Which KPIs of several branches are one: by their common key (共通の鍵), else by their name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.comparison import UnjoinedKpi
from kenpo_xl.domain.outputs.ledger_records import KpiRecord

Records = dict[str, KpiRecord]
"""A KPI by branch."""


class JoinedKpi(NamedTuple):
    """A KPI of several branches in one quarter."""

    key: str
    records: Records

    @property
    def usual_record(self) -> KpiRecord:
        """The record with the name that most branches use."""
        names = Counter(one.name for one in self.records.values())
        ((name, _),) = names.most_common(1)
        return next(one for one in self.records.values() if one.name == name)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(normalized(one.name) for one in self.records.values())


def joined_kpis(
    branches: Mapping[str, Iterable[KpiRecord]],
) -> tuple[tuple[JoinedKpi, ...], tuple[UnjoinedKpi, ...]]:
    """The KPIs that at least two branches have, in the order in which most plans list them, and the others.

    A KPI without a common key belongs to the one that has its name. Numbers of another unit are not compared.
    """
    found, unjoined = _records_by_key(branches)
    joined = []
    for key, records_of_key in found.items():
        same, others = _split_by_usual_unit_and_direction(records_of_key)
        unjoined += [_unjoined_kpi(branch, one, reason) for branch, (one, reason) in others.items()]
        if len(same) > 1 or len(branches) == 1:
            joined.append(JoinedKpi(key, same))
        else:
            unjoined += [
                _unjoined_kpi(branch, one, _reason_no_other_branch_has(one)) for branch, one in same.items()
            ]
    return tuple(joined), tuple(sorted(unjoined, key=lambda one: (one.branch, one.name)))


def _records_by_key(
    branches: Mapping[str, Iterable[KpiRecord]],
) -> tuple[dict[str, Records], list[UnjoinedKpi]]:
    """The records of each key, in the order in which most plans list them; those that a branch has twice."""
    keys = _keys_of_names(one for records in branches.values() for one in records)
    found: dict[str, Records] = {}
    places: dict[str, list[int]] = {}
    twice = []
    for branch, records in branches.items():
        for place, one in enumerate(records):
            key = one.common_key or keys.get(normalized(one.name), normalized(one.name))
            if branch in found.setdefault(key, {}):
                twice.append(_unjoined_kpi(branch, one, "同じ指標が、この支部の計画に 2 つあります。"))
                continue
            found[key][branch] = one
            places.setdefault(key, []).append(place)
    in_order = sorted(found, key=lambda key: (sum(places[key]) / len(places[key]), key))
    return {key: found[key] for key in in_order}, twice


def record_of_kpi(joined: JoinedKpi, records: Iterable[KpiRecord]) -> KpiRecord | None:
    """The record of a joined KPI among those of another quarter; None for none, or with another unit."""
    unit, candidates = joined.usual_record.unit, list(records)
    same = (one for one in candidates if one.common_key and one.common_key == joined.key)
    named = (
        one
        for one in candidates
        if normalized(one.name) in joined.names and one.common_key in ("", joined.key)
    )
    found = next(same, None) or next(named, None)
    return found if found and found.unit == unit else None


def _keys_of_names(records: Iterable[KpiRecord]) -> dict[str, str]:
    """The common key of each name that has one and no other."""
    keys: dict[str, set[str]] = {}
    for one in records:
        if one.common_key:
            keys.setdefault(normalized(one.name), set()).add(one.common_key)
    return {name: next(iter(found)) for name, found in keys.items() if len(found) == 1}


def _split_by_usual_unit_and_direction(records: Records) -> tuple[Records, dict[str, tuple[KpiRecord, str]]]:
    """The records with the unit and direction of most, and the others with the reason."""
    kinds = Counter((one.unit, one.direction) for one in records.values())
    ((usual, _),) = kinds.most_common(1)
    same, others = Records(), dict[str, tuple[KpiRecord, str]]()
    for branch, one in records.items():
        if (one.unit, one.direction) == usual:
            same[branch] = one
        elif one.unit == usual[0]:
            others[branch] = one, f"判定（{one.direction}）が、ほかの支部（{usual[1]}）と違います。"
        else:
            others[branch] = (
                one,
                f"単位（{one.unit or 'なし'}）が、ほかの支部（{usual[0] or 'なし'}）と違います。",
            )
    return same, others


def _reason_no_other_branch_has(one: KpiRecord) -> str:
    if one.common_key:
        return f"共通の鍵「{one.common_key}」が、ほかの支部にありません。"
    return "同じ名前の指標が、ほかの支部にありません。共通の鍵を入れると、名前が違っても比べられます。"


def _unjoined_kpi(branch: str, one: KpiRecord, reason: str) -> UnjoinedKpi:
    return UnjoinedKpi(branch, one.name, one.common_key, reason)
