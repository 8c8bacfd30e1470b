"""Changes below a folder as its file system reports them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kenpo_xl.storage.file_systems import are_folder_changes_reported

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler


@contextmanager
def file_events(root: Path, wake: Callable[[], None]) -> Iterator[bool]:
    """Call `wake` at each change below `root` while inside; yields whether changes are reported at all.

    They are not on shares, nor where the system allows too few folders to be watched.
    """
    from watchdog import events
    from watchdog.observers import Observer

    # A thread that is stopped while it waits for events is an error to watchdog, in English, and none to us.
    logging.getLogger("watchdog").addHandler(logging.NullHandler())
    kinds = ("Created", "Modified", "Moved", "Deleted")
    wanted = [getattr(events, f"File{kind}Event") for kind in kinds]
    wanted += [getattr(events, f"Dir{kind}Event") for kind in kinds if kind != "Modified"]
    observer = Observer()
    try:
        if not are_folder_changes_reported(root):
            raise OSError
        handler = cast("FileSystemEventHandler", _Waker(wake))
        observer.schedule(handler, str(root), recursive=True, event_filter=wanted)
        observer.start()
    except OSError:
        yield False
        return
    try:
        yield True
    finally:
        observer.stop()
        observer.join()


class _Waker:
    """What watchdog calls with each event."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    def dispatch(self, _: FileSystemEvent) -> None:
        self._wake()
