"""Snapshots of the files of a period folder by hashes, to detect unchanged periods."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_records import FileRecord
from kenpo_xl.tasks.period.folder import REPORT_TEMPLATE, PeriodFolder, find_template
from kenpo_xl.tasks.period.hashes import file_hash, program_hash
from kenpo_xl.tasks.period.ignored_files import ignored_files
from kenpo_xl.tasks.period.latest_book import file_date

PLAN, PLANNER, NATIONAL, SUBMITTED, IGNORED_FILES = "計画", "取りまとめ", "全国平均", "提出", "対象外"


@frozen
class Snapshot:
    """The files of a period by relative path, and a hash of all inputs of its outputs.

    `check_digest` is a hash of what its findings depend on: of all but the template and ignored files.
    """

    files: tuple[FileRecord, ...]
    input_digest: str
    check_digest: str


def scan_period(period: PeriodFolder, root: Path, before: str) -> Snapshot:
    """The current snapshot of a period folder; `before` is a hash of the earlier periods.

    The hash excludes the dates of files but includes their order, which decides between books that record no
    save time, and is reported if it contradicts recorded ones. KenpoError without a template.
    """
    files = tuple(_file_records(period, root))
    checked = (file for file in files if file.kind != IGNORED_FILES)
    looks = (find_template(period, REPORT_TEMPLATE), *period.own_forms())
    first = " ".join((before, *(f"{path.name} {file_hash(path)}" for path in looks)))
    return Snapshot(files, _digest_of_files(first, files), _digest_of_files(before, checked))


def _digest_of_files(first: str, files: Iterable[FileRecord]) -> str:
    digest = hashlib.sha256(f"{program_hash()} {first}\n".encode())
    for file in files:
        digest.update(f"{file.kind} {file.path} {file.content}\n".encode())
    return digest.hexdigest()


def may_have_changed(period: PeriodFolder, since: int) -> bool:
    """Whether a plan or a book was written, copied, removed or renamed after a time (ns since 1970).

    A first idea without opening a file: times may be wrong, and the hash decides.
    """
    try:
        return any(
            _last_change(one) > since for one in _entries_of_folders(period.root, period.submission_folder)
        )
    except OSError:
        return False


def _entries_of_folders(*folders: Path) -> Iterator[os.DirEntry[str]]:
    for folder in folders:
        with os.scandir(folder) as entries:
            yield from entries


def _last_change(entry: os.DirEntry[str]) -> int:
    """The time at which a file got its content, or its place in the folder."""
    status = entry.stat()
    return max(status.st_mtime_ns, status.st_ctime_ns)


def _file_records(period: PeriodFolder, root: Path) -> Iterator[FileRecord]:
    def record(path: Path, kind: str, content: str) -> FileRecord:
        return FileRecord(path.relative_to(root).as_posix(), kind, content)

    yield record(period.plan_path, PLAN, file_hash(period.plan_path))
    if period.planner_path.exists():
        yield record(period.planner_path, PLANNER, file_hash(period.planner_path))
    if period.national_path.exists():
        yield record(period.national_path, NATIONAL, file_hash(period.national_path))
    for book in sorted(period.submitted_books(), key=file_date):
        yield record(book, SUBMITTED, file_hash(book))
    for other in ignored_files(period):
        yield record(period.submission_folder / other.name, IGNORED_FILES, "")
