"""Books with the dates that decide which of several of one group counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from kenpo_xl.domain.submission.save_time import DatedBook, SaveRecord

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Nanoseconds until the year 2242; a later time is no date of a file.
_LAST = 2**33 * 10**9


def dated_book(path: Path, record: SaveRecord | None, *, now: datetime | None = None) -> DatedBook:
    """A book with its own save record (None if unreadable) and the date of its file."""
    return DatedBook(path, record or SaveRecord(), file_date(path), now or datetime.now(UTC))


def file_date(path: Path) -> datetime:
    """The modification time of a file; 1970 for a missing one, which reading reports."""
    try:
        time = path.stat().st_mtime_ns
    except OSError:
        time = 0
    return _EPOCH + timedelta(microseconds=min(max(time, 0), _LAST) // 1000)
