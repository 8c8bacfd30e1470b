"""What is to be erased is found however it is written, and nothing that only resembles it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.domain.privacy.search_terms import SearchTerms
from kenpo_xl.errors import KenpoError


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("123456789018", "番号 123456789018 の方", "番号 ＊＊＊＊＊＊＊＊＊＊＊＊ の方"),
        ("1234-5678-9018", "番号１２３４　５６７８　９０１８の方", "番号＊＊＊＊　＊＊＊＊　＊＊＊＊の方"),
        ("１２３４５６７８９０１８", "123,456,789,018", "＊＊＊,＊＊＊,＊＊＊,＊＊＊"),
        ("123456789018", "「123456…」", "「＊＊＊＊＊＊…」"),
        ("123456789018", "1123456789018", "1123456789018"),
        ("123456789018", "1234567890180", "1234567890180"),
        ("123456789018", "123456789019", "123456789019"),
        ("048-658-5919", "０４８ー６５８ー５９１９", "＊＊＊ー＊＊＊ー＊＊＊＊"),
        ("0486585919", "(048) 658-5919 と 486585919", "(＊＊＊) ＊＊＊-＊＊＊＊ と ＊＊＊＊＊＊＊＊＊"),
        ("taro@example.jp", "Ｔａｒｏ＠example.jp へ", "＊＊＊＊＠＊＊＊＊＊＊＊.＊＊ へ"),
        ("山田 太郎", "担当は山田　太郎さん、ヤマダ", "担当は＊＊　＊＊さん、ヤマダ"),
        ("ﾔﾏﾀﾞ", "ヤマダさん", "＊＊＊さん"),
        ("山田", "山 と 田", "山 と 田"),
    ],
)
def test_mask(value: str, text: str, expected: str) -> None:
    sought = SearchTerms.of([value])
    assert sought.mask(text) == expected
    assert sought.mask(expected) == expected
    assert not sought.is_in(expected)


@pytest.mark.parametrize(
    ("number", "found"),
    [(Decimal(486585919), True), (Decimal("4.86585919E+8"), True), (Decimal(48), False), (None, False)],
)
def test_numbers(number: Decimal | None, found: bool) -> None:
    assert SearchTerms.of(["0486585919"]).contains_number(number) is found


@pytest.mark.parametrize("value", ["12345", "1-2-3-4-5", "山", ".*"])
def test_what_is_too_short_is_refused(value: str) -> None:
    if value == ".*":
        assert SearchTerms.of([value]).mask("健康宣言") == "健康宣言"
        return
    with pytest.raises(KenpoError, match="短すぎる"):
        SearchTerms.of([value])


def test_nothing_at_all() -> None:
    with pytest.raises(KenpoError, match="ありません"):
        SearchTerms.of(["", "  "])
