"""What adjustments settle: what the rules no longer find in print, chosen values, final ratings."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest

from kenpo_xl.checks.adjusted_findings import AdjustedFindings, adjusted_findings
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Rule
from kenpo_xl.domain.findings.finding import Family, Finding, Severity, Violation
from kenpo_xl.domain.results.assessments import BlockRating
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import Survey
from tests.own_rules import rule
from tests.sample import sample_plan

HERE, BELOW, OTHER = (Source("本.xlsm", "1-1", cell) for cell in ("B2", "B3", "B9"))
RATING = "1-1/ブロック 1/評価"


def printed(final: str = "") -> CheckContext:
    """As much of the context of what is printed as the engine looks at."""
    rating = BlockRating("1-1", "1", rated=True, final=final)
    known = {"plan": sample_plan(), "survey": Survey(), "lacking": "", "unconfirmed_cells": frozenset()}
    blocks = SimpleNamespace(blocks={("1-1", "1"): rating})
    return cast("CheckContext", SimpleNamespace(**known, assessments=blocks))


def finding(cell: Source, *, family: Family = Family.WORDING, code: str = "WO90", **words: str) -> Finding:
    place = (cell.workbook, cell.sheet, cell.cell, words.get("identity", ""))
    return Finding(code, family, Severity.ERROR, *place, "違います。", "直す", words.get("actual", ""))


def finds(*cells: Source, code: str = "WO90", family: Family = Family.WORDING, actual: str = "") -> Rule:
    def found(_: CheckContext) -> Iterator[Violation]:
        for cell in cells:
            yield Violation(cell, "", "違います。", actual=actual)

    return rule(found, code, family=family)


def fails(code: str = "WO90") -> Rule:
    def found(_: CheckContext) -> Iterator[Violation]:
        raise ZeroDivisionError("割れません")
        yield Violation(HERE, "", "")

    return rule(found, code, family=Family.WORDING)


def test_settled_is_what_is_no_longer_found_and_new_what_only_print_has() -> None:
    first, second = finding(HERE), finding(BELOW)
    found = adjusted_findings([first, second], printed(), [finds(BELOW, OTHER)], frozenset())
    assert found.settled == {first}
    assert [one.cell for one in found.new] == ["B9"]


@pytest.mark.parametrize(("actual", "settled"), [("HP", False), ("メルマガ", True)])
def test_other_words_in_the_same_cell_are_another_finding(actual: str, settled: bool) -> None:
    before = finding(HERE, actual="HP")
    found = adjusted_findings([before], printed(), [finds(HERE, actual=actual)], frozenset())
    assert (before in found.settled, len(found.new)) == (settled, int(settled))


def test_a_rule_that_fails_on_print_settles_nothing() -> None:
    assert adjusted_findings([finding(HERE)], printed(), [fails()], frozenset()) == AdjustedFindings()


@pytest.mark.parametrize(
    ("chosen", "family", "settled"),
    [
        ({HERE, BELOW}, Family.ARITHMETIC, True),
        ({HERE}, Family.ARITHMETIC, False),
        ({HERE, BELOW}, Family.AGREEMENT, False),
    ],
    ids=["all of them chosen", "one left", "another rule"],
)
def test_a_chosen_value_settles_what_is_said_of_its_parts(
    chosen: set[Source], family: Family, settled: bool
) -> None:
    code = {Family.ARITHMETIC: "CA90", Family.AGREEMENT: "CO90"}[family]
    place = (HERE.workbook, HERE.sheet, HERE.cell, "")
    column = Finding(code, family, Severity.ERROR, *place, "違います。", "", cells=(HERE, BELOW))
    found = adjusted_findings([column], printed(), [finds(HERE, code=code, family=family)], chosen)
    assert found.settled == ({column} if settled else set())
    assert found.new == ()


@pytest.mark.parametrize(
    ("final", "code", "settled"), [("△", "RA01", True), ("", "RA01", False), ("△", "RA08", False)]
)
def test_a_final_rating_settles_what_is_said_of_the_groups(final: str, code: str, settled: bool) -> None:
    before = finding(HERE, family=Family.RATING, code=code, identity=RATING)
    rules = [finds(HERE, code=code, family=Family.RATING)]
    assert (before in adjusted_findings([before], printed(final), rules, frozenset()).settled) is settled
