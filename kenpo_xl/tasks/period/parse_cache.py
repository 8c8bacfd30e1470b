"""A cache of parsed plans, submissions, vocabularies and report templates in the user's cache folder.

Cached are plans, templates, the books beside the checked one, the planner's too, and the words of all of them
and of earlier reports. The checked book itself is only for a report, which is made again and again of books
that did not change. The key is the hash of the files and of the state of the program.

A cached file is read only if no one but the user can have written it, and may contain only values of the
domain and of a template: plain pickle would run code from the file.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import is_dataclass
from functools import cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

try:  # what `pickle` has from there: the rest of it takes 1 ms of a check
    from _pickle import Unpickler, UnpicklingError
except ImportError:  # another Python
    from pickle import Unpickler, UnpicklingError

from kenpo_xl import __version__
from kenpo_xl.books.handover.sheet import NAME as HANDOVER
from kenpo_xl.domain.findings.return_remark import OpenRemarks
from kenpo_xl.domain.language.token import Tokenizer
from kenpo_xl.domain.language.vocabulary import Vocabulary, vocabulary_of
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.privacy.personal_data import private_parts
from kenpo_xl.domain.results.adjustments import Adjustments
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.submission.typed_texts import has_private_data
from kenpo_xl.ooxml.file_type import MAX_FILE_BYTES
from kenpo_xl.resources import digest_of_source_at_start
from kenpo_xl.storage.private_files import (
    cache_folder,
    read_private_file,
    remove_abandoned_files,
    write_private_file,
)
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tokenizer import dictionary_version

if TYPE_CHECKING:
    from kenpo_xl.books.report.template.template import Template

Value = TypeVar("Value")
Answers = dict[tuple[str, str], Any]
Book = tuple[Submission, Survey]
_SUFFIX = ".kept"
_LARGEST = 64 * 2**20
_MOST, _MOST_BYTES = 1_000, 128 * 2**20
"""Files and bytes that stay: of a period there are up to eight with 0.4 MB, which the next night reads."""
_TIDIED = 50
"""So many files are written from one tidying to the next: to look at a thousand takes 5 ms."""
_PLAIN = {
    ("decimal", "Decimal"),
    *(("datetime", name) for name in ("date", "datetime", "timedelta", "timezone")),
}
"""The classes of the standard library in values of the domain."""
_VALUES = ("kenpo_xl.domain.", "kenpo_xl.books.report.template.")
"""The packages whose classes a cached file may contain."""


def cached_plan(path: Path) -> Plan:
    """The plan of a plan book. KenpoError as for `read_plan`."""

    def read() -> Plan:
        from kenpo_xl.books.plan.reader import read_plan

        return read_plan(path)

    return _cached(Plan, read, path)


def cached_submission(path: Path, plan_book: Path, read: Callable[[], Submission]) -> Submission:
    """The submission in a book of the plan in `plan_book`, which `read` returns. It may raise KenpoError.

    It may be of an earlier plan, whose copy and the handover decide which of its parts are those of the plan.
    """
    return _cached(Submission, read, path, plan_book, *_files_on_earlier_plans(plan_book))


def cached_book(path: Path, plan_book: Path, read: Callable[[], Book]) -> Book:
    """The submission in a book and its survey, likewise."""
    return _cached(tuple, read, path, plan_book, *_files_on_earlier_plans(plan_book))


def _files_on_earlier_plans(plan_book: Path) -> list[Path]:
    """The handover beside a plan book, and the copies of its earlier states."""
    handover = plan_book.with_name(HANDOVER)
    return [*([handover] if handover.is_file() else []), *PeriodFolder(plan_book.parent).plan_copies]


def cached_adjustments(path: Path, plan_book: Path, read: Callable[[], Adjustments]) -> Adjustments:
    """The adjustments in a planner's book, which `read` returns. It may raise KenpoError."""
    return _cached(Adjustments, read, path, plan_book)


def cached_remarks(path: Path, plan_book: Path, read: Callable[[], OpenRemarks]) -> OpenRemarks:
    """The open remarks in a planner's book, which `read` returns. It may raise KenpoError."""
    return _cached(OpenRemarks, read, path, plan_book)


def cached_template(path: Path) -> Template:
    """The template in a workbook. KenpoError as for `read_template`.

    To read one takes a seventh of a report: half of that is to load openpyxl.
    """
    from kenpo_xl.books.report.template.template import Template

    def read() -> Template:
        from kenpo_xl.books.report.template.reader import read_template

        return read_template(path)

    return _cached(Template, read, path)


def cached_vocabulary(texts: Sequence[str], tokenizer: Tokenizer) -> Vocabulary:
    """The words of some texts: of each text of a plan, of an earlier report or of another group's book."""
    path = _cache_path_of_texts(Vocabulary, texts)
    found = _read_cached(path, Vocabulary) if path else None
    if found is None:
        found = vocabulary_of(texts, tokenizer)
        if path and not any(True for text in texts for _ in private_parts(text)):
            _write_cached(found, path)
    return found


