"""A new folder is there as a whole or not at all, whatever happens while it is made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.new_folder import new_folder
from kenpo_xl.storage.processes import host_name


def test_it_appears_with_everything_in_it(tmp_path: Path) -> None:
    with new_folder(tmp_path / "期") as beside:
        (beside / "入力").mkdir()
        (beside / "入力" / "a.txt").write_text("a", encoding="utf-8")
        assert not (tmp_path / "期").exists()
    assert (tmp_path / "期" / "入力" / "a.txt").read_text(encoding="utf-8") == "a"
    assert [path.name for path in tmp_path.iterdir()] == ["期"]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with new_folder(tmp_path / "期") as beside:
            (beside / "a.txt").touch()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: path.symlink_to("nowhere")])
def test_what_is_there_is_never_touched(tmp_path: Path, make: object) -> None:
    make(tmp_path / "期")  # type: ignore[operator]
    with pytest.raises(KenpoError, match="すでにあります"), new_folder(tmp_path / "期"):
        raise AssertionError
    assert [path.name for path in tmp_path.iterdir()] == ["期"]


def test_one_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    def make() -> None:
        with new_folder(tmp_path / "期") as beside:
            (beside / "ours").touch()
            (tmp_path / "期").mkdir()

    with pytest.raises(KenpoError, match="すでにあります"):
        make()
    assert not list((tmp_path / "期").iterdir())


def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(KenpoError, match="に書き込めません"), new_folder(tmp_path / "ない" / "期"):
        raise AssertionError


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    left = tmp_path / f".kenpo-{host_name()}-{process.pid}-x"
    left.mkdir()
    (left / "計画.xlsx").touch()
    with new_folder(tmp_path / "期"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["期"]
