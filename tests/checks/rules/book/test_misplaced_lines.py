"""Lines that stand in another block than the one that they belong to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.submission.submission import Submission
from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, submissions

CODES = ("ST32", "ST33")


def _with_texts_of(group: str, item: str, cells: tuple[str, str]) -> Submission:
    """The sample's book with the texts of two lines of an item exchanged."""
    submission = submissions()[group]
    entry = next(one for one in submission.items if one.item == item)
    texts = {line.source.cell: line.text for line in entry.lines if line.source}
    other = dict(zip(cells, reversed(cells), strict=True))
    lines = tuple(
        replace(line, text=texts[other[line.source.cell]])
        if line.source and line.source.cell in other
        else line
        for line in entry.lines
    )
    items = (replace(one, lines=lines) if one.item == item else one for one in submission.items)
    return replace(submission, items=tuple(items))


@pytest.mark.parametrize(
    ("group", "item", "cells", "expected"),
    [
        (BENEFITS, "1-2-3", ("D15", "D19"), [("ST32", "D15"), ("ST32", "D19")]),  # 柔整照会, 柔整申請割合
        (RECEIPTS, "1-2-4", ("D9", "D10"), []),  # two lines of one block
        (BENEFITS, "1-2-3", ("D22", "D25"), [("ST33", "D22")]),
        (RECEIPTS, "1-2-4", ("D11", "D13"), [("ST33", "D11")]),  # the word of the plan is in few lines only
        (RECEIPTS, "1-2-5", ("D10", "D18"), [("ST33", "D10")]),
        (HEALTH, "2-2-2", ("D10", "D16"), [("ST33", "D10")]),
    ],
)
def test_lines_of_two_blocks(
    group: str, item: str, cells: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    found = findings(group, codes=CODES, book=_with_texts_of(group, item, cells))
    assert [(one.code, one.cell) for one in found] == expected
    assert all(one.related for one in found if one.code == "ST33")
    assert all(one.severity is Severity.INFO for one in found if one.code == "ST33")


@pytest.mark.parametrize("group", [BENEFITS, HEALTH, OFFICE, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=CODES) == []


def test_the_same_line_of_two_items_with_a_sentence_more_in_one() -> None:
    texts = {line.source.cell: line.text for line in submissions()[OFFICE].items[8].lines if line.source}
    assert submissions()[OFFICE].items[8].item == "3-1"
    longer = {f"3-1 {cell}": f"{texts[cell]}。個人情報の保護についても説明した。" for cell in ("D10", "D12")}
    assert findings(OFFICE, longer, codes=CODES) == []


def test_lines_of_two_items() -> None:
    """The first lines of two items, each in the other's place: one finding that names both."""
    submission = submissions()[BENEFITS]
    places = {("1-2-1", "D9"): ("1-2-3", "D9"), ("1-2-3", "D9"): ("1-2-1", "D9")}
    texts = {(one.item, x.source.cell): x.text for one in submission.items for x in one.lines if x.source}
    items = (
        replace(
            one,
            lines=tuple(
                replace(x, text=texts[places[one.item, x.source.cell]])
                if x.source and (one.item, x.source.cell) in places
                else x
                for x in one.lines
            ),
        )
        for one in submission.items
    )
    found = findings(BENEFITS, codes=CODES, book=replace(submission, items=tuple(items)))
    assert [(one.code, one.sheet, one.cell) for one in found] == [("ST33", "1-2-1", "D9")]
    assert [(one.sheet, one.cell) for one in found[0].related] == [("1-2-3", "D9")]
