"""Compounds whose parts have changed places, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, RECEIPTS, findings, places, said_of


@pytest.mark.parametrize("text", ["・催告債権の実施状況", "・催告債権を毎月、計画的に行った。"])
def test_parts_in_another_order(text: str) -> None:
    (finding,) = findings(RECEIPTS, {"1-2-5 D13": text}, codes=["WO105"])
    assert (finding.cell, finding.actual, finding.expected) == ("D13", "催告債権", "債権催告")


@pytest.mark.parametrize(
    "text",
    [
        "・債権催告を毎月、計画的に行った。",
        "・計画実施の状況と実施計画を共有した。",
        "・今年度実績と実績年度を確認した。",
    ],
)
def test_parts_in_their_order(text: str) -> None:
    assert said_of(text, "WO105") == []


def test_the_sample_has_none() -> None:
    assert places(findings(OFFICE, codes=["WO105"])) == []
