"""The table of an input book in which a group enters what is done of its milestones (期日の目標)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kenpo_xl.domain.formulas.tree import Ref
from kenpo_xl.domain.numbers.exact import number_format
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.items import Item, Section, owners_of_block
from kenpo_xl.domain.plan.plan import Kpi
from kenpo_xl.domain.plan.table import Axis, CellDefinition, CellKind, FigureId, Printing, Table
from kenpo_xl.domain.plan.targets.milestones import CHOICES

MILESTONES = "期日の目標"
_STATE = "状況"
_CORNER = "指標（済んだときはその日を、まだのときは「未」を入れます）"
_CELL = CellDefinition(CellKind.TYPED, number_format("@"), choices=CHOICES)


def completion_cell(item: str, kpi: str, table: str = MILESTONES) -> Ref:
    """The cell in which the group enters whether a KPI of an item is done."""
    return Ref(FigureId(item, table, kpi, _STATE))


def with_milestone_tables(
    sections: Sequence[Section], kpis: Sequence[Kpi]
) -> tuple[list[Section], list[Kpi]]:
    """The sections with a table for milestones that have no cell of their own, and the KPIs with its cells.

    In an item of several groups each group has its own table.
    """
    placed: dict[str, Kpi] = {}
    found = []
    for section in sections:
        items = []
        for item in section.items:
            own = {kpi.name: kpi for kpi in _kpis_in_tables(item, kpis)}
            placed |= own
            items.append(replace(item, tables=(*item.tables, *_tables_of_groups(item, list(own.values())))))
        found.append(replace(section, items=tuple(items)))
    return found, [placed.get(kpi.name, kpi) for kpi in kpis]


def _kpis_in_tables(item: Item, kpis: Iterable[Kpi]) -> Iterator[Kpi]:
    """The KPIs of an item that need a cell, with it."""
    for kpi in kpis:
        if kpi.result == completion_cell(item.id, kpi.name):
            group = _owner_of_kpi(item, kpi)
            name = MILESTONES if group == item.owner else f"{MILESTONES}（{group}）"
            yield replace(kpi, result=completion_cell(item.id, kpi.name, name))


def _owner_of_kpi(item: Item, kpi: Kpi) -> str:
    block = item.block_of_kpi(kpi.name)
    return owners_of_block(item, block)[0] if block else item.owner


def _tables_of_groups(item: Item, kpis: Sequence[Kpi]) -> Iterator[Table]:
    for group in dict.fromkeys(_owner_of_kpi(item, kpi) for kpi in kpis):
        yield _milestone_table(item, group, [kpi for kpi in kpis if _owner_of_kpi(item, kpi) == group])


def _milestone_table(item: Item, group: str, kpis: Sequence[Kpi]) -> Table:
    cell = kpis[0].result
    assert isinstance(cell, Ref)
    assert isinstance(cell.key, FigureId)
    return Table(
        name=cell.key.table,
        item=item.id,
        caption=MILESTONES,
        corner=(Header(_CORNER, 0, 0),),
        rows=tuple(Axis(kpi.name, (kpi.name,), former_names=kpi.former_names) for kpi in kpis),
        columns=(Axis(_STATE, (_STATE,)),),
        cells=((_CELL,),) * len(kpis),
        column_headers=(Header(_STATE, 0, 0),),
        row_headers=tuple(Header(kpi.name, row, 0) for row, kpi in enumerate(kpis)),
        header_rows=1,
        header_columns=1,
        printing=Printing.NONE,
        place=kpis[0].place,
        owner="" if group == item.owner else group,
    )
