"""Every KPI of the sample judged as the published report judges it; the live judgement says the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.common import names
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.cell_reference import column_letters
from kenpo_xl.domain.formulas.evaluate import Number, Operation, Ref
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.results.facts import Fact, Origin, kpi_fact_identity
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.span import Accumulation, Span
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.carry.write_books import write_input_book
from scripts.sample import submissions
from tests.office import Office, edits
from tests.office.office import recalculated_values
from tests.sample import sample_plan

GYOMU, REZEPT, HOKEN, KIKAKU = "業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


@pytest.fixture(scope="module")
def assessments(plan: Plan) -> Assessments:
    found = submissions()
    return rate_kpis_and_blocks(plan, recompute_figures(plan, found.values()), found.values())


def assessment_of(assessments: Assessments, name: str) -> KpiAssessment:
    found = assessments.assessment_of_kpi(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "glyph"),
    [
        ("再審査レセプト1件当たりの査定額", "◎"),
        ("返納金債権の回収率", "〇"),
        ("資格喪失後1か月以内の健康保険証回収率", "△"),
        ("レセプト点検の査定率", "△"),
        ("サービススタンダードの達成状況", "△"),
        ("現金給付等の申請に係る郵送化率", "△"),
    ],
)
def test_kpis_come_out_as_published(assessments: Assessments, name: str, glyph: str) -> None:
    assert assessments.kpis
    found = assessment_of(assessments, name)
    block = assessments.blocks[found.item, found.block]
    assert (found.judgement.glyph, block.computed, block.group, block.differs_from_computed) == (
        glyph,
        glyph,
        glyph,
        False,
    )


@pytest.mark.parametrize(
    ("name", "explanation"),
    [
        ("返納金債権の回収率", "実績 55.09 ％ は前年同月 53.44 ％ を 1.65 ポイント上回る → 〇"),
        (
            "資格喪失後1か月以内の健康保険証回収率",
            "実績 79.40 ％ は前年同月 81.85 ％ を 2.45 ポイント下回る → △",
        ),
        (
            "再審査レセプト1件当たりの査定額",
            "実績 16,893 円 は目標 10,123 円 を 6,770 円上回る（目標の 120％以上） → ◎",
        ),
    ],
)
def test_explanations(assessments: Assessments, name: str, explanation: str) -> None:
    assert assessment_of(assessments, name).judgement.explanation == explanation


def test_a_kpi_without_target_is_not_judged(assessments: Assessments) -> None:
    found = assessment_of(assessments, "ジェネリック医薬品使用割合")
    assert (found.target_text, found.assessment.target) == ("目標値なし", None)
    assert found.judgement.glyph == ""


def test_the_base_month_is_that_of_the_newest_result(assessments: Assessments) -> None:
    assert assessment_of(assessments, "返納金債権の回収率").base.number == 11
    assert assessment_of(assessments, "被扶養者の特定健診実施率").base.number == 8


@pytest.mark.parametrize(
    ("name", "last_year"),
    [
        ("返納金債権の回収率", "0.6353"),
        ("委嘱事業所の被保険者数割合", "0.444"),
        ("健康保険委員の委嘱事業所数", "10250"),
        ("生活習慣病予防健診実施率", None),
    ],
)
def test_last_year_s_final_result(assessments: Assessments, name: str, last_year: str | None) -> None:
    """Recorded in 過去実績, else in the row of last year's end; a quotient has no cell of its own."""
    found = assessment_of(assessments, name).last_year
    assert found == (None if last_year is None else Decimal(last_year))


def changed(plan: Plan, name: str, **changes: Any) -> KpiAssessment:
    """Where a KPI of the sample stands when the plan says something else of it and 過去実績 is empty."""
    kpis = tuple(replace(kpi, **changes) if kpi.name == name else kpi for kpi in plan.kpis)
    plan, found = replace(plan, kpis=kpis, history={}), submissions()
    return assessment_of(
        rate_kpis_and_blocks(plan, recompute_figures(plan, found.values()), found.values()), name
    )


def test_march_of_last_year_is_its_final_result(plan: Plan) -> None:
    assert changed(plan, CARDS).last_year == Decimal("0.8015")
    assert changed(plan, CARDS, same_period=None).last_year is None


def test_last_year_as_the_planner_says_it_goes_first(plan: Plan) -> None:
    given = Operation("/", Number(Decimal(3)), Number(Decimal(4)))
    assert changed(plan, CARDS, last_year=given).last_year == Decimal("0.75")


