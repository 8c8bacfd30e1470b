"""What sentences say of the order of months, against the figures of a table."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, findings, places


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("文書勧奨の登録者数は10月が最も多かった。", True),
        ("文書勧奨の登録者数は6月が最も多かった。", False),
        ("登録者数が最大となったのは10月である。", True),
        ("送付件数は６月が最多であった。", False),
        ("送付件数は7月が最多であった。", True),
        ("送付件数は6月が最も少なかった。", True),
        ("10月の登録者数は過去最多であった。", False),
        ("相談件数は10月が最も多かった。", False),
        ("北部の登録者数は10月が最も多かった。", False),
        ("登録者数は10月以降、最大限に伸ばした。", False),
        ("登録者数は10月から12月では10月が最も多かった。", False),
    ],
)
def test_the_month_with_most(text: str, is_wrong: bool) -> None:
    found = findings(OFFICE, {"2-4 D26": f"• {text}"}, codes=("CO60",))
    assert places(found) == [("CO60", "2-4!D26")] * is_wrong


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO60",)) == []
