"""The numbers of a sentence are found with their units; dates, ordinals and marks are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.domain.language.numbers_in_text import numbers_in, unit_of_count


def found(text: str) -> list[tuple[Decimal, str]]:
    return [(number.value, number.unit) for number in numbers_in(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2,415 人", "2415", "人"),
        ("２，４１５人", "2415", "人"),
        ("勧奨件数4,560件(面談", "4560", "件"),
        ("実施率    51.5％（", "0.515", "割合"),
        ("15%以下とする", "0.15", "割合"),
        ("１０．６　％", "0.106", "割合"),
        ("2.45 ポイント下回る", "2.45", "ポイント"),
        ("2.45％ポイント", "2.45", "ポイント"),
        ("自己負担３割", "0.3", "割合"),
        ("38,838千円", "38838", "千円"),
        ("3百万円", "3", "百万円"),
        ("約3万人", "30000", "人"),
        ("2万5千人", "25000", "人"),
        ("5千人", "5000", "人"),
        ("1億2,000万円", "120000000", "円"),
        ("1 億 2,000 万円", "120000000", "円"),
        ("2 億 4,411 万 6 千円", "244116000", "円"),
        ("6 千円", "6", "千円"),
        ("約 43 万件", "430000", "件"),
        ("３　万人", "30000", "人"),
        ("1.5億円", "150000000", "円"),
        ("3 か所", "3", "か所"),
        ("3箇所", "3", "か所"),
        ("3ヶ所", "3", "か所"),
        ("6カ月間", "6", "か月間"),
        ("10 営業日以内", "10", "営業日"),
        ("150 日実施", "150", "日"),
        ("10日間", "10", "日間"),
        ("月15日以上", "15", "日"),
        ("月1回", "1", "回"),
        ("年 4 回", "4", "回"),
        ("一般会計 2024人", "2024", "人"),
        ("2024 事業所", "2024", "事業所"),
        ("前年比△5.2％", "-0.052", "割合"),
        ("前年比 -3件", "-3", "件"),
        ("前年比▲1,000円", "-1000", "円"),
        ("代表3名", "3", "名"),
        ("公表 2 件", "2", "件"),
        ("3項目", "3", "項目"),
        ("24時間", "24", "時間"),
        ("（件数 22）", "22", ""),
        ("KPI：100％", "1", "割合"),
        ("体重5kg減", "5", "kg"),
        ("4月 1,234件", "1234", "件"),
        ("10月20件", "20", "件"),
        ("9 月 3（うち新規）", "3", ""),
        ("マイナス0.5ポイント", "-0.5", "ポイント"),
        ("過去３か年平均", "3", "か年"),
        ("500㎡", "500", "㎡"),
        ("血圧 140mmHg", "140", "mmHg"),
    ],
)
def test_a_number_with_its_unit(text: str, value: str, unit: str) -> None:
    assert found(text) == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "令和6年10月18日に開催",
        "令和 ６ 年 10 月 18 日",
        "令和元年度、平成31年4月",
        "令和6、7年度",
        "R6.10.18",
        "R5年度実績",
        "2024/10/18",
        "2024.10.18",
        "2024-10-18",
        "2024（令和6）年度",
        "2024年度、2025年4月",
        "健康経営優良法人 2024 結果",
        "10/18に開催",
        "10/7～11/7 にかけて",
        "研修会(4/24、7/23、9/10)",
        "6月末",
        "4～6月",
        "４月〜６月",
        "9月号と12 月号",
        "7 月、11 月",
        "７月，１１月",
        "4、6、8、10、1 月",
        "7 月 26 日・28 日・29 日",
        "11 月 13 日から 27 日にかけて",
        "12 月 20 に発送",
        "毎月10日に",
        "25日付で",
        "10:30から",
        "午後3時30分",
        "10時",
        "第3四半期",
        "前年度の 4 半期に",
        "第4回、第 10 回",
        "第4～6回",
        "第 3 期保健事業実施計画",
        "2回目の3年目",
        "0 次勧奨",
        "12条の3",
        "様式3号",
        "3分の2",
        "1）未治療者",
        "１）未治療者",
        "(1)未治療者",
        "（１）健全な",
        "①健全な",
        "２．健全な",
        "２.健全な",
        "■ 1） 健全な",
        "未治療者。2）糖尿病",
        "上記1）のとおり",
        "１－２）委嘱事業所数",
        "別添１-１のとおり",
        "別紙２",
        "資料4",
        "1-2-2のとおり",
        "電話048-658-5919",
        "電話：048（658）5919",
        "12 月 20（金）",
        "11日（月）",
        "平日8:30～17:15",
        "〒330-8686",
        "STEP1、STEP2",
        "GUIDEBOOK2024",
        "COVID-19",
        "5G",
        "2024Q3",
        "https://example.jp/2024/123",
        "2型糖尿病",
        "一者応札",
    ],
)
def test_no_number_of_figures(text: str) -> None:
    assert found(text) == []


def test_it_says_where_and_how_it_is_written() -> None:
    text = "・10/7～11/7 にかけて　６０，９９１ 事業所へ送付。"
    (number,) = numbers_in(text)
    assert (number.text, number.start) == ("６０，９９１ 事業所", text.index("６"))
    assert text[number.start :].startswith(number.text)


def test_several_in_one_sentence() -> None:
    text = "12 月 3 回、令和 6 年 8 月 30 日に 15,777 件発送（3,158 件)、2部位10日以上、3～5件"
    assert found(text) == [
        (Decimal(3), "回"),
        (Decimal(15777), "件"),
        (Decimal(3158), "件"),
        (Decimal(2), "部位"),
        (Decimal(10), "日"),
        (Decimal(3), "件"),
        (Decimal(5), "件"),
    ]


@pytest.mark.parametrize(
    ("unit", "counted"),
    [("名", "人"), ("者", "人"), ("人", "人"), ("ヶ所", "か所"), ("件", "件"), ("名様", "名様")],
)
def test_what_a_unit_counts(unit: str, counted: str) -> None:
    assert unit_of_count(unit) == counted


def test_both_ends_of_a_range_have_the_unit() -> None:
    assert found("5～10％、65 - 74歳") == [
        (Decimal("0.05"), "割合"),
        (Decimal("0.1"), "割合"),
        (Decimal(65), "歳"),
        (Decimal(74), "歳"),
    ]
    assert found("計 12（うち新規 3件）") == [(Decimal(12), ""), (Decimal(3), "件")]


def test_lines_begin_anew() -> None:
    assert found("1）面談 5 件\n2）電話 7 件") == [(Decimal(5), "件"), (Decimal(7), "件")]


def test_a_word_behind_a_number_is_no_unit() -> None:
    assert found("60,991 送付") == [(Decimal(60991), "")]


def test_long_digits_do_not_hang() -> None:
    assert len(list(numbers_in("1、" * 3000 + "9" * 3000))) == 3000


def test_a_number_of_more_digits_than_can_be_meant_is_none() -> None:
    assert [one.text for one in numbers_in(f"{'9' * 30}件と{'9' * 31}件")] == ["9" * 30 + "件"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("約7億5千万円", 750_000_000, "円"),
        ("8千万円", 80_000_000, "円"),
        ("7千5百万円", 75_000_000, "円"),
        ("1万8千件", 18_000, "件"),
        ("5百万円", 5, "百万円"),
        ("3千円", 3, "千円"),
        ("2千億円", 200_000_000_000, "円"),
    ],
)
def test_thousands_before_a_myriad(text: str, value: int, unit: str) -> None:
    (number,) = numbers_in(text)
    assert (number.value, number.unit) == (value, unit)
