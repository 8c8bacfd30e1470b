"""A typed as-of month after the period is reported at its cell, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.results.history import History
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.ooxml.workbook import Value
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.past_periods import read_history_in_folders
from tests.checks.clerk import GYOMU, changed
from tests.checks.planted import BOOK, checked, places, planted
from tests.paths import SAMPLE
from tests.sample import sample_plan, sample_submission
from tests.tasks.periods import a_year_ago, write_period

HEALTH = SAMPLE / "提出" / "保健グループ.xlsm"


@pytest.mark.parametrize(("month", "is_found"), [(12, False), (11, False), (1, True), (3, True), (4, False)])
def test_a_month_after_the_period(tmp_path: Path, month: int, *, is_found: bool) -> None:
    def edit(book):  # type: ignore[no-untyped-def]
        book["1-2-2"]["E24"] = month

    assert places(checked(planted(tmp_path, edit, BOOK), "TI")) == [("TI10", "1-2-2!E24")] * is_found


def test_its_texts_are_not_reported_too(tmp_path: Path) -> None:
    def edit(book):  # type: ignore[no-untyped-def]
        book["2-2-2"]["E69"] = 1

    found = places(checked(planted(tmp_path, edit, HEALTH), ""))
    assert [place for place in found if place[0] in ("WO07", "TI07", "TI10")] == [("TI10", "2-2-2!E69")]


@pytest.mark.parametrize(
    ("cell", "value", "is_found"),
    [
        ("F50", 25, True),  # 受診者数 of 令和7年1月9日
        ("F50", 0, False),
        ("E50", "伊奈町（実施済）", True),
        ("E50", "伊奈町（実施予定）", False),
        ("F49", 190, False),  # some of its days are over
    ],
)
def test_a_row_to_come_with_results(tmp_path: Path, cell: str, value: object, *, is_found: bool) -> None:
    def edit(book):  # type: ignore[no-untyped-def]
        book["2-2-2"][cell] = value

    found = checked(planted(tmp_path, edit, HEALTH), "TI19")
    assert places(found) == [("TI19", f"2-2-2!{cell}")] * is_found
    assert [one.cell for finding in found for one in finding.related] == ["D50"] * is_found


@pytest.mark.parametrize(
    ("date", "is_found"), [("令和 6 年 12 月 31 日", False), ("令和 7 年 1 月 1 日", True)]
)
def test_the_row_of_another_date(tmp_path: Path, date: str, *, is_found: bool) -> None:
    def edit(book):  # type: ignore[no-untyped-def]
        book["2-2-2"]["D48"] = date

    assert places(checked(planted(tmp_path, edit, HEALTH), "TI19")) == [("TI19", "2-2-2!F48")] * is_found


@pytest.mark.parametrize(
    ("cell", "month", "is_found"),
    [("E36", 10, True), ("E36", 12, True), ("E36", 11, False), ("E56", 10, True), ("E56", 1, False)],
)
def test_two_months_of_one_number(tmp_path: Path, cell: str, month: int, *, is_found: bool) -> None:
    """2,415 人 stands in both tables of 2-2-3, and with 11 月 in a typed line; a month to come has a rule."""

    def edit(book):  # type: ignore[no-untyped-def]
        book["2-2-3"][cell] = month
        book["2-2-3"]["D15"] = "初回面談実施者数：2,415 人（令和 6 年 11 月末）"

    found = checked(planted(tmp_path, edit, HEALTH), "TI20")
    assert places(found) == [("TI20", f"2-2-3!{cell}")] * is_found
    other = {"E36": "E56", "E56": "E36"}[cell]
    assert [one.cell for finding in found for one in finding.related] == [other] * is_found


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The third quarter of the year before, with the as-of months of the sample."""
    folder = tmp_path_factory.mktemp("past")
    write_period(folder / "令和5年度第3四半期", 2023, 3, a_year_ago)
    return read_history_in_folders(folder).history


def found_under(
    past: History, table: str, month: int, typed: Mapping[str, Value] | None = None
) -> list[Finding]:
    """What the rules over time find in 業務グループ with another as-of month of a table."""
    own = changed(sample_submission(GYOMU), sample_plan(), typed or {})
    items = tuple(
        replace(
            item,
            tables=tuple(replace(one, months=(month,)) if one.table == table else one for one in item.tables),
        )
        for item in own.items
    )
    own = replace(own, items=items)
    figures = recompute_figures(sample_plan(), [own])
    ratings = rate_kpis_and_blocks(sample_plan(), figures, [own])
    context = CheckContext(sample_plan(), own, Survey(), figures, ratings, history=past)
    found, runs = run_rules(context, [rule for rule in all_rules() if rule.code.startswith("TI")])
    assert all(one.status == "ran" for one in runs), runs
    return list(found)


@pytest.mark.parametrize(
    ("table", "month", "typed", "expected"),
    [
        ("決定達成", 9, {}, [("TI21", "1-2-2!E24")]),
        ("決定達成", 11, {}, [("TI21", "1-2-2!E24")]),
        ("決定達成", 10, {}, []),
        ("決定達成", 9, {"1-2-2!E27": 38_119.0, "1-2-2!F27": 38_119.0}, []),
        ("柔整照会", 10, {}, [("TI21", "1-2-3!E34")]),
        ("柔整照会", 10, {"1-2-3!F36": 330_021.0}, []),  # one of its two numbers is not of November
        ("郵送化率", 11, {}, []),  # no number of last year has its months
        ("決定達成", 1, {}, [("TI10", "1-2-2!E24")]),
    ],
)
def test_last_years_numbers_of_another_month(
    past: History, table: str, month: int, typed: dict[str, Value], expected: list[tuple[str, str]]
) -> None:
    """The report of a year ago gave the numbers of last year for October and November."""
    assert places(found_under(past, table, month, typed)) == expected


def test_the_report_and_its_month_are_named(past: History) -> None:
    (found,) = found_under(past, "決定達成", 9)
    assert "の基準月は 9 月ですが" in found.message
    assert "42,133 件" in found.message
    assert "令和5年度第3四半期の報告では 10 月の数でした" in found.message
