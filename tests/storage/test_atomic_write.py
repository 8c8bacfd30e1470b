"""An output takes its place only when all went well, and never that of a book that is open."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.atomic_write import atomic_write, available_path, refuse_while_open


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "報告" / "報告書.xlsx"


def put(path: Path, content: bytes) -> None:
    with atomic_write(path) as beside:
        beside.write_bytes(content)


def test_the_folder_is_made_and_nothing_else_is_left(path: Path) -> None:
    put(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_umask_says_who_may_read_it(path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        put(path, b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o666])
def test_the_mode_of_the_old_one_is_kept(path: Path, mode: int) -> None:
    put(path, b"old")
    path.chmod(mode)
    put(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_what_is_private_is_private_while_it_is_written(path: Path) -> None:
    put(path, b"old")
    path.chmod(0o600)
    with atomic_write(path) as beside:
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give a file away")
def test_the_owner_of_the_old_one_is_kept(path: Path) -> None:
    put(path, b"old")
    os.chown(path, 1234, 5678)
    put(path, b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 5678)


def test_a_link_is_replaced_and_not_written_through(path: Path) -> None:
    path.parent.mkdir()
    victim = path.with_name("人のもの.xlsx")
    victim.write_bytes(b"whole")
    path.symlink_to(victim)
    put(path, b"new")
    assert (path.is_symlink(), path.read_bytes(), victim.read_bytes()) == (False, b"new", b"whole")


def test_a_folder_in_its_place_is_one_sentence(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(KenpoError, match=r"報告書\.xlsx というフォルダーがあるため書けません。[^\n]+。$"):
        put(path, b"new")
    assert list(path.parent.iterdir()) == [path]


class TestAFreePlace:
    @pytest.mark.parametrize("kind", ["folder", "pipe", "link", "dangling link"])
    def test_what_is_no_file_is_not_ours(self, path: Path, kind: str) -> None:
        path.parent.mkdir()
        path.with_name("ours").touch()
        make: dict[str, Callable[[], object]] = {
            "folder": path.mkdir,
            "pipe": lambda: os.mkfifo(path),
            "link": lambda: path.symlink_to("ours"),
            "dangling link": lambda: path.symlink_to("nowhere"),
        }
        make[kind]()
        assert available_path(path, lambda _: True) == path.with_name("報告書(2).xlsx")

    def test_a_file_of_ours_is_replaced(self, path: Path) -> None:
        put(path, b"old")
        assert available_path(path, lambda _: True) == path


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


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are counted in letters there")
@pytest.mark.parametrize(("size", "fits"), [(247, True), (248, False), (255, False)])
def test_a_name_without_room_for_those_beside_it(tmp_path: Path, size: int, fits: bool) -> None:
    path = tmp_path / ("a" * (size - 5) + ".xlsx")
    path.write_bytes(b"old")
    refused = pytest.raises(KenpoError, match=r"^a+\.xlsx は名前が長すぎます。短い名前に変えてください。$")
    with nullcontext() if fits else refused:
        refuse_while_open(path)


def test_what_cannot_be_written_is_one_sentence(path: Path) -> None:
    def fail() -> None:
        with atomic_write(path):
            raise OSError(28, "No space left on device")

    with pytest.raises(KenpoError, match=r"^報告書\.xlsx を書けませんでした。[^\n]+。$"):
        fail()
    assert not list(path.parent.iterdir())


def test_a_failure_leaves_the_old_one(path: Path) -> None:
    put(path, b"old")
    with pytest.raises(ZeroDivisionError), atomic_write(path) as beside:
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
