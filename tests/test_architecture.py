"""docs/architecture.md: what it names exists, and its figure takes the path that is described."""

from __future__ import annotations

import re
import shutil
import sys
import threading
from collections.abc import Set
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from types import CodeType, FrameType

import pytest

from kenpo_xl.tasks.nightly.run import run_nightly
from scripts import make_drawings
from tests.paths import DOCS, PLAN_BOOK, ROOT, SUBMITTED

PACKAGE = ROOT / "kenpo_xl"
PAGE = DOCS / "architecture.md"
PAGES = [PAGE, ROOT / "CONTRIBUTING.md", *sorted((DOCS / "decisions").glob("*.md"))]
_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml|lock))`")
BOOK = "レセプトグループ.xlsm"
Step = tuple[str, str]
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


@pytest.mark.period
def test_the_figure_takes_the_path_that_is_described(tmp_path: Path) -> None:
    steps = [
        (module, name)
        for module, names in _STEP.findall(PAGE.read_text(encoding="utf-8"))
        for name in re.findall(r"`([\w.]+)`", names)
    ]
    assert len(steps) > 15
    calls = calls_of_a_night(tmp_path, {*steps})
    for step in steps:  # each is called after the one before it
        assert step in calls
        calls = calls[calls.index(step) :]


def calls_of_a_night(folder: Path, steps: Set[Step]) -> list[Step]:
    """The steps as a nightly run over a period with the figure's book calls them, in order."""
    period = folder / "第3四半期"
    (period / "提出").mkdir(parents=True)
    shutil.copy(SUBMITTED / BOOK, period / "提出")
    shutil.copy(PLAN_BOOK, period)
    called: list[Step] = []
    step_of = cache(lambda code: step_in(code, steps))

    def note(frame: FrameType, event: str, _: object) -> None:
        if step := step_of(frame.f_code):
            called.append(step)

    threading.settrace(note)
    sys.settrace(note)
    try:
        with ThreadPoolExecutor(1) as executor:
            run_nightly(
                folder, executor, today=date(2025, 1, 9), user="", since="", watch=lambda *_, **__: None
            )
    finally:
        sys.settrace(None)
        threading.settrace(None)
    return called


def step_in(code: CodeType, steps: Set[Step]) -> Step | None:
    """Module and function of code that is one of the steps."""
    module = code.co_filename.removeprefix(f"{PACKAGE}/").removesuffix(".py")
    return (module, code.co_qualname) if (module, code.co_qualname) in steps else None
