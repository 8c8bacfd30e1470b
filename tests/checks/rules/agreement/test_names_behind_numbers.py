"""Numbers whose name is behind them: 21件の見守りの通報があった."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("words", "is_wrong"),
    [
        ("第3四半期に234件の弁護士による催告があった。", True),
        ("第3四半期に131件の弁護士による催告があった。", False),
        ("第3四半期に25件の弁護士からの問い合わせがあった。", False),
        ("第3四半期に120件の差額の請求を行った。", False),
    ],
)
def test_a_number_before_its_name_is_compared(words: str, is_wrong: bool) -> None:
    """弁護士による催告: 131 in the third quarter."""
    found = findings(RECEIPTS, {"1-2-5 D22": f"・{words}"}, codes=("CO07",))
    assert places(found) == [("CO07", "1-2-5!D22")] * is_wrong
