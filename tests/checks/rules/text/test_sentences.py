"""Usual notations in public documents raise no alarm, and what no careful writer writes is found.

`tests/sentences.tsv` has one sentence a row: the kind of document it is taken after, the verdict, the code
that a wrong one gets, and why. Names, numbers and places are replaced.
"""

from __future__ import annotations

import csv

import pytest

from kenpo_xl.domain.findings.finding import Severity
from tests.checks.text_cases import OFFICE, findings
from tests.paths import SENTENCES

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
    found = findings(OFFICE, {"1-3 D11": f"・{sentence}"})
    return [(one.code, one.severity) for one in found if (one.sheet, one.cell) == ("1-3", "D11")]


@pytest.mark.parametrize("row", RIGHT, ids=[row["sentence"] for row in RIGHT])
def test_a_usual_notation_raises_no_alarm(row: dict[str, str]) -> None:
    alarms = [found for found in found_in(row["sentence"]) if found[1] is not Severity.INFO]
    assert [found for found in alarms if found[0] != OWN_TERMS] == []


@pytest.mark.parametrize("row", WRONG, ids=[row["sentence"] for row in WRONG])
def test_a_mistake_is_found_once(row: dict[str, str]) -> None:
    assert [code for code, _ in found_in(row["sentence"])] == [row["code"]]


def test_the_list_is_long_and_names_everything() -> None:
    assert len(ROWS) >= 150
    assert len({row["sentence"] for row in ROWS}) == len(ROWS)
    assert all(row["source"] and row["why"] for row in ROWS)
    assert {row["verdict"] for row in ROWS} == {"right", "wrong"}
    assert all(bool(row["code"]) == (row["verdict"] == "wrong") for row in ROWS)
