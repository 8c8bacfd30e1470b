"""Usual notations in public documents raise no alarm, and what no careful writer writes is found.

`tests/sentences.tsv` has one sentence a row: the kind of document it is taken after, the verdict, the code
that a wrong one gets, and why. Names, numbers and places are replaced.
"""

from __future__ import annotations

import csv
from typing import Any

import pytest

from kenpo_xl.domain.findings.finding import Severity
from tests.checks.text_cases import CELL, ITEM, OFFICE, findings, findings_in_line
from tests.paths import SENTENCES
from tests.soak import SHARE, TIMES, soak

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


def found_in(sentence: str) -> list[tuple[str, Severity]]:
    """Code and severity of each finding in a line of an item without tables that says the sentence."""
    return [(one.code, one.severity) for one in findings_in_line(f"・{sentence}")]


def by_source(rows: list[dict[str, str]]) -> list[Any]:
    """The sentences of each kind of document as one case: a case each would take as long as the rules."""
    sources = dict.fromkeys(row["source"] for row in rows)
    return [pytest.param([row for row in rows if row["source"] == source], id=source) for source in sources]


def alarms(row: dict[str, str]) -> list[tuple[str, Severity]]:
    found = [one for one in found_in(row["sentence"]) if one[1] is not Severity.INFO]
    return [one for one in found if one[0] != OWN_TERMS]


@pytest.mark.parametrize("rows", by_source(RIGHT[::SHARE]))
def test_a_usual_notation_raises_no_alarm(rows: list[dict[str, str]]) -> None:
    assert {row["sentence"]: found for row in rows if (found := alarms(row))} == {}


@soak
@pytest.mark.parametrize("rows", by_source([row for at, row in enumerate(RIGHT) if at % SHARE]))
def test_no_other_one_raises_any(rows: list[dict[str, str]]) -> None:
    test_a_usual_notation_raises_no_alarm(rows)


@pytest.mark.parametrize("rows", by_source(WRONG))
def test_a_mistake_is_found_once(rows: list[dict[str, str]]) -> None:
    found = {row["sentence"]: [code for code, _ in found_in(row["sentence"])] for row in rows}
    assert found == {row["sentence"]: [row["code"]] for row in rows}


def test_the_list_is_long_and_names_everything() -> None:
    assert len(ROWS) >= 500
    assert len({row["sentence"] for row in ROWS}) == len(ROWS)
    assert all(row["source"] and row["why"] for row in ROWS)
    assert {row["verdict"] for row in ROWS} == {"right", "wrong"}
    assert all(bool(row["code"]) == (row["verdict"] == "wrong") for row in ROWS)


@soak
def test_the_other_lines_of_the_book_change_nothing() -> None:
    for row in ROWS[:: max(1, 40 // TIMES)]:
        found = findings(OFFICE, {f"{ITEM} {CELL}": f"・{row['sentence']}"})
        here = [(one.code, one.severity) for one in found if (one.sheet, one.cell) == (ITEM, CELL)]
        assert here == found_in(row["sentence"]), row
