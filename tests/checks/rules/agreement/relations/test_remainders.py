"""What is left of a whole, against the whole and its parts."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, findings, places


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("対象1,689件のうち確認済は1,323件で、残りは466件である。", True),
        ("対象1,689件のうち確認済は1,323件で、残りは366件である。", False),
        ("対象50件のうち12件を訪問し、残る28件に電話した。", True),
        ("対象50件から12件を除く28件に電話した。", True),
        ("対象50件から12件を除いた38件に電話した。", False),
        ("対象50人のうち12人を訪問し、残り28件の書類を送った。", False),
        ("対象50件のうち12件を訪問し、残りの約28件に電話した。", False),
        ("対象50件のうち12件を訪問し、28件に電話し、残りは10件である。", False),
        ("対象50件のうち12件を訪問し、28件に電話した。", False),
        ("対象50件のうち12件を訪問し、28件に電話し、残りは20件である。", True),
        ("対象50件のうち12件を訪問した。残る28件は1月に訪問する予定である。", True),
        ("対象50件のうち12件を訪問した。残る38件は1月に訪問する予定である。", False),
        ("対象50件のうち12件を訪問した。別の残り28件は1月に訪問する予定である。", False),
    ],
)
def test_what_is_left(text: str, is_wrong: bool) -> None:
    found = findings(BENEFITS, {"1-2-3 D25": f"・{text}"}, codes=("CO64",))
    assert places(found) == [("CO64", "1-2-3!D25")] * is_wrong
