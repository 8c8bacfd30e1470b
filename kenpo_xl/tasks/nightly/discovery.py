"""Finds the period folders below the folder of a nightly run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import PLAN_NAME
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.book_files import is_name_encodable
from kenpo_xl.tasks.period.folder import PeriodFolder

# Branches, years, quarters.
_DEPTH = 3
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

    The latter include period folders whose names cannot be encoded. `deep` are those too far below the root.
    """

    folders: tuple[PeriodFolder, ...]
    closed: tuple[Path, ...] = ()
    deep: tuple[Path, ...] = ()


def find_periods(root: Path) -> Discovery:
    """Every folder with a plan book: `root` itself, or one up to three levels below.

    KenpoError without one.
    """
    if not root.is_dir():
        raise KenpoError(
            f"フォルダー {root} がありません。期のフォルダーを集めたフォルダーを指定してください。"
        )
    closed: list[Path] = []
    deep: list[Path] = []
    folders = tuple(PeriodFolder(one) for one in _folders_with_plan(root, _DEPTH, closed, deep))
    if not folders and not closed and not deep:
        raise KenpoError(
            f"{root} に期のフォルダーがありません。{PLAN_NAME} のあるフォルダーか、"
            "それを集めたフォルダーを指定してください。"
        )
    return Discovery(folders, tuple(closed), tuple(deep))


def _folders_with_plan(folder: Path, depth: int, closed: list[Path], deep: list[Path]) -> Iterator[Path]:
    """The folders with a plan book, by name; without those of systems and inside a period."""
    try:
        if PeriodFolder(folder).plan_path.is_file():
            if not is_name_encodable(folder):
                closed.append(folder)
                return
            yield folder
        below = sorted(one for one in folder.iterdir() if _may_hold_periods(one))
    except OSError:
        closed.append(folder)
        return
    if not depth:
        deep += _plan_folders_below(below)
        return
    for one in below:
        yield from _folders_with_plan(one, depth - 1, closed, deep)


def _plan_folders_below(folders: list[Path]) -> Iterator[Path]:
    """The folders with a plan book in these and anywhere below, links not followed.

    They are reported: a run that silently omits a period would appear complete.
    """
    left = folders[::-1]
    while left:
        folder = left.pop()
        with suppress(OSError):
            if PeriodFolder(folder).plan_path.is_file():
                yield folder
            else:
                below = (one for one in folder.iterdir() if not one.is_symlink())
                left += sorted(filter(_may_hold_periods, below), reverse=True)


def _may_hold_periods(path: Path) -> bool:
    return path.name not in _INSIDE and not _SYSTEM.fullmatch(path.name) and path.is_dir()
