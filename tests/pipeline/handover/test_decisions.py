"""What the planner decided on the last period's plan, when the plan changes again in mid-period."""

from __future__ import annotations

from dataclasses import replace

from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.plan_changes import Decisions, PlanPart
from kenpo_xl.pipeline.handover.decisions import decisions_for_earlier_plan
from tests.sample import sample_plan

ITEM = "1-2-2"
OLD, NEW = (ITEM, "決定達成"), (ITEM, "達成の状況")


def with_table(name: str, item: str = ITEM) -> Plan:
    """The sample with another name of a table, or with its item under another number."""
    sections = []
    for section in sample_plan().sections:
        items = []
        for one in section.items:
            tables = tuple(
                replace(table, item=item, name=name if table.name == OLD[1] else table.name)
                for table in one.tables
            )
            items.append(replace(one, id=item, tables=tables) if one.id == ITEM else one)
        sections.append(replace(section, items=tuple(items)))
    return replace(sample_plan(), sections=tuple(sections))


def test_a_decision_on_a_part_that_is_there_still_counts() -> None:
    decided: Decisions = {(PlanPart.TABLE, OLD): NEW}
    assert decisions_for_earlier_plan(sample_plan(), sample_plan(), decided) == decided


def test_a_part_that_has_the_new_name_already_is_itself() -> None:
    decided: Decisions = {(PlanPart.TABLE, OLD): NEW}
    assert decisions_for_earlier_plan(with_table(NEW[1]), sample_plan(), decided) == {
        (PlanPart.TABLE, NEW): NEW
    }


def test_what_is_gone_takes_nothing_of_the_part_after_it() -> None:
    """The planner said that the table is another one: the guess of the names must not undo it."""
    assert decisions_for_earlier_plan(with_table(NEW[1]), sample_plan(), {(PlanPart.TABLE, OLD): None}) == {}


def test_a_decision_follows_its_item_to_another_number() -> None:
    decided: Decisions = {(PlanPart.ITEM, (ITEM,)): ("9-9",)}
    assert decisions_for_earlier_plan(with_table(OLD[1], "8-8"), sample_plan(), decided) == {
        (PlanPart.ITEM, ("8-8",)): ("9-9",)
    }
