"""Times of a sentence that contradict one another, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, said_of

HERE = "1-3!D11"

# The sample is as of December 31 of fiscal 2024.
NAMED = [
    ("・第３四半期（７～９月）の件数", True),
    ("・第三四半期（7月から9月まで）に訪問した。", True),
    ("・第3四半期（10月～12月）に訪問した。", False),
    ("・第3四半期（4～12月）の累計", False),
    ("・第2四半期（4～12月）の累計", True),
    ("・10～12月（第2四半期）は混雑した。", True),
    ("・7月から9月までの第2四半期に周知した。", False),
    ("・第3四半期（11月）に周知した。", False),
    ("・第3四半期（9月）に周知した。", True),
    ("・第3四半期の9月に周知した。", True),
    ("・第2四半期の実績を、10月に報告した。", False),
    ("・2024年第3四半期（7～9月）のGDP", False),
    ("・令和6年度第3四半期（令和6年10月～12月）", False),
    ("・令和6年度第3四半期（令和5年10月～12月）の前年の件数", True),
    ("・前年度（令和5年度）と比べた。", False),
    ("・前年度（令和4年度）と比べた。", True),
    ("・令和5年度は、前年度（令和4年度）と比べて減った。", False),
    ("・本年度（令和6年度）から始めた。", False),
    ("・本年度（令和5年度）から始めた。", True),
    ("・令和6年度（令和5年度）は120件（98件）である。", False),
    ("・11月上旬（11月10日）に送付した。", False),
    ("・11月上旬（11月11日）に送付した。", True),
    ("・11月下旬（10月25日）に送付した。", True),
]
LENGTHS = [
    ("・4月から9月までの6か月間", False),
    ("・4月から9月までの5か月間", True),
    ("・４月～９月（７カ月間）に点検した。", True),
    ("・9月末から12月末までの3か月間", False),
    ("・9月15日から12月14日までの3か月間", False),
    ("・9月15日から12月14日までの4か月間", False),
    ("・9月15日から12月14日までの5か月間", True),
    ("・4月から9月までの約5か月間", False),
    ("・11月から2月までの4か月間に行う予定である。", False),
    ("・10月1日から10日までの10日間", False),
    ("・10月1日から10日までの9日間", True),
    ("・10月7日から10月18日までの10日間", False),
    ("・10月28日～11月1日（5日間）", False),
    ("・10月28日～11月1日（6日間）", True),
    ("・10月1日から31日までの4日間", False),
    ("・令和4年度から令和6年度までの3年間", False),
    ("・令和4年度から令和6年度までの4年間", True),
    ("・過去2年間（令和4～6年度）の傾向", True),
]
WEEKDAYS = [
    ("・土曜日（12月21日）に行った。", False),
    ("・土曜日（12月20日）に行った。", True),
    ("・12月20日金曜日に行った。", False),
    ("・12月20日 の木曜日に行った。", True),
    ("・第3金曜日（12月20日）に行った。", False),
    ("・第2金曜日（12月20日）に行った。", True),
]


@pytest.mark.parametrize(
    ("code", "text", "wrong"),
    [
        (code, *case)
        for code, cases in (("WO50", NAMED), ("WO51", LENGTHS), ("WO04", WEEKDAYS))
        for case in cases
    ],
)
def test_a_contradiction_is_found_in_its_cell(code: str, text: str, wrong: bool) -> None:
    assert said_of(text, code) == [(code, HERE)] * wrong


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("・第3四半期（7～9月）の件数", "月が合いません（第3四半期は10月から12月まで）"),
        ("・前年度（令和6年度）の件数", "年が合いません（前年度は令和5年度）"),
        ("・12月中旬（12月25日）に送付", "日が合いません（中旬は11日から20日まで）"),
        ("・4月から9月までの5か月間", "長さが合いません（数えると6か月）"),
    ],
)
def test_the_message_says_what_would_be_right(text: str, words: str) -> None:
    (found,) = findings(OFFICE, {"1-3 D11": text}, codes=("WO50", "WO51"))
    assert words in found.message


def test_a_long_text_full_of_times_is_read_to_its_end() -> None:
    text = "・" + "第3四半期（10～12月）、" * 2_000 + "第3四半期（7～9月）"
    assert said_of(text, "WO50") == [("WO50", HERE)]
