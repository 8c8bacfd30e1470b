"""Where an output goes: over what we wrote before or what is damaged, beside what a person saved."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kenpo_xl.books.common.content_seal import is_unchanged
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.ooxml.damage import is_damaged
from kenpo_xl.storage.atomic_write import atomic_write, available_path, superseded_copy
from kenpo_xl.storage.backup import backup_of

Made = TypeVar("Made")


@frozen
class PlacedOutput:
    """Where an output lies, and whether it had to be written again.

    `kept` is what a person changed or put in its place. `damaged` tells that what lay there was damaged.
    `outdated` is one of ours that an earlier run wrote beside `kept`, and is no longer needed.
    """

    path: Path
    changed: bool = True
    kept: Path | None = None
    outdated: Path | None = None
    damaged: bool = False


def placed(wanted: Path, write: Callable[[Path], Made]) -> tuple[PlacedOutput, Made]:
    """Let `write` make a workbook and put it at `wanted`, or beside what a person saved there.

    The same bytes are not written twice. KenpoError where it cannot be written.
    """
    path = available_path(wanted, may_be_replaced)
    before = path.read_bytes() if path.exists() else None
    damaged = before is not None and is_damaged(path)
    with atomic_write(path) as beside:
        made = write(beside)
        keep_damaged(path)
    result = PlacedOutput(
        path,
        changed=path.read_bytes() != before,
        kept=wanted if path != wanted else None,
        outdated=superseded_copy(path, wanted, is_of_ours),
        damaged=damaged,
    )
    return result, made


def is_of_ours(path: Path) -> bool:
    """Whether a workbook is as we wrote it: a sealed output, or a marked copy that was not saved since."""
    from kenpo_xl.annotations.annotate import is_as_marked

    return is_unchanged(path) or is_as_marked(path)


def may_be_replaced(path: Path) -> bool:
    """Whether a workbook holds nothing of a person's."""
    return is_of_ours(path) or is_damaged(path)


def keep_damaged(path: Path) -> None:
    """Keep a damaged file beside as .bak: a person may have worked in it before. Of an empty one nothing."""
    if path.exists() and path.stat().st_size and is_damaged(path):
        with atomic_write(backup_of(path)) as backup:
            shutil.copyfile(path, backup)


def replaced_damaged_sentence(path: Path) -> str:
    """What is said of an output whose place held a damaged file."""
    return f"{path.name} は壊れていたため、作り直しました。"
