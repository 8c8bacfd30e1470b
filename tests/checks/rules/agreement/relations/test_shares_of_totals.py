"""Shares that months, quarters and rows have of a table's total, as sentences state them (CO45)."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("査定金額の約7割を第1四半期が占めた。", True),
        ("査定金額の約4割を第1四半期が占めた。", False),
        ("第1四半期が査定金額の約7割を占めている。", True),
        ("第1四半期が査定金額の4割近くを占めている。", False),
        ("第1四半期が査定金額の49.4％を占めている。", True),
        ("第1四半期が査定金額の39.4％を占めている。", False),
        ("査定金額は、第1四半期が約7割を占めている。", True),
        ("査定金額のうち約7割が第1四半期であった。", True),
        ("査定金額の半分を第1四半期が占めた。", True),
        ("査定金額の過半数を第1四半期が占めた。", True),
        ("査定金額の大半を第1四半期と第2四半期が占めた。", False),
        ("第1四半期は査定金額の約7割に当たる。", True),
        ("査定金額に占める第1四半期の割合は49.4％であった。", True),
        ("査定金額に占める第1四半期の割合は39.4％であった。", False),
        ("第1四半期と第2四半期が査定金額の約7割を占めている。", False),
        ("第1四半期と第2四半期が査定金額の約5割を占めている。", True),
        ("第1四半期に審査した件数の約7割に誤りがあった。", False),
        # another year, another figure, a change
        ("前年度は、第1四半期が査定金額の約7割を占めていた。", False),
        ("外来の査定金額の約7割を第1四半期が占めた。", False),
        ("第1四半期の査定金額は約7割増加した。", False),
    ],
)
def test_a_quarter_of_the_total(text: str, is_wrong: bool) -> None:
    found = findings(RECEIPTS, {"1-2-4 D13": f"・{text}"}, codes=("CO45",))
    assert places(found) == [("CO45", "1-2-4!D13")] * is_wrong


@pytest.mark.parametrize(("share", "is_wrong"), [("5割", True), ("2割", False), ("3割", False)])
def test_a_month_of_the_total(share: str, is_wrong: bool) -> None:
    text = f"文書勧奨の送付件数の約{share}を6月が占めた。"
    found = findings(OFFICE, {"2-4 D23": text}, codes=("CO45",))
    assert places(found) == [("CO45", "2-4!D23")] * is_wrong
    assert [one.related[0].cell for one in found] == ["E70"] * is_wrong


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("確認対象のうち約2割が返納対象である。", True),
        ("確認対象のうち約5割が返納対象である。", False),
        ("請求した件数の4分の3に照会があった。", True),
        ("請求した件数の約3割を照会した。", False),
        ("請求の4分の3に照会があった。", False),
        ("請求した件数の約3割に再照会があった。", False),
        ("新たに請求した件数の4分の3に照会があった。", False),
        ("請求した件数の4分の3に照会がなかった。", False),
    ],
)
def test_one_count_of_another(text: str, is_wrong: bool) -> None:
    found = findings(BENEFITS, {"1-2-3 D13": f"・{text}"}, codes=("CO45",))
    assert places(found) == [("CO45", "1-2-3!D13")] * is_wrong
