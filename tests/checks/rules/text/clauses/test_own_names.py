"""The office under another name, and a list that is announced and does not follow."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places, said_of


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("・埼玉支店のホームページに掲載した。", True),
        ("・当支社では事業所を訪問した。", True),
        ("・当支部では銀行の支店を訪問した。", False),
    ],
)
def test_the_kind_of_the_office(text: str, is_wrong: bool) -> None:
    assert said_of(text, "WO74") == [("WO74", "1-3!D9")] * is_wrong


@pytest.mark.parametrize(
    ("cell", "text", "is_wrong"),
    [
        ("D13", "・結果は次のとおりである。", True),
        ("D13", "・結果は次のとおり集計した。", False),
        ("D9", "・結果は次のとおりである。", False),
    ],
)
def test_what_is_announced_at_the_end_of_an_item(cell: str, text: str, is_wrong: bool) -> None:
    found = findings(OFFICE, {f"1-3 {cell}": text}, codes=["WO75"])
    assert places(found) == [("WO75", f"1-3!{cell}")] * is_wrong