def cached_answers(texts: Sequence[str]) -> Answers:
    """What the dictionary answered in a check of these texts, by question and text; none if unknown."""
    path = _cache_path_of_texts(dict, texts)
    return (_read_cached(path, dict) if path else None) or {}


def store_answers(texts: Sequence[str], answers: Answers) -> None:
    """Cache the answers in a check of these texts."""
    if path := _cache_path_of_texts(dict, texts):
        _write_cached(answers, path)


def _cached(kind: type[Value], read: Callable[[], Value], *files: Path) -> Value:
    """The cached result for these files, else that of `read`, which is then cached.

    A stale or damaged cache file is ignored, and so is an error while it is written.
    """
    path = _cache_path(kind, files)
    found = _read_cached(path, kind) if path else None
    if found is None:
        found = read()
        # A file that was saved during the reading has another key.
        if path and path == _cache_path(kind, files) and _may_be_cached(found):
            _write_cached(found, path)
    return found


def _may_be_cached(value: object) -> bool:
    """Whether a value contains nothing private, which must not outlive its deletion from the book."""
    if isinstance(value, Adjustments | OpenRemarks):
        return not any(True for text in value.typed_texts for _ in private_parts(text))
    if isinstance(value, tuple):
        return all(map(_may_be_cached, value))
    if isinstance(value, Survey):
        return not any(True for text in _texts_in(value) for _ in private_parts(text))
    return not (isinstance(value, Submission) and has_private_data(value))


def _texts_in(value: object) -> Iterator[str]:
    """Every text in a value of the domain."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts_in(one)
    elif is_dataclass(value):
        yield from _texts_in(tuple(vars(value).values()))


def _cache_path(kind: type[object], files: tuple[Path, ...]) -> Path | None:
    """The path of the cache file for what is read of these files; None if one is no readable file."""
    try:
        if any(not file.is_file() or file.stat().st_size > MAX_FILE_BYTES for file in files):
            return None
        digest = hashlib.sha256(f"{_program_version_key()} {kind.__name__}".encode())
        for file in files:
            content = file.read_bytes()
            digest.update(f"\n{file.name} {len(content)}\n".encode() + content)
        return cache_folder() / f"{digest.hexdigest()[:32]}{_SUFFIX}"
    except (OSError, RuntimeError):
        return None


def _cache_path_of_texts(kind: type[object], texts: Sequence[str]) -> Path | None:
    """The path of the cache file for the words of these texts, with the dictionary that is installed."""
    key = f"{_program_version_key()} {dictionary_version()} {kind.__name__}"
    digest = hashlib.sha256(key.encode())
    for text in texts:
        digest.update(f"\n{len(text)}\n{text}".encode("utf-8", "surrogatepass"))
    try:
        return cache_folder() / f"{digest.hexdigest()[:32]}{_SUFFIX}"
    except (OSError, RuntimeError):
        return None


@cache
def _program_version_key() -> str:
    """A hash that identifies the state of the program, also during development."""
    return hashlib.sha256(f"{__version__} {sys.version} {digest_of_source_at_start()}".encode()).hexdigest()


class _ValueUnpickler(Unpickler):
    """An unpickler of values of `_VALUES` only; anything else is refused, and nothing is run."""

    def find_class(self, module: str, name: str) -> Any:
        """A permitted class; UnpicklingError for any other, and for every function."""
        if module.startswith(_VALUES) or (module, name) in _PLAIN:
            found = super().find_class(module, name) if "." not in name else None
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise UnpicklingError(f"{module}.{name}")


def _read_cached(path: Path, kind: type[Value]) -> Value | None:
    try:
        value = _ValueUnpickler(BytesIO(read_private_file(path, _LARGEST))).load()
    except Exception:  # damaged bytes raise nearly anything
        return None
    return value if isinstance(value, kind) else None


def _write_cached(value: Value, path: Path) -> None:
    """Write a value to the cache and sometimes remove the oldest ones; an error of the disk is ignored."""
    import pickle

    try:
        write_private_file(path, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        with os.scandir(path.parent) as found:
            kept = [one for one in found if one.name.endswith(_SUFFIX)]
        if len(kept) % _TIDIED == 1:
            remove_abandoned_files(path.parent)
            _remove_oldest(kept)
    except OSError:
        return


def _remove_oldest(kept: Iterable[os.DirEntry[str]]) -> None:
    """Remove the oldest files where there are too many, or too large ones."""
    newest = sorted(kept, key=lambda one: one.stat().st_mtime_ns, reverse=True)
    sizes = accumulate(one.stat().st_size for one in newest)
    most = _MOST - _TIDIED if len(newest) > _MOST else _MOST
    for number, (one, size) in enumerate(zip(newest, sizes, strict=True)):
        if number >= most or size > _MOST_BYTES:
            Path(one).unlink()


def clear_cache(*, dry_run: bool = False) -> int:
    """Remove all cached files; their number, with `dry_run` without removing them."""
    try:
        kept = [*cache_folder().glob(f"*{_SUFFIX}")]
        for one in kept if not dry_run else ():
            one.unlink(missing_ok=True)
    except (OSError, RuntimeError):
        return 0
    return len(kept)
