"""What the planner's adjustments make of the findings of a book: the rules are applied to what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import run_rules
from kenpo_xl.checks.registry import Rule
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Finding, Status
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.results.assessments import BlockRating
from kenpo_xl.domain.source import Source

_Key = tuple[str, str, str, str, str]


@frozen
class AdjustedFindings:
    """`settled` are findings that hold no longer for what is printed, `new` those that hold only for that."""

    settled: frozenset[Finding] = frozenset()
    new: tuple[Finding, ...] = ()


def adjusted_findings(
    findings: Iterable[Finding], printed: CheckContext, rules: Iterable[Rule], chosen_cells: Set[Source]
) -> AdjustedFindings:
    """Compares the findings of a book with those of what is printed of it, `printed`.

    Settled besides is what is said of a value that the planner chose to print (`chosen_cells`), and of a
    rating of the planner's. A rule that did not run on what is printed settles nothing.
    """
    before = list(findings)
    after, runs = run_rules(printed, rules)
    still, unknown = (
        set(map(_comparison_key_of_finding, after)),
        {run.code for run in runs if run.status is not Status.RAN},
    )
    rated = set(_identities_of_final_ratings(printed.assessments.blocks.values()))

    def is_chosen(one: Finding) -> bool:
        return _is_about_chosen_value(one, chosen_cells) or _is_about_final_rating(one, rated)

    settled = frozenset(
        one
        for one in before
        if is_chosen(one) or (_comparison_key_of_finding(one) not in still and one.code not in unknown)
    )
    known = set(map(_comparison_key_of_finding, before))
    return AdjustedFindings(
        settled,
        tuple(one for one in after if _comparison_key_of_finding(one) not in known and not is_chosen(one)),
    )


def _identities_of_final_ratings(ratings: Iterable[BlockRating]) -> Iterator[str]:
    return (f"{one.item}/ブロック {one.block}/評価" for one in ratings if one.final)


def _comparison_key_of_finding(one: Finding) -> _Key:
    return one.code, one.workbook, one.sheet, one.cell, one.actual


def _is_about_chosen_value(one: Finding, chosen_cells: Set[Source]) -> bool:
    """Whether a finding says only that values differ from their parts, all of which the planner chose."""
    is_of_value = one.family is Family.ARITHMETIC or one.code == rule_codes.FORMULA_LOST
    return is_of_value and chosen_cells >= set(one.wrong_cells)


def _is_about_final_rating(one: Finding, rated: Set[str]) -> bool:
    is_of_rating = one.family is Family.RATING and one.code != rule_codes.RATED_WITHOUT_ANSWER
    return is_of_rating and one.identity in rated
