"""Names, numbers and addresses of persons: found in the cell of their line, and not repeated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.clerk import GYOMU, REZEPT, new
from tests.checks.text_cases import OFFICE, RECEIPTS, findings, places, said_of, submissions
from tests.sample import sample_plan

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("・番号 123456789018 の方", "PR01", True),
        ("・番号１２３４　５６７８　９０１８の方", "PR01", True),
        ("・番号 1234-5678-9018 の方", "PR01", True),
        ("・番号 123456789012 の方", "PR01", False),
        ("・番号 000000000000 の方", "PR01", False),
        ("・番号 1123456789018 の方", "PR01", False),
        ("・123,456,789,018 円", "PR01", False),
        ("・電話 048-658-5919 へ", "PR02", True),
        ("・担当 業務グループ（内線 2153）へ", "PR02", True),
        ("・内線番号：215", "PR02", True),
        ("・内線 300 台を入れ替えた", "PR02", False),
        ("・内線電話を300台入れ替えた", "PR02", False),
        ("・電話０３－１２３４－５６７８へ", "PR02", True),
        ("・電話 03(1234)5678 へ", "PR02", True),
        ("・電話 0120-123-456 へ", "PR02", True),
        ("・携帯 09012345678 へ", "PR02", True),
        ("・ナビダイヤル 0570-015-369 へ", "PR02", True),
        ("・受付センター０４８ー６５８ー５９１９", "PR02", True),
        ("・電話 0486585919 へ", "PR02", True),
        ("・ＴＥＬ：０４８６５８５９１９", "PR02", True),
        ("・受付番号 0486585919", "PR02", False),
        ("・+81-48-658-5919 へ", "PR02", True),
        ("・2024-12-25 に実施", "PR02", False),
        ("・048-658-591 へ", "PR02", False),
        ("・10-20-3000", "PR02", False),
        ("・taro.saitama@example.co.jp へ", "PR03", True),
        ("・ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ へ", "PR03", True),
        ("・@saitama で発信", "PR03", False),
        ("・記号 12345678 番号 123 の方", "PR04", True),
        ("・被保険者証番号：12345 の方", "PR04", True),
        ("・記号・番号：12345678・99 の方", "PR04", True),
        ("・（記号）1234（番号）567 の方", "PR04", True),
        ("・記号番号 1234-567 の方", "PR04", True),
        ("・記号・番号欄の記入方法を案内した。", "PR04", False),
        ("・記号番号の確認を 12 件実施。", "PR04", False),
        ("・高橋様から電話で相談があった。", "PR05", True),
        ("・渡邉　健太様（任意継続）へ送付した。", "PR05", True),
        ("・被保険者の佐々木美咲さんに架電した。", "PR05", True),
        ("・患者の山田太郎について照会した。", "PR05", True),
        ("・高橋会長の挨拶の後、意見交換を行った。", "PR05", False),
        ("・講師の田中先生による講演を行った。", "PR05", False),
        ("・事業主様へ案内した。", "PR05", False),
        ("・前田建設様を訪問した。", "PR05", False),
        ("・患者の受診行動を分析した。", "PR05", False),
        ("・昭和 45 年 3 月 2 日生の方に連絡した。", "PR06", True),
        ("・Ｓ４５．３．２生まれの方に連絡した。", "PR06", True),
        ("・生年月日（平成元年5月6日）を確認した。", "PR06", True),
        ("・昭和四十五年三月二日生まれの方", "PR06", True),
        ("・昭和45年4月2日から昭和46年4月1日生まれの方", "PR06", False),
        ("・令和6年4月1日生活習慣病予防健診を始めた。", "PR06", False),
        ("・平成生まれの加入者へ広報した。", "PR06", False),
        ("・川越市宮下町2-1を訪問した。", "PR07", True),
        ("・債務者宅（緑が丘市東町二丁目八番三号）を訪問した。", "PR07", True),
        ("・〒３３０－００６１へ再送した。", "PR07", True),
        ("・会場：青葉市桜木町1-7-5 市民ホール", "PR07", False),
        ("・青葉市桜木町 1-7-5 に住む加入者から苦情があった。", "PR07", True),
        ("・各市町 1-7-5 のとおり、15 市町村 1-7-5 のとおり進めた。", "PR07", False),
        ("・川越市1-3月の受診者数を集計した。", "PR07", False),
        ("・市内3丁目から5丁目までの自治会に回覧した。", "PR07", False),
        ("・（普通預金２１９３９７０）に還付した。", "PR08", True),
        ("・口座番号は 1234567 である。", "PR08", True),
        ("・基礎年金番号1234-567890を確認した。", "PR08", True),
        ("・普通 1234567 円を還付した。", "PR08", False),
        ("・口座振替は 123456 件であった。", "PR08", False),
    ],
)
def test_what_must_not_be_public(text: str, code: str, told: bool) -> None:
    assert said_of(text, code) == [(code, HERE)] * told


@pytest.mark.parametrize(
    "secret",
    [
        *(
            "123456789018",
            "048-658-5919",
            "taro@example.jp",
            "記号 1234 番号 567",
            "高橋一郎様",
            "患者の山田太郎",
        ),
        *("昭和45年3月2日生", "川越市宮下町2-1", "普通 1234567"),
    ],
)
def test_a_finding_does_not_repeat_it(secret: str) -> None:
    (found,) = findings(OFFICE, {"1-3 D9": f"・{secret}"}, codes=("PR",))
    said = found.message + found.actual + found.expected
    assert secret not in said
    assert "山田" not in said


def test_one_finding_for_a_text_says_how_many_others_there_are() -> None:
    (found,) = findings(
        OFFICE, {"1-3 D9": "・高橋様と佐藤様に送付し、高橋様から回答があった。"}, codes=("PR",)
    )
    assert "「高＊様と＊＊＊に送付し」、ほかに 1 か所" in found.message


def test_a_birth_date_is_no_stale_date_too() -> None:
    assert said_of("・昭和45年3月2日生の男性に連絡した。") == [("PR06", HERE)]


@pytest.mark.parametrize(
    ("group", "cell", "number", "told"),
    [
        (GYOMU, "1-2-3!E30", 123456789018.0, True),
        (GYOMU, "1-2-3!E30", 123456789012.0, False),
        (REZEPT, "1-2-4!E42", 123456789018.0, False),  # 円
    ],
)
def test_a_number_typed_into_a_table(group: str, cell: str, number: float, *, told: bool) -> None:
    assert new(group, {cell: number}, "PR") == [("PR01", cell)] * told


def test_the_sample_has_none() -> None:
    assert findings(OFFICE, codes=("PR",)) == []


@pytest.mark.parametrize(
    ("reason", "told"), [("担当 taro@example.co.jp に確認", True), ("本部に確認", False)]
)
def test_a_reason_beside_a_rating_is_printed_too(reason: str, told: bool) -> None:
    book = submissions()[RECEIPTS]
    (item,) = (item for item in book.items if item.item == "1-2-4")
    rating = next(rating for rating in item.ratings if rating.block == "6")
    ratings = tuple(replace(one, reason=reason) if one is rating else one for one in item.ratings)
    changed = tuple(replace(one, ratings=ratings) if one is item else one for one in book.items)
    found = findings(RECEIPTS, codes=("PR",), book=replace(book, items=changed))
    assert places(found) == [("PR03", "1-2-4!K23")] * told


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("・電話 ０４８－６５８－５９１９ へ", []),
        ("・電話 048-658-5910 へ", ["PR02"]),
        ("・Soudan@example.jp へ", []),
        ("・taro@example.jp へ", ["PR03"]),
        ("・書類は青葉市錦町16-7へ", []),
        ("・書類は青葉市錦町16-8へ", ["PR07"]),
        ("・番号 123456789018 の方", ["PR01"]),
    ],
)
def test_the_public_desks_of_the_plan_are_silent(text: str, codes: list[str]) -> None:
    desks = ("電話 048-658-5919", "soudan@example.jp", "〒330-0001 青葉市錦町16-7", "123456789018")
    plan = replace(sample_plan(), public_contacts=desks)
    found = findings(OFFICE, {"1-3 D9": text}, codes=("PR",), plan=plan)
    assert [one.code for one in found] == codes
