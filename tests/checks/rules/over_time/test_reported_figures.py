"""Rules over time: one thing planted into the sample or its past is told once, at its cell, and only then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.domain.plan.figure_span import whole_year_span
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.rule_settings import RuleSetting
from kenpo_xl.domain.plan.table import Axis
from kenpo_xl.domain.results.facts import Fact, Origin, kpi_fact_identity
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ooxml.workbook import Value
from kenpo_xl.pipeline.facts import collect_facts
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.past_periods import read_history_in_folders
from tests.checks.clerk import GYOMU, REZEPT, changed, places
from tests.sample import sample_plan, sample_submission
from tests.tasks.periods import a_year_ago, up_to_september, write_period

LINE = ("1-2-3", "4")
"""Item and block of the line 1-2-3!D17."""


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The second quarter, and the third one of the year before."""
    folder = tmp_path_factory.mktemp("past")
    write_period(folder / "令和6年度第2四半期", 2024, 2, up_to_september)
    write_period(folder / "令和5年度第3四半期", 2023, 3, a_year_ago)
    return read_history_in_folders(folder).history


def case_of(group: str, typed: Mapping[str, Value], history: History, plan: Plan) -> CheckContext:
    own = changed(sample_submission(group), plan, typed)
    figures = recompute_figures(plan, [own])
    return CheckContext(
        plan, own, Survey(), figures, rate_kpis_and_blocks(plan, figures, [own]), history=history
    )


def told(
    history: History, typed: Mapping[str, Value] | None = None, group: str = GYOMU, plan: Plan | None = None
) -> list[tuple[str, str]]:
    context = case_of(group, typed or {}, history, plan or sample_plan())
    found, runs = run_rules(context, [rule for rule in all_rules() if rule.code.startswith("TI")])
    assert all(one.status == "ran" for one in runs), runs
    return places(list(found))


@pytest.mark.parametrize(
    ("group", "typed", "expected"),
    [
        (REZEPT, {"1-2-4!E29": 96_254.0}, [("TI01", "1-2-4!E29")]),
        (REZEPT, {"1-2-4!E29": 96_253.4}, []),
        (GYOMU, {"1-2-3!E31": 1_852.0}, [("TI01", "1-2-3!E31")]),
        (GYOMU, {"1-2-2!E27": 42_134.0}, [("TI02", "1-2-2!E27")]),
        (GYOMU, {"1-2-2!E27": 42_134.0, "1-2-2!D9": "前年の 42,133 件は 42,134 件に訂正した。"}, []),
        (REZEPT, {"1-2-4!E42": 9_120.0}, []),
        (REZEPT, {"1-2-4!F30": 107_626.0}, [("TI02", "1-2-4!F30")]),
        (GYOMU, {"1-2-2!E27": None}, []),
        (GYOMU, {"1-2-3!F30": 1_189.0}, [("TI04", "1-2-3!F30")]),
        (GYOMU, {"1-2-3!F30": 1_190.0}, [("TI12", "1-2-3!F30")]),
        (GYOMU, {"1-2-3!F30": 1_191.0}, []),
        (GYOMU, {"1-2-2!E32": "50%"}, []),
        (GYOMU, {"1-2-3!E30": 1.0}, [("TI04", "1-2-3!E30")]),
    ],
)
def test_figures_against_those_reported(
    past: History, group: str, typed: dict[str, Value], expected: list[tuple[str, str]]
) -> None:
    assert told(past, typed, group) == expected


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("併給調整の確認済は前回報告時の1,910件から1,323件となった。", True),
        ("併給調整の確認済は前回報告時の1,190件から1,323件となった。", False),
        ("併給調整の確認済は1,323件で、前回の報告では1,910件であった。", True),
        ("併給調整の確認済は1,323件で、前回の報告では1,190件であった。", False),
        ("併給調整の確認済は第2四半期末の1,910件から1,323件となった。", True),
        ("併給調整の確認済は第2四半期末の1,190件から1,323件となった。", False),
        ("現金給付等の申請に係る郵送化率は前回報告時の68.9％から改善した。", True),
        ("現金給付等の申請に係る郵送化率は前回報告時の86.9％から改善した。", False),
        # another thing, another time
        ("併給調整の訪問は前回報告時の1,910件から増えた。", False),
        ("併給調整の確認済は前々回の1,910件から増えた。", False),
        ("併給調整の確認済は9月末の1,910件から1,323件となった。", False),
        ("併給調整の確認済は第1四半期末の1,910件から1,323件となった。", False),
    ],
)
def test_what_a_sentence_says_of_the_last_report(past: History, text: str, is_wrong: bool) -> None:
    found = [one for one in told(past, {"1-2-3!D17": f"・{text}"}) if one[0] == "TI26"]
    assert found == [("TI26", "1-2-3!D17")] * is_wrong


