"""A word whose opposite is in its place in the plan or in the book of another group."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places

HERE = ("CO117", "3-4!D9")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・調達における競争性を低めるため、公告期間を見直した。", True),
        ("・調達における競争性を高めるため、公告期間を見直した。", False),
        ("・調達における透明性を低めるため、公告期間を見直した。", False),
        ("・多くの業者が参加しにくい環境を整備した。", True),
        ("・多くの業者が参加しやすい環境を整備した。", False),
        ("・業者が参加しにくい。", False),
    ],
)
def test_the_opposite_of_the_word_is_in_the_plan(text: str, found: bool) -> None:
    assert places(findings(OFFICE, {"3-4 D9": text}, codes=["CO117"])) == [HERE] * found


def test_a_word_that_another_line_has_there_too_is_meant() -> None:
    lines = {
        "3-4 D9": "・調達における競争性を低めるため、公告期間を見直した。",
        "1-3 D9": "・調達における競争性を低めるため、実施した。",
    }
    assert findings(OFFICE, lines, codes=["CO117"]) == []
