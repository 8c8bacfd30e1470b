"""The handover between two plans: what it lists, what waits for an answer, what an answer decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kenpo_xl.domain.outputs.handover import AS_IT_IS, HandoverAnswer, HandoverRow, HandoverState
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.plan_changes import PlanPart
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.plan.yearly_cells import CellContent, YearlyCell, YearlyKind
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.pipeline.handover.decisions import decided_changes
from kenpo_xl.pipeline.handover.rows import PlanBook, handover_rows
from tests.sample import sample_plan

FIGURE = FigureId("1-2-2", "決定達成", "当年", "決定件数")
RENAMED = "表|1-2-2/決定達成"
TARGET = "健康宣言事業所数"


def next_year() -> Plan:
    period = replace(sample_plan().period, number=1, as_of=date(2025, 6, 30))
    return replace(sample_plan(), fiscal_year=FiscalYear(2025), period=period)


def cell(kind: YearlyKind, key: tuple[str, ...], value: CellContent) -> YearlyCell:
    return YearlyCell(kind, key, "の".join(key), value, Source("計画.xlsx", "KPI", "B2"))


def rows(
    new: Plan,
    old_cells: tuple[YearlyCell, ...] = (),
    new_cells: tuple[YearlyCell, ...] = (),
    **answers: HandoverAnswer,
) -> dict[str, HandoverRow]:
    named = {name.replace("__", "|"): answer for name, answer in answers.items()}
    return rows_with(new, old_cells, new_cells, named)


def rows_with(
    new: Plan,
    old_cells: tuple[YearlyCell, ...],
    new_cells: tuple[YearlyCell, ...],
    answers: dict[str, HandoverAnswer],
) -> dict[str, HandoverRow]:
    changes, decided = decided_changes(sample_plan(), new, answers)
    books = PlanBook(sample_plan(), old_cells), PlanBook(new, new_cells)
    return {row.id: row for row in handover_rows(*books, changes, decided, answers)}


def with_table_name(name: str) -> Plan:
    def item_of(plan: Plan) -> Plan:
        sections = tuple(
            replace(
                section,
                items=tuple(
                    replace(
                        item,
                        tables=tuple(
                            replace(t, name=name) if t.name == "決定達成" else t for t in item.tables
                        ),
                    )
                    for item in section.items
                ),
            )
            for section in plan.sections
        )
        return replace(plan, sections=sections)

    return item_of(sample_plan())


class TestYear:
    def state(self, old: CellContent, new: CellContent, kind: YearlyKind, *key: str) -> HandoverState:
        found = rows(next_year(), (cell(kind, key, old),), (cell(kind, key, new),))
        return found["|".join((kind, *key))].state

    @pytest.mark.parametrize(
        ("new", "state"),
        [
            (Decimal(1270), HandoverState.OPEN),
            (Decimal(1300), HandoverState.DONE),
            (None, HandoverState.OPEN),
        ],
    )
    def test_a_target_waits_until_it_changes(self, new: CellContent, state: HandoverState) -> None:
        assert self.state(Decimal(1270), new, YearlyKind.TARGET, TARGET, "目標") is state

    def test_a_date_that_was_emptied_waits(self) -> None:
        day = date(2025, 1, 17)
        assert self.state(day, None, YearlyKind.DATE, "3", "開催日") is HandoverState.OPEN
        assert self.state(day, date(2026, 1, 16), YearlyKind.DATE, "3", "開催日") is HandoverState.DONE

    def test_the_end_of_a_quarter_needs_no_answer_where_it_was_emptied(self) -> None:
        day = date(2024, 6, 30)
        assert self.state(day, None, YearlyKind.DATE, "1", "基準日") is HandoverState.INFO
        assert self.state(date(2024, 6, 20), None, YearlyKind.DATE, "1", "基準日") is HandoverState.OPEN

    def test_a_text_waits_as_long_as_it_is_the_same(self) -> None:
        text = cell(YearlyKind.TEXT, ("施策", "令和6年度に始める。"), "令和6年度に始める。")
        other = cell(YearlyKind.TEXT, ("施策", "令和7年度に始める。"), "令和7年度に始める。")
        assert rows(next_year(), (text,), (text,))["年や日付のある文|施策|令和6年度に始める。"].needs_answer
        assert not [
            row for row in rows(next_year(), (text,), (other,)).values() if row.kind.startswith("年や")
        ]

    def test_an_answer_confirms_and_a_typed_value_does_too(self) -> None:
        one = (cell(YearlyKind.TARGET, (TARGET, "目標"), Decimal(1270)),)
        name = f"目標|{TARGET}|目標"
        for answer in (HandoverAnswer(confirmed=AS_IT_IS), HandoverAnswer(new=Decimal(1300))):
            found = rows_with(next_year(), one, one, {name: answer})[name]
            assert found.state is HandoverState.DONE
            assert found.typed_value == answer.new

    def test_within_a_year_none_of_it_is_listed(self) -> None:
        one = (cell(YearlyKind.TARGET, (TARGET, "目標"), Decimal(1270)),)
        later = replace(sample_plan(), period=replace(sample_plan().period, number=4))
        assert not [row for row in rows(later, one, one).values() if row.needs_answer]

    def test_a_relative_target_without_its_value_waits(self) -> None:
        name = "過去実績|ジェネリック医薬品使用割合"
        assert rows(next_year())[name].state is HandoverState.OPEN
        history = {("ジェネリック医薬品使用割合", 2024): Decimal("0.85")}
        assert rows(replace(next_year(), history=history))[name].state is HandoverState.INFO


class TestChanges:
    def test_what_is_the_same_is_counted(self) -> None:
        later = replace(sample_plan(), period=replace(sample_plan().period, number=4))
        same = "グループ 4、項 22、ブロック 66、表 33、行 135、列 99、指標 16"
        assert rows(later)["計画|同じ"].new == same
        assert rows(with_table_name("受付と達成"))["計画|同じ"].new == same.replace("表 33", "表 32")

    def test_a_renamed_table_waits_and_a_word_confirms_it(self) -> None:
        new = with_table_name("受付と達成")
        found = rows(new)[RENAMED]
        assert (found.old, found.new, found.state) == (
            "1-2-2/決定達成",
            "1-2-2/受付と達成",
            HandoverState.OPEN,
        )
        answers = {RENAMED: HandoverAnswer("1-2-2/受付と達成", "はい")}
        assert rows_with(new, (), (), answers)[RENAMED].state is HandoverState.DONE
        assert decided_changes(sample_plan(), new, answers)[0].new_figure(FIGURE) == FIGURE._replace(
            table="受付と達成"
        )

    def test_none_as_new_name_means_that_it_is_gone(self) -> None:
        new = with_table_name("受付と達成")
        answers = {RENAMED: HandoverAnswer("なし", AS_IT_IS)}
        changes, decided = decided_changes(sample_plan(), new, answers)
        assert decided == {(PlanPart.TABLE, ("1-2-2", "決定達成")): None}
        assert changes.new_figure(FIGURE) is None
        assert rows_with(new, (), (), answers)[RENAMED].state is HandoverState.DONE

    def test_another_new_name_is_followed(self) -> None:
        new = with_table_name("受付と達成")
        answers = {RENAMED: HandoverAnswer("1-2-2／郵送化率", AS_IT_IS)}
        changes, _ = decided_changes(sample_plan(), new, answers)
        assert changes.new_path(PlanPart.TABLE, "1-2-2", "決定達成") == ("1-2-2", "郵送化率")

    def test_a_new_name_that_the_plan_does_not_have_decides_nothing(self) -> None:
        new = with_table_name("受付と達成")
        found = rows_with(new, (), (), {RENAMED: HandoverAnswer("1-2-2/ない表", AS_IT_IS)})[RENAMED]
        assert found.state is HandoverState.OPEN
        assert found.hint.startswith("「1-2-2/ない表」は新しい計画にありません。")

    def test_a_typed_name_alone_confirms_nothing(self) -> None:
        new = with_table_name("受付と達成")
        found = rows_with(new, (), (), {RENAMED: HandoverAnswer("なし")})[RENAMED]
        assert found.state is HandoverState.OPEN

    def test_an_item_can_be_named_by_number_or_in_full(self) -> None:
        sections = tuple(
            replace(section, items=section.items[1:]) if section.id == "1-2" else section
            for section in sample_plan().sections
        )
        new = replace(sample_plan(), sections=sections)
        item = new.items[1]
        for text in (item.id, f"{item.id} {item.title}"):
            answers = {"項|1-2-1": HandoverAnswer(text, AS_IT_IS)}
            changes, _ = decided_changes(sample_plan(), new, answers)
            assert changes.new_path(PlanPart.ITEM, "1-2-1") == (item.id,)