def test_another_branch_and_a_later_period_are_no_past(past: History) -> None:
    typed: dict[str, Value] = {"1-2-2!E27": 42_134.0}
    elsewhere = [replace(one, branch="千葉支部") for one in past.periods]
    later = [replace(one, fiscal_year=one.fiscal_year + 1) for one in past.periods]
    assert told(History.of([*elsewhere, *later]), typed) == []


@pytest.mark.parametrize(
    ("value", "month", "expected"),
    [("0.00186", 3, [("TI03", "1-2-4!D26")]), ("0.001854", 3, []), ("0.00186", 2, [])],
)
def test_a_past_result_against_the_last_report(
    value: str, month: int, expected: list[tuple[str, str]]
) -> None:
    name = "レセプト点検の査定率"
    span = whole_year_span(FiscalYear(2023))
    fact = Fact(
        kpi_fact_identity(name, "実績"),
        Origin.KPI,
        "1-2-4",
        "",
        REZEPT,
        span=replace(span, last=replace(span.last, number=month)),
        unit="割合",
        value=Decimal(value),
    )
    history = History.of([PastPeriod(FiscalYear(2023), 4, "令和5年度第4四半期", (fact,))])
    found = told(history, group=REZEPT)
    place = next(
        f"{line.source.sheet}!{line.source.cell}"
        for item in sample_submission(REZEPT).items
        for line in item.lines
        if line.text == name and line.source
    )
    assert found == [(code, place) for code, _ in expected]


def running(months: tuple[tuple[int, int], ...], name: str = "債権催告") -> Plan:
    """The plan with other months above the first columns of a table."""
    plan = sample_plan()

    def columns(axes: tuple[Axis, ...]) -> tuple[Axis, ...]:
        new = [replace(axis, months=named) for axis, named in zip(axes, months, strict=False)]
        return (*new, *axes[len(new) :])

    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(
                    item,
                    tables=tuple(
                        replace(table, columns=columns(table.columns)) if table.name == name else table
                        for table in item.tables
                    ),
                )
                for item in section.items
            ),
        )
        for section in plan.sections
    )
    return replace(plan, sections=sections)


@pytest.mark.parametrize(
    ("third", "expected"), [(5_442.0, [("TI05", "1-2-5!G39")]), (5_443.0, []), (None, [])]
)
def test_running_counts_within_a_table(third: float | None, expected: list[tuple[str, str]]) -> None:
    typed: dict[str, Value] = {
        "1-2-5!G39": third,
        "1-2-5!F40": 138.0,
        "1-2-5!G40": 139.0,
        "1-2-5!F41": 23.0,
        "1-2-5!G41": 24.0,
    }
    plan = running(((4, 6), (4, 9), (4, 12)))
    nothing = History.of([PastPeriod(FiscalYear(2023), 1, "令和5年度第1四半期", ())])
    assert told(nothing, typed, REZEPT, plan) == expected
    assert [one for one in told(nothing, typed, REZEPT) if one[0] == "TI05"] == []


