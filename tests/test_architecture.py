"""docs/architecture.md: what it names exists, and its figure takes the path that is described."""

from __future__ import annotations

import re
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import FrameType

import pytest

from kenpo_xl.tasks.nightly.run import run_nightly
from scripts import make_drawings
from tests.paths import DOCS, PLAN_BOOK, ROOT, SUBMITTED

PACKAGE = ROOT / "kenpo_xl"
PAGE = DOCS / "architecture.md"
PAGES = [PAGE, ROOT / "CONTRIBUTING.md", *sorted((DOCS / "decisions").glob("*.md"))]
_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml|lock))`")
_STEP = re.compile(r"^\| \d+ \| `([\w/]+)\.py` \| (.*?) \|", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_path_on_a_page_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    # "here" is a file that the reader of the page makes.
    named = set(_PATH.findall(text)) - set(re.findall(r"here `([\w/]+\.py)`", text))
    assert {path for path in named if not (ROOT / path).exists() and not (PACKAGE / path).exists()} == set()


def test_every_package_has_its_row() -> None:
    rows = re.findall(r"^\| `([\w/]+)/` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    packages = {path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("__init__.py")} - {"."}
    assert sorted(rows) == sorted(packages)


def test_the_drawings_are_current() -> None:
    assert make_drawings.main(["--check"]) == 0


def test_the_drawings_name_packages_that_exist() -> None:
    layers = [package for _, packages in make_drawings.LAYERS for package in packages]
    titles = {box.title for box in make_drawings.BOXES if not re.search(r"\.(xlsx|xlsm|sqlite3)$", box.title)}
    assert all((PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file() for name in {*layers, *titles})
    drawn = {package.partition("/")[0] for package in layers}
    assert drawn >= {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}


def test_the_figure_takes_the_path_that_is_described(tmp_path: Path) -> None:
    steps = [
        (module, name)
        for module, names in _STEP.findall(PAGE.read_text(encoding="utf-8"))
        for name in re.findall(r"`([\w.]+)`", names)
    ]
    assert len(steps) > 15
    calls = calls_of_a_night(tmp_path)
    for step in steps:  # each is called after the one before it
        assert step in calls
        calls = calls[calls.index(step) :]


def calls_of_a_night(folder: Path) -> list[tuple[str, str]]:
    """Module and function of everything that a nightly run over the sample's period calls, in order."""
    period = folder / "第3四半期"
    shutil.copytree(SUBMITTED, period / "提出")
    shutil.copy(PLAN_BOOK, period)
    called: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(PACKAGE)):
            module = code.co_filename.removeprefix(f"{PACKAGE}/").removesuffix(".py")
            called.append((module, code.co_qualname))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        with ThreadPoolExecutor(1) as executor:
            run_nightly(
                folder, executor, today=date(2025, 1, 9), user="", since="", watch=lambda *_, **__: None
            )
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return called
