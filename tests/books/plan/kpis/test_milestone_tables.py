"""The tables in which groups enter what is done: one for each group of an item."""

from __future__ import annotations

from datetime import date

from kenpo_xl.books.plan.kpis.milestone_tables import completion_cell, with_milestone_tables
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.items import Block, Item, Section, StartLine
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Kpi
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.targets.milestones import Milestone


def kpi(name: str, item: str = "1-1") -> Kpi:
    target = Milestone("策定", date(2027, 3, 31))
    return Kpi(name, NumberFormat(), target, Direction.BY_A_DAY, completion_cell(item, name))


def block(name: str, kpi: str, *owners: str) -> Block:
    return Block(name, ("計画を作る。",), rated=True, lines=(StartLine(LineKind.KPI, kpi),), owners=owners)


def test_each_group_of_an_item_has_a_table_with_its_milestones() -> None:
    item = Item("1-1", "計画", "総務課", (block("1", "甲"), block("2", "乙", "健康課")))
    (section,), kpis = with_milestone_tables([Section("1", "章", "節", (item,))], [kpi("甲"), kpi("乙")])
    tables = [
        (table.name, table.owner, [row.name for row in table.rows]) for table in section.items[0].tables
    ]
    assert tables == [("期日の目標", "", ["甲"]), ("期日の目標（健康課）", "健康課", ["乙"])]
    assert [one.result for one in kpis] == [
        completion_cell("1-1", "甲"),
        completion_cell("1-1", "乙", "期日の目標（健康課）"),
    ]


def test_an_item_without_milestones_is_unchanged() -> None:
    item = Item("1-2", "計画", "総務課", (block("1", "丙"),))
    sections = [Section("1", "章", "節", (item,))]
    assert with_milestone_tables(sections, [kpi("甲")]) == (sections, [kpi("甲")])
