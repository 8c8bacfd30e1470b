"""The files of the program itself: its templates, macros, changelog and source."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import kenpo_xl

STARTER_PLAN = "plan_book.xlsx"
"""The name of the plan book of a new office among the templates."""


@cache
def template_folders() -> tuple[Path, ...]:
    """The folders of the program's templates: in the wheel, and in a clone beside the package."""
    # The folder that `importlib.resources.files` returns; to load that takes 3 ms of a check.
    package = Path(kenpo_xl.__path__[0])
    return package / "templates", package.parent / "templates"


def macro_folder() -> Path | None:
    """The folder with the source of the program's macros, None if the installation lacks it."""
    folders = (templates / "vba" for templates in template_folders())
    return next((folder for folder in folders if folder.is_dir()), None)


def changelog_path() -> Path | None:
    """The path of the changelog, None if the installation lacks it."""
    files = (templates.parent / "CHANGELOG.md" for templates in template_folders())
    return next((file for file in files if file.is_file()), None)


def source_files() -> list[tuple[str, int, int]]:
    """Path, time (ns) and size (bytes) of every source file of the program, by path."""
    found = ((entry.path, entry.stat()) for folder in kenpo_xl.__path__ for entry in _sources_below(folder))
    return sorted((path, status.st_mtime_ns, status.st_size) for path, status in found)


def digest_of_source() -> str:
    """A hash of path, time and size of every source file of the program."""
    return sha256(str(source_files()).encode("utf-8", "surrogateescape")).hexdigest()


@cache
def digest_of_source_at_start() -> str:
    """The same as it was when this process first asked."""
    return digest_of_source()


def _sources_below(folder: str) -> Iterator[os.DirEntry[str]]:
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    yield entry
                elif entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
