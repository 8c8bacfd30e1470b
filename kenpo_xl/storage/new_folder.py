"""A folder that appears complete or not at all: filled under another name beside its place, then renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.atomic_write import sync_folder
from kenpo_xl.storage.temp_files import remove_abandoned_temp_files, temp_name_prefix


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A temporary folder beside `path`, which becomes `path` on success and is removed on failure.

    KenpoError if something is at `path`, or nothing can be written there. What a killed run left beside it
    is removed first.
    """
    refuse_existing(path)
    beside = path.with_name(f"{temp_name_prefix()}{os.urandom(4).hex()}")
    try:
        remove_abandoned_temp_files(path.parent)
        beside.mkdir()
    except OSError as error:
        raise KenpoError(
            f"{path.parent} に書き込めません。フォルダーの場所、権限、空き容量を確かめてください。"
        ) from error
    try:
        yield beside
        _make_durable(beside)
        refuse_existing(path)
        beside.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise KenpoError(
            f"フォルダー {path} を作れませんでした。権限と空き容量を確かめてください。"
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def refuse_existing(path: Path) -> None:
    """KenpoError if a file, folder or link is at `path`."""
    if os.path.lexists(path):
        raise KenpoError(
            f"{path} はすでにあります。中身を確かめて名前を変えるか、-o で別の場所を指定してください。"
        )


def _make_durable(folder: Path) -> None:
    """Write every file below a folder through to the disk, then the names in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    for path in (*filter(Path.is_dir, folder.rglob("*")), folder):
        sync_folder(path)
