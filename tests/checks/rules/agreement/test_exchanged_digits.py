"""Numbers of sentences with the digits of their figure in another order."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places

HERE = "2-2-4!D18"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("文書勧奨は18,990 件を実施した。", True),
        ("文書勧奨は18,909 件を実施した。", False),
        ("文書勧奨は90,189 件を実施した。", False),
        ("文書勧奨は18,990 人に実施した。", False),
        ("文書勧奨は約18,990 件を実施した。", False),
        ("来場は18,990 件であった。", False),
    ],
)
def test_two_digits_that_changed_places(text: str, is_found: bool) -> None:
    """文書勧奨 18,909 件, which another line says rightly."""
    found = findings(HEALTH, {"2-2-4 D18": text}, codes=("CO73",))
    assert places(found) == [("CO73", HERE)] * is_found


def test_the_figure_is_named_and_related() -> None:
    (one,) = findings(HEALTH, {"2-2-4 D18": "文書勧奨は18,990 件を実施した。"}, codes=("CO73",))
    assert (one.actual, one.expected) == ("18,990 件", "18,909 件")
    assert [source.sheet for source in one.related] == ["2-2-4"]


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO73",)) == []