def test_a_month_is_no_final_result(plan: Plan) -> None:
    """The row 前年 of a table of months: March ends the year, November does not."""
    for month, last_year in (("3月", Decimal("0.6353")), ("11月", None)):
        result = Ref(FigureId("1-2-5", "債権回収率", "当年", month))
        found = changed(plan, "返納金債権の回収率", result=result, same_period=None, newest=False)
        assert found.last_year == last_year, month


class TestSamePeriodAsReported:
    """返納金債権の回収率 up to November: what no table holds was reported a year ago."""

    NAME = "返納金債権の回収率"

    def same_period(self, plan: Plan, fact: Fact, **changes: Any) -> Decimal | None:
        history = History.of([PastPeriod(FiscalYear(2023), 3, "令和5年度第3四半期", (fact,))])
        kpis = tuple(replace(kpi, **changes) if kpi.name == self.NAME else kpi for kpi in plan.kpis)
        plan, found = replace(plan, kpis=kpis), submissions()
        rated = rate_kpis_and_blocks(
            plan, recompute_figures(plan, found.values()), found.values(), history=history
        )
        return assessment_of(rated, self.NAME).assessment.same_period

    @pytest.fixture
    def fact(self) -> Fact:
        span = Span(Month(2023, 4), Month(2023, 11), Accumulation.CUMULATIVE)
        identity = kpi_fact_identity(self.NAME, "実績")
        return Fact(identity, Origin.KPI, "1-2-5", "", REZEPT, span=span, unit="割合", value=Decimal("0.5"))

    def test_where_the_plan_names_no_figure(self, plan: Plan, fact: Fact) -> None:
        assert self.same_period(plan, fact, same_period=None) == Decimal("0.5")

    def test_the_tables_go_first(self, plan: Plan, assessments: Assessments, fact: Fact) -> None:
        held = assessment_of(assessments, self.NAME).assessment.same_period
        assert self.same_period(plan, fact) == held not in (None, Decimal("0.5"))

    def test_not_of_another_month_or_unit(self, plan: Plan, fact: Fact) -> None:
        december = Span(Month(2023, 4), Month(2023, 12), Accumulation.CUMULATIVE)
        for other in (replace(fact, span=december), replace(fact, unit="％")):
            assert self.same_period(plan, other, same_period=None) is None


def test_the_months_of_a_rate_beside_last_year_s(assessments: Assessments) -> None:
    series = assessment_of(assessments, "資格喪失後1か月以内の健康保険証回収率").series
    assert [point.month.number for point in series] == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
    assert (series[0].month.year, series[-1].month.year) == (2024, 2025)
    assert (series[7].value, series[7].last_year) == (Decimal("0.7940"), Decimal("0.8185"))
    assert [point.value for point in series[8:]] == [None] * 4
    assert None not in [point.last_year for point in series]


def test_months_without_last_year(plan: Plan) -> None:
    series = changed(plan, CARDS, same_period=None).series
    assert {point.last_year for point in series} == {None}
    assert series[7].value == Decimal("0.7940")


def test_only_what_is_followed_month_by_month_has_months(assessments: Assessments) -> None:
    assert assessment_of(assessments, "サービススタンダードの達成状況").series == ()


def test_attainment_and_the_gap(assessments: Assessments) -> None:
    cards = assessment_of(assessments, CARDS)
    assert (cards.difference_to_same_period, cards.difference_unit) == (Decimal("-2.45"), "ポイント")
    assert assessment_of(assessments, "再審査レセプト1件当たりの査定額").difference_unit == "円"
    assert assessment_of(assessments, "ジェネリック医薬品使用割合").attainment is None


def test_what_is_under_way_until_the_year_s_end(
    plan: Plan, assessments: Assessments, last_quarter: Plan
) -> None:
    under_way = {kpi.kpi.name for kpi in assessments.kpis if kpi.under_way}
    assert {CARDS, CHECKUPS, BIDS} < under_way
    assert "レセプト点検の査定率" not in under_way
    found = submissions()
    at_end = rate_kpis_and_blocks(
        last_quarter, recompute_figures(last_quarter, found.values()), found.values()
    )
    assert not any(kpi.under_way for kpi in at_end.kpis)


