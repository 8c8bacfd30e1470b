"""The compiled plan, kept in the user's cache folder: a check must not pay for reading the drawing."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from pathlib import Path

from kenpo_xl import __version__
from kenpo_xl.domain.plan import Plan

_SUFFIX, _MOST = ".plan", 20


def compiled_plan(path: Path) -> Plan:
    """The plan of a plan book, from the cache where this program read the same file before.

    What is stale or damaged there is read anew without a word, and what cannot be kept is not kept.
    KenpoError as for `read_plan`.
    """
    place = _place(path)
    plan = _kept(place) if place else None
    if plan is None:
        from kenpo_xl.plan_book import read_plan

        plan = read_plan(path)
        if place:
            _keep(plan, place)
    return plan


def _place(path: Path) -> Path | None:
    """Where the plan of this very file is kept; None for a file that cannot be read, which is said later."""
    try:
        digest = hashlib.sha256(path.read_bytes())
        digest.update(f"{path.name} {_program()}".encode())
        return _folder() / f"{digest.hexdigest()[:32]}{_SUFFIX}"
    except (OSError, RuntimeError):
        return None


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


def _kept(place: Path) -> Plan | None:
    try:
        plan = pickle.loads(place.read_bytes())  # our own file in a folder of the user's own
    except Exception:  # damaged bytes raise nearly anything
        return None
    return plan if isinstance(plan, Plan) else None


def _keep(plan: Plan, place: Path) -> None:
    """Keep a plan, and no more than the newest few of all; a full or forbidden disk is no trouble."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(plan, file, pickle.HIGHEST_PROTOCOL)
        Path(beside).replace(place)
        plans = sorted(place.parent.glob(f"*{_SUFFIX}"), key=lambda one: one.stat().st_mtime)
        for old in plans[:-_MOST]:
            old.unlink()
    except OSError:
        return
