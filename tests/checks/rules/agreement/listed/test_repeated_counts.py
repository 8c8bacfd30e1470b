"""The same count in two lines of a block, in the cell of the later one."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, findings

FIRST, SECOND = "2-2-5 D14", "2-2-5 D15"


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [
        ("・出張相談会を 7 回開催した。", "・出張相談会の開催回数は 9 回である。", True),
        ("・出張相談会を 7 回開催した。", "・出張相談会の開催回数は 7 回である。", False),
        ("・地区別懇談会には 76 名が参加した。", "・地区別懇談会の参加者は 103 名であった。", True),
        ("・地区別懇談会には 76 名が参加した。", "・個別懇談会の参加者は 103 名であった。", False),
        ("・10月の懇談会には 76 名が参加した。", "・懇談会の参加者は 103 名であった。", False),
        ("・懇談会には 76 名が参加した。", "・懇談会の参加者は延べ 103 名であった。", False),
    ],
)
def test_two_lines_of_a_block(first: str, second: str, is_found: bool) -> None:
    found = findings(HEALTH, {FIRST: first, SECOND: second}, codes=["CO48"])
    assert [(one.sheet, one.cell) for one in found] == [("2-2-5", "D15")] * is_found
    assert all(one.related[0].cell == "D14" for one in found)
