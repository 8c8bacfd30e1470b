"""A long text of a list that another of its rows has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.checks.planted import checked, places, planted
from tests.paths import SUBMITTED

BOOK = SUBMITTED / "企画総務グループ.xlsm"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・事業報告及び決算（本部）\n・事業報告（支部）", True),
        ("・事業報告及び予算（本部）\n・事業報告（支部）", False),
    ],
)
def test_in_the_second_row(tmp_path: Path, text: str, found: bool) -> None:
    def edit(book: Any) -> None:
        book["2-4"]["D86"].value = text

    got = checked(planted(tmp_path, edit, BOOK), "CO131")
    assert places(got) == [("CO131", "2-4!D86")] * found
    assert [one.cell for finding in got for one in finding.related] == ["D85"] * found
