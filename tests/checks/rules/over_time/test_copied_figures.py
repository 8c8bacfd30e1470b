"""Figures that equal last quarter's, last year's or the month before, and those of months to come."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kenpo_xl.domain.results.history import History
from kenpo_xl.ooxml.workbook import Value
from kenpo_xl.tasks.past_periods import read_history_in_folders
from tests.checks.clerk import GYOMU, HOKEN, KIKAKU, REZEPT, new
from tests.checks.rules.over_time.test_reported_figures import told
from tests.tasks.periods import up_to_september, write_period


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The second quarter."""
    folder = tmp_path_factory.mktemp("past")
    write_period(folder / "令和6年度第2四半期", 2024, 2, up_to_september)
    return read_history_in_folders(folder).history


class TestLastQuarters:
    """1-2-3!F30 (確認済) was 1,190 in September; 1-2-2!E24 moved from September to October."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (1_190.0, [("TI12", "1-2-3!F30")]),
            (1_191.0, []),
            (1_189.0, [("TI04", "1-2-3!F30")]),
        ],
    )
    def test_a_running_total(self, past: History, value: float, expected: list[tuple[str, str]]) -> None:
        assert told(past, {"1-2-3!F30": value}) == expected

    def test_a_number_that_its_line_dates_before(self, past: History) -> None:
        said = {"1-2-3!D17": "・9月5日に1,190件の案内を発送した。"}
        assert told(past, {"1-2-3!F30": 1_190.0, **said}) == []
        said = {"1-2-3!D17": "・12月5日に1,190件の案内を発送した。"}
        assert told(past, {"1-2-3!F30": 1_190.0, **said}) == [("TI12", "1-2-3!F30")]


@pytest.mark.parametrize(
    ("group", "typed", "expected"),
    [
        (GYOMU, {"1-2-3!E36": 362_123.0}, [("TI13", "1-2-3!E36")]),
        (GYOMU, {"1-2-2!F26": 42_133.0}, [("TI13", "1-2-2!F26")]),
        (GYOMU, {"1-2-2!F26": 42_134.0}, []),
        (GYOMU, {"1-2-2!E26": 42_133.0, "1-2-2!F26": 42_133.0}, [("TI13", "1-2-2!E26")]),
        (GYOMU, {"1-2-2!F26": 42_000.0, "1-2-2!F27": 42_000.0}, []),
        (GYOMU, {"1-2-2!F26": 99.0, "1-2-2!F27": 99.0}, []),
        (REZEPT, {"1-2-4!F29": 107_625.0}, [("TI13", "1-2-4!F29")]),
        (REZEPT, {"1-2-4!G29": 72_586.0}, [("TI14", "1-2-4!G29")]),
        (KIKAKU, {"2-4!F74": 87.0}, []),
        (KIKAKU, {"2-4!E74": 1_106.0}, [("TI14", "2-4!E74")]),
    ],
)
def test_last_years_and_the_one_before(
    group: str, typed: Mapping[str, Value], expected: list[tuple[str, str]]
) -> None:
    assert [*new(group, typed, "TI13"), *new(group, typed, "TI14")] == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"2-4!E55": 9_100.0}, [("TI11", "2-4!E55")]),
        ({"2-4!E55": 0.0}, [("TI11", "2-4!E55")]),
        ({"2-4!E55": 9_100.0, "2-4!F55": 128_900.0}, [("TI11", "2-4!E55")]),
        ({"2-4!E56": 6_900.0}, []),
        ({"2-4!E53": 9_100.0}, []),
    ],
)
def test_months_to_come(typed: Mapping[str, Value], expected: list[tuple[str, str]]) -> None:
    """In the sample, as of December, copies of January are known; those of February are not."""
    assert new(KIKAKU, typed, "TI11") == expected


def test_people_are_no_state_where_another_header_names_what_is_counted(past: History) -> None:
    """2-2-3!G39: 初回面談数 of 被保険者; the report of September has a number of its own."""
    key = "2-2-3/特定保健指導実施状況/当年＞協会保健師等/被保険者＞初回面談数", ""
    then = past.periods[0].facts_by_key[key].value
    assert then is not None
    assert ("TI04", "2-2-3!G39") in told(past, {"2-2-3!G39": float(then) - 1}, HOKEN)
    assert ("TI12", "2-2-3!G39") in told(past, {"2-2-3!G39": float(then)}, HOKEN)
