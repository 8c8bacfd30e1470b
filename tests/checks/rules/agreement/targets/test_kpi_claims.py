"""What sentences say of reaching a KPI's target, against its result."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, RECEIPTS, findings, places

DECLARED = "2-2-5 D15"


@pytest.mark.parametrize(
    ("words", "is_wrong"),
    [
        ("健康宣言事業所数は目標を達成した。", True),
        ("健康宣言事業所数は既に目標に達している。", True),
        ("健康宣言事業所数については、目標達成となった。", True),
        ("健康宣言事業所数は目標の1,270事業所を突破した。", True),
        ("KPI の健康宣言事業所数は、目標を達成した。", True),
        ("指標とする健康宣言事業所数は、目標を達成した。", True),
        ("成果指標である健康宣言事業所数は目標に達した。", True),
        ("指標とする協力事業者数は、目標を達成した。", False),
        ("健康宣言事業所数は目標を下回っている。", False),
        ("健康宣言事業所数は目標に届いていない。", False),
        ("健康宣言事業所数の目標を達成するため、訪問を行った。", False),
        ("前年度の健康宣言事業所数は目標を達成した。", False),
        ("9月末の健康宣言事業所数は目標を達成した。", False),
        ("12月末の健康宣言事業所数は目標を達成した。", True),
        ("協力事業者数は目標を達成した。", False),
        ("北部地区の健康宣言事業所数は目標を達成した。", False),
        ("健康宣言事業所数は目標を達成する見込みである。", False),
    ],
)
def test_a_target_that_is_not_reached(words: str, is_wrong: bool) -> None:
    """1,080 of 1,270."""
    found = findings(HEALTH, {DECLARED: f"・{words}"}, codes=("CO56",))
    assert places(found) == [("CO56", "2-2-5!D15")] * is_wrong


@pytest.mark.parametrize(
    ("words", "is_wrong"),
    [
        ("一者応札案件の割合は目標を達成できていない。", True),
        ("一者応札案件の割合は目標の15％を超えている。", True),
        ("一者応札案件の割合は目標未達となった。", True),
        ("一者応札の割合は6.3％で、目標を達成できていない。", True),
        ("一者応札の割合は6.3％で、目標を達成した。", False),
        ("応札の割合は目標の15％を超えている。", False),
        ("一者応札案件の割合は目標を下回っている。", False),
        ("一者応札案件の割合は目標を達成している。", False),
        ("目標を達成できなかった。", True),
    ],
)
def test_a_target_that_is_a_most(words: str, is_wrong: bool) -> None:
    """6.3 % of at most 15 %."""
    found = findings(OFFICE, {"3-4 D9": words}, codes=("CO56",))
    assert places(found) == [("CO56", "3-4!D9")] * is_wrong


def test_the_finding_names_both_and_the_figure() -> None:
    (one,) = findings(HEALTH, {DECLARED: "健康宣言事業所数は目標を達成した。"}, codes=("CO56",))
    assert one.message == (
        "「健康宣言事業所数は目標を達成した。」とありますが、KPI「健康宣言事業所数」の実績は 1,080 事業所、"
        "目標は 1,270 事業所以上 です。"
    )
    assert len(one.related) == 1


@pytest.mark.parametrize("group", [OFFICE, HEALTH, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO56", "CO57", "CO58", "CO59")) == []
