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
