"""Points that a text counts and lists with marks or bullets, in the cell of the count."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places, said_of

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("次の3点を重点とした。①申請書の記入方法、②添付書類", True),
        ("次の2点を重点とした。①申請書の記入方法、②添付書類", False),
        ("以下の２つを行った。（1）訪問による説明（2）電話による確認（3）文書の送付", True),
        ("周知の重点は、①記入方法、②郵送先の3点とした。", True),
        ("周知の重点は、①記入方法、②添付書類、③郵送先の3点とした。", False),
        ("次の3点のうち2点を行った。①訪問、②電話", False),
        ("次の3点などを行った。①訪問、②電話", False),
        ("次の3点を重点とした。②添付書類を見直した。", False),
        ("次の3点を重点とした。", False),
        ("説明会などで周知した。次の2点で行った。①訪問、②電話、③文書", True),
    ],
)
def test_marks_are_counted(text: str, found: bool) -> None:
    assert said_of(f"・{text}", "CO69") == [("CO69", HERE)] * found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("1）訪問した。", "2）電話した。", True),
        ("1）訪問した。", "・電話した。", False),
        ("・訪問した。", "・電話した。", True),
        ("訪問した。", "電話した。", False),
    ],
)
def test_lines_are_counted(first: str, second: str, found: bool) -> None:
    lines = {"1-1 D9": "次の3点に取り組んだ。", "1-1 D10": first, "1-1 D11": second}
    rest = {"1-1 D12": "以上のとおり進めた。", "1-1 D13": "引き続き進める。"}
    assert places(findings(OFFICE, lines | rest, codes=("CO69",))) == [("CO69", "1-1!D9")] * found
