"""A typed as-of month after the period is reported at its cell, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.planted import BOOK, checked, places, planted
from tests.paths import SAMPLE

HEALTH = SAMPLE / "提出" / "保健グループ.xlsm"


@pytest.mark.parametrize(("month", "is_found"), [(12, False), (11, False), (1, True), (3, True), (4, False)])
def test_a_month_after_the_period(tmp_path: Path, month: int, *, is_found: bool) -> None:
    def edit(book):  # type: ignore[no-untyped-def]
        book["1-2-2"]["E24"] = month

    assert places(checked(planted(tmp_path, edit, BOOK), "TI")) == [("TI10", "1-2-2!E24")] * is_found


def test_its_texts_are_not_reported_too(tmp_path: Path) -> None:
    def edit(book):  # type: ignore[no-untyped-def]
        book["2-2-2"]["E69"] = 1

    found = places(checked(planted(tmp_path, edit, HEALTH), ""))
    assert [place for place in found if place[0] in ("WO07", "TI07", "TI10")] == [("TI10", "2-2-2!E69")]


@pytest.mark.parametrize(
    ("cell", "value", "is_found"),
    [
        ("F50", 25, True),  # 受診者数 of 令和7年1月9日
        ("F50", 0, False),
        ("E50", "伊奈町（実施済）", True),
        ("E50", "伊奈町（実施予定）", False),
        ("F49", 190, False),  # some of its days are over
    ],
)
def test_a_row_to_come_with_results(tmp_path: Path, cell: str, value: object, *, is_found: bool) -> None:
    def edit(book):  # type: ignore[no-untyped-def]
        book["2-2-2"][cell] = value

    found = checked(planted(tmp_path, edit, HEALTH), "TI19")
    assert places(found) == [("TI19", f"2-2-2!{cell}")] * is_found
    assert [one.cell for finding in found for one in finding.related] == ["D50"] * is_found


@pytest.mark.parametrize(
    ("date", "is_found"), [("令和 6 年 12 月 31 日", False), ("令和 7 年 1 月 1 日", True)]
)
def test_the_row_of_another_date(tmp_path: Path, date: str, *, is_found: bool) -> None:
    def edit(book):  # type: ignore[no-untyped-def]
        book["2-2-2"]["D48"] = date

    assert places(checked(planted(tmp_path, edit, HEALTH), "TI19")) == [("TI19", "2-2-2!F48")] * is_found
