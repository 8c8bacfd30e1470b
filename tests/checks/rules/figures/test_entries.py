"""Keys of open lists, sentences that are numbers, and rated blocks without an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.domain.findings.finding import Finding
from tests.checks.clerk import GYOMU, HOKEN, KIKAKU, found, new
from tests.checks.planted import checked, places, planted
from tests.paths import SAMPLE

FIRST_ROW = 9
"""The first row of the progress of 1-2-1."""


def test_a_town_in_two_rows() -> None:
    (finding,) = found(HOKEN, {"2-2-2!E58": "行田市"}, "VA19")
    assert (finding.cell, [source.cell for source in finding.related]) == ("E58", ["E54"])
    assert found(HOKEN, {"2-2-2!E58": "行田市"}, "CO04") == []


@pytest.mark.parametrize(
    ("key", "is_found"),
    [("令和 6 年 4 月号", True), ("令和６年４月号", True), ("令和 6 年 5 月号", False), ("4 月 1 日", False)],
)
def test_an_issue_in_two_rows(key: str, *, is_found: bool) -> None:
    assert new(KIKAKU, {"2-4!B84": key}, "VA19") == [("VA19", "2-4!B84")] * is_found


def test_two_events_on_one_day() -> None:
    assert new(KIKAKU, {"2-4!B83": "4 月 1 日", "2-4!B84": "4 月 1 日"}, "VA19") == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("1,740", True),
        ("９６．５％", True),
        ("12 15", True),
        ("1,740 件", False),
        ("①", False),
        ("－", False),
    ],
)
def test_a_number_over_a_sentence(text: str, *, is_found: bool) -> None:
    assert new(GYOMU, {"1-2-2!D20": text}, "VA20") == [("VA20", "1-2-2!D20")] * is_found


def emptied(folder: Path, glyph: str = "〇", reason: str = "") -> list[Finding]:
    """What RA08 finds of 1-2-1 without its lines, with another rating in its first row."""

    def edit(book: Any) -> None:
        sheet = book["1-2-1"]
        first = FIRST_ROW
        for row in range(first, 60):
            if sheet[f"C{row}"].value in {"文", "表", "KPI"}:
                sheet[f"D{row}"] = None
        sheet[f"E{first}"], sheet[f"K{first}"] = glyph, reason or None

    return checked(planted(folder, edit), "RA08")


def test_a_rated_block_without_an_answer(tmp_path: Path) -> None:
    finding = emptied(tmp_path)[0]
    assert (finding.severity, finding.cell) == ("誤り", f"D{FIRST_ROW}")
    assert [source.cell for source in finding.related] == [f"E{FIRST_ROW}"]


@pytest.mark.parametrize(
    ("glyph", "reason", "is_found"),
    [("－", "", False), ("×", "事業者の都合による。", False), ("×", "", True), ("△", "計画どおり。", True)],
)
def test_a_step_given_by_hand_may_have_a_reason_instead(
    tmp_path: Path, glyph: str, reason: str, *, is_found: bool
) -> None:
    cells = [one.cell for one in emptied(tmp_path, glyph, reason)]
    assert (f"D{FIRST_ROW}" in cells) == is_found


def test_a_rated_block_with_its_kpi_alone(tmp_path: Path) -> None:
    """2-3-1 without its texts: its first line is reported, and the rating is named."""

    def edit(book: Any) -> None:
        sheet = book["2-3-1"]
        for row in range(FIRST_ROW, 60):
            if sheet[f"C{row}"].value == "文":
                sheet[f"D{row}"] = None

    book = planted(tmp_path, edit, SAMPLE / "提出" / "企画総務グループ.xlsm")
    found = checked(book, "RA27")
    assert [(one.cell, [cell.cell for cell in one.related]) for one in found] == [("D9", ["E9"])]


def test_every_rated_block_of_the_sample_is_answered() -> None:
    for path in (SAMPLE / "提出").glob("*.xlsm"):
        assert places(checked(path, "RA08")) == []
        assert places(checked(path, "RA27")) == []
        assert places(checked(path, "VA19")) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"2-2-2!D51": "日高市"}, [("VA25", "2-2-2!D51")]),
        ({"2-2-2!E51": "令和7年1月21日"}, [("VA25", "2-2-2!E51")]),
        ({"2-2-2!E51": "日高市（1月21日から）"}, []),
        ({"2-2-2!D51": "日高市", "2-2-2!D52": "越谷市"}, []),
        ({"2-2-2!D51": "1月21日"}, []),
    ],
)
def test_a_cell_of_another_kind_in_a_list(typed: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert new(HOKEN, dict(typed), "VA25") == expected


@pytest.mark.parametrize(("largest", "is_odd"), [(187.0, True), (150.0, True), (149.0, False), (90.0, False)])
def test_a_number_of_odd_size_in_a_list(largest: float, is_odd: bool) -> None:
    typed = {"2-2-2!F48": 20.0, "2-2-2!F49": largest, "2-2-2!F50": 25.0, "2-2-2!F51": 18.0}
    assert new(HOKEN, dict(typed), "VA26") == [("VA26", "2-2-2!F49")] * is_odd


def test_three_rows_do_not_show_what_is_usual() -> None:
    assert new(HOKEN, {"2-2-2!F48": 20.0, "2-2-2!F50": 25.0}, "VA26") == []


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ({"2-2-2!D53": "令和 7 年 3 月 24 日"}, True),  # the row behind it is earlier
        ({"2-2-2!D53": "令和 6 年 1 月 24 日"}, True),
        ({"2-2-2!D62": "令和 7 年 2 月 18 日"}, False),  # the last row may have been added
        ({"2-2-2!D53": "令和 7 年 2 月 5 日"}, False),
        ({"2-2-2!D53": "令和 7 年 3 月 24 日", "2-2-2!D56": "令和 7 年 1 月 7 日"}, False),  # no order
    ],
)
def test_a_row_out_of_the_order_of_days(typed: dict[str, str], is_found: bool) -> None:
    (place, *_) = [*[cell for code, cell in new(HOKEN, dict(typed), "VA28") if code == "VA28"], ""]
    assert bool(place) == is_found
    assert place in ("", "2-2-2!D53", "2-2-2!D54")


def test_the_lists_of_the_sample_are_in_order() -> None:
    codes = ("VA25", "VA26", "VA28")
    assert [found(group, {}, codes) for group in (HOKEN, KIKAKU)] == [[], []]
