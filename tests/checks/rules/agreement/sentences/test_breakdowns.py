"""Shares that a sentence breaks a whole down into."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import said_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("回答者の内訳は、男性52％、女性46％、無回答12％であった。", True),
        ("回答者の内訳は、男性52％、女性46％、無回答2％であった。", False),
        ("内訳は、電話40％、郵送35％、窓口15％であった。", True),
        ("内訳は、電話40％、郵送35％、窓口15％などであった。", False),
        ("内訳は、製造業33.3％、運輸業33.3％、その他33.3％であった。", False),
        ("内訳は、製造業33.3％、運輸業33.3％、その他33.1％であった。", True),
        ("複数回答の内訳は、電話60％、郵送45％、窓口25％であった。", False),
        ("満足度は、電話40％、郵送35％、窓口15％であった。", False),
        ("内訳は、電話40％、郵送35％、窓口150件であった。", False),
    ],
)
def test_shares_of_a_breakdown(text: str, found: bool) -> None:
    assert said_of(f"・{text}", "CO74") == [("CO74", "1-3!D9")] * found
