"""Modules and programs planted beside a book, in its folder and in the current one: none of them runs.

The same processes show that no command but `export`, and no button, imports the libraries of tables.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kenpo_xl.buttons import BUTTONS
from tests.paths import SAMPLE, SCRIPTS
from tests.tasks.two_groups import TEXTS, write_two_groups
from tests.test_libraries import imported, plant_tables

KENPO = Path(sys.executable).parent / "kenpo-xl"
GROUP = "提出/業務グループ.xlsm"
MODULES = ("click", "logging", "sitecustomize", "usercustomize", "locale", "getpass", "openpyxl", "xlwings")
PACKAGES = ("kenpo_xl", "multiprocessing", "lxml", "concurrent", "platformdirs", "sqlalchemy", "xml")
PROGRAMS = ("kenpo-xl", "python", "pythonw", "python3", "soffice", "libreoffice", "tasklist")
EARLY = ("kenpo_xl", "runpy", "pkgutil")
"""What Python itself loads for `python -m` before our first line."""


def plant(folder: Path, *, without: tuple[str, ...] = ()) -> None:
    """Put modules, packages and programs there that leave a trace beside them when they run."""
    trace = "import pathlib; pathlib.Path(__file__ + '.ran').touch()\n"
    for name in {*MODULES, *EARLY} - {*PACKAGES, *without}:
        (folder / f"{name}.py").write_text(trace, encoding="utf-8")
    for name in {*PACKAGES} - {*without}:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(trace, encoding="utf-8")
    for name in PROGRAMS:
        (folder / name).write_text('#!/bin/sh\n: > "$0.ran"\n', encoding="utf-8")
        (folder / name).chmod(0o755)


def ran(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.ran"))


def with_plants(folder: Path) -> Path:
    """The period with planted files in it, in its 提出 and in the folder above."""
    for place in (folder, folder / "提出", folder.parent):
        plant(place)
    return folder


def of_sample(folder: Path) -> Path:
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    return with_plants(folder)


@pytest.fixture
def period(tmp_path: Path) -> Path:
    """A period folder of the sample with planted files."""
    return of_sample(tmp_path / "支部" / "第3四半期")


@pytest.fixture
def small_period(tmp_path: Path) -> Path:
    """A period of two small books with planted files, where it does not matter which books they are."""
    return with_plants(write_two_groups(tmp_path / "支部" / "第3四半期"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache and the log of who runs the commands; the first ones find an empty one."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant_tables(tmp_path_factory.mktemp("tables"))


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    """Runs a command in a folder as somebody who set nothing up."""
    return partial(run_in, home)


def run_in(
    home: Path, folder: Path, *command: object, path: str = "", tables: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """A command started in this folder, by somebody whose libraries of tables are at most planted ones."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "KENPO"))}
    found = f"{path}{os.pathsep}{environment['PATH']}" if path else environment["PATH"]
    changes = {"PATH": found, "XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state")}
    if tables:
        changes["PYTHONPATH"] = str(tables)
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**environment, **changes},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


COMMANDS = [
    ("plan", "."),
    ("build", "."),
    ("report", "."),
    ("check", "提出"),
    ("flag", GROUP),
    ("unflag", GROUP),
    ("fix", GROUP),
    ("explain", "ST17"),
    ("doctor",),
    ("doctor", GROUP),
    ("trace", "..", "決定達成"),
    ("erase", ".."),
    ("erase", "..", "--flagged", "--dry-run"),
]


@pytest.mark.period
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_runs_what_was_planted(
    run: Run, small_period: Path, tables: Path, command: tuple[str, ...]
) -> None:
    done = run(small_period, KENPO, *command, tables=tables)
    assert done.returncode in (0, 1, 3), done
    assert "Traceback" not in done.stderr
    assert (ran(small_period.parent), imported(tables)) == ([], set())


@pytest.mark.period
def test_nor_does_export_which_needs_tables(run: Run, small_period: Path) -> None:
    done = run(small_period, KENPO, "export", ".")
    assert (done.returncode, done.stderr) == (0, "")
    assert ran(small_period.parent) == []


def test_nor_does_a_night_or_what_traces_a_figure_after_it(run: Run, period: Path, tables: Path) -> None:
    """What was to be done was done, by workers begun in that folder."""
    night = run(period, KENPO, "nightly", "..", "--jobs", "2", tables=tables)
    assert "処理 1" in night.stdout
    traced = run(period, KENPO, "trace", "..", "1-2-2/決定達成/当年/達成率", tables=tables)
    assert (night.returncode, traced.returncode) == (1, 0), traced
    assert "Traceback" not in night.stderr + traced.stderr
    assert (ran(period.parent), imported(tables)) == ([], set())