class Desk:
    """A book that is edited in LibreOffice: what its live judgement shows, and what we compute from it."""

    def __init__(self, office: Office, plan: Plan, folder: Path, group: str) -> None:
        self.office, self.plan, self.path = office, plan, folder / f"{group}.xlsm"
        self.path.unlink(missing_ok=True)
        write_input_book(plan, group, self.path, submissions()[group])
        self.shown: dict[str, dict[str, float | str]] = {}

    def read(self) -> Submission:
        return read_submission(self.path, self.plan)

    def edit(self, change: Callable[[Any], None]) -> None:
        with self.office.edit(self.path) as document:
            change(document)
            self.shown = recalculated_values(document)

    def type(self, value: Any, *identity: str) -> None:
        """Type into the cell of a figure."""
        item, table, row, column = identity
        place = self.plan.tables[item, table].positions[FigureId(item, table, row, column)]
        tables = {(i.item, t.table): t for i in self.read().items for t in i.tables}
        entry = next(r for r in tables[item, table].rows if r.row == place[0]).cells[place[1]]
        assert entry.source is not None
        cell = entry.source.cell
        self.edit(lambda document: edits.set_value(document, item, cell, value))

    def type_month(self, value: float | str | None, item: str, table: str, column: int = 0) -> None:
        area = Workbook(self.path).named_area(names.months_excel_name(item, table))
        assert area is not None
        cell = f"{column_letters(area.left + column)}{area.top}"
        self.edit(lambda document: edits.set_value(document, item, cell, value))

    def live(self, name: str) -> tuple[str, float | str]:
        """The glyph and the result that the KPI's row shows after a recalculation."""
        self.shown = self.shown or self.office.recalculated(self.path)
        for sheet in self.shown.values():
            title = next((int(c[1:]) for c, v in sheet.items() if v == names.KPI_TITLE), None)
            if title is None:
                continue
            headers = {str(v): c[0] for c, v in sheet.items() if c[1:] == str(title + 1)}
            row = next((int(c[1:]) for c, v in sheet.items() if v == name and int(c[1:]) > title), None)
            if row is not None:
                return str(sheet.get(f"{headers['判定']}{row}", "")), sheet.get(f"{headers['実績']}{row}", "")
        raise LookupError(name)

    def ours(self, name: str) -> tuple[str, Decimal | None]:
        read = [self.read()]
        found = assessment_of(rate_kpis_and_blocks(self.plan, recompute_figures(self.plan, read), read), name)
        return found.judgement.glyph, found.assessment.result

    def judged(self, name: str) -> str:
        """The glyph, where both say the same of the same result."""
        (live, shown), (ours, result) = self.live(name), self.ours(name)
        assert live == ours
        if result is None:
            assert shown == ""
        else:
            assert abs(float(shown) - float(result)) < 1e-9
        return live


@pytest.fixture
def desk(office: Office, plan: Plan, tmp_path: Path) -> Callable[..., Desk]:
    return lambda group, own=plan: Desk(office, own, tmp_path, group)


@pytest.mark.parametrize("group", [GYOMU, REZEPT, HOKEN, KIKAKU])
def test_the_live_judgement_of_the_sample(desk: Callable[..., Desk], plan: Plan, group: str) -> None:
    own = desk(group)
    items = {item.id for item in plan.items_of(group)}
    read = [own.read()]
    found = rate_kpis_and_blocks(plan, recompute_figures(plan, read), read)
    kpis = [kpi for kpi in found.kpis if kpi.item in items]
    assert kpis
    for one in kpis:
        assert own.live(one.kpi.name)[0] == one.judgement.glyph, one.kpi.name


CARDS = "資格喪失後1か月以内の健康保険証回収率"
CHECKUPS = "生活習慣病予防健診実施率"
BIDS = "一者応札案件の割合"


def test_compared_with_last_year(desk: Callable[..., Desk]) -> None:
    own = desk(REZEPT)
    for value, glyph in ((79.40, "△"), (81.84, "△"), (81.85, "〇"), (82.00, "〇"), (99, "◎"), (0, "△")):
        own.type(value, "1-2-5", "保険証回収率", "当年", "11月")
        assert own.judged(CARDS) == glyph, value


def test_the_newest_month_counts(desk: Callable[..., Desk]) -> None:
    own = desk(REZEPT)
    own.type(81.53, "1-2-5", "保険証回収率", "当年", "12月")
    assert own.judged(CARDS) == "〇"
    own.type(81.52, "1-2-5", "保険証回収率", "当年", "12月")
    assert own.judged(CARDS) == "△"


def test_a_month_after_the_as_of_month_does_not_count(desk: Callable[..., Desk]) -> None:
    own = desk(REZEPT)
    own.type(99, "1-2-5", "保険証回収率", "当年", "1月")
    assert own.judged(CARDS) == "△"


