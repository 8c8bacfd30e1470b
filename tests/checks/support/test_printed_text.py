"""Printed texts: the cell in which a finding on their words is reported."""

from __future__ import annotations

from tests.checks.text_cases import BENEFITS, findings, places, with_figure

ITEM, TABLE = "1-2-3", "文中の数値"
SENT = "{文中の数値/被扶養者資格再確認の送付期間/当年} にかけて"


def test_words_that_a_figure_fills_in_are_reported_in_its_cell() -> None:
    """The line is a formula: typed over, it would no longer follow the figure."""
    book = with_figure(BENEFITS, ITEM, TABLE, 2, 0, "10/7～11/31")
    assert places(findings(BENEFITS, book=book, codes=["WO03"])) == [("WO03", f"{ITEM}!E50")]
    book = with_figure(BENEFITS, ITEM, TABLE, 2, 0, "10/7～11/30")
    assert findings(BENEFITS, book=book, codes=["WO03"]) == []


def test_words_before_and_behind_them_are_reported_in_the_line() -> None:
    for text in (f"・9/31 に案内し、{SENT}送付。", f"・{SENT}送付、12/32 に督促。"):
        found = findings(BENEFITS, {f"{ITEM} D22": text}, codes=["WO03"])
        assert places(found) == [("WO03", f"{ITEM}!D22")]
