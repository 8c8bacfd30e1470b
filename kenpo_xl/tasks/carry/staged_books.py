"""Replaces the working books of a period by new ones: all are written first, then put in place one by one.

A run that was killed between leaves each book whole, old or new; the next one goes on where it ended.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.atomic_write import atomic_write, refuse_while_open
from kenpo_xl.storage.new_folder import new_folder
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.hashes import file_hash
from kenpo_xl.tasks.period.latest_book import file_date

_FOLDER, _BEFORE = "新しい版", "元.json"
_REPLACED, _RETIRED = "replaced", "retired"
Writers = Mapping[Path, Callable[[Path], None]]


def replace_books(period: PeriodFolder, writers: Writers, retired: Iterable[Path] = ()) -> dict[Path, Path]:
    """Write the books of `writers` and put them in place; by path, where the book that was there is now.

    Older books, and those of `retired`, go to 入力/以前の版. KenpoError if one of them is open or a book
    cannot be written; nothing is replaced then.
    """
    gone = [path for path in retired if path not in writers]
    for path in (*writers, *gone):
        refuse_while_open(path)
    staged = period.input_folder / _FOLDER
    period.input_folder.mkdir(parents=True, exist_ok=True)
    with new_folder(staged) as folder:
        for path, write in writers.items():
            write(folder / path.name)
        before = {
            _REPLACED: {path.name: file_hash(path) for path in writers},
            _RETIRED: {path.name: file_hash(path) for path in gone},
        }
        (folder / _BEFORE).write_text(json.dumps(before, ensure_ascii=False), encoding="utf-8")
    return finish_replacing(period)


def finish_replacing(period: PeriodFolder) -> dict[Path, Path]:
    """Put books in place that were written before, also by a run that was killed; as for `replace_books`.

    A book that was saved since stays, and its new version is given up.
    """
    staged = period.input_folder / _FOLDER
    if not (staged / _BEFORE).is_file():
        return {}
    before: dict[str, dict[str, str]] = json.loads((staged / _BEFORE).read_text(encoding="utf-8"))
    older = {}
    for name, digest in before[_REPLACED].items():
        path, new = period.input_folder / name, staged / name
        if new.exists() and file_hash(path) == digest:
            if digest:
                older[path] = copy_to_older_books(period, path)
            new.replace(path)
    for name, digest in before[_RETIRED].items():
        path = period.input_folder / name
        if path.exists() and file_hash(path) == digest:
            older[path] = copy_to_older_books(period, path)
            path.unlink()
    shutil.rmtree(staged)
    return older


def copy_to_older_books(period: PeriodFolder, path: Path) -> Path:
    """A copy of a book among the older ones, its name with the time of its file; KenpoError if it is open."""
    refuse_while_open(path)
    time: datetime = file_date(path).astimezone()
    target = period.older_books_folder / f"{path.stem}_{time:%Y%m%d_%H%M%S}{path.suffix}"
    number = 1
    while target.exists() and file_hash(target) != file_hash(path):
        number += 1
        target = target.with_name(f"{path.stem}_{time:%Y%m%d_%H%M%S}({number}){path.suffix}")
    try:
        with atomic_write(target, like=path) as beside:
            shutil.copy2(path, beside)
    except OSError as error:
        raise KenpoError(f"{path.name} を「{target.parent.name}」へ写せませんでした。") from error
    return target
