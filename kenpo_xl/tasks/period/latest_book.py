"""Which of several books of one group counts: the latest by its own record, and what to tell about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from kenpo_xl.domain.submission.save_time import DatedBook, SaveRecord

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# In the year 2242; what lies beyond is no date of a file.
_LAST = 2**33 * 10**9


def dated(path: Path, record: SaveRecord | None, *, now: datetime | None = None) -> DatedBook:
    """A book with its own record, None where it cannot be read, and the date of its file."""
    return DatedBook(path, record or SaveRecord(), file_date(path), now or datetime.now(UTC))


def file_date(path: Path) -> datetime:
    """When a file was last written; 1970 for one that is gone: reading it reports that."""
    try:
        time = path.stat().st_mtime_ns
    except OSError:
        time = 0
    return _EPOCH + timedelta(microseconds=min(max(time, 0), _LAST) // 1000)
