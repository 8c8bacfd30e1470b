"""A watch of real folders, in a thread of this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kenpo_xl.tasks.nightly import PeriodDone
from kenpo_xl.tasks.nightly.fingerprint import IGNORED_FILES
from kenpo_xl.tasks.watch import WatchOptions, watch_periods
from tests.tasks.nightly.conftest import TODAY

OPTIONS = WatchOptions("佐藤", lambda: datetime(2025, 1, 8, 9, 0), jobs=1, today=TODAY)  # noqa: DTZ001
Inputs = tuple[tuple[str, str], ...]


class Watched:
    """What a watch showed and said; `checks` are the files that each complete check read, by folder."""

    def __init__(self) -> None:
        self.shown: list[PeriodDone] = []
        self.checks: list[tuple[str, Inputs]] = []
        self.said: list[str] = []
        self.is_stopped = False

    def show(self, done: PeriodDone) -> None:
        # One during which a file changed has to be repeated.
        if done.record and done.record.outcome.input_digest:
            files = (one for one in done.record.files if one.kind != IGNORED_FILES)
            self.checks.append((done.folder, tuple((one.path, one.content) for one in files)))
        self.shown.append(done)

    def wait_for(self, is_reached: Callable[[], bool], seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while not is_reached():
            assert time.monotonic() < until, (self.said, self.shown)
            time.sleep(0.05)

    def wait_for_checks(self, number: int) -> None:
        self.wait_for(lambda: len(self.checks) >= number)


@contextmanager
def watching(root: Path) -> Iterator[Watched]:
    """A watch that looks at the root until the end of the block, and then ended without an error."""
    watched, errors = Watched(), []

    def watch() -> None:
        try:
            watch_periods(
                root,
                OPTIONS,
                is_stopped=lambda: watched.is_stopped,
                show=watched.show,
                say=watched.said.append,
            )
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield watched
    finally:
        watched.is_stopped = True
        thread.join(60)
    assert not thread.is_alive()
    assert errors == []
