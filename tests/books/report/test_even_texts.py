"""Digits and spaces made even, and what has to stay as it was typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.books.report.even_texts import text_with_even_digits, with_even_texts
from kenpo_xl.books.report.template.options import Digits
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.books.report.writer import write_report
from kenpo_xl.domain.outputs.report import ReportLine
from kenpo_xl.domain.plan.headers import Header
from tests.books.report.report_values import block, count, report, table, words
from tests.books.report.written_book import WrittenBook
from tests.paths import TEMPLATE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和 6 年 12 月末", "令和6年12月末"),
        ("２業種", "2業種"),
        ("9 月１２日", "9月12日"),
        ("令和 6年", "令和6年"),
        ("対象者が 10 人以上", "対象者が10人以上"),
        ("埼玉だより 1 月号・メルマガ 1 月号", "埼玉だより1月号・メルマガ1月号"),
        ("１，２３４件、６３．５％", "1,234件、63.5％"),
        ("混雑予想を HP に掲載", "混雑予想をHPに掲載"),
        ("10/7～11/7 にかけて 60,991 事業所へ", "10/7～11/7にかけて60,991事業所へ"),
        ("1) 新規契約 5 機関", "1）新規契約5機関"),
        ("２）　公募", "2）公募"),
        ("１－１）割合", "1－1）割合"),
        ("・ 7 月の評議会\n■  KPI：", "・7月の評議会\n■KPI："),
        ("実施率　 51.5％（見込　　304 人）", "実施率　51.5％（見込　304人）"),
    ],
)
def test_it_reads_as_one_hand_wrote_it(text: str, expected: str) -> None:
    assert text_with_even_digits(text) == expected
    assert text_with_even_digits(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "達成状況 100％",
        "柔道整復施術療養費 3部位以上",
        "令和6年6月 ハラスメント防止研修",
        "4/24, 7/23, 9/10",
        "Excel 2019 Standard",
        "電話 048-658-5919",
        "2024 12",
        "①②Ⅲ",
        "",
        "　字下げ",
        "末尾　",
    ],
)
def test_what_stays_as_it_was_typed(text: str) -> None:
    assert text_with_even_digits(text) == text


def test_no_two_numbers_become_one() -> None:
    assert text_with_even_digits("第 1 回 5 名 12 3") == "第1回5名 12 3"


@pytest.mark.parametrize(
    ("digits", "printed"), [(Digits.AS_TYPED, "・令和 6 年１２月末"), (Digits.EVEN, "・令和6年12月末")]
)
def test_the_option_of_the_template(digits: Digits, printed: str, tmp_path: Path) -> None:
    template = read_template(TEMPLATE)
    template = replace(template, options=replace(template.options, digits=digits))
    write_report(report(block(ReportLine("・令和 6 年１２月末"))), template, tmp_path / "報告.xlsx")
    sheet = WrittenBook(tmp_path / "報告.xlsx")["1-(2)"]
    assert printed in [cell.value for row in sheet.iter_rows() for cell in row]


def test_tables_are_even_and_titles_are_not() -> None:
    one = table(
        caption="表 1 の１",
        corner=(Header("年 1 回", 0, 0),),
        notes=("※ 7 月",),
        rows=((count("1"), count("2"), words("第 3 期")), table().rows[1]),
    )
    (section,) = with_even_texts(report(block(ReportLine(table=one)), item="② 第 3 期")).sections
    found = section.items[0].blocks[0].lines[0].table
    assert found is not None
    assert (found.caption, found.corner[0].text, found.notes) == ("表1の1", "年1回", ("※7月",))
    assert found.rows[0] == (count("1"), count("2"), words("第3期"))
    assert section.items[0].title == "② 第 3 期"
