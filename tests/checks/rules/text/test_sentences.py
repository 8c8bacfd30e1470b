"""Usual notations in public documents raise no alarm, and what no careful writer writes is found.

`tests/sentences.tsv` has one sentence a row: the kind of document it is taken after, the verdict, the code
that a wrong one gets, and why. Names, numbers and places are replaced. The code `any` is that of a mistake
which a careful reader finds, whichever rule reports it.
"""

from __future__ import annotations

import csv
from typing import Any

import pytest

from kenpo_xl.domain.findings.finding import Severity
from tests.checks.text_cases import CELL, ITEM, OFFICE, findings, findings_in_line
from tests.paths import SENTENCES
from tests.soak import TIMES, soak

ROWS = tuple(
    csv.DictReader(
        SENTENCES.read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
RIGHT = [row for row in ROWS if row["verdict"] == "right"]
WRONG = [row for row in ROWS if row["verdict"] == "wrong"]
# What an office lists in 用語 is its own wish, not a notation.
OWN_TERMS = "WO08"
ANY = "any"
# Right sentences that a rule still reports; a sentence leaves this list when its rule is silent.
REPORTED = frozenset(
    {
        "保険証は令和7年12月に使用できなくなることを周知した。",
        "令和5年8月診療分と比べて伸びが鈍化した。",
        "6月20日に第1回を9月20日に第2回を発送した。",
        "2月に広報を行う契約を12月に結んだ。",
    }
)


def found_in(sentence: str) -> list[tuple[str, Severity]]:
    """Code and severity of each finding in a line of an item without tables that says the sentence."""
    return [(one.code, one.severity) for one in findings_in_line(f"・{sentence}")]


def _case(row: dict[str, str]) -> Any:
    """The row as a test case; one that rules do not judge rightly yet may fail."""
    open_row = row["code"] == ANY or row["sentence"] in REPORTED
    marks = [pytest.mark.xfail(reason="no rule judges it rightly yet", strict=False)] if open_row else []
    return pytest.param(row, id=row["sentence"], marks=marks)


@pytest.mark.parametrize("row", [_case(row) for row in RIGHT])
def test_a_usual_notation_raises_no_alarm(row: dict[str, str]) -> None:
    alarms = [found for found in found_in(row["sentence"]) if found[1] is not Severity.INFO]
    assert [found for found in alarms if found[0] != OWN_TERMS] == []


@pytest.mark.parametrize("row", [_case(row) for row in WRONG])
def test_a_mistake_is_found_once(row: dict[str, str]) -> None:
    found = found_in(row["sentence"])
    if row["code"] == ANY:
        assert [severity for _, severity in found if severity is not Severity.INFO]
    else:
        assert [code for code, _ in found] == [row["code"]]


def test_the_list_is_long_and_names_everything() -> None:
    assert len(ROWS) >= 500
    assert len({row["sentence"] for row in ROWS}) == len(ROWS)
    assert all(row["source"] and row["why"] for row in ROWS)
    assert {row["verdict"] for row in ROWS} == {"right", "wrong"}
    assert {row["sentence"] for row in RIGHT} >= REPORTED
    assert all(bool(row["code"]) == (row["verdict"] == "wrong") for row in ROWS)


@soak
def test_the_other_lines_of_the_book_change_nothing() -> None:
    for row in ROWS[:: max(1, 40 // TIMES)]:
        found = findings(OFFICE, {f"{ITEM} {CELL}": f"・{row['sentence']}"})
        here = [(one.code, one.severity) for one in found if (one.sheet, one.cell) == (ITEM, CELL)]
        assert here == found_in(row["sentence"]), row
