"""Numbers of sentences that are figures of another item, with another value."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("健康宣言事業所数は1,800事業所である。", True),
        ("柔道整復施術療養費の患者照会は11月現在で12,737件である。", True),
        ("柔道整復施術療養費の患者照会は11月現在で12,377件である。", False),
        ("はり・きゅうの患者への照会は11月現在で12,737件である。", False),
        ("健康宣言事業所数は1,080事業所である。", False),
        ("健康宣言事業所数は1,800社である。", True),
        ("健康宣言事業所数は1,080社である。", False),
        ("なお、健康宣言事業所数は12月末で1,090事業所となった。", True),
        ("健康宣言事業所数は9月末で1,020事業所となった。", False),
        ("健康宣言事業所数の目標は1,500事業所である。", False),
        ("北部の健康宣言事業所数は210事業所である。", False),
        ("前年度の健康宣言事業所数は990事業所である。", False),
        ("未宣言事業所10,040事業所への勧奨にも用いた。", True),
        ("未宣言事業所10,004事業所への勧奨にも用いた。", False),
        ("未宣言事業所240事業所への勧奨にも用いた。", False),
        ("参加者数は1,800人である。", False),
        ("サービススタンダードの決定件数は43,098件であった。", True),  # five digits, four letters
        ("サービススタンダードの決定件数は43,089件であった。", False),
        ("サービススタンダードの申請は43,098件であった。", False),
        ("二次勧奨の文書は18,990件送付した。", True),
        ("債権催告は第3四半期に4,700件行った。", False),  # four digits and no more
        ("郵送化率は95.6％である。", True),
        ("郵送化率は96.5％である。", False),
        ("他支部の郵送化率は95.6％である。", False),
    ],
)
def test_a_figure_of_another_item(text: str, is_wrong: bool) -> None:
    """健康宣言事業所数 is 1,080 in 2-2-5, which another group reports."""
    found = findings(OFFICE, {"1-3 D9": f"・{text}"}, codes=("CO59",))
    assert places(found) == [("CO59", "1-3!D9")] * is_wrong


def test_the_other_side_is_named() -> None:
    (one,) = findings(OFFICE, {"1-3 D9": "・健康宣言事業所数は1,800事業所である。"}, codes=("CO59",))
    (other,) = one.related
    assert (other.workbook, other.sheet) == ("保健グループ.xlsm", "2-2-5")
    assert f"（{other.cell}）は 1,080 事業所 です" in one.message


def test_without_the_other_book_nothing_is_compared() -> None:
    line = {"1-3 D9": "・健康宣言事業所数は1,800事業所である。"}
    assert findings(OFFICE, line, codes=("CO59",), neighbours=False) == []
