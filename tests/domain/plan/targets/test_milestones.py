"""Targets to be met by a day: what staff enter, how far they are, and what that is rated."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kenpo_xl.domain.plan.ratings import Scale, Step
from kenpo_xl.domain.plan.targets.milestones import (
    Completion,
    Milestone,
    MilestoneState,
    Progress,
    completion_in,
)
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

DUE, AS_OF = date(2026, 12, 31), date(2026, 12, 31)
LETTERS = Scale(
    (
        Step("S", "", Decimal("1.2")),
        Step("A", "", Decimal(1)),
        Step("B", "", Decimal("0.8")),
        Step("C", "", Decimal(0)),
        Step("－", "", interim=True),
    )
)


def state(completion: Completion | None, *, as_of: date = AS_OF) -> MilestoneState:
    return MilestoneState(Milestone("改定", DUE), as_of, completion)


@pytest.mark.parametrize(
    ("text", "done", "day"),
    [
        ("令和8年12月10日", True, date(2026, 12, 10)),
        ("2026/12/10", True, date(2026, 12, 10)),
        ("R8.12.10 済", True, date(2026, 12, 10)),
        ("済（12月10日）", True, date(2026, 12, 10)),
        ("2月10日に改定", True, date(2027, 2, 10)),
        ("令和8年11月", True, date(2026, 11, 30)),
        ("済", True, None),
        ("改定済み", True, None),
        ("未", False, None),
        ("未達成", False, None),
        ("令和9年2月10日改定予定", False, None),
        ("まだ", False, None),
    ],
)
def test_what_staff_enter(text: str, done: bool, day: date | None) -> None:
    assert completion_in(text, FiscalYear(2026)) == Completion(done, day)


@pytest.mark.parametrize("text", ["", "123", "4月1日から5月1日", "13月1日"])
def test_what_cannot_be_read(text: str) -> None:
    assert completion_in(text, FiscalYear(2026)) is None


@pytest.mark.parametrize(
    ("completion", "as_of", "progress", "glyph", "words"),
    [
        (Completion(True, DUE), AS_OF, Progress.IN_TIME, "A", "令和8年12月末に改定（期日は令和8年12月末）"),
        (Completion(True), AS_OF, Progress.IN_TIME, "A", "改定済（期日は令和8年12月末）"),
        (
            Completion(True, date(2027, 1, 1)),
            date(2027, 1, 1),
            Progress.LATE,
            "B",
            "令和9年1月1日に改定。期日の令和8年12月末より 1 日遅い",
        ),
        (Completion(False), AS_OF, Progress.OVERDUE, "C", "期日の令和8年12月末を過ぎて未改定"),
        (
            Completion(False),
            date(2026, 12, 30),
            Progress.NOT_DUE,
            "－",
            "未改定。期日の令和8年12月末まで 1 日",
        ),
        (
            Completion(True, DUE),
            date(2026, 12, 30),
            Progress.NOT_DUE,
            "－",
            "未改定（令和8年12月末は基準日より後です）。期日の令和8年12月末まで 1 日",
        ),
        (None, AS_OF, None, "", "済・未が未入力のため判定していません"),
    ],
)
def test_how_far_it_is(
    completion: Completion | None, as_of: date, progress: Progress | None, glyph: str, words: str
) -> None:
    found = state(completion, as_of=as_of)
    assert (found.progress, found.glyph(LETTERS), found.explanation) == (progress, glyph, words)


def test_a_scale_of_two_steps_has_no_step_for_late() -> None:
    two = Scale((Step("達成", "", Decimal(1)), Step("未達成", "", Decimal(0))))
    late = state(Completion(True, date(2027, 1, 5)), as_of=date(2027, 3, 31))
    assert (late.glyph(two), state(Completion(False), as_of=date(2026, 4, 1)).glyph(two)) == ("未達成", "")


def test_a_scale_that_is_given_by_hand_rates_nothing() -> None:
    assert state(Completion(True, DUE)).glyph(Scale((Step("可", ""), Step("否", "")))) == ""


def test_an_entry_in_words() -> None:
    given = [Completion(True, date(2026, 12, 10)), Completion(True), Completion(False)]
    assert list(map(str, given)) == ["令和8年12月10日済", "済", "未"]
    assert [completion_in(str(one), FiscalYear(2026)) for one in given] == given