class TestWordsLeftBehind:
    def with_line(self, past: History, text: str) -> History:
        return History.of(
            replace(one, lines={LINE: (text,)}) if one.fiscal_year == 2024 else one for one in past.periods
        )

    @pytest.mark.parametrize(
        ("now", "then", "is_told"),
        [
            ("・改善依頼書を31件送付。", "・改善依頼書を３１件 送付。", True),
            ("・改善依頼書を31件送付。", "・改善依頼書を28件送付。", False),
            ("・適宜、改善依頼書を送付。", "・適宜、改善依頼書を送付。", False),
            ("・40歳に改善依頼書を送付。", "・40歳に改善依頼書を送付。", False),
            ("・7月12日に改善依頼書を31件送付。", "・7月12日に改善依頼書を31件送付。", False),
        ],
    )
    def test_the_same_words_beside_new_figures(
        self, past: History, now: str, then: str, *, is_told: bool
    ) -> None:
        found = told(self.with_line(past, then), {"1-2-3!D17": now})
        assert found == [("TI06", "1-2-3!D17")] * is_told

    def test_the_same_words_beside_the_same_figures(self) -> None:
        text = "・改善依頼書を31件送付。"
        same = replace(as_it_is(), lines={LINE: (text,)})
        assert ("TI06", "1-2-3!D17") not in told(History.of([same]), {"1-2-3!D17": text})

    @pytest.mark.parametrize(
        ("text", "is_told"),
        [
            ("・9月末現在で改善依頼書を送付。", True),
            ("・9月まで改善依頼書を送付。", True),
            ("・12月末現在で改善依頼書を送付。", False),
            ("・9月までに改善依頼書を送付。", False),
            ("・9月に改善依頼書を送付。", False),
            ("・前回は9月末現在で送付。", False),
            ("・9月末から12月末まで送付。", False),
        ],
    )
    def test_last_quarters_month(self, past: History, text: str, *, is_told: bool) -> None:
        assert told(past, {"1-2-3!D17": text}) == [("TI07", "1-2-3!D17")] * is_told


def as_it_is() -> PastPeriod:
    """The sample's own figures, as if they had been reported for the second quarter."""
    context = case_of(GYOMU, {}, History(), sample_plan())
    found = collect_facts(context.plan, [context.submission], context.figures, context.assessments)
    return PastPeriod(FiscalYear(2024), 2, "令和6年度第2四半期", found)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, [("TI09", "1-2-2!E24")]),
        ({"1-2-2!E26": 43_090.0}, [("TI09", "1-2-2!E24"), ("TI01", "1-2-2!E26")]),
        ({"1-2-2!E26": 43_090.0, "1-2-2!F26": 43_090.0}, [("TI08", "1-2-2!E24")]),
    ],
)
def test_an_as_of_month_that_did_not_move(typed: dict[str, Value], expected: list[tuple[str, str]]) -> None:
    before = as_it_is()
    only = tuple(fact for fact in before.facts if fact.identity.startswith("1-2-2/決定達成/当年/"))
    assert told(History.of([replace(before, facts=only)]), typed) == expected


def test_a_month_that_did_not_move_explains_its_figures_and_its_lines() -> None:
    before = as_it_is()
    typed: dict[str, Value] = {f"1-2-2!{cell}": 43_090.0 for cell in ("E26", "F26", "E27", "F27")}
    typed["1-2-2!D13"] = "・決定件数を集計した（9月末）。"
    only = tuple(fact for fact in before.facts if fact.table == "決定達成")
    assert told(History.of([replace(before, facts=only)]), typed) == [("TI08", "1-2-2!E24")]


@pytest.mark.parametrize(
    ("amount", "percent", "is_found"),
    [(33_804.0, None, True), (33_805.0, None, False), (32_025.0, 10, True), (32_026.0, 10, False)],
)
def test_an_amount_may_be_corrected_by_the_threshold(
    amount: float, percent: int | None, *, is_found: bool
) -> None:
    """Up to September 35,584 千円 were collected."""
    plan = running(((4, 6), (4, 9), (4, 12)), "保険者間調整")
    if percent:
        plan = replace(plan, rule_settings=(RuleSetting("TI05", threshold=Decimal(percent)),))
    nothing = History.of([PastPeriod(FiscalYear(2023), 1, "令和5年度第1四半期", ())])
    typed: dict[str, Value] = {"1-2-5!E35": 30_000.0, "1-2-5!G34": 421.0, "1-2-5!G35": amount}
    found = told(nothing, typed, REZEPT, plan)
    assert (("TI05", "1-2-5!G35") in found) is is_found
