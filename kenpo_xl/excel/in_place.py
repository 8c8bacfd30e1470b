"""Putting an output in its place: written beside it, then renamed, never over a book that is open."""

from __future__ import annotations

import filecmp
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kenpo_xl.errors import KenpoError


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """A temporary path in the same folder that takes the place of `path` when all went well.

    A file that holds the same bytes already is left as it is. KenpoError where the folder cannot be written
    to, or `path` is open.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".kenpo-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise KenpoError(
            f"{path.parent} に書き込めません。フォルダーの権限と空き容量を確かめてください。"
        ) from error
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        _put_in_place(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def refuse_while_open(path: Path) -> None:
    """KenpoError where a lock file stands beside a file, as Excel and LibreOffice put it while it is open."""
    if (path.parent / f"~${path.name}").exists() or (path.parent / f".~lock.{path.name}#").exists():
        raise KenpoError(_refusal(path))


def _put_in_place(beside: Path, path: Path) -> None:
    refuse_while_open(path)
    try:
        if path.is_file() and filecmp.cmp(beside, path, shallow=False):
            return
        beside.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)
        beside.replace(path)
    except OSError as error:
        raise KenpoError(_refusal(path)) from error


def _refusal(path: Path) -> str:
    return f"{path.name} を書き換えられません。開いている場合は閉じて、もう一度実行してください。"
