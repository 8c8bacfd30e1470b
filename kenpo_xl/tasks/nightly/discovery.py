"""Finds the period folders below the folder of a nightly run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from os.path import realpath
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import PLAN_NAME
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.book_files import is_name_encodable
from kenpo_xl.tasks.period.folder import PeriodFolder

# Folders inside a period folder are no period folders, whatever they contain.
_INSIDE = ("提出", "入力", "返却", "報告", "templates")
# Nor are those of systems and network drives: recycle bins, snapshots, recovered files.
_SYSTEM = re.compile(
    r"\..*|System Volume Information|lost\+found|\$RECYCLE\.BIN|[#@]recycle|@eaDir|[#~@]snapshots?",
    re.IGNORECASE,
)


@frozen
class Discovery:
    """The period folders by relative path, and the folders that could not be read (`closed`).

    The latter include period folders whose names cannot be encoded.
    """

    folders: tuple[PeriodFolder, ...]
    closed: tuple[Path, ...] = ()


def find_periods(root: Path) -> Discovery:
    """Every folder with a plan book: `root` itself, or one anywhere below.

    KenpoError without one.
    """
    if not root.is_dir():
        raise KenpoError(
            f"フォルダー {root} がありません。期のフォルダーを集めたフォルダーを指定してください。"
        )
    closed: list[Path] = []
    folders = tuple(PeriodFolder(one) for one in _folders_with_plan(root, closed))
    if not folders and not closed:
        raise KenpoError(
            f"{root} に期のフォルダーがありません。{PLAN_NAME} のあるフォルダーか、"
            "それを集めたフォルダーを指定してください。"
        )
    return Discovery(folders, tuple(closed))


def _folders_with_plan(root: Path, closed: list[Path]) -> Iterator[Path]:
    """The folders with a plan book, by name; without those of systems and inside a period."""
    left = [(root, frozenset[str]())]
    while left:
        folder, above = left.pop()
        place = realpath(folder)
        if place in above:  # a link that leads back to a folder above it
            continue
        try:
            has_plan = PeriodFolder(folder).plan_path.is_file()
            if has_plan and is_name_encodable(folder):
                yield folder
            elif has_plan:
                closed.append(folder)
                continue
            below = sorted((one for one in folder.iterdir() if _may_hold_periods(one)), reverse=True)
            left += [(one, above | {place}) for one in below]
        except OSError:
            closed.append(folder)


def _may_hold_periods(path: Path) -> bool:
    return path.name not in _INSIDE and not _SYSTEM.fullmatch(path.name) and path.is_dir()
