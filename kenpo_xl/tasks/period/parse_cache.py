"""What was read before, kept in the user's cache folder: a check must not pay for what did not change.

Kept are plans, and the books beside the one that is checked; never what is checked itself. Everything is
known by the bytes that it was read from and by the program that read it.

What lies there is read only where nobody but the user can have written it, and even then it can hold nothing
but values of the domain: pickle as it is would run what a file says.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from kenpo_xl import __version__
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.submission.typed_texts import has_private_data
from kenpo_xl.ooxml.package import MAX_FILE_BYTES
from kenpo_xl.resources import source_files
from kenpo_xl.storage.private_files import cache_folder, clear_abandoned, read_own, write_own

Thing = TypeVar("Thing", Plan, Submission)
_SUFFIX, _MOST = ".kept", 60
_LARGEST = 64 * 2**20
_PLAIN = {
    ("decimal", "Decimal"),
    *(("datetime", name) for name in ("date", "datetime", "timedelta", "timezone")),
}
"""The classes of Python itself that values of the domain are made of."""


def cached_plan(path: Path) -> Plan:
    """The plan of a plan book. KenpoError as for `read_plan`."""

    def read() -> Plan:
        from kenpo_xl.books.plan.reader import read_plan

        return read_plan(path)

    return _kept(Plan, read, path)


def cached_submission(path: Path, plan: Plan, plan_book: Path) -> Submission:
    """What a book of the plan that stands in `plan_book` says. KenpoError as for `read_submission`."""
    return _kept(Submission, lambda: read_submission(path, plan), path, plan_book)


def _kept(kind: type[Thing], read: Callable[[], Thing], *files: Path) -> Thing:
    """What was made of these files before, else made again.

    What is stale or damaged there is made again without a word, and what cannot be kept is not kept.
    """
    place = _place(files)
    found = _found(place, kind) if place else None
    if found is None:
        found = read()
        # A file that was saved while we read it is another one.
        if place and place == _place(files) and _may_be_kept(found):
            _keep(found, place)
    return found


def _may_be_kept(thing: Plan | Submission) -> bool:
    """Whether nothing private would stay behind that is deleted from the book later."""
    return not (isinstance(thing, Submission) and has_private_data(thing))


def _place(files: tuple[Path, ...]) -> Path | None:
    """Where that is kept which is made of these very files; None where one is no file that can be read."""
    try:
        if any(not file.is_file() or file.stat().st_size > MAX_FILE_BYTES for file in files):
            return None
        digest = hashlib.sha256(_program().encode())
        for file in files:
            content = file.read_bytes()
            digest.update(f"\n{file.name} {len(content)}\n".encode() + content)
        return cache_folder() / f"{digest.hexdigest()[:32]}{_SUFFIX}"
    except (OSError, RuntimeError):
        return None


@cache
def _program() -> str:
    """What tells one state of the program from another, also while it is worked on."""
    return f"{__version__} {sys.version} {source_files()}"


class _Values(pickle.Unpickler):
    """Reads values of the domain, and what they are made of; anything else is refused, and nothing is run."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that may be read; UnpicklingError for any other, and for every function."""
        if module.startswith("kenpo_xl.domain.") or (module, name) in _PLAIN:
            found = super().find_class(module, name) if "." not in name else None
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _found(place: Path, kind: type[Thing]) -> Thing | None:
    try:
        thing = _Values(BytesIO(read_own(place, _LARGEST))).load()
    except Exception:  # damaged bytes raise nearly anything
        return None
    return thing if isinstance(thing, kind) else None


def _keep(thing: Thing, place: Path) -> None:
    """Keep a thing, and no more than the newest few of all; a full or forbidden disk is no failure."""
    try:
        write_own(place, pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))
        clear_abandoned(place.parent)
        things = sorted(place.parent.glob(f"*{_SUFFIX}"), key=lambda one: one.stat().st_mtime)
        for old in things[:-_MOST]:
            old.unlink()
    except OSError:
        return


def forget(*, dry_run: bool = False) -> int:
    """Remove everything that is kept; how much it was, or with `dry_run` would be."""
    try:
        kept = [*cache_folder().glob(f"*{_SUFFIX}")]
        for one in kept if not dry_run else ():
            one.unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return 0
    return len(kept)
