"""Texts without the numbers of persons: of the same length, and masked again the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.domain.privacy.personal_data import (
    Mask,
    entry_with_masked_texts,
    is_private_number,
    mask_private_parts,
    private_parts,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("・番号 123456789018 の方", "・番号 ＊＊＊＊＊＊＊＊＊＊＊＊ の方"),
        ("・番号１２３４　５６７８　９０１８の方", "・番号＊＊＊＊　＊＊＊＊　＊＊＊＊の方"),
        ("・番号 1234-5678-9018", "・番号 ＊＊＊＊-＊＊＊＊-＊＊＊＊"),
        ("・番号 123456789012 の方", "・番号 123456789012 の方"),
        ("・マイナンバー 1234 5678 9012 の方", "・マイナンバー ＊＊＊＊ ＊＊＊＊ ＊＊＊＊ の方"),
        ("・個人番号（１２３４５６７８９０１２）", "・個人番号（＊＊＊＊＊＊＊＊＊＊＊＊）"),
        ("・０４８ー６５８ー５９１９", "・＊＊＊ー＊＊＊ー＊＊＊＊"),
        ("・電話 03(1234)5678、+81-48-658-5919", "・電話 ＊＊(＊＊＊＊)＊＊＊＊、+＊＊-＊＊-＊＊＊-＊＊＊＊"),
        ("・taro.s@example.co.jp へ", "・＊＊＊＊.＊@＊＊＊＊＊＊＊.＊＊.＊＊ へ"),
        ("・ｔａｒｏ＠ｅｘ．ｊｐ", "・＊＊＊＊＠＊＊．＊＊"),
        ("・（記号）1234（番号）567", "・（記号）＊＊＊＊（番号）＊＊＊"),
        ("・記号 12345678 番号 0901234-5678", "・記号 ＊＊＊＊＊＊＊＊ 番号 ＊＊＊＊＊＊＊-＊＊＊＊"),
        ("・高橋　一郎様（昭和45年3月2日生）", "・＊＊　＊＊＊（昭和＊＊年＊月＊日生）"),
        ("・緑が丘市東町二丁目８－３", "・緑が丘市東町＊丁目＊－＊"),
        ("・普通　１２３４５６７へ", "・普通　＊＊＊＊＊＊＊へ"),
        ("・年金手帳の番号は１２３４－５６７８９０", "・年金手帳の番号は＊＊＊＊－＊＊＊＊＊＊"),
        ("・雇用保険被保険者番号1234-567890-1", "・雇用保険被保険者番号＊＊＊＊-＊＊＊＊＊＊-＊"),
        ("・旅券番号 TZ6040370 の写し", "・旅券番号 TZ＊＊＊＊＊＊＊ の写し"),
        ("・在留カード番号はAC33311149CEである", "・在留カード番号はAC＊＊＊＊＊＊＊＊CEである"),
        ("・被保険者証（66478207－706）", "・被保険者証（＊＊＊＊＊＊＊＊－＊＊＊）"),
        ("・三輪　良子（31歳）から", "・＊＊　＊＊（31歳）から"),
        ("・宇佐美健太、50歳、男性", "・＊＊＊＊＊、50歳、男性"),
        ("・三輪　良子氏の申請", "・＊＊　＊＊＊の申請"),
        ("・中央町1-16-20-324であった", "・中央町＊-＊＊-＊＊-＊＊＊であった"),
        ("・みどりハイツ203号室に居住", "・みどりハイツ＊＊＊号室に居住"),
        ("・県営住宅4号棟203号の入居者", "・県営住宅＊号棟＊＊＊号の入居者"),
        ("・対象者（50歳以上）、男性（45歳）", "・対象者（50歳以上）、男性（45歳）"),
        ("・支部長（62歳）、最高齢者、98歳", "・支部長（62歳）、最高齢者、98歳"),
        ("・被保険者（40歳から74歳）", "・被保険者（40歳から74歳）"),
        ("・会議室203号室、国道16号", "・会議室203号室、国道16号"),
        ("・年金手帳の番号の確認を1234件", "・年金手帳の番号の確認を1234件"),
        ("・被保険者証の回収 12,345件", "・被保険者証の回収 12,345件"),
        ("・県営住宅4号棟の改修", "・県営住宅4号棟の改修"),
        ("・お客様、事業主様、皆さん、氏名", "・お客様、事業主様、皆さん、氏名"),
        ("・健康宣言 1,080 事業所、2024-12-25 に 99.8％", "・健康宣言 1,080 事業所、2024-12-25 に 99.8％"),
        ("", ""),
    ],
)
def test_masked(text: str, expected: str) -> None:
    assert mask_private_parts(text) == expected
    assert mask_private_parts(expected) == expected
    assert not list(private_parts(expected))


def test_what_is_allowed_stays() -> None:
    text = "048-658-5919、０４８ー６５８ー５９１０、Soudan@Example.jp"
    assert mask_private_parts(text, allowed={"0486585919", "soudan@example.jp"}) == (
        "048-658-5919、＊＊＊ー＊＊＊ー＊＊＊＊、Soudan@Example.jp"
    )


@pytest.mark.parametrize(
    ("number", "unit", "private"),
    [
        (Decimal(123456789018), "件", True),
        (Decimal(123456789018), "円", False),
        (Decimal(123456789012), "件", False),
        (Decimal("123456789018.5"), "件", False),
        (Decimal(-123456789018), "件", False),
        (Decimal("1.23456789018E+11"), "", True),
        (Decimal(222222222222), "", False),
        (None, "", False),
    ],
)
def test_the_number_of_a_cell(number: Decimal | None, unit: str, private: bool) -> None:
    assert is_private_number(number, unit) is private


class TestMask:
    MASK = Mask(secrets=frozenset({"123456789018", "taro@example.jp", "0486585919"}))

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("123,456,789,018 件です。", "＊＊＊,＊＊＊,＊＊＊,＊＊＊ 件です。"),
            ("「番号 1234567…」", "「番号 ＊＊＊＊＊＊＊…」"),
            ("「番号 1234-56…」", "「番号 ＊＊＊＊-＊＊…」"),
            ("「番号 12…」で始まる", "「番号 12…」で始まる"),
            ("1234567 件", "1234567 件"),
            ("2345678…", "2345678…"),
            ("taro@exa…", "＊＊＊＊@＊＊＊…"),
            ("hanako@exa…", "hanako@exa…"),
            ("電話番号（…5919）", "電話番号（…5919）"),
            ("(048) 658-5919", "(＊＊＊) ＊＊＊-＊＊＊＊"),
        ],
    )
    def test_a_secret_in_another_form_or_in_part(self, text: str, expected: str) -> None:
        assert self.MASK(text) == expected

    def test_without_secrets(self) -> None:
        assert (
            Mask()("123,456,789,018 件、番号 123456789018")
            == "123,456,789,018 件、番号 ＊＊＊＊＊＊＊＊＊＊＊＊"
        )


def test_an_entry_of_a_log() -> None:
    entry = {"notes": ["048-658-5919", 3], "errors": 123456789018, "name": "taro@example.jp", "group": None}
    assert entry_with_masked_texts(entry) == {
        "notes": ["＊＊＊-＊＊＊-＊＊＊＊", 3],
        "errors": 123456789018,
        "name": "＊＊＊＊@＊＊＊＊＊＊＊.＊＊",
        "group": None,
    }
