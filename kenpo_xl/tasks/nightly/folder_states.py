"""How the folders of unchanged periods looked when their files were last read, so that a night reads few.

This is kept in the user's cache folder, by hashes of paths; without it every file is read. A state tells
names, sizes, times and places on the disk. It counts for a week, and is kept only of folders in which
nothing changed shortly before: a file that is written twice in the same moment may keep its time.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.private_files import cache_folder, read_private_file, write_private_file
from kenpo_xl.tasks.period.folder import REPORT_TEMPLATE, PeriodFolder, find_template
from kenpo_xl.tasks.period.hashes import file_hash, program_hash

_WEEK = timedelta(days=7)
_SETTLED = 3600 * 10**9
"""Nanoseconds after which a file is not expected to change without another time."""
_SUFFIX, _LARGEST = ".states", 2**26


class _State(NamedTuple):
    """A hash of what the system says of the files of a period and of the program, and the last change."""

    digest: str
    newest: int


class _Known(NamedTuple):
    """A state with the day on which the files were read, what was found then, and the hash of the plan."""

    day: str
    digest: str
    found: str
    plan: str


class FolderStates:
    """The states of the period folders of a root; those of this night are kept by `save`."""

    def __init__(self, root: Path, today: date) -> None:
        self._name = f"{_hash_of(str(root))}{_SUFFIX}"
        self._today = today
        self._before = _read_known(self._name)
        self._kept: dict[str, _Known] = {}
        self._states: dict[Path, _State | None] = {}

    def plan_hash(self, period: PeriodFolder) -> str:
        """The hash of a plan book, read only if the folder does not look as it did."""
        known = self._known_of_folder(period)
        return known.plan if known else file_hash(period.plan_path)

    def is_verified(self, period: PeriodFolder, finding: str, verify: Callable[[], bool]) -> bool:
        """Whether `verify` is true, which reads the files; not called where they look as when it last was.

        `finding` says what it finds, in this state of the ledger.
        """
        known, state, found = self._known_of_folder(period), self._state_of_folder(period), _hash_of(finding)
        if known is None or known.found != found:
            if not verify():
                return False
            if state is None or state.newest + _SETTLED > time.time_ns():
                return True
            known = _Known(self._today.isoformat(), state.digest, found, file_hash(period.plan_path))
        self._kept[_hash_of(str(period.root))] = known
        return True

    def save(self) -> None:
        """Keep the states of this night; an error of the disk is ignored."""
        with suppress(OSError, RuntimeError):
            write_private_file(cache_folder() / self._name, json.dumps(self._kept).encode())

    def _known_of_folder(self, period: PeriodFolder) -> _Known | None:
        """What was kept of a folder that looks the same, for a week."""
        known, state = self._before.get(_hash_of(str(period.root))), self._state_of_folder(period)
        if known is None or state is None or known.digest != state.digest:
            return None
        age = self._today - date.fromisoformat(known.day)
        return known if timedelta() <= age < _WEEK else None

    def _state_of_folder(self, period: PeriodFolder) -> _State | None:
        """The state before anything is read; None where the system does not say."""
        if period.root not in self._states:
            try:
                entries = list(_file_states(period))
            except (KenpoError, OSError):  # reported when the period is processed
                self._states[period.root] = None
            else:
                digest = _hash_of(f"{program_hash()} {entries!r}")
                self._states[period.root] = _State(digest, max(newest for *_, newest in entries))
        return self._states[period.root]


def _file_states(period: PeriodFolder) -> Iterator[tuple[str, int, int, int, int]]:
    """Path, size, place and times of template and own forms, and of everything in the folders of a period."""
    for path in (find_template(period, REPORT_TEMPLATE), *period.own_forms()):
        yield _file_state(str(path), path.stat())
    for folder in (period.root, period.submission_folder, period.report_folder, period.returned_folder):
        if folder.is_dir():
            with os.scandir(folder) as found:
                yield from sorted(_file_state(one.path, one.stat()) for one in found)


def _file_state(path: str, status: os.stat_result) -> tuple[str, int, int, int, int]:
    last = max(status.st_mtime_ns, status.st_ctime_ns)
    return path, status.st_size, status.st_ino, status.st_mtime_ns, last


def _read_known(name: str) -> dict[str, _Known]:
    """What was kept, nothing where that cannot be read or be trusted."""
    try:
        stored = json.loads(read_private_file(cache_folder() / name, _LARGEST))
        found = {str(key): _Known(*map(str, known)) for key, known in stored.items()}
        for one in found.values():
            date.fromisoformat(one.day)
    except (OSError, RuntimeError, ValueError, TypeError, AttributeError):
        return {}
    return found


def _hash_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
