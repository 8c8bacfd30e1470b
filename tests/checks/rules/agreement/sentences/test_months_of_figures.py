"""Months that sentences name for the figures of a table, against those of the table."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places

CODE = "CO75"


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("特定健康診査の実施者数は、10 月までで 9,905 人となった。", True),
        ("令和6年7月末現在の特定健康診査の実施者数は9,905人である。", True),
        ("特定健康診査の実施者数は9,905人（７月末）となった。", True),
        ("特定健康診査の実施者数は、8 月までで 9,905 人となった。", False),
        ("特定健康診査の実施者数は9,905人となった。", False),
        # another number, part, year or kind of number
        ("特定健康診査の実施者数は、10 月までで 11,905 人となった。", False),
        ("集団健診の特定健康診査の実施者数は、10 月までで 9,905 人となった。", False),
        ("令和4年10月までの特定健康診査の実施者数は、9,905人である。", False),
        ("特定健康診査の実施者数の目標は、10月までで9,905人である。", False),
        ("10月から特定健康診査の実施者数を毎週集計した。8月までで9,905人である。", False),
    ],
)
def test_a_count_up_to_a_month(text: str, is_wrong: bool) -> None:
    found = findings(HEALTH, {"2-2-2 D20": text}, codes=(CODE,))
    assert places(found) == [(CODE, "2-2-2!D20")] * is_wrong


def test_the_cell_of_the_figure_is_the_other_side() -> None:
    text = "6 月末までの柔道整復施術療養費の請求件数は 365,337 件である。"
    (found,) = findings(BENEFITS, {"1-2-3 D13": text}, codes=(CODE,))
    assert [one.cell for one in found.related] == ["E36"]
    assert "文では6月の数として「365,337 件」とありますが" in found.message
    assert "365,337 件 は11月の数です。" in found.message


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("保険証の回収率は、11月末時点で79.40％である。", False),
        ("保険証の回収率は、11月末時点で79.41％である。", True),
        ("保険証の回収率は、11月末時点で79％である。", True),
    ],
)
def test_the_month_of_a_figure_of_another_group(text: str, is_wrong: bool) -> None:
    """A short number could be that of any table."""
    found = findings(HEALTH, {"2-2-2 D20": text}, codes=("WO07",))
    assert places(found) == [("WO07", "2-2-2!D20")] * is_wrong


@pytest.mark.parametrize(
    ("group", "cell", "text", "is_wrong"),
    [
        (BENEFITS, "1-2-3 D25", "柔整申請割合は0.85％（9月末まで）である。", True),
        (BENEFITS, "1-2-3 D25", "柔整申請割合は0.85％（10月末まで）である。", False),
        (BENEFITS, "1-2-2 D17", "4 月から 12 月までの決定件数は 43,089 件であった。", True),
        (BENEFITS, "1-2-2 D17", "４月～12月の決定件数は43,089件であった。", True),
        (BENEFITS, "1-2-2 D17", "4 月から 10 月までの決定件数は 43,089 件であった。", False),
        (BENEFITS, "1-2-2 D17", "5 月から 12 月までの決定件数は 43,089 件であった。", False),
        # the caption says the month of the period
        (BENEFITS, "1-2-3 D13", "併給調整の確認済は 1,323 件（11 月末まで）であった。", True),
        (BENEFITS, "1-2-3 D13", "併給調整の確認済は 1,323 件（12 月末まで）であった。", False),
        # a total of quarters
        (RECEIPTS, "1-2-5 D14", "文書による催告の合計は、11 月末までの累計で 13,798 件となった。", True),
        (RECEIPTS, "1-2-5 D14", "文書による催告の合計は、12 月末までの累計で 13,798 件となった。", False),
    ],
)
def test_the_months_from_the_first_of_the_year(group: str, cell: str, text: str, is_wrong: bool) -> None:
    found = findings(group, {cell: text}, codes=(CODE,))
    assert places(found) == [(CODE, cell.replace(" ", "!"))] * is_wrong


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=(CODE,)) == []


def test_a_wrong_month_of_a_figure_is_one_finding() -> None:
    text = "令和 6 年 11 月末現在の文書による催告の合計は 13,798 件である。"
    found = findings(RECEIPTS, {"1-2-5 D14": text}, codes=(CODE, "WO07"))
    assert places(found) == [(CODE, "1-2-5!D14")]
