"""The sample beside a report of the quarter before that differs in one thing: only that is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from kenpo_xl.domain.outputs.changes import ChangeKind, Changes, ReportChange
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.pipeline.compare import changes_since_report
from kenpo_xl.pipeline.facts import collect_facts
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.period.consolidation import Consolidation
from kenpo_xl.tasks.period_record import period_record
from tests.sample import consolidated_sample

REPORT = "令和6年度第2四半期"
FILED = "1-2-2/決定達成/当年/決定件数"
"""Typed, 43,089 件 of 令和6年4月～10月 in 業務グループ.xlsm 1-2-2!E26."""
LAST_YEAR = "1-2-2/決定達成/前年/決定件数"
LINES = ("1-1", "1")
Edit = Callable[[Fact], Fact | None]


@cache
def sample() -> Consolidation:
    return consolidated_sample()


@cache
def reported() -> PastPeriod:
    """The sample as if it had been reported a quarter earlier."""
    return replace(period_record(sample()).past_period, number=2, label=REPORT)


def since(*periods: PastPeriod) -> Changes | None:
    whole = sample()
    parts = (whole.plan, whole.submissions, whole.figures, whole.assessments)
    return changes_since_report(*parts, facts=collect_facts(*parts), history=History.of(periods))


def found(*periods: PastPeriod) -> list[ReportChange]:
    listed = since(*periods)
    assert listed is not None
    return list(listed.found)


def with_fact(identity: str, edit: Edit) -> PastPeriod:
    """The report of the quarter before, one of its facts edited or taken out."""
    before = reported()
    edited = [edit(fact) if fact.identity == identity else fact for fact in before.facts]
    assert any(fact.identity == identity for fact in before.facts)
    return replace(before, facts=tuple(filter(None, edited)))


def other_value(fact: Fact) -> Fact:
    return replace(fact, value=Decimal(42_000))


def up_to_july(fact: Fact) -> Fact:
    assert fact.span is not None
    return replace(fact, value=Decimal(30_000), span=replace(fact.span, last=Month(2024, 7)))


def test_the_same_report_has_no_changes() -> None:
    assert since(reported()) == Changes(REPORT)


def test_without_an_earlier_report_there_is_no_list() -> None:
    assert since() is None
    assert since(replace(reported(), branch="千葉支部")) is None
    assert since(replace(reported(), number=3)) is None


class TestFigures:
    def test_another_value_for_the_same_months_is_a_correction(self) -> None:
        (one,) = found(with_fact(FILED, other_value))
        assert (one.kind, one.place, one.months) == (ChangeKind.CORRECTED, FILED, "令和6年4月～10月")
        assert (one.report, one.before, one.now, one.difference) == (REPORT, 42_000, 43_089, 1_089)
        assert one.source == Source("業務グループ.xlsm", "1-2-2", "E26")

    def test_another_value_that_prints_the_same_is_none(self) -> None:
        def unrounded(fact: Fact) -> Fact:
            return replace(fact, value=Decimal("43089.4"))

        assert found(with_fact(FILED, unrounded)) == []

    def test_a_figure_that_went_on_to_later_months_is_news(self) -> None:
        (one,) = found(with_fact(FILED, up_to_july))
        assert (one.kind, one.before, one.now, one.difference) == (ChangeKind.FIGURE, 30_000, 43_089, 13_089)

    def test_a_figure_that_was_not_there_is_news(self) -> None:
        (one,) = found(with_fact(FILED, lambda _: None))
        assert (one.kind, one.before, one.now, one.difference) == (ChangeKind.FIGURE, None, 43_089, None)

    def test_last_years_figures_move_with_this_years(self) -> None:
        assert found(with_fact(LAST_YEAR, up_to_july)) == []

    def test_last_years_figures_that_were_told_otherwise_are_corrected(self) -> None:
        (one,) = found(with_fact(LAST_YEAR, other_value))
        assert (one.kind, one.place, one.before) == (ChangeKind.CORRECTED, LAST_YEAR, 42_000)

    def test_last_years_own_report_is_asked(self) -> None:
        (then,) = (fact for fact in reported().facts if fact.identity == LAST_YEAR)
        last_year = PastPeriod(
            FiscalYear(2023), 3, "令和5年度第3四半期", (replace(then, identity=FILED, value=Decimal(1)),)
        )
        (one,) = found(last_year)
        assert (one.kind, one.place, one.report) == (ChangeKind.CORRECTED, LAST_YEAR, "令和5年度第3四半期")
        assert since(last_year) == Changes("", (one,))

    def test_the_newest_report_of_the_same_months_counts(self) -> None:
        first = replace(with_fact(FILED, other_value), number=1)
        assert found(first, reported()) == []

    def test_another_unit_is_another_figure(self) -> None:
        def in_thousands(fact: Fact) -> Fact:
            return replace(fact, unit="千件", value=Decimal(43))

        assert found(with_fact(FILED, in_thousands)) == []


class TestKpis:
    RESULT = "指標/現金給付等の申請に係る郵送化率/実績"

    def test_a_result_in_points(self) -> None:
        def lower(fact: Fact) -> Fact:
            return replace(fact, value=Decimal("0.95"))

        (one,) = found(with_fact(self.RESULT, lower))
        assert (one.kind, one.place, one.difference) == (ChangeKind.KPI, self.RESULT, Decimal("1.5"))

    def test_one_that_was_not_known(self) -> None:
        (one,) = found(with_fact(self.RESULT, lambda fact: replace(fact, value=None)))
        assert (one.before, one.now) == (None, Decimal("0.965"))


class TestRatings:
    def test_another_rating_at_its_cell(self) -> None:
        before = reported()
        key = next(iter(before.ratings))
        (one,) = found(replace(before, ratings={**before.ratings, key: "×"}))
        assert (one.kind, one.place) == (ChangeKind.RATING, f"{key[0]}/ブロック {key[1]}/評価")
        assert (one.before, one.now) == ("×", before.ratings[key])
        assert one.source
        assert one.source.sheet == key[0]

    def test_one_that_was_not_given(self) -> None:
        before = reported()
        key = next(iter(before.ratings))
        ratings = {other: glyph for other, glyph in before.ratings.items() if other != key}
        assert [one.before for one in found(replace(before, ratings=ratings))] == [""]


class TestTexts:
    def block(self) -> tuple[str, ...]:
        lines = reported().lines[LINES]
        assert len(lines) > 1
        return lines

    def told(self, *lines: str) -> list[tuple[str, str, str]]:
        before = reported()
        listed = found(replace(before, lines={**before.lines, LINES: lines}))
        assert {one.kind for one in listed} <= {ChangeKind.TEXT}
        return [(one.place, str(one.before), str(one.now)) for one in listed]

    def test_an_altered_line(self) -> None:
        first, *others = self.block()
        assert self.told("・前の文。", *others) == [("1-1/ブロック 1/文 1", "・前の文。", first)]

    def test_a_written_line(self) -> None:
        first, second, *others = self.block()
        assert self.told(first, *others) == [("1-1/ブロック 1/文 2", "", second)]

    def test_a_line_that_was_taken_out(self) -> None:
        assert self.told("・前の文。", *self.block()) == [("1-1/ブロック 1", "・前の文。", "")]

    def test_other_spaces_and_widths_are_no_change(self) -> None:
        first, *others = self.block()
        assert self.told(f" {first}　", *others) == []

    def test_the_cell_of_a_line(self) -> None:
        before = reported()
        lines = {**before.lines, LINES: ()}
        cells = [one.source for one in found(replace(before, lines=lines))]
        assert len(cells) == len(self.block())
        assert all(cell and cell.sheet == "1-1" for cell in cells)


def test_what_a_group_is_yet_to_submit_did_not_change() -> None:
    whole = sample()
    books = [one for one in whole.submissions if one.group != "業務グループ"]
    figures = recompute_figures(whole.plan, books)
    parts = (whole.plan, books, figures, rate_kpis_and_blocks(whole.plan, figures, books))
    listed = changes_since_report(*parts, facts=collect_facts(*parts), history=History.of([reported()]))
    assert listed == Changes(REPORT)


def test_what_a_council_asks_comes_first() -> None:
    corrected = with_fact(FILED, other_value)
    key = next(iter(corrected.ratings))
    listed = since(replace(corrected, ratings={**corrected.ratings, key: "×"}, lines={}))
    assert listed is not None
    kinds = [one.kind for one in listed.found]
    assert kinds[:3] == [ChangeKind.RATING, ChangeKind.CORRECTED, ChangeKind.TEXT]
    assert str(listed).startswith("評価 1 件、訂正 1 件、文 ")


@pytest.mark.parametrize("change", [1, 2])
def test_a_later_quarter_is_compared_with_the_newest_before_it(change: int) -> None:
    older = replace(reported(), number=1, label="令和6年度第1四半期", lines={})
    listed = since(*[older, reported()][:change])
    assert listed is not None
    assert (listed.since, bool(listed.found)) == [(older.label, True), (REPORT, False)][change - 1]
