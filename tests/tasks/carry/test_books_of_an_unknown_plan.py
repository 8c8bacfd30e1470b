"""Books in 入力/ that do not name their plan, as those copied from 提出/: only a change replaces them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kenpo_xl.tasks.build import build_books
from tests.edited import edited
from tests.paths import SAMPLE

pytestmark = pytest.mark.period

GROUPS = ["業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample with the submitted books as its working books."""
    period = tmp_path / "period"
    shutil.copytree(SAMPLE, period)
    shutil.copytree(period / "提出", period / "入力")
    return period


def test_they_stay_with_the_same_plan(folder: Path) -> None:
    result = build_books(folder)
    assert [path.stem for path in result.kept] == GROUPS
    assert (result.older, result.changes) == ({}, ())


def test_a_renamed_group_gets_its_book_and_the_others_stay(folder: Path) -> None:
    with edited(folder / "計画.xlsx") as book:
        for cell in (cell for name in ("施策", "基本") for row in book[name] for cell in row):
            if cell.value == "保健グループ":
                cell.value = "健康グループ"
    result = build_books(folder)
    assert [path.stem for path in result.older] == ["保健グループ"]
    assert result.changes == ("計画が変わりました: グループ「保健グループ」は「健康グループ」になりました。",)
    assert [path.stem for path in result.kept] == [one for one in GROUPS if one != "保健グループ"]
