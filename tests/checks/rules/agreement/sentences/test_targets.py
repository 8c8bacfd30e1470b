"""Targets beside the results in one sentence, and what it says of them."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, said_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("返信率は22.8％で、目標の25％を達成した。", True),
        ("返信率は25.8％で、目標の25％を達成した。", False),
        ("参加者は150名で、目標の200名を超えた。", True),
        ("参加者は250名で、目標の200名を超えた。", False),
        ("参加者は200名で、目標の200名を超えた。", True),
        ("待ち時間は平均18分で、目標の15分以内を達成した。", True),
        ("待ち時間は平均8分で、目標の15分以内を達成した。", False),
        ("研修の受講者は目標の30名に対し34名となり、目標に届かなかった。", True),
        ("研修の受講者は目標の30名に対し24名となり、目標に届かなかった。", False),
        ("研修の受講者は34名で、目標の30名には届かなかった。", True),
        ("応募は40社で、目標の50社に達した。", True),
        ("応募は40社で、目標の50社に達しなかった。", False),
        ("目標の50社を達成したため、目標を60社に引き上げた。", False),
        ("訪問は40社で、目標の50社を達成する見込みである。", False),
        ("目標の50社に対し、訪問は40社となり、未達となった。", False),
        ("目標の50社に対し、訪問は60社となり、未達となった。", True),
        ("目標の10件を達成した支店は、12件中の5件である。", False),
        ("1社当たりの応募者は2.5人で、目標とする3人を下回っている。", False),
        ("目標200件に対し150件と、目標を下回った。", False),
        ("目標200件に対し250件と、目標を下回った。", True),
        ("目標の30件を達成するため、さらに12件の訪問を行う。", False),
        ("目標の30件の達成に向け、12件の訪問を行った。", False),
        ("目標の30件は10月に達成し、12月末までに42件となった。", False),
        ("目標の30件を達成し、その後12件を追加した。", False),
        ("目標の500人を上回ることができず480人であった。", False),
        ("処理時間は18分で、目標の15分を達成した。", False),
    ],
)
def test_a_claim_beside_target_and_result(text: str, found: bool) -> None:
    assert said_of(f"・{text}", "CO70") == [("CO70", "1-3!D9")] * found


def test_both_numbers_are_named() -> None:
    (one,) = findings(OFFICE, {"1-3 D9": "・応募は40社で、目標の50社に達した。"}, codes=("CO70",))
    assert one.message.startswith("目標は「50社」、実績は「40社」ですが、「目標の50社に達し」とあります")
