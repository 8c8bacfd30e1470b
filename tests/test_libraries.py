"""pandas, NumPy and PyArrow are loaded by `export` alone: by no other command, and by no button.

psycopg and Dask are loaded where a server or a scheduler is named. That the other commands and the buttons
load none is shown in `test_isolation`, by the same processes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings

from kenpo_xl.tasks.build import build_books
from tests.libreoffice_engine.__main__ import PIPE, STATE
from tests.office.live import LiveOffice

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "workbooks" / "saitama-fy2024-q3"
KENPO = Path(sys.executable).parent / "kenpo-xl"
TABLES = {"pandas", "numpy", "pyarrow", "psycopg", "dask", "distributed"}
PRESS = f"""
import os, sys
from pathlib import Path
from kenpo_xl.live.bridge import import_xlwings
import_xlwings()
from tests.libreoffice_engine import attach
attach(os.environ["{PIPE}"], Path(os.environ["{STATE}"]))
from kenpo_xl.buttons import main
print(main([sys.argv[1]]), *sorted({TABLES} & set(sys.modules)))
"""


SELDOM = {"csv", "difflib", "secrets"}
REPORT = f"""
import sys
from kenpo_xl.tasks.report import make_report
make_report(__import__("pathlib").Path(sys.argv[1]))
print(*sorted({SELDOM} & set(sys.modules)))
"""


@pytest.fixture
def period(tmp_path: Path) -> Path:
    folder = tmp_path / "支部" / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its books in 入力 and the planner's book."""
    folder = tmp_path_factory.mktemp("built") / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copytree(SAMPLE / "提出", folder / "入力")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    build_books(folder)
    return folder


def plant_tables(folder: Path) -> Path:
    """Put modules in the place of the libraries there, each leaving a file when it is imported."""
    trace = "import pathlib; pathlib.Path(__file__ + '.ran').touch(); raise ImportError(__name__)\n"
    for name in TABLES:
        (folder / f"{name}.py").write_text(trace, encoding="utf-8")
    return folder


def imported(folder: Path) -> set[str]:
    return {path.name.partition(".")[0] for path in folder.glob("*.ran")}


def test_export_does(period: Path, tmp_path: Path) -> None:
    folder = tmp_path / "traced"
    folder.mkdir()
    subprocess.run(
        [KENPO, "export", "."],
        cwd=period,
        env={**os.environ, "PYTHONPATH": str(plant_tables(folder))},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert imported(folder) == {"pandas"}


def test_a_report_of_an_open_period_without_changes_loads_what_it_needs(period: Path) -> None:
    """The first one reads the plan, which the second one takes from the cache."""
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", REPORT, period],
            cwd=ROOT,
            env={**os.environ, "XDG_CACHE_HOME": str(period.parent / "cache")},
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    ("book", "button"),
    [
        ("入力/業務グループ.xlsm", "check"),
        ("入力/業務グループ.xlsm", "submit"),
        ("取りまとめ.xlsm", "collect"),
        ("取りまとめ.xlsm", "make_report"),
    ],
)
def test_a_press_of_a_button_loads_none(
    live_office: LiveOffice,
    live_book: Callable[[Path], xlwings.Book],
    built: Path,
    tmp_path: Path,
    book: str,
    button: str,
) -> None:
    """With a book that is open, through xlwings' own conversion of cell values."""
    opened = live_book(Path(shutil.copytree(built, tmp_path / built.name)) / book)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        PIPE: live_office.app.impl.pipe,
        STATE: str(live_office.folder / "state.json"),
    }
    done = subprocess.run(
        [sys.executable, "-c", PRESS, button, f"--wb={opened.name}", "--from_xl=1", "--hwnd=0"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.stdout.split(), done.stderr) == (["0"], "")


PROCESSES = """
import subprocess, sys
from pathlib import Path
import psutil
started = subprocess.Popen([sys.executable, "-P", "-m", "kenpo_xl.buttons", "check", f"--done={sys.argv[1]}"])
assert started.wait() == 3
print(len(psutil.Process().children(recursive=True)))
"""


def test_a_press_leaves_no_process(tmp_path: Path) -> None:
    """Nor does anything wait for one: what runs the button may be ended after it."""
    command = [sys.executable, "-c", PROCESSES, str(tmp_path / "done.txt")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert done.stdout == "0\n"
    assert (tmp_path / "done.txt").read_bytes().startswith(b"ng")
