"""The path of an output: that of an unmodified or damaged earlier one, beside one that a person changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from kenpo_xl.books.common.content_seal import has_valid_seal
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.ooxml.damage import is_damaged
from kenpo_xl.storage.atomic_write import atomic_write, available_path, superseded_numbered_copy
from kenpo_xl.storage.backup import backup_path

Made = TypeVar("Made")


@frozen
class PlacedOutput:
    """The path of an output, and whether its bytes changed.

    `kept` is a file at the intended path that a person changed. `damaged` is true if the file there was
    damaged. `outdated` is the output of an earlier run beside `kept` that is no longer needed.
    """

    path: Path
    changed: bool = True
    kept: Path | None = None
    outdated: Path | None = None
    damaged: bool = False


def write_output(wanted: Path, write: Callable[[Path], Made]) -> tuple[PlacedOutput, Made]:
    """Write a workbook by `write` to `wanted`, or beside a file there that a person changed.

    Returns the output and the result of `write`. A file with the same bytes is not replaced. KenpoError if it
    cannot be written.
    """
    is_unmodified = cache(is_unmodified_output)
    path = available_path(wanted, lambda found: is_unmodified(found) or is_damaged(found))
    before = path.read_bytes() if path.exists() else None
    # Of a file that may be replaced.
    damaged = before is not None and not is_unmodified(path)
    with atomic_write(path) as beside:
        made = write(beside)
        if damaged:
            back_up_damaged(path)
    result = PlacedOutput(
        path,
        changed=path.read_bytes() != before,
        kept=wanted if path != wanted else None,
        outdated=superseded_numbered_copy(path, wanted, is_unmodified_output),
        damaged=damaged,
    )
    return result, made


def is_unmodified_output(path: Path) -> bool:
    """Whether a workbook is a sealed output or a marked copy, not saved since it was written."""
    if has_valid_seal(path):
        return True
    # 10 ms of a report, which seldom needs it.
    from kenpo_xl.annotations.annotate import is_unchanged_since_marked

    return is_unchanged_since_marked(path)


def may_be_replaced(path: Path) -> bool:
    """Whether a workbook contains no work of a person."""
    return is_unmodified_output(path) or is_damaged(path)


def back_up_damaged(path: Path) -> None:
    """Back up a damaged, not empty file as .bak: a person may have worked in it before."""
    if path.exists() and path.stat().st_size and is_damaged(path):
        with atomic_write(backup_path(path)) as backup:
            shutil.copyfile(path, backup)


def replaced_damaged_sentence(path: Path) -> str:
    """The sentence for an output that replaced a damaged file."""
    return f"{path.name} は壊れていたため、作り直しました。"
