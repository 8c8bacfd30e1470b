"""Thresholds that an office sets in 規則, on both sides of each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.domain.findings.thresholds import THRESHOLDS
from kenpo_xl.domain.plan.rule_settings import RuleSetting
from kenpo_xl.ooxml.workbook import Value
from tests.checks.clerk import GYOMU, found, places
from tests.sample import sample_plan

PLACE_OF_RATE, PLACE_OF_COUNT = "1-2-3!E43", "1-2-2!E26"


def is_found(code: str, place: str, typed: dict[str, Value], threshold: str = "") -> bool:
    settings = (RuleSetting(code, threshold=Decimal(threshold)),) if threshold else ()
    plan = replace(sample_plan(), rule_settings=settings)
    return (code, place) in places(found(GYOMU, typed, code, plan))


@pytest.mark.parametrize(("threshold", "expected"), [("", True), ("10.2", True), ("10.3", False)])
def test_size(threshold: str, *, expected: bool) -> None:
    """430,890 件 are 10.23 times the 42,133 件 of last year."""
    assert is_found("VA13", PLACE_OF_COUNT, {PLACE_OF_COUNT: 430890.0}, threshold) is expected


@pytest.mark.parametrize(("threshold", "expected"), [("", True), ("100", True), ("110", False)])
def test_rate(threshold: str, *, expected: bool) -> None:
    """85 ％ for 0.85 ％."""
    assert is_found("VA08", PLACE_OF_RATE, {PLACE_OF_RATE: 0.85}, threshold) is expected


@pytest.mark.parametrize(("threshold", "expected"), [("", True), ("29", True), ("30", False)])
def test_length_of_a_repeated_sentence(threshold: str, *, expected: bool) -> None:
    """Of 29 letters, with another sentence before it."""
    sentence = "研修会では制度の改正と手続きの流れを説明し、相談にも応じた"
    typed: dict[str, Value] = {
        "1-2-2!D19": f"・4月に開催した。{sentence}。",
        "1-2-2!D20": f"・10月に開催した。{sentence}。",
    }
    assert is_found("WO20", "1-2-2!D19", typed, threshold) is expected


def test_the_usual_value_is_in_its_range() -> None:
    assert all(one.is_allowed(one.usual) for one in THRESHOLDS.values())
