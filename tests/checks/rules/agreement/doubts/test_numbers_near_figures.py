"""Numbers that a slip makes of a figure which the sentence names among other words."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("group", "place", "sentence", "found"),
    [
        (OFFICE, "2-4 D15", "埼玉だより11月号の発行部数は、おおむね1,273万部である。", True),
        (OFFICE, "2-4 D15", "埼玉だより11月号の発行部数は、おおむね127千部である。", False),
        (OFFICE, "2-4 D15", "埼玉だより11月号の発行部数は、おおむね12万7千部である。", False),
        (OFFICE, "2-4 D20", "8月には1,106件の勧奨文書を送った。", True),
        (OFFICE, "2-4 D20", "9月には1,106件の勧奨文書を送った。", False),
        (OFFICE, "2-4 D20", "8月には794件の勧奨文書を送った。", True),
        (OFFICE, "2-4 D20", "8月には新たに794件の勧奨文書を送る計画である。", False),
        (RECEIPTS, "1-2-5 D10", "回収金額は、第1四半期に388万円となった。", True),
        (RECEIPTS, "1-2-5 D10", "回収金額は、第1四半期に3,884万円となった。", False),
        (HEALTH, "2-2-3 D13", "被扶養者の特定保健指導対象者3,591人に案内した。", True),
        (HEALTH, "2-2-3 D13", "被扶養者の特定保健指導対象者3,951人に案内した。", False),
        (BENEFITS, "1-2-2 D13", "申請の決定は約3万4千件に上った。", True),
        (BENEFITS, "1-2-2 D13", "申請の決定は約4万3千件に上った。", False),
        (BENEFITS, "1-2-3 D12", "柔道整復療養費の請求件数は36万件を下回る水準である。", True),
        (BENEFITS, "1-2-3 D12", "柔道整復療養費の請求件数は37万件を下回る水準である。", False),
        (BENEFITS, "1-2-3 D12", "柔道整復療養費の請求件数は36万件を超えている。", False),
        (RECEIPTS, "1-2-5 D18", "支払督促などの申立ては40件を超えた。", True),
        (RECEIPTS, "1-2-5 D18", "支払督促などの申立ては25件を超えた。", False),
    ],
)
def test_a_number_beside_the_figure_that_it_should_be(
    group: str, place: str, sentence: str, found: bool
) -> None:
    got = findings(group, {place: f"・{sentence}"}, codes=["CO115"])
    assert places(got) == [("CO115", place.replace(" ", "!"))] * found
