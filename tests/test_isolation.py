"""Modules and programs planted beside a book, in its folder and in the current one: none of them runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kenpo_xl.buttons import BUTTONS
from tests.paths import SAMPLE, SCRIPTS

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


@pytest.fixture
def period(tmp_path: Path) -> Path:
    """A period folder with planted files in it and in each of its folders."""
    folder = tmp_path / "支部" / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    for place in (folder, folder / "提出", folder.parent):
        plant(place)
    return folder


def run(folder: Path, *command: object, path: str = "") -> subprocess.CompletedProcess[str]:
    """A command started in this folder by somebody who set nothing up."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "KENPO"))}
    found = f"{path}{os.pathsep}{environment['PATH']}" if path else environment["PATH"]
    home = folder.parents[1] / "home"
    changes = {"PATH": found, "XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state")}
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
    ("export", "."),
    ("check", GROUP),
    ("flag", GROUP),
    ("unflag", GROUP),
    ("fix", GROUP),
    ("explain", "ST17"),
    ("doctor",),
    ("doctor", GROUP),
    ("nightly", "..", "--jobs", "2"),
    ("trace", "..", "決定達成"),
    ("erase", ".."),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_runs_what_was_planted(period: Path, command: tuple[str, ...]) -> None:
    done = run(period, KENPO, *command)
    assert done.returncode in (0, 1, 3), done
    assert "Traceback" not in done.stderr
    assert ran(period.parent) == []


@pytest.mark.parametrize("options", [(), ("-E",), ("-I",)], ids=str)
def test_a_night_of_two_workers_is_done(period: Path, options: tuple[str, ...]) -> None:
    """As the test above: and what was to be done was done, by workers begun in that folder."""
    done = run(period, sys.executable, *options, KENPO, "nightly", "..", "--jobs", "2")
    assert "処理 1" in done.stdout
    assert ran(period.parent) == []


@pytest.mark.parametrize("button", sorted(BUTTONS))
def test_no_button_runs_what_was_planted(period: Path, button: str) -> None:
    """The command line of the launcher; no Excel is there to be reached, after everything was imported."""
    done = period / "done.txt"
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
    assert run(period / "提出", sys.executable, *line).returncode == 3
    assert done.read_text(encoding="utf-8").startswith("ng")
    assert ran(period.parent) == []


@pytest.mark.parametrize(
    "start",
    [
        ("-m", "kenpo_xl.buttons", "check"),
        ("-m", "kenpo_xl", "explain", "ST17"),
        ("-c", "import kenpo_xl.cli.commands"),
    ],
)
def test_an_entry_point_leaves_the_current_folder_out_by_itself(
    tmp_path: Path, start: tuple[str, ...]
) -> None:
    """Without -P, but for what Python itself loads before it."""
    folder = tmp_path / "1" / "2"
    folder.mkdir(parents=True)
    plant(folder, without=EARLY)
    assert "Traceback" not in run(folder, sys.executable, *start).stderr
    assert ran(folder) == []


def test_an_empty_entry_of_pythonpath_is_no_place_for_modules(tmp_path: Path) -> None:
    folder = tmp_path / "1" / "2"
    folder.mkdir(parents=True)
    plant(folder, without=(*EARLY, "sitecustomize", "usercustomize", "locale"))
    asked = "import kenpo_xl.cli.commands, sys; print([one for one in sys.path if one in ('', sys.argv[1])])"
    done = run(folder, "env", f"PYTHONPATH=:{tmp_path}", sys.executable, "-c", asked, folder)
    assert (done.stdout, ran(folder)) == ("[]\n", [])


class TestTheWrappers:
    def test_the_shell_script(self, period: Path) -> None:
        done = run(period, SCRIPTS / "nightly.sh", "..", period.parents[1] / "logs", path=".")
        assert (done.returncode, "処理 1" in done.stdout) == (1, True), done
        assert ran(period.parent) == []

    def test_a_shell_script_without_its_program_takes_none_of_the_current_folder(
        self, period: Path, tmp_path: Path
    ) -> None:
        script = Path(shutil.copy(SCRIPTS / "nightly.sh", tmp_path))
        done = run(period, "env", "PATH=.:/usr/bin:/bin", script, "..", tmp_path / "logs")
        assert done.returncode == 3
        assert ran(period.parent) == []

    def test_the_command_file(self) -> None:
        """Windows takes a bare name from the current folder first unless this is set."""
        text = (SCRIPTS / "nightly.cmd").read_text(encoding="ascii")
        start = text.index("%PROGRAM% nightly")
        for name in ("NoDefaultCurrentDirectoryInExePath", "PYTHONSAFEPATH"):
            assert 0 < text.index(f'set "{name}=1"') < start

    def test_the_script_of_a_clone(self, period: Path) -> None:
        run(period, sys.executable, SCRIPTS / "run.py", "explain", "ST17")
        assert ran(period.parent) == []
        text = (SCRIPTS / "run.py").read_text(encoding="utf-8")
        assert text.count('"-P", "-m"') == 2


def test_a_plant_does_run_where_nothing_keeps_it_out(tmp_path: Path) -> None:
    folder = tmp_path / "1" / "2"
    folder.mkdir(parents=True)
    plant(folder)
    run(folder, sys.executable, "-m", "kenpo_xl.buttons")
    run(folder, "python", path=".")
    assert {"kenpo_xl/__init__.py.ran", "python.ran"} <= set(ran(folder))
