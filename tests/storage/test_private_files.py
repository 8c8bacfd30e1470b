"""The user's own cache folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from kenpo_xl.storage.private_files import PrivateParts, cache_folder, read_private_file


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is platformdirs itself")
@pytest.mark.parametrize("given", [None, "", "  ", "below", "/tmp/caches"])
def test_the_cache_folder_is_that_of_platformdirs(monkeypatch: pytest.MonkeyPatch, given: str | None) -> None:
    if given is None:
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert cache_folder() == user_cache_path("kenpo-xl", appauthor=False)


def test_a_part_of_a_file_is_what_it_was_when_it_was_opened(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    path = tmp_path / "kept"
    path.write_bytes(b"0123456789")
    parts = PrivateParts(path, 10)
    (tmp_path / "new").write_bytes(b"other")
    (tmp_path / "new").replace(path)
    assert (parts.size, parts.part(2, 5), parts.part(9, 99)) == (10, b"234", b"9")
    assert read_private_file(path, 10) == b"other"


@pytest.mark.skipif(sys.platform == "win32", reason="its access lists are not modes")
@pytest.mark.parametrize(("mode", "most"), [(0o622, 10), (0o600, 9)])
def test_a_file_of_others_or_too_large_a_file_is_not_opened(tmp_path: Path, mode: int, most: int) -> None:
    tmp_path.chmod(0o700)
    path = tmp_path / "kept"
    path.write_bytes(b"0123456789")
    path.chmod(mode)
    with pytest.raises(PermissionError):
        PrivateParts(path, most)
