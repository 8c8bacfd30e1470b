"""Words of a table that a text contains."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.language.word_table import WordTable

_TABLE = WordTable(("被保険者", "保険", "なお", "被保険者", "計", "保険料率"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("なお、被保険者に案内した。", ["被保険者", "保険", "なお"]),
        ("保険料", ["保険"]),
        ("保険料率の計", ["保険", "計", "保険料率"]),
        ("計", ["計"]),
        ("保", []),
        ("", []),
        ("険保なをお", []),
    ],
)
def test_the_words_of_a_text_come_in_the_order_of_the_table(text: str, found: list[str]) -> None:
    assert _TABLE.words_in(text) == found
