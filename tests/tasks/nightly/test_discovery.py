"""Which folders are periods: those with a plan book, wherever they lie below the root."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.nightly.discovery import find_periods


def plans(root: Path, *folders: str) -> None:
    for folder in folders:
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / "計画.xlsx").touch()


def found(root: Path) -> list[str]:
    return [one.root.relative_to(root).as_posix() for one in find_periods(root).folders]


def test_they_are_found_however_deep_they_lie(tmp_path: Path) -> None:
    """Regions, municipalities, years, quarters; or more."""
    plans(tmp_path, "b/令和6年度", "a", "c/令和6年度/第3四半期", "d/e/f/g", "d/e/f/h/i/j/k", "d/e/f/提出/m")
    assert found(tmp_path) == [
        *("a", "b/令和6年度", "c/令和6年度/第3四半期"),
        *("d/e/f/g", "d/e/f/h/i/j/k"),
    ]
    plans(tmp_path, "x/" * 40)
    assert found(tmp_path)[-1] == "/".join("x" * 40)


def test_a_link_is_followed_unless_it_leads_back(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    plans(root, "a/b")
    plans(other, "第3四半期")
    (root / "c").symlink_to(other, target_is_directory=True)
    (root / "a" / "up").symlink_to(root, target_is_directory=True)
    (other / "back").symlink_to(root / "c", target_is_directory=True)
    assert found(root) == ["a/b", "c/第3四半期"]


def test_the_folder_itself_may_be_one(tmp_path: Path) -> None:
    plans(tmp_path, ".")
    assert found(tmp_path) == ["."]


def test_a_copy_inside_another_is_found_too(tmp_path: Path) -> None:
    plans(tmp_path, "a", "a/控え")
    assert found(tmp_path) == ["a", "a/控え"]


@pytest.mark.parametrize(
    "folder", ["a/提出", "a/入力/旧", "a/報告", "a/返却", "a/templates", ".trash", "~x/.y"]
)
def test_what_stands_in_a_period_or_is_hidden_is_none(tmp_path: Path, folder: str) -> None:
    plans(tmp_path, "a", folder)
    assert found(tmp_path) == ["a"]


@pytest.mark.parametrize(
    "folder",
    ["$RECYCLE.BIN/S-1-5-21", "#recycle", "@Recycle/b", "~snapshot/daily.0", "System Volume Information"],
)
def test_what_was_deleted_or_saved_by_the_drive_is_none(tmp_path: Path, folder: str) -> None:
    """Else a period of which a copy was deleted would be there twice, and made no more."""
    plans(tmp_path, "a", f"{folder}/a")
    assert found(tmp_path) == ["a"]


@pytest.mark.parametrize("name", ["lost+found", "System Volume Information", "@eaDir"])
def test_a_folder_of_the_system_need_not_be_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    plans(tmp_path, "a")
    (tmp_path / name).mkdir()
    iterdir = Path.iterdir

    def closed(path: Path) -> object:
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", closed)
    assert find_periods(tmp_path).closed == ()


@pytest.mark.parametrize("folder", ["#1 青森", "@青森", "$1", "~青森", "recycle"])
def test_an_unusual_name_is_one_of_ours(tmp_path: Path, folder: str) -> None:
    plans(tmp_path, folder)
    assert found(tmp_path) == [folder]


def test_a_plan_that_is_a_folder_is_none(tmp_path: Path) -> None:
    plans(tmp_path, "a")
    (tmp_path / "b" / "計画.xlsx").mkdir(parents=True)
    assert found(tmp_path) == ["a"]


def test_a_folder_without_periods_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KenpoError, match=r"^[^\n]+ に期のフォルダーがありません。[^\n]+。$"):
        find_periods(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KenpoError, match=r"^フォルダー [^\n]+ がありません。[^\n]+。$"):
        find_periods(tmp_path / "ない")


def test_a_folder_that_goes_away_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans(tmp_path, "a", "b")
    is_dir = Path.is_dir

    def vanishing(path: Path) -> bool:
        there = is_dir(path)
        if path.name == "b":
            shutil.rmtree(path)
        return there

    monkeypatch.setattr(Path, "is_dir", vanishing)
    assert [path.name for path in find_periods(tmp_path).closed] == ["b"]
