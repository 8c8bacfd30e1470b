"""Dates in the text, told in the cell of their line or list: malformed, impossible, of another time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.checks.planted import checked, planted
from tests.checks.planted import places as placed
from tests.checks.text_cases import HEALTH, OFFICE, findings, places, said_of
from tests.paths import SAMPLE

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("・令和 7 月１～３月までに実施する予定。", "WO01", True),
        ("・令和７年１～３月までに実施する予定。", "WO01", False),
        ("・令和年12月に実施。", "WO01", True),
        ("・令和6 12月に実施。", "WO01", True),
        ("・令和６年12月に実施。", "WO01", False),
        ("・令和元年度から実施。", "WO01", False),
        ("・令和 5 度の事業実施状況を報告した。", "WO01", True),
        ("・令和 5 年度の事業実施状況を報告した。", "WO01", False),
        ("・令和６の実績", "WO01", True),
        ("・令和５・６年度、令和6～7年度、令和6.12.20", "WO01", False),
        ("・昭和3丁目会館で開催", "WO01", False),
        ("・会議を 11/0 と 8 月 29 日に開いた。", "WO03", True),
        ("・会議を 13/5、9 月 19 日に開いた。", "WO03", True),
        ("・会議を 11/1 と 8 月 29 日に開いた。", "WO03", False),
        ("・12 月 20 に発送。", "WO02", True),
        ("・12月20発送。", "WO02", True),
        ("・12月20（金）に発送。", "WO02", True),
        ("令和６年５月２７ 個人情報保護委員会を実施", "WO02", True),
        ("令和６年５月２７日 個人情報保護委員会を実施", "WO02", False),
        ("・令和６年12月 20 件発送。", "WO02", False),
        ("・令和６年12月 3 会場で実施。", "WO02", False),
        ("・12 月 20 日に発送。", "WO02", False),
        ("・12月に20件発送。", "WO02", False),
        ("・12月20件に達した。", "WO02", False),
        ("・12月日に発送。", "WO02", True),
        ("令和 6 年 10 メンタルヘルス研修を実施", "WO02", True),
        ("令和 6 年 10 月 メンタルヘルス研修を実施", "WO02", False),
        ("令和 6 年 10 件実施", "WO02", False),
        ("・9月5から9月26日にかけて発送。", "WO02", True),
        ("・令和0年から実施。", "WO03", True),
        ("・平成32年度までに終える計画。", "WO03", True),
        ("・平成31年度までに終えた。", "WO03", False),
        ("・昭和65年", "WO03", True),
        ("・昭和64年1月", "WO03", False),
        ("・13月に実施。", "WO03", True),
        ("・11月31日に実施。", "WO03", True),
        ("・11月30日に実施。", "WO03", False),
        ("・令和７年2月29日に実施予定。", "WO03", True),
        ("・令和6年2月29日に実施。", "WO03", False),
        ("・13か月、24か月分", "WO03", False),
        ("・12月20日（土）に開催。", "WO04", True),
        ("・12月20日（金）に開催。", "WO04", False),
        ("・令和７年１月２１日（水曜日）に開催予定。", "WO04", True),
        ("・令和７年１月２１日（火曜日）に開催予定。", "WO04", False),
        ("・令和5年8月30日に発送。", "WO05", True),
        ("・令和6年8月30日に発送。", "WO05", False),
        ("・令和6年3月31日に発送。", "WO05", True),
        ("・令和6年4月1日に発送。", "WO05", False),
        ("・令和7年3月31日に発送予定。", "WO05", False),
        ("・令和7年4月1日に発送。", "WO05", True),
        ("・令和7年4月1日に発送する予定。", "WO05", False),
        ("・12件（参考：令和5年12月 10件）", "WO05", False),
        ("・令和5年10月から実施している。", "WO05", False),
        ("・令和5年度に作成した動画を活用。", "WO05", False),
        ("・1月10日に開催した。", "WO06", True),
        ("・1月10日に開催予定。", "WO06", False),
        ("・12月31日に開催した。", "WO06", False),
        ("・12月28日～1月5日の対応を周知した。", "WO06", False),
        ("・第2四半期末時点で12件。", "WO07", True),
        ("・第3四半期末時点で12件。", "WO07", False),
        ("・第2四半期は12件、第3四半期は13件。", "WO07", False),
        ("・第2四半期の進捗状況を管理した。", "WO07", True),
        ("・第3四半期の進捗状況を管理した。", "WO07", False),
        ("・第2四半期の実績を踏まえて見直した。", "WO07", False),
        ("・9月末時点で12件。", "WO07", True),
        ("・9月末時点で12件、12月末時点で15件。", "WO07", False),
        ("・8月末時点で12件。", "WO07", False),
        ("・9月末時点の実績を評議会に報告した。", "WO07", False),
    ],
)
def test_dates_of_a_line(text: str, code: str, told: bool) -> None:
    assert said_of(text, code) == [(code, HERE)] * told


def test_days_of_a_list_in_another_year_are_one_finding() -> None:
    assert said_of("・令和6年1月23日・2月17日・21日に実施", "WO05") == [("WO05", HERE)]
    assert said_of("・令和6年1月23日に実施、令和6年2月17日に報告", "WO05") == [("WO05", HERE)] * 2


@pytest.mark.parametrize(
    ("line", "text", "told"),
    [
        ("2-2-2 D12", "電話勧奨件数：1,740 事業所（令和 6 年 9 月まで）", True),
        ("2-2-2 D12", "電話勧奨件数：1,740 事業所（令和 6 年 12 月まで）", False),
        ("2-2-3 D15", "初回面談実施者数：2,415 人（令和 6 年 12 月末）", True),
        ("2-2-3 D15", "初回面談実施者数：2,415 人（令和 6 年 11 月末）", False),
        (
            "2-2-2 D39",
            "※ 生活習慣病予防健診は 9 月、事業者健診は 11 月、特定健康診査は 8 月までの実績",
            True,
        ),
    ],
)
def test_an_as_of_month_is_that_of_the_figure(line: str, text: str, told: bool) -> None:
    item, cell = line.split()
    found = places(findings(HEALTH, {line: text}, codes=("WO07",)))
    assert found == [("WO07", f"{item}!{cell}")] * told


def test_an_as_of_month_of_no_table_of_the_item() -> None:
    found = findings(OFFICE, {"3-4 D11": "令和６年 9 月末時点"}, codes=("WO07",))
    assert [(*place, one.actual, one.expected) for place, one in zip(places(found), found, strict=True)] == [
        ("WO07", "3-4!D11", "令和６年 9 月", "12月")
    ]


@pytest.mark.parametrize(
    ("day", "code"),
    [("令和 6 年 1 月 9 日", "WO05"), ("令和 7 年 1 月 32 日", "WO03"), ("令和 7 年 1 月 9 日", "")],
)
def test_days_typed_in_a_list(tmp_path: Path, day: str, code: str) -> None:
    def edit(book: Any) -> None:
        sheet = book["2-2-2"]
        (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "伊奈町")
        sheet.cell(cell.row, cell.column - 1).value = day
        where.append(sheet.cell(cell.row, cell.column - 1).coordinate)

    where: list[str] = []
    path = planted(tmp_path, edit, SAMPLE / "提出" / f"{HEALTH}.xlsm")
    found = [place for place in placed(checked(path, "WO")) if place[0] in ("WO03", "WO05")]
    assert found == ([(code, f"2-2-2!{where[0]}")] if code else [])