@pytest.mark.period
@pytest.mark.parametrize("option", ["-E", "-I"])
def test_nor_does_a_night_of_a_python_with_options(run: Run, small_period: Path, option: str) -> None:
    done = run(small_period, sys.executable, option, KENPO, "nightly", "..", "--jobs", "2")
    assert "処理 1" in done.stdout
    assert ran(small_period.parent) == []


@pytest.mark.period
@pytest.mark.parametrize("button", sorted(BUTTONS))
def test_no_button_runs_what_was_planted(run: Run, small_period: Path, tables: Path, button: str) -> None:
    """The command line of the launcher; no Excel is there to be reached, after everything was imported."""
    done = small_period / "done.txt"
    line = (
        "-P",
        "-m",
        "kenpo_xl.buttons",
        button,
        f"--wb={GROUP}",
        "--from_xl=1",
        "--hwnd=0",
        f"--done={done}",
    )
    assert run(small_period / "提出", sys.executable, *line, tables=tables).returncode == 3
    assert done.read_text(encoding="utf-8").startswith("ng")
    assert (ran(small_period.parent), imported(tables)) == ([], set())


@pytest.mark.parametrize(
    "start",
    [
        ("-m", "kenpo_xl.buttons", "check"),
        ("-m", "kenpo_xl", "explain", "ST17"),
        ("-c", "import kenpo_xl.cli.commands"),
    ],
)
def test_an_entry_point_leaves_the_current_folder_out_by_itself(
    run: Run, tmp_path: Path, start: tuple[str, ...]
) -> None:
    """Without -P, but for what Python itself loads before it."""
    folder = tmp_path / "1" / "2"
    folder.mkdir(parents=True)
    plant(folder, without=EARLY)
    assert "Traceback" not in run(folder, sys.executable, *start).stderr
    assert ran(folder) == []


def test_an_empty_entry_of_pythonpath_is_no_place_for_modules(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "1" / "2"
    folder.mkdir(parents=True)
    plant(folder, without=(*EARLY, "sitecustomize", "usercustomize", "locale"))
    asked = "import kenpo_xl.cli.commands, sys; print([one for one in sys.path if one in ('', sys.argv[1])])"
    done = run(folder, "env", f"PYTHONPATH=:{tmp_path}", sys.executable, "-c", asked, folder)
    assert (done.stdout, ran(folder)) == ("[]\n", [])


class TestTheWrappers:
    @pytest.mark.period
    def test_the_shell_script(self, run: Run, small_period: Path) -> None:
        (small_period / "提出" / f"{TEXTS}.xlsm").unlink()
        done = run(small_period, SCRIPTS / "nightly.sh", "..", small_period.parents[1] / "logs", path=".")
        assert (done.returncode, "処理 1" in done.stdout) == (1, True), done
        assert ran(small_period.parent) == []

    @pytest.mark.period
    def test_a_shell_script_without_its_program_takes_none_of_the_current_folder(
        self, run: Run, small_period: Path, tmp_path: Path
    ) -> None:
        script = Path(shutil.copy(SCRIPTS / "nightly.sh", tmp_path))
        done = run(small_period, "env", "PATH=.:/usr/bin:/bin", script, "..", tmp_path / "logs")
        assert done.returncode == 3
        assert ran(small_period.parent) == []

    def test_the_command_file(self) -> None:
        """Windows takes a bare name from the current folder first unless this is set."""
        text = (SCRIPTS / "nightly.cmd").read_text(encoding="ascii")
        start = text.index("%PROGRAM% nightly")
        for name in ("NoDefaultCurrentDirectoryInExePath", "PYTHONSAFEPATH"):
            assert 0 < text.index(f'set "{name}=1"') < start

    @pytest.mark.period
    def test_the_script_of_a_clone(self, run: Run, small_period: Path) -> None:
        run(small_period, sys.executable, SCRIPTS / "run.py", "explain", "ST17")
        assert ran(small_period.parent) == []
        text = (SCRIPTS / "run.py").read_text(encoding="utf-8")
        assert text.count('"-P", "-m"') == 2


def test_a_plant_does_run_where_nothing_keeps_it_out(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "1" / "2"
    folder.mkdir(parents=True)
    plant(folder)
    run(folder, sys.executable, "-m", "kenpo_xl.buttons")
    run(folder, "python", path=".")
    assert {"kenpo_xl/__init__.py.ran", "python.ran"} <= set(ran(folder))
