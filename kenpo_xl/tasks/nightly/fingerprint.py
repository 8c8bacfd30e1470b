"""What a night looks at before it reads anything: the files of a period folder, by hashes of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kenpo_xl import __version__
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_records import FileRecord
from kenpo_xl.resources import source_files
from kenpo_xl.tasks.period.folder import PeriodFolder, find_template
from kenpo_xl.tasks.period.ignored_files import ignored_files
from kenpo_xl.tasks.period.latest_book import file_date
from kenpo_xl.tasks.report import TEMPLATE

PLAN, PLANNER, SUBMITTED, IGNORED_FILES = "計画", "取りまとめ", "提出", "対象外"


@frozen
class Snapshot:
    """The files of a period, by their way from the root, and a hash of all that its outputs are made of."""

    files: tuple[FileRecord, ...]
    input_digest: str


def scan(period: PeriodFolder, root: Path, before: str) -> Snapshot:
    """What stands in a period folder now; `before` is a hash of what is known of earlier periods.

    The dates of files are no part of the hash, but their order is: it decides between books that record no
    time of their own, and is reported where it differs from theirs. KenpoError where there is no template.
    """
    files = tuple(_files(period, root))
    digest = hashlib.sha256(f"{_program()} {before} {hash_of(find_template(period, TEMPLATE))}\n".encode())
    for file in files:
        digest.update(f"{file.kind} {file.path} {file.content}\n".encode())
    return Snapshot(files, digest.hexdigest())


def _files(period: PeriodFolder, root: Path) -> Iterator[FileRecord]:
    def record(path: Path, kind: str, content: str) -> FileRecord:
        return FileRecord(path.relative_to(root).as_posix(), kind, content)

    yield record(period.plan, PLAN, hash_of(period.plan))
    if period.planner.exists():
        yield record(period.planner, PLANNER, hash_of(period.planner))
    for book in sorted(period.submissions(), key=file_date):
        yield record(book, SUBMITTED, hash_of(book))
    for other in ignored_files(period):
        yield record(period.submitted / other.name, IGNORED_FILES, "")


def hash_of(path: Path) -> str:
    """A hash of a file's bytes, '' where it cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@cache
def _program() -> str:
    """A hash of the program: after an update everything is made anew."""
    digest = hashlib.sha256(__version__.encode())
    for path, *_ in source_files():
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()
