"""Which periods are due: an input changed, has been left alone for a moment, and no program has it open.

Files are compared by size and time. That is a first idea: the run compares contents, and checks no book of
a period in which all are as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kenpo_xl.storage.office_locks import book_name_of_lock, book_of_lock
from kenpo_xl.tasks.period.folder import PeriodFolder

SETTLED = 2.0
"""How long (s) a file has to be left alone: Excel and a copy over the network write in several steps."""
_SHARING_VIOLATION = 32


class _FileState(NamedTuple):
    """What changes when a file is written or replaced."""

    size: int
    modified: int
    number: int


class ChangedInputs:
    """The plan, the planner's book and the submissions of some periods, as they were and as they are."""

    def __init__(self) -> None:
        self._periods: dict[Path, _PeriodInputs] = {}

    def look(self, folders: Iterable[PeriodFolder], now: float) -> None:
        """See how the files of these periods are at a time (s); other periods are forgotten."""
        before, self._periods = self._periods, {}
        for folder in folders:
            inputs = before.get(folder.root) or _PeriodInputs(folder)
            inputs.look(now)
            self._periods[folder.root] = inputs

    def due(self) -> list[Path]:
        """The folders of the periods that are due, by path."""
        return sorted(root for root, inputs in self._periods.items() if inputs.is_due())

    @property
    def roots(self) -> set[Path]:
        """The folders of the periods that `look` saw."""
        return set(self._periods)

    @property
    def are_settling(self) -> bool:
        """Whether a file changed that has to be left alone a little longer."""
        return any(inputs.is_settling for inputs in self._periods.values())

    def mark_checked(self, roots: Iterable[Path]) -> None:
        """Remember that periods were processed with the files that `look` saw."""
        for root in roots:
            self._periods[root].mark_checked()


class _PeriodInputs:
    """The inputs of one period."""

    def __init__(self, folder: PeriodFolder) -> None:
        self._folder = folder
        self._checked: dict[Path, _FileState] = {}
        self._seen: dict[Path, _FileState] = {}
        self._since: dict[Path, float] = {}
        self._now = 0.0

    def look(self, now: float) -> None:
        before, self._seen, self._now = self._seen, dict(_paths_and_states(_input_paths(self._folder))), now
        for path in before.keys() | self._seen.keys():
            if before.get(path) != self._seen.get(path):
                self._since[path] = now

    @property
    def is_settling(self) -> bool:
        return any(self._now - self._since[path] < SETTLED for path in self._changed_paths())

    def is_due(self) -> bool:
        """Whether all changes are settled, and one of them is not in a book that is open.

        A book that is open waits: what is saved in it meanwhile is seldom what will be submitted.
        """
        changed = self._changed_paths()
        if not changed or self.is_settling:
            return False
        opened = _open_files(self._folder)
        return any(path not in opened and not _is_being_written(path) for path in changed)

    def mark_checked(self) -> None:
        self._checked = self._seen
        self._since = {path: since for path, since in self._since.items() if path in self._seen}

    def _changed_paths(self) -> list[Path]:
        paths = self._checked.keys() | self._seen.keys()
        return [path for path in paths if self._checked.get(path) != self._seen.get(path)]


def _input_paths(folder: PeriodFolder) -> list[Path]:
    return [folder.plan_path, folder.planner_path, *folder.submitted_books()]


def _paths_and_states(paths: Iterable[Path]) -> Iterator[tuple[Path, _FileState]]:
    for path in paths:
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        yield path, _FileState(status.st_size, status.st_mtime_ns, status.st_ino)


def _open_files(folder: PeriodFolder) -> set[Path | None]:
    """The inputs of a period beside which an application put a lock file."""
    inputs = _input_paths(folder)
    return {
        book_of_lock(lock, (path for path in inputs if path.parent == place))
        for place in {path.parent for path in inputs}
        for lock in place.iterdir()
        if book_name_of_lock(lock)
    }


def has_open_outputs(folder: PeriodFolder) -> bool:
    """Whether a file is open among the outputs of a period."""
    places = (folder.report_folder, folder.returned_folder)
    return any(book_name_of_lock(file) for place in places if place.is_dir() for file in place.iterdir())


def _is_being_written(path: Path) -> bool:
    """Whether Windows lets no program read a file, because another program is writing it."""
    try:
        path.open("rb").close()
    except OSError as error:
        return getattr(error, "winerror", None) == _SHARING_VIOLATION
    return False
