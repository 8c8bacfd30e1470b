"""What was read before, kept in the user's cache folder: a check must not pay for what did not change.

Kept are plans, and the books beside the one that is checked; never what is checked itself. Everything is
known by the bytes that it was read from and by the program that read it.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from kenpo_xl import __version__
from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.submission import Submission
from kenpo_xl.domain.typed_texts import is_private
from kenpo_xl.excel.package import MAX_FILE_BYTES
from kenpo_xl.excel.reader import read_submission

Thing = TypeVar("Thing", Plan, Submission)
_SUFFIX, _MOST = ".kept", 60


def kept_plan(path: Path) -> Plan:
    """The plan of a plan book. KenpoError as for `read_plan`."""

    def read() -> Plan:
        from kenpo_xl.plan_book import read_plan

        return read_plan(path)

    return _kept(Plan, read, path)


def kept_submission(path: Path, plan: Plan, plan_book: Path) -> Submission:
    """What a book of the plan that stands in `plan_book` says. KenpoError as for `read_submission`."""
    return _kept(Submission, lambda: read_submission(path, plan), path, plan_book)


def _kept(kind: type[Thing], read: Callable[[], Thing], *files: Path) -> Thing:
    """What was made of these files before, else made anew.

    What is stale or damaged there is made anew without a word, and what cannot be kept is not kept.
    """
    place = _place(files)
    found = _found(place, kind) if place else None
    if found is None:
        found = read()
        # A file that was saved while we read it is another one by now.
        if place and place == _place(files) and _may_be_kept(found):
            _keep(found, place)
    return found


def _may_be_kept(thing: Plan | Submission) -> bool:
    """Whether nothing private would stay behind that is deleted from the book later."""
    return not (isinstance(thing, Submission) and is_private(thing))


def _place(files: tuple[Path, ...]) -> Path | None:
    """Where that is kept which is made of these very files; None where one is no file that can be read."""
    try:
        if any(not file.is_file() or file.stat().st_size > MAX_FILE_BYTES for file in files):
            return None
        digest = hashlib.sha256(_program().encode())
        for file in files:
            content = file.read_bytes()
            digest.update(f"\n{file.name} {len(content)}\n".encode() + content)
        return _folder() / f"{digest.hexdigest()[:32]}{_SUFFIX}"
    except (OSError, RuntimeError):
        return None


@cache
def _program() -> str:
    """What tells one state of the program from another, also while it is worked on."""
    package = Path(__file__).parent.parent
    parts = (package / part for part in ("domain", "excel", "plan_book"))
    files = [file.stat() for part in parts for file in part.glob("*.py")]
    return f"{__version__} {sys.version} {sorted((file.st_mtime_ns, file.st_size) for file in files)}"


def _folder() -> Path:
    """The cache folder of the user; RuntimeError where there is none."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(home) if home else Path.home() / ".cache") / "kenpo-xl"


def _found(place: Path, kind: type[Thing]) -> Thing | None:
    try:
        thing = pickle.loads(place.read_bytes())  # our own file in a folder of the user's own
    except Exception:  # damaged bytes raise nearly anything
        return None
    return thing if isinstance(thing, kind) else None


def _keep(thing: Thing, place: Path) -> None:
    """Keep a thing, and no more than the newest few of all; a full or forbidden disk is no trouble."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(thing, file, pickle.HIGHEST_PROTOCOL)
        Path(beside).replace(place)
        things = sorted(place.parent.glob(f"*{_SUFFIX}"), key=lambda one: one.stat().st_mtime)
        for old in things[:-_MOST]:
            old.unlink()
    except OSError:
        return


def forget(*, dry_run: bool = False) -> int:
    """Remove everything that is kept; how much it was, or with `dry_run` would be."""
    try:
        kept = [*_folder().glob(f"*{_SUFFIX}")]
        for one in kept if not dry_run else ():
            one.unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return 0
    return len(kept)
