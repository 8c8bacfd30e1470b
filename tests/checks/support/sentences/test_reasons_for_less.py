"""A reason that the target was exceeded, beside a step for less."""

from __future__ import annotations

import pytest

from kenpo_xl.checks.support.sentences.achievements import claim_against_levels, levels_of_step
from kenpo_xl.domain.plan.ratings import Step

NEARLY = Step("概ね達成", "目標の8割以上")
THREE = (Step("達成", "目標以上"), NEARLY, Step("未達成", "目標の8割未満"))


@pytest.mark.parametrize(
    ("reason", "is_contrary"),
    [
        ("目標を上回ったため。", True),
        ("実績が目標を大幅に上回ったため。", True),
        ("目標を達成したため。", False),
        ("目標をおおむね達成したため。", False),
        ("受診率が目標を上回ったため。", False),
        ("目標を上回ったものの、一部は届かなかったため。", False),
        ("上半期の目標を上回ったため。", False),
        ("目標をやや下回ったため。", False),
    ],
)
def test_nearly_reached(reason: str, is_contrary: bool) -> None:
    claim = claim_against_levels(reason, levels_of_step(NEARLY), scale=THREE)
    assert (claim is not None) is is_contrary


def test_the_best_step_of_a_scale_includes_more() -> None:
    best = Step("〇", "目標を概ね達成")
    scale = (best, Step("×", "目標を大きく下回る"))
    assert claim_against_levels("目標を上回ったため。", levels_of_step(best), scale=scale) is None


def test_less_is_good_of_what_is_counted() -> None:
    reason = "目標を上回ったため。"
    assert claim_against_levels(reason, levels_of_step(NEARLY), scale=THREE, less_is_good=True) is None
