"""Rules on ratings: each fires in the rating's own cell and is silent beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.submission import RatingEntry, Submission
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from tests.checks.clerk import REZEPT, new, places
from tests.checks.planted import checked, typed
from tests.paths import SAMPLE
from tests.sample import sample_plan, sample_submission

ITEM, BLOCK = "1-2-4", "6"
# The block of 査定額, which the rule rates ◎.
PLACE = "1-2-4!E23"
REASON = "１件当たりの査定額が目標の 1.6 倍となった。"


def with_ratings(*ratings: RatingEntry, block: str) -> Submission:
    """The book of レセプトグループ with these ratings in a block instead of its own."""
    submission = sample_submission(REZEPT)
    items = tuple(
        replace(item, ratings=(*(r for r in item.ratings if r.block != block), *ratings))
        if item.item == ITEM
        else item
        for item in submission.items
    )
    return replace(submission, items=items)


def given(**changes: str) -> RatingEntry:
    """The rating as handed in, ◎ without a reason, changed."""
    item = next(item for item in sample_submission(REZEPT).items if item.item == ITEM)
    return replace(next(rating for rating in item.ratings if rating.block == BLOCK), **changes)  # type: ignore[arg-type]


def found(*ratings: RatingEntry, block: str = BLOCK, left_out: Sequence[str] = ()) -> list[Finding]:
    """What the rules on ratings find in the item, but for those that are left out."""
    plan, submission = sample_plan(), with_ratings(*ratings, block=block)
    figures = recompute_figures(plan, [submission])
    assessments = rate_kpis_and_blocks(plan, figures, [submission])
    context = CheckContext(
        plan=plan, submission=submission, survey=Survey(), figures=figures, assessments=assessments
    )
    rules = [rule for rule in all_rules() if rule.code.startswith("RA") and rule.code not in left_out]
    findings, runs = run_rules(context, rules)
    assert all(one.status == "ran" for one in runs), runs
    return [finding for finding in findings if finding.sheet == ITEM]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"E22": "◎", "E23": None}, []),
        ({"E22": "Ｚ", "E23": None}, [("RA03", "1-2-4!E22")]),
        ({"E22": "◎"}, [("RA07", "1-2-4!E22")]),
        ({"E12": "〇"}, [("RA06", "1-2-4!E12")]),
        ({"K22": "目標を上回った。", "E23": None}, [("ST18", "1-2-4!K22"), ("RA01", PLACE)]),
    ],
)
def test_a_rating_in_the_row_of_the_plan_is_that_of_its_block(
    tmp_path: Path, cells: dict[str, str | None], expected: list[tuple[str, str]]
) -> None:
    book = typed(tmp_path, ITEM, cells, SAMPLE / "提出" / f"{REZEPT}.xlsm")
    found_here = [one for one in (*checked(book, "ST"), *checked(book, "RA")) if one.sheet == ITEM]
    assert places(found_here) == expected


def test_a_good_rating_is_silent() -> None:
    assert found(given(reason=REASON)) == []


def test_the_message_names_the_block_and_the_plan_that_it_answers() -> None:
    (one,) = found(given(glyph=""))
    assert one.message == "ブロック 6（計画「2） 協会の再審査レセプト 1…」）の評価が入っていません。"


def test_a_missing_rating_is_told_where_it_belongs() -> None:
    (finding,) = found()
    assert places([finding]) == [("RA01", PLACE)]
    assert finding.severity.name == "ERROR"
    assert "◎・〇・△・×" in finding.hint


def test_blank_space_is_no_rating() -> None:
    assert places(found(given(glyph="　 "))) == [("RA01", PLACE)]


@pytest.mark.parametrize("glyph", ["○", "◯"])
def test_a_circle_of_another_code_point_is_the_same_rating(glyph: str) -> None:
    assert places(found(given(glyph=glyph, reason=REASON))) == []


def test_the_scales_own_circle_is_silent() -> None:
    assert found(given(glyph="〇", reason=REASON)) == []


@pytest.mark.parametrize("glyph", ["A", "良", "▲"])
def test_a_rating_that_is_not_of_the_scale(glyph: str) -> None:
    assert places(found(given(glyph=glyph))) == [("RA03", PLACE)]


def test_another_rating_than_the_rules() -> None:
    (finding,) = found(given(glyph="△"))
    assert places([finding]) == [("RA04", PLACE)]
    assert (finding.actual, finding.expected) == ("△", "◎")
    assert "16,893 円" in finding.message


def test_another_rating_with_a_reason_is_the_groups_to_give() -> None:
    assert found(given(glyph="△", reason="年度末に確定するため。")) == []


def test_the_best_rating_that_the_kpis_give_wants_no_reason() -> None:
    assert found(given(reason="")) == []


@pytest.mark.parametrize(
    ("glyph", "reason", "codes"),
    [
        ("◎", "", ["RA05"]),
        ("×", "　", ["RA05"]),
        ("×", "工事のため。", []),
        ("〇", "", []),
        ("△", "", []),
    ],
)
def test_a_rating_of_the_group_wants_a_reason_where_the_scale_says_so(
    glyph: str, reason: str, codes: list[str]
) -> None:
    rating = given(block="1", glyph=glyph, reason=reason)
    of_block = found(rating, block="1", left_out=["RA23"])  # the block's lines say that the work is done
    assert places(one for one in of_block if "1/評価" in one.identity) == [(code, PLACE) for code in codes]


def test_a_rating_other_than_the_rules_is_one_finding_though_it_has_no_reason() -> None:
    assert places(found(given(glyph="×"))) == [("RA04", PLACE)]


@pytest.mark.parametrize(("rate", "told"), [(0.149, []), (0.0019, [("RA04", "1-2-4!E19")]), (0.00149, [])])
def test_a_rating_is_not_judged_by_a_number_a_hundred_times_too_large(
    rate: float, told: list[tuple[str, str]]
) -> None:
    """0.149 in a cell for 0.00149 (VA08) would be far above the target of 0.185 ％."""
    assert new(REZEPT, {"1-2-4!E35": rate}, "RA") == told


def test_a_rating_that_nobody_asked_for() -> None:
    (item,) = (item for item in sample_plan().items_of(REZEPT) if item.id == ITEM)
    unrated = next(block.name for block in item.blocks if not block.rated)
    stray = given(block=unrated, glyph="〇")
    assert ("RA06", PLACE) in places(found(stray, block=unrated))


def test_a_second_rating_in_the_same_block() -> None:
    first = given(reason=REASON)
    assert first.source
    second = replace(first, source=replace(first.source, cell="E24"))
    assert places(found(first, second)) == [("RA07", "1-2-4!E24")]
