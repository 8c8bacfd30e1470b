"""The period folders that mistakes are planted into, built once for the sources as they are now."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

from scripts.judging.offices import SUBMITTED, Office, offices, write_period
from scripts.judging.past import write_past

ROOT = Path(__file__).resolve().parents[2]
NOW, PAST = "now", "past"


def workshop(executor: Executor) -> Path:
    """The folder with a folder per office, built if the sources changed; each has `now` and `past`."""
    folder = Path(tempfile.gettempdir()) / f"kenpo-xl-judge-{os.getuid()}" / _digest()
    if not folder.exists():
        beside = folder.with_name(f"{folder.name}-{os.getpid()}")
        list(executor.map(_build, [beside] * len(offices()), range(len(offices()))))
        try:
            beside.rename(folder)
        except OSError:  # another run was faster
            shutil.rmtree(beside)
    return folder


def _build(folder: Path, number: int) -> None:
    build_office(folder, offices()[number])


def build_office(folder: Path, office: Office) -> Path:
    """Write the present and the earlier periods of an office into a folder of its name."""
    home = folder / office.name
    plan = write_period(home / NOW, office.name, office.period, office.submissions)
    write_past(home / PAST, office, plan)
    return home


def books(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every submitted book with the name of its office."""
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        for book in sorted((home / NOW / SUBMITTED).glob("*.xlsm")):
            yield home.name, book


def _digest() -> str:
    """A digest of all sources that the books depend on: everything but the rules."""
    found = hashlib.sha256()
    for path in sorted(_sources()):
        found.update(str(path.relative_to(ROOT)).encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    package = ROOT / "kenpo_xl"
    yield from (path for path in package.rglob("*.py") if path.relative_to(package).parts[0] != "checks")
    yield from (path for path in (ROOT / "scripts").rglob("*.txt"))
    own = (
        "plan_drawing.py",
        "drawing_text.py",
        "judging/offices.py",
        "judging/past.py",
        "judging/said.py",
        "judging/corrections.py",
    )
    yield from (ROOT / "scripts" / name for name in own)
    yield from (ROOT / "scripts" / "sample").glob("*.py")
