"""Every computed cell of the sample computed anew, and what was typed over it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.results.adjustments import Choice, Choices
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.submission.submission import Entry, Submission
from kenpo_xl.pipeline.recompute import recompute_figures, with_chosen_values
from scripts.sample import submissions
from tests import open_list
from tests.sample import sample_plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


@pytest.fixture(scope="module")
def figures(plan: Plan) -> Figures:
    return recompute_figures(plan, submissions().values())


def one(figures: Figures, *identity: str) -> Figure:
    (found,) = figures.with_identity(FigureId(*identity))
    return found


def changed(plan: Plan, *identity: str, value: Decimal | None) -> dict[str, Submission]:
    """The sample with one figure typed anew."""
    item, table = identity[:2]
    row, column = plan.tables[item, table].positions[FigureId(*identity)]
    found = submissions()
    for group, submission in found.items():
        items = list(submission.items)
        for place, entry in enumerate(items):
            tables = list(entry.tables)
            for at, own in enumerate(tables):
                if (entry.item, own.table) == (item, table):
                    rows = [
                        replace(r, cells=(*r.cells[:column], Entry(value), *r.cells[column + 1 :]))
                        if r.row == row
                        else r
                        for r in own.rows
                    ]
                    tables[at] = replace(own, rows=tuple(rows))
            items[place] = replace(entry, tables=tuple(tables))
        found[group] = replace(submission, items=tuple(items))
    return found


def overwritten(figures: Figures) -> dict[str, tuple[str, str]]:
    """What was typed over, as typed and as computed in the cell's own format."""
    return {
        f"{f.id.item} {f.id.table}/{f.id.row}/{f.id.column}": (
            f.printed_text(),
            "" if f.computed is None else f.cell.format.displayed_text(f.computed),
        )
        for f in figures
        if f.overwritten
    }


def test_the_cells_that_were_overwritten(figures: Figures) -> None:
    """Totals that leave out a quarter, rates that were cut off instead of rounded."""
    assert overwritten(figures) == {
        "1-2-4 査定金額/当年/合計": ("168,839", "244,116"),
        "1-2-4 査定金額/前年/合計": ("186,778", "298,708"),
        "2-4 文書勧奨/6月/登録率": ("8.8％", "8.9％"),
        "2-4 文書勧奨/7月/登録率": ("8.1％", "8.2％"),
        "2-4 文書勧奨/9月/登録率": ("7.8％", "7.9％"),
        "2-4 文書勧奨/11月/登録率": ("13.7％", "13.8％"),
        "2-4 文書勧奨/12月/登録率": ("10.6％", "10.7％"),
    }


def test_a_share(figures: Figures) -> None:
    found = one(figures, "1-2-2", "決定達成", "当年", "達成率")
    assert (found.computed, found.typed, found.overwritten, found.printed_text()) == (1, None, False, "100％")


def test_totals(figures: Figures) -> None:
    found = one(figures, "1-2-5", "保険者間調整", "回収件数", "通期")
    assert (found.printed_value, found.printed_text()) == (288 + 421 + 220, "929 件")
    assert one(figures, "1-2-5", "法的手続き", "強制執行＞金額", "通期").printed_value == 2348 + 4317 + 364


def test_a_total_of_nothing_is_empty(plan: Plan) -> None:
    figures = recompute_figures(plan, [])
    assert {figure.printed_value for figure in figures if figure.cell.kind is not CellKind.FIXED} == {None}


def test_a_changed_input_changes_what_follows_from_it(plan: Plan) -> None:
    found = changed(plan, "1-2-5", "保険者間調整", "回収件数", "第4四半期", value=Decimal(71))
    assert (
        one(
            recompute_figures(plan, found.values()), "1-2-5", "保険者間調整", "回収件数", "通期"
        ).printed_value
        == 1000
    )


