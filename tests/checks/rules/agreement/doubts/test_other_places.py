"""Another prefecture in a line of an office that is named after its own."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places

HERE = "1-3!D13"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("群馬県内を走るトラックの運転者にも届くようにする。", True),
        ("神奈川県の広報誌に掲載した。", True),
        ("千葉だよりに掲載した。", True),
        ("埼玉県内を走るトラックの運転者にも届くようにする。", False),
        ("群馬県と埼玉県の境にある事業所を訪問した。", False),
        ("群馬県から転入した加入者に案内した。", False),
        ("山口氏に講演を依頼した。", False),
        ("千葉県船橋市で講習会を開催した。", False),
        ("岩槻千葉県道沿いの事業所を訪問した。", False),
    ],
)
def test_another_prefecture_is_reported(sentence: str, found: bool) -> None:
    assert (
        places(findings(OFFICE, {"1-3 D13": f"・{sentence}"}, codes=["CO112"])) == [("CO112", HERE)] * found
    )


def test_one_that_two_lines_name_is_meant() -> None:
    lines = {"1-3 D11": "・群馬県内の事業所を訪問した。", "1-3 D13": "・群馬県の広報誌に掲載した。"}
    assert findings(OFFICE, lines, codes=["CO112"]) == []
