"""Collects the facts about a PC, and about a macro book if one is given, for the diagnosis.

What a book or a plan names is only text here: it is shown and compared, never looked up, opened, contacted
or started. The Python of KENPO_XL_PYTHON, else of the PATH, is started to get the version of its kenpo-xl:
these belong to the user who calls doctor, no file can set them, and every button would start the same. As in
the launcher, only full paths are started, and nothing in the current folder.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib import metadata
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote

from kenpo_xl import __version__
from kenpo_xl.books.common import names
from kenpo_xl.books.common.macros.python_cell import python_settings
from kenpo_xl.books.common.macros.reader import foreign_macros, macros_of_book
from kenpo_xl.books.common.stamp import key_in_planner_book, read_stamp
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.processes import program_on_path
from kenpo_xl.storage.registry import Registry, this_registry
from kenpo_xl.tasks.doctor.diagnosis import BookFacts, Interpreter, PackageFact, Setup, diagnose
from kenpo_xl.tasks.doctor.excel_diagnosis import WINDOWS, Diagnosis, is_store_alias
from kenpo_xl.tasks.doctor.excel_setup import excel_setup
from kenpo_xl.tasks.period.beside_a_book import plan_book_of
from kenpo_xl.tasks.period.parse_cache import cached_plan

ENVIRONMENT = "KENPO_XL_PYTHON"
_LAUNCHER = "KenpoButtons"
_SECONDS = 30
_REQUIREMENT = re.compile(r"([\w.-]+)(?:>=([\d.]+))?")
_VARIABLE = re.compile(r"%([^%]+)%")
_ZONE = re.compile(r"ZoneId\s*=\s*(\d+)", re.IGNORECASE)
_VERSION_QUERY = "import kenpo_xl; print(kenpo_xl.__version__)"


def diagnose_pc(
    book: str | None,
    *,
    log: Path | None,
    environment: Mapping[str, str],
    registry: Registry | None = None,
    log_is_writable: bool = True,
) -> tuple[Diagnosis, ...]:
    """The diagnoses of this PC, and of the book at the path or address `book`. Nothing is changed.

    `registry` is that of a PC with Windows, by default that of this PC, if it has one.
    """
    registry = registry or this_registry()
    seen = _read_book(Path(book)) if book and "://" not in book else None
    named = tuple(one.displayed_text for one in python_settings(seen)) if isinstance(seen, Workbook) else ()
    setup = Setup(
        version=__version__,
        system=WINDOWS if registry else platform.system(),
        python=sys.version_info[:2],
        packages=tuple(_package_facts()),
        interpreter=_buttons_python(named, environment),
        own_python=_own_python(),
        log=str(log or ""),
        log_is_writable=log_is_writable,
        excel=excel_setup(registry),
        book=_book_facts(book, seen, named, environment) if book else None,
    )
    return diagnose(setup)


def _package_facts() -> list[PackageFact]:
    """The libraries that the installed kenpo-xl requires on this system."""
    asked = (line.split(";")[0] for line in metadata.requires("kenpo-xl") or () if ";" not in line)
    found = [match for match in map(_REQUIREMENT.match, asked) if match]
    return [PackageFact(match[1], match[2] or "", _installed_version(match[1])) for match in found]


def _installed_version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _buttons_python(in_book: tuple[str, ...], environment: Mapping[str, str]) -> Interpreter:
    """The Python that the launcher would start: from the environment, the book, or the PATH."""
    given = _expanded_path(environment.get(ENVIRONMENT, ""), environment)
    if not given and in_book:
        return Interpreter("操作のシートの", in_book[0], is_in_book=True)
    on_path = program_on_path("pythonw", "python")
    found = Path(given) if given else on_path
    if found is None:
        return Interpreter("", "")
    is_there = found.is_absolute() and found.is_file() and os.access(found, os.X_OK)
    named_by = f"環境変数 {ENVIRONMENT} の" if given else "PATH の"
    is_python = is_there and not is_store_alias(str(found))
    return Interpreter(named_by, str(found), is_there, _kenpo_version_of(found) if is_python else "")


def _own_python() -> str:
    """The Python that runs this program; on Windows the one that opens no console, if it exists."""
    own = Path(sys.executable)
    silent = own.with_name("pythonw.exe")
    return str(silent if silent.is_file() else own)


def _expanded_path(given: str, environment: Mapping[str, str]) -> str:
    """A path as the launcher and Windows interpret it: without quotes, with %NAME% expanded."""
    bare = given.replace('"', "").strip()
    return _VARIABLE.sub(lambda found: environment.get(found[1], found[0]), bare)


def _kenpo_version_of(python: Path) -> str:
    """The version of kenpo-xl in a Python of the user's own environment; '' for none or no answer."""
    try:
        done = subprocess.run(
            [python, "-P", "-c", _VERSION_QUERY],
            capture_output=True,
            check=False,
            cwd=python.parent,
            text=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _read_book(path: Path) -> Workbook | KenpoError:
    """The book, or the error if it cannot be read."""
    try:
        return Workbook(path)
    except KenpoError as error:
        return error


def _book_facts(
    given: str,
    seen: Workbook | KenpoError | None,
    named: tuple[str, ...],
    environment: Mapping[str, str],
) -> BookFacts:
    if seen is None:
        return BookFacts(place=given, name=unquote(given.rpartition("/")[2]))
    path = Path(given)
    facts = BookFacts(
        place=given if given.startswith(("\\\\", "//")) else str(path.resolve()),
        name=PureWindowsPath(given).name,
        synced=_onedrive_folder(path, environment),
        zone=_security_zone(path),
    )
    if isinstance(seen, KenpoError):
        return replace(facts, failure=str(seen), is_missing=not path.exists())
    has_buttons = names.STATUS in seen.names
    return replace(
        facts,
        # The book with which an office begins is of no plan, and has buttons.
        is_ours=has_buttons or read_stamp(seen) is not None or bool(key_in_planner_book(seen)),
        has_launcher=any(macro.name == _LAUNCHER for macro in macros_of_book(seen.package)),
        is_without_buttons=not has_buttons,
        foreign_macros=tuple(macro.name for macro in foreign_macros(seen.package)),
        pythons=named,
        office=_office_python(path) if named else "",
    )


def _office_python(book: Path) -> str:
    """The Python that the plan of a book names; '' for none, or without a readable plan."""
    try:
        return cached_plan(plan_book_of(book, None)).python
    except KenpoError:
        return ""


def _onedrive_folder(path: Path, environment: Mapping[str, str]) -> str:
    """The OneDrive folder that contains the file, '' for none; environment variables name these."""
    folders = (environment.get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"))
    return next((one for one in folders if one and path.resolve().is_relative_to(Path(one).resolve())), "")


def _security_zone(path: Path) -> int | None:
    """The zone that Windows records for a downloaded file (stream Zone.Identifier), None without one."""
    try:
        found = _ZONE.search(Path(f"{path}:Zone.Identifier").read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    return int(found[1]) if found else None
