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
        ("D9", "・結果は次のとおりである。", True),
        ("D9", "・主な内容を以下に示す。", True),
        ("D9", "・次の 3 点に取り組んだ。", True),
        ("D9", "・次の 3 点（広報、訪問、相談）に取り組んだ。", False),
    ],
)
def test_what_is_announced_at_the_end_of_a_block(cell: str, text: str, is_wrong: bool) -> None:
    found = findings(OFFICE, {f"1-3 {cell}": text}, codes=["WO75"])
    assert places(found) == [("WO75", f"1-3!{cell}")] * is_wrong


@pytest.mark.parametrize(
    ("cell", "text", "is_wrong"),
    [
        ("D12", "・結果は次のとおりである。", False),
        ("D9", "・月ごとの推移は下表のとおりである。", False),
        ("D13", "・月ごとの推移は下表のとおりである。", True),
    ],
)
def test_what_is_announced_before_lines_and_tables(cell: str, text: str, is_wrong: bool) -> None:
    found = findings(OFFICE, {f"2-4 {cell}": text}, codes=["WO75"])
    assert places(found) == [("WO75", f"2-4!{cell}")] * is_wrong
