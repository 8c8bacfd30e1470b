"""An output takes its place only when all went well, and never that of a book that is open."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from xlsxwriter.exceptions import FileCreateError

from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.in_place import written_beside


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "報告" / "報告書.xlsx"


def put(path: Path, content: bytes) -> None:
    with written_beside(path) as beside:
        beside.write_bytes(content)


def test_the_folder_is_made_and_nothing_else_is_left(path: Path) -> None:
    put(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_others_may_read_it(path: Path) -> None:
    put(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o644


def test_other_bytes_take_the_place_of_the_old_ones(path: Path) -> None:
    put(path, b"old")
    os.utime(path, (1, 1))
    put(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mtime > 1


def test_the_same_bytes_are_not_written_again(path: Path) -> None:
    put(path, b"same")
    os.utime(path, (1, 1))
    put(path, b"same")
    assert path.stat().st_mtime == 1
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("lock", ["~$報告書.xlsx", ".~lock.報告書.xlsx#"])
def test_an_open_book_stays(path: Path, lock: str) -> None:
    put(path, b"old")
    (path.parent / lock).touch()
    with pytest.raises(KenpoError, match=r"^報告書\.xlsx を書き換えられません。[^\n]+。$") as told:
        put(path, b"new")
    assert str(told.value).endswith(f"誰も開いていないときは、同じ場所に残っている {lock} を消してください。")
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), FileCreateError("full")])
def test_what_cannot_be_written_is_one_sentence(path: Path, failure: Exception) -> None:
    def fail() -> None:
        with written_beside(path):
            raise failure

    with pytest.raises(KenpoError, match=r"^報告書\.xlsx を書けませんでした。[^\n]+。$"):
        fail()
    assert not list(path.parent.iterdir())


def test_a_failure_leaves_the_old_one(path: Path) -> None:
    put(path, b"old")
    with pytest.raises(ZeroDivisionError), written_beside(path) as beside:
        beside.write_bytes(b"half")
        raise ZeroDivisionError
    assert [(one.name, one.read_bytes()) for one in path.parent.iterdir()] == [("報告書.xlsx", b"old")]


def test_one_that_may_only_be_read_is_one_sentence_on_windows_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows replaces and removes no file that may only be read."""
    put(path, b"old")
    path.chmod(0o444)

    def refused(*_: object) -> None:
        raise PermissionError

    remove = Path.unlink

    def unlink(one: Path, *, missing_ok: bool = False) -> None:
        if not one.stat().st_mode & stat.S_IWRITE:
            raise PermissionError
        remove(one, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(KenpoError, match="書き換えられません"):
        put(path, b"new")
    assert [one.read_bytes() for one in path.parent.iterdir()] == [b"old"]
