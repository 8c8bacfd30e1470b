"""The year's end of one KPI, which differs from an ordinary one in one thing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.domain.numbers.exact import number_format
from kenpo_xl.domain.plan.plan import Kpi
from kenpo_xl.domain.plan.ratings import Direction, Interim
from kenpo_xl.domain.plan.targets.judgement import Assessment, Judgement
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.results.facts import Fact, Origin
from kenpo_xl.domain.results.outlooks import EstimateBasis, KpiOutlook, Outlook
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.span import Accumulation, Span
from kenpo_xl.pipeline.outlook import kpi_outlooks

COUNT, RATE, MONEY = '#,##0" 件"', "0.0%", '#,##0" 円"'
BEHIND, ON_TRACK, REACHED = Outlook.BEHIND, Outlook.ON_TRACK, Outlook.REACHED
MONTHS, PATH, PRESENT, FINAL = EstimateBasis


def outlook(
    result: str | None,
    target: str | None,
    *,
    code: str = RATE,
    kind: Accumulation = Accumulation.CUMULATIVE,
    month: int = 12,
    direction: Direction = Direction.AT_LEAST,
    interim: Interim = Interim.TARGET,
    then: str | None = None,
    last: str | None = None,
    name: str = "実施率",
    upper: str | None = None,
) -> KpiOutlook:
    """The outlook of a KPI at the end of a month of fiscal 2024."""
    of = Month(2024 if month >= 4 else 2025, month)
    kpi = Kpi(name, number_format(code), None, direction, None, interim=interim)
    ends = None if upper is None else Decimal(upper)
    numbers = Assessment(
        *(None if one is None else Decimal(one) for one in (result, target, then)),
        elapsed=FiscalYear(2024).elapsed_months(of),
        upper=ends,
    )
    assessed = KpiAssessment(
        kpi, "1-1", "1", numbers, of, Judgement("", ""), last_year=None if last is None else Decimal(last)
    )
    fact = Fact(f"指標/{name}/実績", Origin.KPI, "1-1", "", "", span=Span(Month(2024, 4), of, kind))
    (found,) = kpi_outlooks(Assessments((assessed,), {}), [fact])
    return found


@pytest.mark.parametrize(
    ("result", "estimate", "expected"),
    [
        ("75", "100", ON_TRACK),
        ("74", "98.66666666666667", BEHIND),
        ("100", None, REACHED),
        ("99", None, ON_TRACK),
    ],
)
def test_a_count_of_the_year_is_projected_by_its_months(
    result: str, estimate: str | None, expected: Outlook
) -> None:
    found = outlook(result, "100", code=COUNT, month=12)
    assert (found.is_running, found.basis, found.computed) == (True, MONTHS, expected)
    assert found.estimate == Decimal(result) * 12 / 9
    assert estimate is None or round(found.estimate, 9) == round(Decimal(estimate), 9)


@pytest.mark.parametrize(
    ("kind", "interim", "name", "is_running"),
    [
        (Accumulation.YEAR, Interim.TARGET, "相談員", False),
        (Accumulation.YEAR, Interim.YEAR_END, "相談員", True),
        (Accumulation.CUMULATIVE, Interim.TARGET, "相談員", True),
        (Accumulation.YEAR, Interim.YEAR_END, "待機児童数", False),
        (Accumulation.YEAR, Interim.YEAR_END, "保育所の定員", False),
    ],
)
def test_a_number_of_the_year_that_is_compared_with_its_target_is_a_level(
    kind: Accumulation, interim: Interim, name: str, is_running: bool
) -> None:
    found = outlook("1330", "1320", code='#,##0" 人"', kind=kind, interim=interim, name=name, month=9)
    assert (found.is_running, found.basis) == (is_running, MONTHS if is_running else PRESENT)
    assert found.computed is (REACHED if is_running else ON_TRACK)


def test_the_numbers_of_an_estimate_are_explained() -> None:
    assert outlook("74", "100", code=COUNT).explanation == "74 件 ÷ 9 か月 × 12 か月"
    path = outlook("0.794", "0.8", then="0.819", last="0.802")
    assert path.explanation == "79.4％ ＋（前年度 80.2％ － 前年同期 81.9％）"
    assert outlook("0.4", "0.5").explanation == "いまの値が続くとき"
    assert outlook("0.4", "0.5", month=3).explanation == "年度を通した実績"


@pytest.mark.parametrize(
    ("change", "is_running"),
    [
        ({}, True),
        ({"kind": Accumulation.YEAR, "interim": Interim.YEAR_END}, True),
        ({"kind": Accumulation.MOMENT}, False),
        ({"kind": Accumulation.MONTH}, False),
        ({"code": RATE}, False),
        ({"code": RATE, "interim": Interim.ELAPSED}, True),
        ({"code": MONEY}, False),
        ({"result": "75.5"}, False),
        ({"name": "委嘱事業所数"}, False),
        ({"name": "新規委嘱件数"}, True),
    ],
)
def test_only_what_is_counted_from_april_cannot_fall(change: dict[str, object], is_running: bool) -> None:
    values: dict[str, object] = {"result": "75", "code": COUNT, **change}
    found = outlook(values.pop("result"), "70", **values)  # type: ignore[arg-type]
    assert found.is_running is is_running
    assert found.computed is (REACHED if is_running else ON_TRACK)


@pytest.mark.parametrize(
    ("last", "expected"), [("0.6353", ON_TRACK), ("0.6187", BEHIND), ("0.6188", ON_TRACK)]
)
def test_a_rate_follows_last_years_path(last: str, expected: Outlook) -> None:
    found = outlook("0.5509", "0.6353", then="0.5344", last=last)
    assert (found.basis, found.computed) == (PATH, expected)
    assert found.estimate == Decimal("0.5509") + Decimal(last) - Decimal("0.5344")


@pytest.mark.parametrize(
    ("result", "then", "last", "estimate"),
    [("0.98", "0.90", "0.99", "1"), ("1.02", "0.90", "0.99", "1.11"), ("0.02", "0.50", "0.40", "0")],
)
def test_a_share_stays_between_nothing_and_all(result: str, then: str, last: str, estimate: str) -> None:
    assert outlook(result, "0.9", then=then, last=last).estimate == Decimal(estimate)


@pytest.mark.parametrize(("known", "value"), [("then", "0.5"), ("last", "0.6")])
def test_without_the_whole_path_the_present_value_counts(known: str, value: str) -> None:
    found = outlook("0.465", "0.45", **{known: value})  # type: ignore[arg-type]
    assert (found.basis, found.estimate, found.computed) == (PRESENT, Decimal("0.465"), ON_TRACK)


@pytest.mark.parametrize(("result", "expected"), [("0.15", ON_TRACK), ("0.151", BEHIND)])
def test_where_less_is_better_nothing_is_reached_before_the_year_ends(result: str, expected: Outlook) -> None:
    low = {"direction": Direction.AT_MOST}
    assert outlook(result, "0.15", **low).computed is expected  # type: ignore[arg-type]
    count = str(int(Decimal(result) * 1000))
    assert outlook(count, "200", code=COUNT, **low).computed is (  # type: ignore[arg-type]
        ON_TRACK if Decimal(count) * 12 / 9 <= 200 else BEHIND
    )


@pytest.mark.parametrize(
    ("result", "direction", "expected"),
    [
        ("0.45", Direction.AT_LEAST, REACHED),
        ("0.449", Direction.AT_LEAST, BEHIND),
        ("0.45", Direction.AT_MOST, REACHED),
        ("0.451", Direction.AT_MOST, BEHIND),
    ],
)
def test_the_whole_year_decides_itself(result: str, direction: Direction, expected: Outlook) -> None:
    found = outlook(result, "0.45", month=3, direction=direction, then="0.4", last="0.5")
    assert (found.basis, found.estimate, found.computed) == (FINAL, Decimal(result), expected)


def test_up_to_february_the_year_is_not_over() -> None:
    assert outlook("0.46", "0.45", month=2).computed is ON_TRACK


@pytest.mark.parametrize(("result", "target"), [(None, "1"), ("1", None)])
def test_without_result_or_target_there_is_no_outlook(result: str | None, target: str | None) -> None:
    found = outlook(result, target)
    assert (found.estimate, found.basis, found.computed, found.printed_outlook) == (None, None, None, None)


def test_the_glyphs_differ() -> None:
    assert [(str(one), one.glyph) for one in Outlook] == [("遅れ", "▼"), ("順調", "●"), ("到達", "★")]


def test_a_dropped_outlook_prints_no_estimate() -> None:
    from kenpo_xl.domain.results.adjustments import OutlookAdjustment

    found = replace(outlook("75", "100", code=COUNT), adjustment=OutlookAdjustment("実施率", "載せない"))
    assert (found.printed_outlook, found.printed_estimate, found.computed) == (None, None, ON_TRACK)


@pytest.mark.parametrize(
    ("result", "month", "expected"),
    [("0.45", 12, ON_TRACK), ("0.5", 3, REACHED), ("0.449", 12, BEHIND), ("0.501", 3, BEHIND)],
)
def test_a_rate_within_its_range_is_on_track(result: str, month: int, expected: Outlook) -> None:
    found = outlook(result, "0.45", upper="0.5", direction=Direction.WITHIN, month=month)
    assert found.computed is expected


@pytest.mark.parametrize(
    ("result", "expected"), [("75", ON_TRACK), ("91", BEHIND), ("110", BEHIND), ("70", BEHIND)]
)
def test_a_count_within_its_range_may_still_leave_it(result: str, expected: Outlook) -> None:
    found = outlook(result, "100", upper="120", code=COUNT, direction=Direction.WITHIN)
    assert (found.is_running, found.computed) == (True, expected)
