"""Dates of another year, over, or to come: the words that explain them act on their clause."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.findings.finding import Severity
from tests.checks.text_cases import OFFICE, findings, said_of, with_figure

HERE = "1-3!D9"

# The sample is as of December 31 of fiscal 2024.
OTHER_YEARS = [
    ("・令和5年8月に説明会を開催した。", True),
    ("・計画的な点検を進め、令和5年8月に説明会を開催した。", True),
    ("・令和5年8月に、計画の説明会を開催した。", True),
    ("・協定の締結事業者数：33 事業者（令和 5 年 9 月末）", True),
    ("・協定の締結事業者数：33 事業者（令和 7 年 9 月末）", True),
    ("・協定の締結事業者数：33 事業者（目標：令和 7 年 9 月末）", False),
    ("・令和7年9月2日に調査票を送付し、11月末までに回答があった。", True),
    ("・令和7年8月に会議を開き、今後の対応について協議した。", True),
    ("・令和7年4月に契約し、5月から実施する予定。", False),
    ("・令和7年12月に使用できなくなることを周知した。", False),
    ("・令和5年8月に比べ1.2ポイント上昇した。", False),
    ("・令和5年8月診療分と比べて伸びが鈍化した。", False),
    ("・令和4年10月の適用拡大により増加した。", False),
    ("・令和6年2月の本部通知に基づく点検を行った。", False),
    ("・令和5年10月に、県と協定を締結した。", False),
    ("・令和5年度第3四半期（令和5年10月～12月）より増えた。", False),
    ("・第3四半期の研修会（令和5年11月）に参加した。", True),
    ("・令和6年2月に作成した動画を活用した。", False),
    ("・令和77年6月に開催予定。", True),
]
PLANS = [
    ("・10月に第2回を開催予定。", True),
    ("・研修会を開催し、10月下旬に周知を予定している。", True),
    ("・11月30日に発送する予定である。", True),
    ("・12月31日に締め切る予定。", True),
    ("・1月5日に発送する予定である。", False),
    ("・10月から3月まで実施する予定。", False),
    ("・4月に発送予定。", False),
    ("・5月に発送予定。", True),
    ("・翌年度の7月に発送予定。", False),
    ("・令和7年7月に発送予定。", False),
    ("・10月以降に順次発送予定。", False),
    ("・10月に第1回を開催し、第2回は年度内に開催予定。", False),
    ("・10月に予定していた説明会を11月に開催した。", False),
    ("・予定どおり10月に開催した。", False),
    ("・10月診療分の点検を予定。", False),
    ("・10月末現在、年間予定20回のうち12回を実施。", False),
]
DONE = [
    ("・2月5日に研修会を開催した。", True),
    ("・2月に職員研修を実施した。", True),
    ("・1月21日に研修会を開催し、52名が参加した。", True),
    ("・2月5日に加入者向けの連絡会を開催した。", True),
    ("・2月5日に利用者向け研修会を実施した。", True),
    ("・2月5日に研修会を実施済みである。", True),
    ("・令和7年7月16日に説明会を開催し、87名が参加した。", True),
    ("・令和7年8月10日の会議で報告を行った。", True),
    ("・令和7年6月10日の会議で報告を行った。", False),
    ("・令和7年8月10日に移転を行うこととなった。", False),
    ("・令和7年8月10日に会議を開催する予定とした。", False),
    ("・12月20日に研修会を開催した。", False),
    ("・12月20日に加入者向けの連絡会を開催した。", False),
    ("・2月に行う研修会の案内を送付した。", False),
    ("・2月の研修会に向けて案内を送付した。", False),
    ("・2月5日に開催する予定とした。", False),
    ("・1月号に記事を掲載した。", False),
]
FISCAL_YEARS = [
    ("・令和5年度の事業計画に基づき、取組を進めている。", True),
    ("・令和６年度の事業計画に基づき、取組を進めている。", False),
    ("・令和7年度の事業計画に基づき、取組を進めている。", True),
    ("・R5年度の重点事項として取り組んでいる。", True),
    ("・令和5年度上期に引き続き、下期も取り組んだ。", True),
    ("・令和5年度に引き続き、取り組んだ。", False),
    ("・令和5年度の実績に基づき、対象を選んだ。", False),
    ("・令和5年度策定の計画に基づき、対象を選んだ。", False),
    ("・令和3～5年度の計画に基づき、令和6年度も取り組んだ。", False),
]


@pytest.mark.parametrize(
    ("text", "code", "is_found"),
    [
        (text, code, is_found)
        for code, cases in (("WO05", OTHER_YEARS), ("WO42", PLANS), ("WO41", DONE), ("WO43", FISCAL_YEARS))
        for text, is_found in cases
    ],
)
def test_a_time_that_is_not_the_periods(text: str, code: str, *, is_found: bool) -> None:
    found = [place for place in said_of(text) if place[0] != "WO06"]
    assert found == [(code, HERE)] * is_found


def test_what_is_over_quotes_the_date_and_the_word() -> None:
    (finding,) = findings(
        OFFICE, {"1-3 D9": "・会議を開いた。10月下旬に周知を予定している。"}, codes=["WO42"]
    )
    assert finding.actual == "10月下旬に周知を予定"
    assert "基準日（12月31日）" in finding.message


def test_a_notice_of_the_future_is_one_for_an_item_and_quotes_the_phrase() -> None:
    lines = {
        "1-3 D9": "・2月に行う研修会の案内を送付した。",
        "1-3 D11": "・3月に行う研修会の案内を送付した。",
    }
    (finding,) = (one for one in findings(OFFICE, lines, codes=["WO06"]) if one.sheet == "1-3")
    assert (finding.severity, finding.cell) == (Severity.INFO, "D9")
    assert finding.actual == "2月に行う研修会の案内を送付した"


@pytest.mark.parametrize(("verb", "is_found"), [("開催した", True), ("開催する", False)])
def test_the_text_of_a_table_is_read_too(verb: str, is_found: bool) -> None:
    """記事内容 of the last issue in the list of issues."""
    book = with_figure(OFFICE, "2-4", "健康保険委員だより発行状況", 4, 1, f"1 月 20 日に研修会を{verb}")
    found = findings(OFFICE, codes=("WO41",), book=book)
    assert [(one.code, one.cell) for one in found] == [("WO41", "D87")] * is_found
