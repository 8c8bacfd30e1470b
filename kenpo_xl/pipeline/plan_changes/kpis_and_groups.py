"""Pairs the KPIs of two plans, and says what became of the groups, which follow their items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.items import groups_of_item
from kenpo_xl.domain.plan.plan import Kpi, Plan
from kenpo_xl.domain.plan.plan_changes import Difference, PlanChange, PlanPart
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.pipeline.plan_changes.pairing import Decided, Pairing, text_likeness


def pair_kpis(
    old: Plan, new: Plan, new_figure: Callable[[FigureId], FigureId | None], decided: Decided
) -> Pairing[Kpi]:
    """The pairs of KPIs: by name, else, as guesses, by the cells of their result or by a similar name."""
    pairing = Pairing(old.kpis, new.kpis)
    pairing.decide(path_of_kpi, path_of_kpi, decided)
    pairing.pair_equal(lambda kpi: [normalized(kpi.name)])
    pairing.pair_equal(lambda kpi: [normalized(kpi.name)], lambda kpi: map(normalized, kpi.former_names))
    pairing.pair_equal(lambda kpi: [kpi.common_key] if kpi.common_key else [])
    pairing.pair_equal(
        lambda kpi: _cells_if_all_found([new_figure(cell) for cell in _cells_of(kpi)]),
        lambda kpi: _cells_if_all_found(_cells_of(kpi)),
        certain=False,
    )
    pairing.pair_alike(lambda one, other: text_likeness(one.name, other.name))
    return pairing


def path_of_kpi(kpi: Kpi) -> tuple[str]:
    """The path of a KPI: its name."""
    return (kpi.name,)


def _cells_of(kpi: Kpi) -> list[FigureId]:
    keys = formula_keys(kpi.result) if kpi.result is not None else ()
    return [key for key in keys if isinstance(key, FigureId)]


def _cells_if_all_found(cells: list[FigureId | None] | list[FigureId]) -> list[tuple[FigureId | None, ...]]:
    return [tuple(cells)] if cells and None not in cells else []


def group_changes(old: Plan, new: Plan, items: Mapping[str, str]) -> Iterator[PlanChange]:
    """What became of each group whose name is not the same: where its items are now says it."""
    owners = {item.id: groups_of_item(item) for item in new.items}
    continued: set[str] = set()
    for group in (group for group in old.groups if group not in new.groups):
        now = list(dict.fromkeys(_groups_with_items_of(group, old, items, owners)))
        continued.update(now)
        paths = tuple((name,) for name in now)
        yield PlanChange(PlanPart.GROUP, _difference_of_group(now, old), (group,), paths)
    for group in new.groups:
        if group not in old.groups and group not in continued:
            yield PlanChange(PlanPart.GROUP, Difference.NEW, (), ((group,),))


def _groups_with_items_of(
    group: str, old: Plan, items: Mapping[str, str], owners: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """The group in the place of a former one, for each of its items that goes on."""
    for item in old.items:
        groups = groups_of_item(item)
        if group in groups and item.id in items:
            yield _group_in_place_of(groups, owners[items[item.id]], group)


def _group_in_place_of(before: tuple[str, ...], now: tuple[str, ...], group: str) -> str:
    """The group of an item that is in the place of one that the plan has no more."""
    new = [one for one in now if one not in before]
    return now[before.index(group)] if len(now) == len(before) else (new or now)[0]


def _difference_of_group(now: list[str], old: Plan) -> Difference:
    if len(now) != 1:
        return Difference.SPLIT if now else Difference.GONE
    return Difference.JOINED if now[0] in old.groups else Difference.RENAMED
