"""Usual notations in public documents raise no alarm, and what no careful writer writes is found.

`tests/sentences.tsv` has one sentence a row: the kind of document it is taken after, the verdict, the code
that a wrong one gets, and why. Names, numbers and places are replaced.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

import pytest

from kenpo_xl.domain.findings.finding import Finding, Severity
from tests.checks.text_cases import findings_in_lines
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
# What a line announces stands behind it.
LAST = "・関係団体の担当者とも協議した。"
LINES = 24
"""How many sentences are judged in one book."""
Row = dict[str, str]
Kinds = list[tuple[str, Severity]]


def found_in(sentence: str) -> Kinds:
    """Code and severity of each finding in a line of an item without tables that says the sentence."""
    return kinds_of(findings_in_lines([f"・{sentence}", LAST])[0])


def kinds_of(found: list[Finding]) -> Kinds:
    return [(one.code, one.severity) for one in found]


def found_before_last(rows: list[Row], *, all_books: bool = False) -> list[list[Finding]]:
    """The findings in each sentence of one block, which has another line behind them."""
    lines = [f"・{row['sentence']}" for row in rows]
    return findings_in_lines([*lines, LAST], all_books=all_books)[:-1]


def misjudged(rows: list[Row], is_right: Callable[[Row, Kinds], bool]) -> dict[str, Kinds]:
    """The sentences whose findings are not right, with these findings.

    Sentences far from each other are lines of one book, which takes a sixth of the time; where the findings
    of one are not right there, it is judged in a book of its own.
    """
    books = -(-len(rows) // LINES)
    doubtful = [
        row
        for book in (rows[at::books] for at in range(books))
        for row, found in zip(book, found_before_last(book), strict=True)
        if not is_right(row, kinds_of(found))
    ]
    alone = {row["sentence"]: found_in(row["sentence"]) for row in doubtful}
    return {
        row["sentence"]: alone[row["sentence"]]
        for row in doubtful
        if not is_right(row, alone[row["sentence"]])
    }


def has_no_alarm(_: Row, kinds: Kinds) -> bool:
    return all(severity is Severity.INFO or code == OWN_TERMS for code, severity in kinds)


def has_its_code(row: Row, kinds: Kinds) -> bool:
    return [code for code, _ in kinds] == [row["code"]]


def by_source(rows: list[Row]) -> list[Any]:
    """The sentences of each kind of document as one case."""
    sources = dict.fromkeys(row["source"] for row in rows)
    return [pytest.param([row for row in rows if row["source"] == source], id=source) for source in sources]


@pytest.mark.parametrize("rows", by_source(RIGHT[::SHARE]))
def test_a_usual_notation_raises_no_alarm(rows: list[Row]) -> None:
    assert misjudged(rows, has_no_alarm) == {}


@soak
@pytest.mark.parametrize("rows", by_source([row for at, row in enumerate(RIGHT) if at % SHARE]))
def test_no_other_one_raises_any(rows: list[Row]) -> None:
    assert misjudged(rows, has_no_alarm) == {}


@pytest.mark.parametrize("rows", by_source(WRONG))
def test_a_mistake_is_found_once(rows: list[Row]) -> None:
    assert misjudged(rows, has_its_code) == {}


def test_the_list_is_long_and_names_everything() -> None:
    assert len(ROWS) >= 500
    assert len({row["sentence"] for row in ROWS}) == len(ROWS)
    assert all(row["source"] and row["why"] for row in ROWS)
    assert {row["verdict"] for row in ROWS} == {"right", "wrong"}
    assert all(bool(row["code"]) == (row["verdict"] == "wrong") for row in ROWS)


@soak
def test_the_other_lines_of_the_book_change_nothing() -> None:
    rows = ROWS[:: max(1, 40 // TIMES)]
    for some in (rows[at::12] for at in range(12)):
        found = found_before_last(some, all_books=True)
        for row, here in zip(some, found, strict=True):
            assert kinds_of(here) == found_in(row["sentence"]), row
