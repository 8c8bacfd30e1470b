"""Changes wake the watch at once where the file system reports them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kenpo_xl.tasks.watch import file_events as module
from kenpo_xl.tasks.watch.file_events import file_events


def test_a_saved_file_wakes_and_a_read_one_does_not(tmp_path: Path) -> None:
    folder, woken = tmp_path / "支部" / "提出", threading.Event()
    folder.mkdir(parents=True)
    with file_events(tmp_path, woken.set) as has_events:
        assert has_events
        (folder / "一課.xlsx").write_bytes(b"a")
        assert woken.wait(10)
        while woken.wait(1):
            woken.clear()
        list(folder.iterdir())
        (folder / "一課.xlsx").read_bytes()
        assert not woken.wait(1)


def test_a_folder_that_is_made_later_is_watched_too(tmp_path: Path) -> None:
    woken = threading.Event()
    with file_events(tmp_path, woken.set):
        (tmp_path / "支部").mkdir()
        assert woken.wait(10)
        assert not woken.clear()
        (tmp_path / "支部" / "計画.xlsx").write_bytes(b"a")
        assert woken.wait(10)


def test_where_nothing_is_reported_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "are_folder_changes_reported", lambda _: False)
    with file_events(tmp_path, lambda: None) as has_events:
        assert not has_events
