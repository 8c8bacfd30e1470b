"""Two plans that differ in one thing: what continues what, and what a person has to confirm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kenpo_xl.domain.plan.plan import Block, Item, Plan, Section
from kenpo_xl.domain.plan.plan_changes import Decisions, Difference, PlanChange, PlanChanges, PlanPart
from kenpo_xl.domain.plan.table import Axis, FigureId, Table
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.pipeline.plan_changes.compare import compare_plans
from tests.sample import sample_plan

FIGURE = FigureId("1-2-2", "決定達成", "当年", "決定件数")
Items = list[Item]


def numbered(section: Section, items: Items) -> Section:
    """The section with these items, numbered by their place."""
    numbers = [section.id] if items and items[0].id == section.id else None
    found = []
    for at, item in enumerate(items, start=1):
        number = numbers[0] if numbers else f"{section.id}-{at}"
        tables = tuple(replace(table, item=number) for table in item.tables)
        found.append(replace(item, id=number, tables=tables))
    return replace(section, items=tuple(found))


def with_items(section_id: str, edit: Callable[[Items], Items]) -> Plan:
    sections = tuple(
        numbered(section, edit(list(section.items))) if section.id == section_id else section
        for section in sample_plan().sections
    )
    return replace(sample_plan(), sections=sections)


def with_item(number: str, edit: Callable[[Item], Item]) -> Plan:
    def items(found: Items) -> Items:
        return [edit(item) if item.id == number else item for item in found]

    return with_items(number.rpartition("-")[0] if number.count("-") > 1 else number, items)


def with_table(number: str, name: str, edit: Callable[[Table], Table]) -> Plan:
    def item(one: Item) -> Item:
        return replace(one, tables=tuple(edit(t) if t.name == name else t for t in one.tables))

    return with_item(number, item)


def compared(new: Plan, decided: Decisions | None = None) -> PlanChanges:
    return compare_plans(sample_plan(), new, decided)


def only(changes: PlanChanges) -> PlanChange:
    (one,) = changes.changes
    return one


def to_confirm(changes: PlanChanges) -> list[PlanChange]:
    return [change for change in changes.changes if change.needs_confirmation]


def test_a_plan_is_the_same_as_itself() -> None:
    found = compared(sample_plan())
    assert not found.changes
    assert not found.guessed
    assert found.new_figure(FIGURE) == FIGURE
    assert found.new_path(PlanPart.BLOCK, "1-2-2", "2") == ("1-2-2", "2")


def test_the_same_plan_a_quarter_or_a_year_later_has_no_change() -> None:
    period = replace(sample_plan().period, number=1)
    assert not compared(replace(sample_plan(), fiscal_year=FiscalYear(2025), period=period)).changes


def test_an_inserted_item_moves_the_others() -> None:
    new = Item("", "⓪ 新しい仕事", "業務グループ", (Block("1", ("まったく新しい取り組みを始める。",), True),))
    found = compared(with_items("1-2", lambda items: [new, *items]))
    kinds = [(change.part, change.difference) for change in found.changes]
    assert kinds == [(PlanPart.ITEM, Difference.MOVED)] * 5 + [(PlanPart.ITEM, Difference.NEW)]
    assert not to_confirm(found)
    assert found.new_figure(FIGURE) == FIGURE._replace(item="1-2-3")
    assert found.new_path(PlanPart.BLOCK, "1-2-2", "2") == ("1-2-3", "2")


def test_items_that_change_places_are_certain() -> None:
    found = compared(with_items("1-2", lambda items: [items[1], items[0], *items[2:]]))
    assert [change.difference for change in found.changes] == [Difference.MOVED] * 2
    assert not found.guessed
    assert found.new_figure(FIGURE) == FIGURE._replace(item="1-2-1")


def test_an_item_that_is_gone_has_to_be_confirmed() -> None:
    found = compared(with_items("1-2", lambda items: [items[0], *items[2:]]))
    gone = PlanChange(PlanPart.ITEM, Difference.GONE, ("1-2-2",), ())
    assert gone in to_confirm(found)
    assert found.new_figure(FIGURE) is None
    assert {change.part for change in to_confirm(found)} == {PlanPart.ITEM}, "its tables follow from it"


def test_another_title_with_the_same_text_is_a_guess() -> None:
    found = compared(with_item("1-2-2", lambda item: replace(item, title="② 窓口と審査の早さ")))
    assert only(found) == PlanChange(
        PlanPart.ITEM, Difference.RENAMED, ("1-2-2",), (("1-2-2",),), certain=False
    )
    assert (PlanPart.ITEM, ("1-2-2",)) in found.guessed
    assert found.new_figure(FIGURE) == FIGURE


def test_another_number_before_the_title_is_no_other_title() -> None:
    assert not compared(
        with_item("1-2-2", lambda item: replace(item, title="（２） サービス水準の向上"))
    ).changes


def test_another_plan_text_in_its_place_is_the_same_block() -> None:
    def reworded(item: Item) -> Item:
        first, *rest = item.blocks
        return replace(item, blocks=(replace(first, sentences=(first.sentences[0] + "（重点）",)), *rest))

    assert not compared(with_item("1-2-3", reworded)).changes


def test_blocks_that_change_places_follow_their_text() -> None:
    def swapped(item: Item) -> Item:
        first, second, *rest = item.blocks
        return replace(item, blocks=(replace(second, name="1"), replace(first, name="2"), *rest))

    found = compared(with_item("1-2-3", swapped))
    assert [change.difference for change in found.changes] == [Difference.MOVED] * 2
    assert found.new_path(PlanPart.BLOCK, "1-2-3", "1") == ("1-2-3", "2")
    assert not found.guessed


def test_a_block_that_is_gone_is_named() -> None:
    found = compared(with_item("1-2-3", lambda item: replace(item, blocks=item.blocks[:-1])))
    assert only(found) == PlanChange(PlanPart.BLOCK, Difference.GONE, ("1-2-3", "6"), ())


def test_a_table_with_another_name_is_a_guess() -> None:
    found = compared(with_table("1-2-2", "決定達成", lambda table: replace(table, name="受付と達成")))
    assert only(found) == PlanChange(
        PlanPart.TABLE,
        Difference.RENAMED,
        ("1-2-2", "決定達成"),
        (("1-2-2", "受付と達成"),),
        certain=False,
    )
    assert found.new_figure(FIGURE) == FIGURE._replace(table="受付と達成")


def test_a_table_in_another_item_is_certain() -> None:
    table = sample_plan().tables["1-2-2", "決定達成"]

    def items(found: Items) -> Items:
        first, second, *rest = found
        kept = tuple(one for one in second.tables if one.name != table.name)
        return [replace(first, tables=(table,)), replace(second, tables=kept), *rest]

    found = compared(with_items("1-2", items))
    assert only(found) == PlanChange(
        PlanPart.TABLE, Difference.MOVED, ("1-2-2", "決定達成"), (("1-2-1", "決定達成"),)
    )


def renamed_axis(axes: tuple[Axis, ...], old: str, new: str) -> tuple[Axis, ...]:
    return tuple(replace(a, name=new, labels=(new,)) if a.name == old else a for a in axes)


def test_a_column_with_another_header_in_its_place_is_a_guess() -> None:
    found = compared(
        with_table(
            "1-2-2",
            "決定達成",
            lambda table: replace(table, columns=renamed_axis(table.columns, "決定件数", "受付の数")),
        )
    )
    assert only(found).difference is Difference.RENAMED
    assert only(found).needs_confirmation
    assert found.new_figure(FIGURE) == FIGURE._replace(column="受付の数")


def test_an_added_row_is_new_and_changes_no_other() -> None:
    def added(table: Table) -> Table:
        row = replace(table.rows[0], name="全国", labels=("全国",))
        return replace(table, rows=(row, *table.rows), cells=(table.cells[0], *table.cells))

    found = compared(with_table("1-2-2", "決定達成", added))
    path = ("1-2-2", "決定達成", "全国")
    assert only(found) == PlanChange(PlanPart.ROW, Difference.NEW, (), (path,))
    assert not to_confirm(found)


def test_a_month_never_becomes_another_month() -> None:
    def without_april(table: Table) -> Table:
        first, *rest = table.columns
        late = replace(first, name="5月分", labels=("5月分",), months=(5, 5))
        return replace(table, columns=(late, *rest))

    found = compared(with_table("1-2-5", "債権回収率", without_april))
    assert {change.difference for change in found.changes} == {Difference.NEW, Difference.GONE}


def test_a_kpi_with_another_name_and_the_same_cells_is_a_guess() -> None:
    kpi = sample_plan().kpis[0]
    kpis = (replace(kpi, name="10日以内の支給"), *sample_plan().kpis[1:])
    found = compared(replace(sample_plan(), kpis=kpis))
    assert only(found) == PlanChange(
        PlanPart.KPI, Difference.RENAMED, (kpi.name,), (("10日以内の支給",),), certain=False
    )


def with_owners(owners: dict[str, str]) -> Plan:
    """The plan with other owners by item number; groups without items are dropped."""
    sections = tuple(
        replace(
            section,
            items=tuple(replace(item, owner=owners.get(item.id, item.owner)) for item in section.items),
        )
        for section in sample_plan().sections
    )
    names = dict.fromkeys(item.owner for section in sections for item in section.items)
    return replace(sample_plan(), sections=sections, groups=tuple(names))


@pytest.mark.parametrize(
    ("owners", "difference", "now"),
    [
        (lambda _: "けんこうグループ", Difference.RENAMED, ["けんこうグループ"]),
        (
            lambda at: ("健診グループ", "指導グループ")[at % 2],
            Difference.SPLIT,
            ["健診グループ", "指導グループ"],
        ),
        (lambda _: "業務グループ", Difference.JOINED, ["業務グループ"]),
    ],
)
def test_a_group_follows_its_items(
    owners: Callable[[int], str], difference: Difference, now: list[str]
) -> None:
    items = sample_plan().items_of("保健グループ")
    new = with_owners({item.id: owners(at) for at, item in enumerate(items)})
    change, *of_items = compared(new).changes
    assert (change.part, change.difference) == (PlanPart.GROUP, difference)
    assert [path[0] for path in change.new] == now
    given = [(one.part, one.difference) for one in of_items]
    assert given == [(PlanPart.ITEM, Difference.GIVEN)] * (
        len(items) if difference is Difference.SPLIT else 0
    )


def test_an_item_given_to_another_group_is_named() -> None:
    new = with_owners({"2-4": "業務グループ"})
    change = only(compared(new))
    assert (change.part, change.difference) == (PlanPart.ITEM, Difference.GIVEN)
    assert (change.old, change.new, change.needs_confirmation) == (("2-4",), (("2-4",),), False)


def test_an_item_that_gives_a_block_to_a_new_item_is_split() -> None:
    def items(found: Items) -> Items:
        at = next(at for at, item in enumerate(found) if item.id == "1-2-3")
        item = found[at]
        rest = replace(item, blocks=item.blocks[:3])
        new = replace(item, id="", title="⑥ 債権の別の仕事", blocks=item.blocks[3:], tables=())
        return [*found[:at], rest, *found[at + 1 :], new]

    found = compared(with_items("1-2", items))
    (change,) = to_confirm(found)
    assert change == PlanChange(PlanPart.ITEM, Difference.SPLIT, ("1-2-3",), (("1-2-3",), ("1-2-6",)))
    assert found.new_path(PlanPart.BLOCK, "1-2-3", "4") == ("1-2-6", "4")


def test_an_item_all_of_which_is_in_another_is_joined() -> None:
    def items(found: Items) -> Items:
        first, second, *rest = found
        names = (str(at) for at in range(len(first.blocks) + len(second.blocks) + 1))
        blocks = tuple(
            replace(block, name=f"a{name}")
            for block, name in zip((*first.blocks, *second.blocks), names, strict=False)
        )
        return [replace(second, blocks=blocks), *rest]

    found = compared(with_items("1-2", items))
    joined = [change for change in found.changes if change.difference is Difference.JOINED]
    assert [(change.old, change.new) for change in joined] == [(("1-2-1",), (("1-2-1",),))]
    assert found.new_path(PlanPart.BLOCK, "1-2-1", "1") == ("1-2-1", "a0")


def test_an_answer_goes_before_a_guess() -> None:
    new = with_table("1-2-2", "決定達成", lambda table: replace(table, name="受付と達成"))
    path = (PlanPart.TABLE, ("1-2-2", "決定達成"))
    found = compared(new, {path: ("1-2-2", "受付と達成")})
    assert not to_confirm(found)
    refused = compared(new, {path: None})
    assert refused.new_figure(FIGURE) is None
    assert [change.difference for change in refused.changes] == [Difference.GONE, Difference.NEW]


def with_keys(plan: Plan, *, first: int = 1) -> Plan:
    """The plan with a key for each item and block, K1, K2 and so on in the order of `sample`."""
    numbers = iter(range(first, 1_000))
    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(
                    item,
                    own_key=f"K{next(numbers)}",
                    blocks=tuple(replace(block, own_key=f"K{next(numbers)}") for block in item.blocks),
                )
                for item in section.items
            ),
        )
        for section in plan.sections
    )
    return replace(plan, sections=sections)


def retitled(plan: Plan, number: str) -> Plan:
    """The plan with another title and other plan text of an item."""
    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(
                    item,
                    title="まるで違う題",
                    blocks=tuple(replace(b, sentences=("別の計画。",)) for b in item.blocks),
                )
                if item.id == number
                else item
                for item in section.items
            ),
        )
        for section in plan.sections
    )
    return replace(plan, sections=sections)


def test_a_key_goes_before_title_and_text() -> None:
    keyed = with_keys(sample_plan())
    found = compare_plans(keyed, retitled(keyed, "1-2-3"))
    change = only(found)
    assert (change.difference, change.certain) == (Difference.RENAMED, True)
    assert found.new_path(PlanPart.BLOCK, "1-2-3", "2") == ("1-2-3", "2")
    assert not to_confirm(found)


def test_equal_words_go_before_a_key_that_was_left_behind() -> None:
    """Two items were exchanged without the column 鍵."""
    keyed = with_keys(sample_plan())

    def exchange(items: Items) -> Items:
        one, other = items[1], items[2]
        return [
            items[0],
            replace(other, own_key=one.own_key),
            replace(one, own_key=other.own_key),
            *items[3:],
        ]

    section = next(one for one in keyed.sections if one.id == "1-2")
    sections = (
        numbered(section, exchange(list(section.items))) if one is section else one for one in keyed.sections
    )
    found = compare_plans(keyed, replace(keyed, sections=tuple(sections)))
    assert found.new_path(PlanPart.ITEM, "1-2-2") == ("1-2-3",)
    assert found.new_path(PlanPart.BLOCK, "1-2-2", "2") == ("1-2-3", "2")
    assert [change.old for change in to_confirm(found)] == [("1-2-2",), ("1-2-3",)]


def test_a_plan_that_gets_keys_stays_the_same() -> None:
    assert not compare_plans(sample_plan(), with_keys(sample_plan())).changes


def test_the_same_titles_with_other_keys_are_guesses() -> None:
    found = compare_plans(with_keys(sample_plan()), with_keys(sample_plan(), first=500))
    assert all(change.needs_confirmation for change in found.changes)
    assert found.new_figure(FIGURE) == FIGURE


def test_a_former_name_is_certain() -> None:
    def renamed(table: Table) -> Table:
        columns = tuple(
            replace(c, name="受付の数", labels=("受付の数",), former_names=("決定件数",))
            if c.name == "決定件数"
            else c
            for c in table.columns
        )
        return replace(table, name="受付と達成", former_names=("決定達成",), columns=columns)

    found = compared(with_table("1-2-2", "決定達成", renamed))
    assert not to_confirm(found)
    assert found.new_figure(FIGURE) == FIGURE._replace(table="受付と達成", column="受付の数")


def test_a_kpi_is_known_by_former_name_and_by_common_key() -> None:
    first, second, *rest = sample_plan().kpis
    old = replace(sample_plan(), kpis=(first, replace(second, common_key="H2"), *rest))
    named = replace(first, name="ＫＰＩ一", former_names=(first.name,))
    keyed = replace(second, name="ＫＰＩ二", common_key="H2")
    found = compare_plans(old, replace(old, kpis=(named, keyed, *rest)))
    assert found.new_path(PlanPart.KPI, first.name) == ("ＫＰＩ一",)
    assert found.new_path(PlanPart.KPI, second.name) == ("ＫＰＩ二",)
    assert not to_confirm(found)


def test_tables_whose_names_changed_hands_are_known_by_their_rows_and_columns() -> None:
    def renamed(table: Table) -> Table:
        names = {"併給調整": "柔整照会", "柔整照会": "併給調整"}
        return replace(table, name=names.get(table.name, table.name)) if table.item == "1-2-3" else table

    sections = tuple(
        replace(
            section,
            items=tuple(replace(item, tables=tuple(map(renamed, item.tables))) for item in section.items),
        )
        for section in sample_plan().sections
    )
    changes = compared(replace(sample_plan(), sections=sections))
    assert changes.new_path(PlanPart.TABLE, "1-2-3", "併給調整") == ("1-2-3", "柔整照会")
    assert changes.new_path(PlanPart.TABLE, "1-2-3", "柔整照会") == ("1-2-3", "併給調整")
    assert (PlanPart.TABLE, ("1-2-3", "併給調整")) in changes.guessed
