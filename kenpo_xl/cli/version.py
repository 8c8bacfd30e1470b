"""The text of `--version`."""

from __future__ import annotations

import re
from pathlib import Path

from kenpo_xl import __version__
from kenpo_xl.cli.usage_errors import PROGRAM
from kenpo_xl.resources import changelog_path

_MOST_LINES = 5


def version_lines() -> list[str]:
    """The version, its first lines of the changelog, and the path of that."""
    path = changelog_path()
    return [f"{PROGRAM} {__version__}", *(_changelog_lines(path) if path else ())]


def _changelog_lines(path: Path) -> list[str]:
    """The first lines below the heading of this version, and the path; [] if the file is unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    found = re.search(rf"^## {re.escape(__version__)}\b.*\n\n((?:\S.*\n)+)", text, re.MULTILINE)
    lines = found[1].splitlines()[:_MOST_LINES] if found else []
    return [*lines, f"変わったことの一覧: {path}"]
