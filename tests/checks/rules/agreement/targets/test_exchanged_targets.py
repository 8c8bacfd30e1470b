"""Targets beside the results in one sentence, and what it says of them."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, findings, said_of


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("健康宣言事業所数は1,270事業所（目標1,080事業所）である。", True),
        ("健康宣言事業所数は1,080事業所（目標1,270事業所）である。", False),
        ("目標1,080事業所に対し、1,270事業所が宣言した。", True),
        ("健康宣言事業所数：目標 1,080 事業所、実績 1,270 事業所", True),
        ("健康宣言事業所数は目標の1,080事業所に達した。", False),
        ("健康宣言事業所数は、目標の1,080社に対し1,270社となった。", False),
        ("健康宣言事業所数の1,080事業所は、目標の1,270事業所の85％に当たる。", False),
    ],
)
def test_target_and_result_that_are_exchanged(text: str, found: bool) -> None:
    """健康宣言事業所数 has 1,080 事業所 of a target of 1,270."""
    codes = [one.code for one in findings(HEALTH, {"2-2-5 D14": f"・{text}"}, codes=("CO95",))]
    assert codes == ["CO95"] * found


def test_a_rate_of_another_item_is_named_by_its_name() -> None:
    named = "・査定率については、レセプト点検の査定率が0.185％、目標が0.149％である。"
    assert [one.code for one in findings(HEALTH, {"2-2-5 D14": named}, codes=("CO95",))] == ["CO95"]
    unnamed = "・この率は0.185％、目標が0.149％である。"
    assert findings(HEALTH, {"2-2-5 D14": unnamed}, codes=("CO95",)) == []
