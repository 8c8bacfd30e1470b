"""Results that are exactly their targets."""

from __future__ import annotations

import pytest

from tests.checks.clerk import HOKEN, KIKAKU, REZEPT, new


@pytest.mark.parametrize(
    ("group", "cell", "value", "is_found"),
    [
        (HOKEN, "2-2-5!E24", 1_270.0, True),
        (HOKEN, "2-2-5!E24", 1_271.0, False),
        (REZEPT, "1-2-4!E35", 0.00185, True),
        (REZEPT, "1-2-4!E42", 10_123.0, True),
        (KIKAKU, "2-4!E95", 0.45, False),  # 45 ％ is reached exactly now and then
    ],
)
def test_a_result_that_is_the_target(group: str, cell: str, value: float, is_found: bool) -> None:
    assert new(group, {cell: value}, "CO99") == [("CO99", cell)] * is_found
