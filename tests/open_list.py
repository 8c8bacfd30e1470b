"""A plan with one open list, 大会 by town: visitors, twice their number, and twice that again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kenpo_xl.domain.formulas.evaluate import Node, Number, Operation, Ref
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.plan import Block, Item, Period, Plan, Section
from kenpo_xl.domain.plan.ratings import Scale, Step
from kenpo_xl.domain.plan.table import Axis, CellDefinition, CellKind, FigureId, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, RowEntry, Submission, TableEntry
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

TWICE, FOUR_TIMES = FigureId("1", "大会", "行", "倍"), FigureId("1", "大会", "行", "四倍")


def plan() -> Plan:
    """Item 1 with block 1 and the list; ratings are 〇 and △."""
    cells = (
        CellDefinition(CellKind.TYPED, NumberFormat("@")),
        CellDefinition(CellKind.TYPED, NumberFormat('#,##0" 人"')),
        CellDefinition(CellKind.COMPUTED, NumberFormat('#,##0" 人"'), _duplicates("人数")),
        CellDefinition(CellKind.COMPUTED, NumberFormat('#,##0" 人"'), _duplicates("倍")),
    )
    columns = tuple(Axis(name, (name,)) for name in ("町", "人数", "倍", "四倍"))
    table = Table("大会", "1", "", "", (Axis("行", ()),), columns, (cells,), (), (), 1, 0, repeating=0)
    item = Item("1", "大会", "総務課", (Block("1", ("大会を開く",), rated=True),), (table,))
    return Plan(
        branch="町",
        title="事業",
        fiscal_year=FiscalYear(2024),
        period=Period(2, date(2024, 9, 30)),
        groups=("総務課",),
        scale=Scale((Step("〇", "計画通り", Decimal(1)), Step("△", "実施中", Decimal(0)))),
        sections=(Section("1", "章", "節", (item,)),),
    )


def _duplicates(column: str) -> Node:
    return Operation("*", Ref(FigureId("1", "大会", "行", column)), Number(Decimal(2)))


def submission(*towns: tuple[str, int, int | None]) -> Submission:
    """What was handed in: town, visitors, and what was typed over twice their number (None: nothing).

    The formula behind 四倍 stands as built and gives twice of what its cell shows.
    """
    rows = tuple(
        RowEntry(
            0,
            (
                Entry(town),
                Entry(Decimal(visitors)),
                Entry(formula=True) if over is None else _typed(Decimal(over), f"D{place}"),
                Entry(Decimal(2 * visitors if over is None else over) * 2, formula=True),
            ),
            town,
        )
        for place, (town, visitors, over) in enumerate(towns, start=5)
    )
    return Submission("総務課", (ItemEntry("1", tables=(TableEntry("大会", rows),)),), "総務課.xlsm")


def _typed(value: Decimal, cell: str) -> Entry:
    return Entry(value, source=Source("総務課.xlsm", "1", cell))