def test_in_proportion_to_the_months(desk: Callable[..., Desk]) -> None:
    """The months that have passed are those of the as-of month above the column: 22.1 % of 51.5 %."""
    own = desk(HOKEN)
    glyphs = {}
    for month in (4, 8, 9, 12, 3):
        own.type_month(month, "2-2-2", "健診実施状況")
        glyphs[month] = own.judged(CHECKUPS)
    assert glyphs == {4: "◎", 8: "〇", 9: "△", 12: "△", 3: "△"}


def test_in_proportion_the_result_counts(desk: Callable[..., Desk]) -> None:
    # 51.5 % of 631,762 × 6 months of 12 = 162,678.7
    own = desk(HOKEN)
    own.type(162678, "2-2-2", "健診実施状況", "当年(※)", "生活習慣病予防健診")
    assert own.judged(CHECKUPS) == "△"
    own.type(162679, "2-2-2", "健診実施状況", "当年(※)", "生活習慣病予防健診")
    assert own.judged(CHECKUPS) == "〇"


def test_a_month_left_empty_is_that_of_the_period(desk: Callable[..., Desk]) -> None:
    own = desk(HOKEN)
    own.type_month(None, "2-2-2", "健診実施状況")
    assert own.judged(CHECKUPS) == "△"


def test_a_month_typed_as_text(desk: Callable[..., Desk]) -> None:
    own = desk(HOKEN)
    own.type_month("4月", "2-2-2", "健診実施状況")
    assert own.judged(CHECKUPS) == "◎"


@pytest.fixture(scope="module")
def last_quarter(plan: Plan) -> Plan:
    return replace(plan, period=replace(plan.period, number=4))


def test_lower_is_better(desk: Callable[..., Desk], plan: Plan, last_quarter: Plan) -> None:
    own = desk(KIKAKU)
    assert own.judged(BIDS) == "△"
    own = desk(KIKAKU, last_quarter)
    own.type(100, "3-4", "文中の数値", "入札件数", "当年")
    for count, glyph in ((16, "△"), (15, "〇"), (13, "〇"), (12, "◎"), (0, "◎")):
        own.type(count, "3-4", "文中の数値", "一者応札案件数", "当年")
        assert own.judged(BIDS) == glyph, count


def test_the_last_quarter_compares_with_the_target(desk: Callable[..., Desk], last_quarter: Plan) -> None:
    own = desk(GYOMU, last_quarter)
    assert own.judged("サービススタンダードの達成状況") == "〇"
    own.type(43088, "1-2-2", "決定達成", "当年", "達成件数")
    assert own.judged("サービススタンダードの達成状況") == "△"


def test_an_emptied_result_is_not_judged(desk: Callable[..., Desk]) -> None:
    own = desk(GYOMU)
    own.type(None, "1-2-2", "決定達成", "当年", "達成件数")
    assert own.live("サービススタンダードの達成状況")[0] == own.ours("サービススタンダードの達成状況")[0]


def test_a_step_with_a_floor_of_its_own(desk: Callable[..., Desk], last_quarter: Plan) -> None:
    """An 郵送化率 can hardly be 1.2 times last year's: from 102 % on it is ◎."""
    own = desk(GYOMU, last_quarter)
    for value, glyph in ((0.964, "△"), (0.965, "〇"), (0.9842, "〇"), (0.9843, "◎")):
        own.type(value, "1-2-2", "郵送化率", "当年", "郵送化率")
        assert own.judged("現金給付等の申請に係る郵送化率") == glyph, value


def test_a_group_s_own_rating_stands_beside_ours(plan: Plan) -> None:
    found = submissions()
    items = [
        replace(item, ratings=tuple(replace(rating, glyph="◎") for rating in item.ratings))
        for item in found[GYOMU].items
    ]
    found[GYOMU] = replace(found[GYOMU], items=tuple(items))
    blocks = rate_kpis_and_blocks(plan, recompute_figures(plan, found.values()), found.values()).blocks
    block = blocks["1-2-2", "1"]
    assert (block.group, block.computed, block.differs_from_computed) == ("◎", "△", True)
    assert block.explanation.startswith("サービススタンダードの達成状況: ")


def test_the_numbers_of_every_explanation_add_up(assessments: Assessments) -> None:
    """Result, aim and difference as printed; the aim is the last number before the difference."""
    found = [kpi.judgement.explanation for kpi in assessments.kpis]
    checked = 0
    for sentence in found:
        numbers = re.findall(r"(?<![/\d])([\d,]+(?:\.\d+)?)(?=[ ％])", sentence.partition("（")[0])
        if re.search("(上|下)回る", sentence):
            result, aim, difference = (Decimal(numbers[place].replace(",", "")) for place in (0, -2, -1))
            assert abs(result - aim) == difference, sentence
            checked += 1
    assert checked == 13
