"""How the engine joins findings: one mistake makes one finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import run_rules
from kenpo_xl.checks.registry import Rule
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import Survey
from tests.own_rules import rule

A, B, C = (Source("本.xlsm", "1-1", cell) for cell in ("B2", "B5", "B9"))


class _Context:
    """As much of a context as the engine looks at."""

    survey = Survey()
    lacking = ""


def cells_found(*rules: Rule) -> list[tuple[str, str]]:
    findings, _ = run_rules(cast("CheckContext", _Context()), rules)
    return [(one.code, one.cell) for one in findings]


def yields(*violations: Violation, code: str = "CA90", superseded_by: tuple[str, ...] = ()) -> Rule:
    def found(_: CheckContext) -> Iterator[Violation]:
        yield from violations

    return rule(found, code, superseded_by=superseded_by)


def at(cell: Source, *, related: tuple[Source, ...] = (), explains: tuple[Source, ...] = ()) -> Violation:
    return Violation(cell, "", "違います。", related=related, explains=explains)


class TestTwoSides:
    def test_of_two_that_name_each_other_the_upper_one_is_kept(self) -> None:
        assert cells_found(yields(at(B, related=(A,)), at(A, related=(B,)))) == [("CA90", "B2")]

    def test_those_of_another_rule_or_cell_stay(self) -> None:
        one, other = yields(at(A, related=(B,))), yields(at(B, related=(A,)), code="CA91")
        assert cells_found(one, other) == [("CA90", "B2"), ("CA91", "B5")]
        assert cells_found(yields(at(A, related=(B,)), at(B, related=(C,)))) == [
            ("CA90", "B2"),
            ("CA90", "B5"),
        ]
        assert cells_found(yields(at(A, related=(B,)), at(B))) == [("CA90", "B2"), ("CA90", "B5")]


class TestSuperseded:
    def test_in_the_own_a_related_and_an_explained_cell(self) -> None:
        cause = yields(at(A, related=(B,), explains=(C,)), code="CA91")
        effects = at(A), at(B), at(C), at(Source("本.xlsm", "1-2", "B2"))
        assert cells_found(yields(*effects, superseded_by=("CA91",)), cause) == [
            ("CA90", "B2"),  # the one on the other sheet
            ("CA91", "B2"),
        ]

    def test_not_by_a_rule_that_it_does_not_name(self) -> None:
        cause = yields(at(A, explains=(C,)), code="CA92")
        assert ("CA90", "B9") in cells_found(yields(at(C), superseded_by=("CA91",)), cause)
