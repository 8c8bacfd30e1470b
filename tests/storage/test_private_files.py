"""The user's own cache folder."""

from __future__ import annotations

import sys

import pytest
from platformdirs import user_cache_path

from kenpo_xl.storage.private_files import cache_folder


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is platformdirs itself")
@pytest.mark.parametrize("given", [None, "", "  ", "below", "/tmp/caches"])
def test_the_cache_folder_is_that_of_platformdirs(monkeypatch: pytest.MonkeyPatch, given: str | None) -> None:
    if given is None:
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert cache_folder() == user_cache_path("kenpo-xl", appauthor=False)
