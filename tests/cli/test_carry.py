"""The command `carry`: what it shows, and its exit statuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kenpo_xl.cli.commands import main
from tests.tasks.carry.test_rescue import NUMBERS, TEXTS
from tests.tasks.carry.town import GROUP, period, submit


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A period with a filled book beside its folders."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = period(tmp_path / "第3四半期", 2025, 3)
    submit(folder, NUMBERS, TEXTS, towns=[("緑", "公民館", 30)])
    shutil.move(folder / "提出" / f"{GROUP}.xlsm", folder / f"{GROUP}.xlsm")
    (folder / "提出").rmdir()
    return folder


def carried(folder: Path, book: Path, *options: str) -> tuple[int, list[str], list[str]]:
    done = CliRunner().invoke(main, ["carry", str(book), str(folder), *options])
    return done.exit_code, done.stdout.splitlines(), done.stderr.splitlines()


def test_a_whole_book_is_carried_with_one_sentence(folder: Path) -> None:
    status, shown, more = carried(folder, folder / f"{GROUP}.xlsm")
    target = folder / "入力" / f"{GROUP}.xlsm"
    assert (status, more) == (0, [])
    assert shown == [f"数値 12 か所、文 3 行、評価 1 件を写しました: {target}"]


def test_what_is_to_confirm_and_what_has_no_place_is_counted(folder: Path) -> None:
    path = folder / f"{GROUP}.xlsx"
    book = openpyxl.load_workbook(folder / f"{GROUP}.xlsm")
    (cell,) = (cell for row in book["1-1"].iter_rows() for cell in row if cell.value == "場所")
    cell.value = "場所名"
    book["1-1"]["T60"] = "来年は 2 回"
    book.save(path)
    status, shown, more = carried(folder, path)
    assert (status, len(shown)) == (1, 1)
    assert [line.partition("。")[0] for line in more] == [
        "場所を決めきれなかったものが 1 件あります",
        "写せなかったものが 1 件あります",
    ]


def test_a_book_that_cannot_be_carried_is_one_sentence(folder: Path) -> None:
    status, shown, more = carried(folder, folder / "計画.xlsx")
    assert (status, shown, len(more)) == (3, [], 1)
    assert "この計画の項のものと分かるシートがありません" in more[0]


def test_a_missing_book_is_one_sentence(folder: Path) -> None:
    status, shown, more = carried(folder, folder / "ない.xlsx")
    assert (status, shown, len(more)) == (3, [], 1)
