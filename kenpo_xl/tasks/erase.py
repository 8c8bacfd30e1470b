"""Erases private values from the files of the program, and lists those in files of staff.

Ledger, cache and logs belong to the program. Books in 提出 and 入力, the planner's book and the plan belong
to staff: findings there are only listed. Copies that the program made (.bak, 以前の版, 返却) are removed on
request.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kenpo_xl.annotations.annotate import is_unchanged_since_marked
from kenpo_xl.books.input.match.lost_stamp import read_or_derive_stamp
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.reader import read_matched_submission, refuse_book_of_another_plan
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.plan.plan import PLAN_NAME, Plan
from kenpo_xl.domain.privacy.search_terms import SearchTerms
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.submission.typed_texts import (
    my_numbers_in,
    private_numbers_and_addresses,
    typed_cells,
    typed_texts,
)
from kenpo_xl.errors import KenpoError, no_access_sentence
from kenpo_xl.ooxml.text_search import file_contains, sqlite_application_id
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.atomic_write import atomic_write, refuse_while_open
from kenpo_xl.storage.backup import BACKUP
from kenpo_xl.storage.run_lock import LOCK_FILES, hold_run_lock
from kenpo_xl.tasks.ledgers.place import ledger_of_environment
from kenpo_xl.tasks.period.book_files import BOOKS
from kenpo_xl.tasks.period.closing import is_in_closed_period
from kenpo_xl.tasks.period.folder import LEDGER_NAME, PeriodFolder, find_ledger_above, path_below
from kenpo_xl.tasks.period.parse_cache import cached_plan, clear_cache
from kenpo_xl.tasks.period.plan_copies import is_copy_of_plan, matched_with_own_plan

_EARLIER, _RETURNED, _OUTPUTS = "以前の版", "返却", "報告"
_LEDGERS = b"KPXL"
_TEMPORARY = ".kenpo-"
# What belongs to an open ledger, and goes with it.
_BESIDE_LEDGER = ("-journal", "-wal", "-shm")
_PACKED, _NOT_SEARCHED = (".zip", ".7z", ".lzh"), (".pdf", ".parquet")
_MOST_PLACES = 5


class FileKind(StrEnum):
    """The kind of a file, which decides who may erase in it."""

    LEDGER = "台帳"
    LOG = "記録"
    CACHE = "キャッシュ"
    BACKUP = "台帳の控え"
    COPY = "写し"
    OUTPUT = "出力"
    STAFF = "ブック"


@frozen
class FoundFile:
    """A file with a sought value: the number of rows or the cells; whether it was erased."""

    name: str
    kind: FileKind
    rows: int = 0
    cells: tuple[str, ...] = ()
    erased: bool = False


@dataclass
class EraseResult:
    """The files found; `unread` are those that could not be searched, with the reason."""

    found: list[FoundFile] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    not_searched: list[str] = field(default_factory=list)

    @property
    def has_remaining_values(self) -> bool:
        """Whether a sought value remains in a file."""
        return not all(one.erased for one in self.found)


def erase_values(
    root: Path,
    values: Iterable[str] | None,
    *,
    user: str,
    since: str,
    dry_run: bool = False,
    copies: bool = False,
    logs: Iterable[Path] = (),
    ledger: LedgerPlace | None = None,
) -> EraseResult:
    """Erase these values below `root`; for None all that the privacy rules flag.

    `ledger` is the ledger of its nights, by default that of KENPO_XL_LEDGER or the file in `root`. With
    `copies` also in copies that the program made. KenpoError if the ledger cannot be opened, a nightly run
    is in progress, or a value is too short for a search.
    """
    if not root.is_dir():
        raise KenpoError(f"フォルダー {root} がありません。夜間処理のフォルダーを指定してください。")
    root = root.absolute()
    place = ledger or ledger_of_environment() or root / LEDGER_NAME
    above = None if not isinstance(place, Path) or place.exists() else find_ledger_above(root)
    if above:
        raise KenpoError(f"台帳は {above.parent} にあります。そのフォルダーを指定してください。")
    sought = SearchTerms.of(values) if values is not None else None
    erasing = _Eraser(root, place, dry_run=dry_run, copies=copies)
    if dry_run:
        return erasing.run(sought, logs)
    with hold_run_lock(root, user=user, since=since):
        return erasing.run(sought, logs)


class _Eraser:
    """One search below a root."""

    def __init__(self, root: Path, ledger: LedgerPlace, *, dry_run: bool, copies: bool) -> None:
        self.ledger = ledger
        self.root, self.dry_run, self.copies = root, dry_run, copies
        self.result = EraseResult()
        self.files = list(_files_below(root))

    def run(self, sought: SearchTerms | None, logs: Iterable[Path]) -> EraseResult:
        flagged = sought or SearchTerms(self._flagged_values())
        if flagged.secrets:
            self._search_ledger(self.ledger, FileKind.LEDGER, flagged, may_erase=True)
            self._clear_parse_cache()
            for path in self.files:
                self._search_file(path, flagged)
            for log in logs:
                self._mask_log(log, flagged)
            self._list_files_not_searched()
        return self.result

    def _flagged_values(self) -> frozenset[str]:
        """The values that the privacy rules find in the ledger and in the books."""
        from kenpo_xl.ledger import Ledger

        found = frozenset[str]()
        if _may_ledger_exist(self.ledger):
            with Ledger.open_read_only(self.ledger) as ledger:
                found |= ledger.private_values()
        for path in filter(_is_input_book, self.files):
            try:
                book, plan = _submission_and_plan(path, self.root)
            except KenpoError as error:
                self.result.unread.append((path_below(self.root, path), " ".join(str(error).split())))
                continue
            found |= (
                private_numbers_and_addresses(book) | my_numbers_in(book, plan)
                if book and plan
                else frozenset()
            )
        return found

    def _search_ledger(
        self, place: LedgerPlace, kind: FileKind, sought: SearchTerms, *, may_erase: bool
    ) -> None:
        from kenpo_xl.ledger import Ledger

        if not _may_ledger_exist(place):
            return
        is_erased = may_erase and not self.dry_run
        with Ledger.open_for_writing(place) if is_erased else Ledger.open_read_only(place) as ledger:
            rows = ledger.mask(sought) if is_erased else ledger.count_rows_with(sought)
        if rows:
            is_below = isinstance(place, Path) and place.is_relative_to(self.root)
            name = path_below(self.root, place) if is_below and isinstance(place, Path) else str(place)
            self.result.found.append(FoundFile(name, kind, rows, erased=is_erased))

    def _clear_parse_cache(self) -> None:
        """Clear the cache of parsed books, which is rebuilt when needed."""
        count = clear_cache(dry_run=self.dry_run)
        if count and not self.dry_run:
            self.result.found.append(FoundFile(str(FileKind.CACHE), FileKind.CACHE, count, erased=True))

    def _search_file(self, path: Path, sought: SearchTerms) -> None:
        try:
            kind = _kind_of_file(path, self.root)
            if kind is FileKind.BACKUP:
                self._search_ledger(path, kind, sought, may_erase=self.copies)
            elif file_contains(path, sought.is_in):
                self._add_found_file(path, kind, sought)
        except KenpoError as error:
            self.result.unread.append((path_below(self.root, path), " ".join(str(error).split())))
        except OSError as error:
            self.result.unread.append((path_below(self.root, path), no_access_sentence(error)))

    def _add_found_file(self, path: Path, kind: FileKind, sought: SearchTerms) -> None:
        """Record a file with a sought value; remove it if it is a copy and that was requested."""
        cells = _cells_of_file_with(path, self.root, sought)
        may_erase = kind is FileKind.COPY and self.copies and not self.dry_run
        is_erased = may_erase and not is_in_closed_period(path)
        if is_erased:
            refuse_while_open(path)
            path.unlink()
        self.result.found.append(FoundFile(path_below(self.root, path), kind, cells=cells, erased=is_erased))

    def _mask_log(self, path: Path, sought: SearchTerms) -> None:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
            if not sought.is_in(text):
                return
            if not self.dry_run:
                with atomic_write(path) as beside:
                    beside.write_text(sought.mask(text), encoding="utf-8")
        except (KenpoError, OSError) as error:
            self.result.unread.append((str(path), " ".join(str(error).split())))
            return
        self.result.found.append(FoundFile(str(path), FileKind.LOG, erased=not self.dry_run))

    def _list_files_not_searched(self) -> None:
        """Record files that cannot be searched: archives, and PDFs and tables beside outputs."""
        folders = {(self.root / one.name).parent for one in self.result.found if one.kind is FileKind.OUTPUT}
        self.result.not_searched = [
            path_below(self.root, path)
            for path in self.files
            if path.suffix.lower() in _PACKED
            or (path.parent in folders and path.suffix.lower() in _NOT_SEARCHED)
        ]


def _may_ledger_exist(place: LedgerPlace) -> bool:
    """Whether a ledger is there, as far as that can be known without opening it."""
    return not isinstance(place, Path) or place.exists()


def _files_below(root: Path) -> Iterator[Path]:
    """Every regular file below a folder, by name; without links and the ledger itself."""
    own = {LEDGER_NAME, *LOCK_FILES, *(f"{LEDGER_NAME}{end}" for end in _BESIDE_LEDGER)}
    for folder, folders, names in os.walk(root):
        folders.sort()
        for path in (Path(folder) / name for name in sorted(names)):
            if path.is_file() and not path.is_symlink() and not (path.parent == root and path.name in own):
                yield path


def _kind_of_file(path: Path, root: Path) -> FileKind:
    folders = path.relative_to(root).parts[:-1]
    if sqlite_application_id(path) == _LEDGERS:
        return FileKind.BACKUP
    if path.name.endswith(BACKUP) or path.name.startswith(_TEMPORARY) or _EARLIER in folders:
        return FileKind.COPY
    if _RETURNED in folders:
        # A clerk may continue in a copy, which is then the clerk's book.
        return FileKind.COPY if is_unchanged_since_marked(path) else FileKind.STAFF
    return FileKind.OUTPUT if _OUTPUTS in folders else FileKind.STAFF


def _is_input_book(path: Path) -> bool:
    """Whether a file is a book of a group, or an earlier version of one."""
    name = path.name.removesuffix(BACKUP)
    is_there = {path.parent.name, path.parent.parent.name} & {"提出", "入力", _RETURNED}
    is_book = Path(name).suffix.lower() in BOOKS and not name.startswith(("~$", "."))
    return bool(is_there) and is_book and not is_copy_of_plan(path)


def _submission_and_plan(path: Path, root: Path) -> tuple[Submission | None, Plan | None]:
    """The content of a book as its cells have it, with the plan that it was built from; None without one."""
    for folder in path.relative_to(root).parents:
        if (root / folder / PLAN_NAME).is_file():
            period, book = PeriodFolder(root / folder), Workbook(path)
            present = cached_plan(period.plan_path)
            stamp = read_or_derive_stamp(book, present)
            own = matched_with_own_plan(period, PlanMatch(book, present, stamp))
            refuse_book_of_another_plan(own)
            return read_matched_submission(own), own.plan
    return None, None


def _cells_of_file_with(path: Path, root: Path, sought: SearchTerms) -> tuple[str, ...]:
    """The first cells of an input book with a sought value; () for other files."""
    try:
        book, _ = _submission_and_plan(path, root) if _is_input_book(path) else (None, None)
    except KenpoError:
        return ()
    return tuple(dict.fromkeys(_cells_of_submission_with(book, sought) if book else ()))[:_MOST_PLACES]


def _cells_of_submission_with(book: Submission, sought: SearchTerms) -> Iterator[str]:
    for text, source in typed_texts(book):
        if source and sought.is_in(text):
            yield f"{source.sheet}!{source.cell}"
    for cell in typed_cells(book):
        if cell.source and not isinstance(cell.value, str) and sought.contains_number(cell.value):
            yield f"{cell.source.sheet}!{cell.source.cell}"
