"""How the engine joins findings: one mistake makes one finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import pytest

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.checks.registry import ANY_OTHER, Rule
from kenpo_xl.domain.findings.finding import Severity, Status, Violation
from kenpo_xl.domain.plan.rule_settings import RuleSetting, RuleUse
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import Survey
from tests.own_rules import rule
from tests.sample import sample_plan

A, B, C = (Source("本.xlsm", "1-1", cell) for cell in ("B2", "B5", "B9"))


class _Context:
    """As much of a context as the engine looks at."""

    survey = Survey()
    lacking = ""
    unconfirmed_cells: frozenset[Source] = frozenset()

    def __init__(self, *settings: RuleSetting) -> None:
        self.plan = replace(sample_plan(), rule_settings=settings)


def cells_found(*rules: Rule) -> list[tuple[str, str]]:
    findings, _ = run_rules(cast("CheckContext", _Context()), rules)
    return [(one.code, one.cell) for one in findings]


def found_with(rule: Rule, *settings: RuleSetting) -> tuple[list[tuple[str, Severity]], Status]:
    """Cells and severities of the findings of a rule under settings of the office, and its status."""
    findings, (run,) = run_rules(cast("CheckContext", _Context(*settings)), [rule])
    return [(one.cell, one.severity) for one in findings], run.status


def yields(
    *violations: Violation,
    code: str = "CA90",
    superseded_by: tuple[str, ...] = (),
    explained_by: tuple[str, ...] = (),
) -> Rule:
    def found(_: CheckContext) -> Iterator[Violation]:
        yield from violations

    return rule(found, code, superseded_by=superseded_by, explained_by=explained_by)


def at(cell: Source, *, related: tuple[Source, ...] = (), explains: tuple[Source, ...] = ()) -> Violation:
    return Violation(cell, "", "違います。", related=related, explains=explains)


class TestTwoSides:
    def test_of_two_that_name_each_other_the_upper_one_is_kept(self) -> None:
        assert cells_found(yields(at(B, related=(A,)), at(A, related=(B,)))) == [("CA90", "B2")]

    def test_a_rule_that_gives_way_to_any_other_is_silent_in_its_cell(self) -> None:
        weak = yields(at(A), at(B), superseded_by=(ANY_OTHER,))
        assert cells_found(weak, yields(at(B), code="CA91")) == [("CA90", "B2"), ("CA91", "B5")]
        assert cells_found(weak, yields(at(B), code="CA91", superseded_by=(ANY_OTHER,))) == [
            ("CA90", "B2"),
            ("CA90", "B5"),
            ("CA91", "B5"),
        ]

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

    def test_by_what_explains_the_other_side(self) -> None:
        cause = yields(at(B), code="CA91")
        effect = yields(at(A, related=(B,)), at(C), explained_by=("CA91",))
        assert cells_found(effect, cause) == [("CA91", "B5"), ("CA90", "B9")]
        assert ("CA90", "B2") in cells_found(yields(at(A, related=(B,)), superseded_by=("CA91",)), cause)

    def test_not_by_a_rule_that_it_does_not_name(self) -> None:
        cause = yields(at(A, explains=(C,)), code="CA92")
        assert ("CA90", "B9") in cells_found(yields(at(C), superseded_by=("CA91",)), cause)


class TestSettingsOfTheOffice:
    def test_a_rule_that_is_off_is_reported_as_skipped(self) -> None:
        setting = RuleSetting("CA90", RuleUse.OFF)
        assert found_with(yields(at(A)), setting) == ([], Status.SKIPPED)
        _, (run,) = run_rules(cast("CheckContext", _Context(setting)), [yields(at(A))])
        assert run.reason == "計画ブックの「規則」で使わないことになっているため調べていません。"
        assert found_with(yields(at(A)), RuleSetting("CA91", RuleUse.OFF)) == (
            [("B2", Severity.WARNING)],
            Status.RAN,
        )

    @pytest.mark.parametrize(
        ("setting", "severity"),
        [
            (RuleSetting("CA90"), Severity.WARNING),
            (RuleSetting("CA90", severity=Severity.ERROR), Severity.ERROR),
            (RuleSetting("CA90", RuleUse.TRIAL), Severity.INFO),
            (RuleSetting("CA90", RuleUse.TRIAL, Severity.ERROR), Severity.INFO),
        ],
    )
    def test_weight_and_trial(self, setting: RuleSetting, severity: Severity) -> None:
        assert found_with(yields(at(A)), setting) == ([("B2", severity)], Status.RAN)

    @pytest.mark.parametrize(
        ("setting", "cells"),
        [
            (RuleSetting("CA90", items=("1-1",)), ["B5"]),
            (RuleSetting("CA90", words=("ＨＰ",)), ["B2"]),
            (RuleSetting("CA90", items=("1-1",), words=("HP",)), ["B2", "B5"]),
            (RuleSetting("CA90", items=("1",)), ["B2", "B5"]),
        ],
    )
    def test_exceptions(self, setting: RuleSetting, cells: list[str]) -> None:
        one = Violation(A, "1-1/ブロック 1", "違います。")
        other = Violation(B, "1-10/ブロック 1", "「HP」とあります。")
        assert [cell for cell, _ in found_with(yields(one, other), setting)[0]] == cells


def test_no_two_rules_silence_each_other() -> None:
    """Where both find something, a rule that supersedes the one that supersedes it would leave nothing."""
    stronger = {one.code: {*one.superseded_by, *one.explained_by} for one in all_rules()}
    assert len(stronger) > 100
    for code in stronger:
        above, left = set[str](), set(stronger[code])
        while left:
            above |= left
            left = {further for one in left for further in stronger.get(one, ())} - above
        assert code not in above