def test_division_by_an_empty_cell_is_empty(plan: Plan) -> None:
    found = changed(plan, "1-2-2", "決定達成", "当年", "決定件数", value=None)
    assert (
        one(recompute_figures(plan, found.values()), "1-2-2", "決定達成", "当年", "達成率").printed_value
        is None
    )
    found = changed(plan, "1-2-2", "決定達成", "当年", "決定件数", value=Decimal(0))
    assert (
        one(recompute_figures(plan, found.values()), "1-2-2", "決定達成", "当年", "達成率").printed_value
        is None
    )


def test_overwritten_figures_stand_as_typed(figures: Figures) -> None:
    for figure in figures:
        if figure.overwritten:
            assert figure.printed_value == figure.typed


def test_prefer_computed_prints_ours(plan: Plan, figures: Figures) -> None:
    ours = with_chosen_values(recompute_figures(plan, submissions().values()), {}, prefer_computed=True)
    assert [f.id for f in ours if f.overwritten] == [f.id for f in figures if f.overwritten]
    assert all(f.printed_value == f.computed for f in ours if f.overwritten)
    assert {f.id: f.printed_value for f in ours if not f.overwritten} == {
        f.id: f.printed_value for f in figures if not f.overwritten
    }


def test_a_typed_zero_over_a_formula_is_overwritten(plan: Plan) -> None:
    found = changed(plan, "1-2-2", "決定達成", "当年", "達成率", value=Decimal(0))
    figure = one(recompute_figures(plan, found.values()), "1-2-2", "決定達成", "当年", "達成率")
    assert (figure.overwritten, figure.printed_value, figure.computed) == (True, 0, 1)


def test_a_cleared_formula_is_computed_all_the_same(plan: Plan) -> None:
    found = changed(plan, "1-2-2", "決定達成", "当年", "達成率", value=None)
    figure = one(recompute_figures(plan, found.values()), "1-2-2", "決定達成", "当年", "達成率")
    assert (figure.overwritten, figure.printed_value) == (False, 1)


class TestChoices:
    """One of two towns in an open list is typed over; another column is computed on from it."""

    def values(
        self, choices: Choices | None = None, *, prefer_computed: bool = False
    ) -> dict[str, tuple[object, object, bool]]:
        """Twice and four times the visitors of each town, and whether the first was settled."""
        submitted = open_list.submission(("東町", 10, 25), ("西町", 30, None))
        submitted_figures = recompute_figures(open_list.plan(), [submitted])
        figures = with_chosen_values(submitted_figures, choices or {}, prefer_computed=prefer_computed)
        return {
            figure.entity: (figure.printed_value, four.printed_value, figure.settled)
            for figure, four in zip(
                figures.with_identity(open_list.TWICE),
                figures.with_identity(open_list.FOUR_TIMES),
                strict=True,
            )
        }

    def test_nothing_chosen_leaves_what_was_typed(self) -> None:
        assert self.values() == {"東町": (25, 50, False), "西町": (60, 120, False)}

    def test_the_computed_value_chosen_is_printed_and_computed_on_from(self) -> None:
        chosen = {(open_list.TWICE, "東町"): Choice.COMPUTED}
        assert self.values(choices=chosen) == {"東町": (20, 40, True), "西町": (60, 120, False)}

    def test_a_formula_that_follows_is_not_overwritten_by_that(self) -> None:
        submitted = open_list.submission(("東町", 10, 25))
        chosen = {(open_list.TWICE, "東町"): Choice.COMPUTED}
        figures = with_chosen_values(recompute_figures(open_list.plan(), [submitted]), chosen)
        assert [figure.id for figure in figures if figure.overwritten] == [open_list.TWICE]

    def test_the_typed_value_chosen_stands_also_where_ours_are_preferred(self) -> None:
        chosen = {(open_list.TWICE, "東町"): Choice.TYPED}
        assert self.values(choices=chosen, prefer_computed=True)["東町"] == (25, 50, True)

    def test_a_choice_for_another_town_changes_nothing(self) -> None:
        chosen = {(open_list.TWICE, "西町"): Choice.TYPED, (open_list.TWICE, "南町"): Choice.COMPUTED}
        assert self.values(choices=chosen) == {"東町": (25, 50, False), "西町": (60, 120, False)}
