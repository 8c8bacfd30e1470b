"""The loop of a watch: periods that are due are processed as by the nightly run, without a report.

The lock of the runs is held during each of these short runs only; a lock of its own keeps out a second watch.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.run_lock import WATCH, RootInUseError, hold_run_lock
from kenpo_xl.tasks.nightly import PeriodDone, run_nightly
from kenpo_xl.tasks.nightly.discovery import find_periods
from kenpo_xl.tasks.nightly.workers import available_cores, worker_pool
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.watch.changed_inputs import ChangedInputs, has_open_outputs
from kenpo_xl.tasks.watch.file_events import file_events

_TICK = 0.5
# Without events, how long until the next look: so long, and so many times as long as a look takes.
_INTERVAL, _SHARE = 5.0, 10
# With events a look now and then finds what was not reported.
_IDLE = 60.0
# A night that waits gets its turn between two runs.
_MOST_PERIODS = 8
# What could not be done is tried again after this time, then after twice as long, and so on; not while
# an output is open, which is the usual reason.
_RETRY, _LONGEST_RETRY = 30.0, 3600.0


@frozen
class WatchOptions:
    """Who watches, with how many jobs at most, and which ledger; `clock` tells the time of day.

    `today` replaces the date of the clock.
    """

    user: str
    clock: Callable[[], datetime]
    jobs: int | None = None
    ledger: LedgerPlace | None = None
    today: date | None = None


def watch_periods(
    root: Path,
    options: WatchOptions,
    *,
    is_stopped: Callable[[], bool],
    show: Callable[[PeriodDone], None],
    say: Callable[[str], None],
) -> None:
    """Process the periods below `root` as they change, until `is_stopped`; then finish what is in progress.

    `show` gets each period that was processed, `say` a sentence when something else changed: that it begins,
    that it waits and why. KenpoError if another watch is running, or no period is there.
    """
    root = root.absolute()
    find_periods(root)
    with hold_run_lock(root, user=options.user, since=f"{options.clock():%Y-%m-%d %H:%M}", kind=WATCH):
        _Watcher(root, options, is_stopped, show, say).run()


class _Watcher:
    """One watch in progress."""

    def __init__(
        self,
        root: Path,
        options: WatchOptions,
        is_stopped: Callable[[], bool],
        show: Callable[[PeriodDone], None],
        say: Callable[[str], None],
    ) -> None:
        self.root, self.options = root, options
        self.is_stopped, self.show, self.say = is_stopped, show, say
        self.inputs, self.changed = ChangedInputs(), threading.Event()
        self.retries: dict[Path, tuple[float, float]] = {}
        self.failures: dict[str, list[str]] = {}
        self.sentence = ""

    def run(self) -> None:
        """Look and process until the watch is stopped."""
        with file_events(self.root, self.changed.set) as has_events:
            how = (
                "" if has_events else f"（変更の知らせが届かない場所のため、{_INTERVAL:.0f} 秒おきに見ます）"
            )
            self.say(f"{self.root} を見張っています{how}。終わるには Ctrl+C を押してください。")
            while not self.is_stopped():
                self.changed.clear()
                begun = time.monotonic()
                due = self._due_folders(begun)
                took = time.monotonic() - begun
                is_done = not due or self._process_folders(due[:_MOST_PERIODS])
                if self.inputs.are_settling or (is_done and due):
                    self._wait(_TICK)
                elif has_events and is_done:
                    self._wait(min(_IDLE, self._seconds_to_next_retry()))
                else:
                    self._wait(min(max(_INTERVAL, _SHARE * took), self._seconds_to_next_retry()))

    def _due_folders(self, now: float) -> list[Path]:
        """The folders of the periods to process; none while the root cannot be read."""
        try:
            self.inputs.look(find_periods(self.root).folders, now)
            late = {folder for folder, (when, _) in self.retries.items() if when <= now} & self.inputs.roots
            retried = (folder for folder in late if not has_open_outputs(PeriodFolder(folder)))
            return sorted({*self.inputs.due(), *retried})
        except (KenpoError, OSError) as error:
            self._say_once(str(error))
            return []

    def _process_folders(self, due: list[Path]) -> bool:
        """Process these periods; False if that could not begin."""
        options, begun = self.options, self.options.clock()
        jobs = min(len(due), options.jobs or available_cores())
        try:
            with worker_pool(jobs) as executor:
                run_nightly(
                    self.root,
                    executor,
                    today=options.today or begun.date(),
                    user=options.user,
                    since=f"{begun:%Y-%m-%d %H:%M}",
                    watch=self._record,
                    ahead=2 * jobs,
                    another=(lambda: worker_pool(2)) if jobs > 1 else None,
                    ledger=options.ledger,
                    only=due,
                )
        except RootInUseError:  # a night, which is no failure
            return False
        except KenpoError as error:
            if self.root.is_dir():  # `_due_folders` says that it is away
                self._say_once(str(error))
            return False
        except KeyboardInterrupt:
            return False
        finally:
            # The worker freezes what is there when it ends a job, of which some is garbage by now.
            gc.unfreeze()
            gc.collect()
        self.sentence = ""
        self.inputs.mark_checked(due)
        return True

    def _record(self, done: PeriodDone, _: int) -> None:
        """Show a period that was processed, and see that what failed is tried again."""
        folder = self.root / done.folder
        delay = self.retries.pop(folder, (0.0, _RETRY / 2))[1]
        if done.failures:
            delay = min(2 * delay, _LONGEST_RETRY)
            self.retries[folder] = time.monotonic() + delay, delay
        if not done.unchanged and (done.books or done.failures != self.failures.get(done.folder)):
            self.show(done)
        self.failures[done.folder] = done.failures
        if self.is_stopped():
            raise KeyboardInterrupt

    def _seconds_to_next_retry(self) -> float:
        now = time.monotonic()
        return min((when - now for when, _ in self.retries.values() if when > now), default=_IDLE)

    def _wait(self, seconds: float) -> None:
        """Wait until something changes, but so long at most."""
        until = time.monotonic() + seconds
        while not self.is_stopped() and time.monotonic() < until:
            if self.changed.wait(min(_TICK, seconds)):
                time.sleep(_TICK)  # a file is seldom written alone
                return

    def _say_once(self, sentence: str) -> None:
        if sentence != self.sentence:
            self.say(sentence)
        self.sentence = sentence
