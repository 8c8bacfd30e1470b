"""When and by whom a book was last saved: of two books of one group the later one counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.time.fiscal_calendar import date_text_with_weekday

LOCAL = timezone(timedelta(hours=9))
"""The zone of what staff read, and of a time that is written without one: Japan has a single one."""
# Applications write 1899, 1970 or 1980 where they do not know the time.
_EARLIEST = datetime(2000, 1, 1, tzinfo=LOCAL)
# Clocks of two PCs may differ, but not by a day.
_AHEAD = timedelta(days=1)
# File systems of memory cards and old network drives count in steps of two seconds.
_FILE_STEP = timedelta(seconds=2)
_CLOSE = timedelta(minutes=5)


@frozen
class SaveRecord:
    """What a book records of itself: when and by whom it was last saved, and when it was submitted.

    Times have a zone; None where the book records none. `has_stamp` is false for a book whose sheets were
    copied into another one, so that its own record is that of the other. `is_as_built`: not saved since
    the program made it, and the time of its last save is the program's.
    """

    saved: datetime | None = None
    person: str = ""
    submitted: datetime | None = None
    has_stamp: bool = True
    is_as_built: bool = False

    @property
    def time_of_staff(self) -> datetime | None:
        """When it was submitted, else when staff saved it last; None where it does not record that."""
        return self.submitted or (None if self.is_as_built else self.saved)


@frozen
class DatedBook:
    """A book with its own record and the date of its file; `now` is the time at which they are compared."""

    path: Path
    record: SaveRecord
    file_date: datetime
    now: datetime

    @property
    def save_time(self) -> datetime:
        """The later of submission and last save; the date of the file where the book records neither."""
        return self._time_and_its_origin[0]

    @property
    def has_recorded_time(self) -> bool:
        """Whether the time is the book's own record."""
        return self._time_and_its_origin[1] != "ファイルの日付"

    @property
    def _time_and_its_origin(self) -> tuple[datetime, str]:
        found = [(time, kind) for time, kind in self._recorded_times if time - self.now <= _AHEAD]
        return max(found, default=(self.file_date, "ファイルの日付"))

    @property
    def _recorded_times(self) -> Iterator[tuple[datetime, str]]:
        if self.record.saved:
            yield self.record.saved, "保存"
        if self.record.submitted:
            yield self.record.submitted, "提出"

    @property
    def recorded_future_time(self) -> datetime | None:
        """A recorded time that has not come yet, so that it cannot be true."""
        return next((time for time, _ in self._recorded_times if time - self.now > _AHEAD), None)

    @property
    def oldest_first_key(self) -> tuple[bool, datetime, datetime, str]:
        """The order of books from the oldest to the latest; a book without a stamp precedes all others."""
        return self.record.has_stamp, self.save_time, self.file_date, self.path.name

    def __str__(self) -> str:
        """業務グループ.xlsm は令和7年1月7日（火）14:00:00 保存"""
        time, kind = self._time_and_its_origin
        return f"{self.path.name} は{_time_text(time)} {kind}"


@frozen
class BookChoice:
    """Two books of one group: the later one, which is used, and another one, which is not."""

    group: str
    unused: DatedBook
    used: DatedBook

    @property
    def choice_sentence(self) -> str:
        """Both books with their times, which one was used, and what is doubtful about it."""
        which = "新しいほう" if self.used.save_time >= self.unused.save_time else "配られた入力ブック"
        return (
            f"{self.group}のブックが 2 つ以上あるため、{which}の {self.used.path.name} を使いました"
            f"（{self.used}、{self.unused}）。{self.doubt_sentence}"
        )

    @property
    def doubt_sentence(self) -> str:
        """Why the other book could be the right one, in a sentence; '' where nothing suggests it."""
        reason = next(self._doubt_reasons(), "")
        return f"{reason}ため、どちらが正しいか確かめてください。" if reason else ""

    def _doubt_reasons(self) -> Iterator[str]:
        unused, used = self.unused, self.used
        for book in (used, unused):
            if book.recorded_future_time:
                time = _time_text(book.recorded_future_time)
                yield f"{book.path.name} の記録（{time}）はまだ来ていない日時で使えない"
            if not book.record.has_stamp:
                yield f"{book.path.name} は配られた入力ブックのものでなく、日時を比べられない"
        if abs(used.save_time - unused.save_time) <= _CLOSE and _are_by_different_people(
            used.record, unused.record
        ):
            people = f"{used.record.person} さんと {unused.record.person} さん"
            yield f"5 分以内に別の人（{people}）が保存した"
        if used.save_time == unused.save_time:
            yield "2 つの日時が同じである"
        if used.has_recorded_time and unused.file_date - used.file_date > _FILE_STEP:
            yield f"ファイルの日付は {unused.path.name} のほうが新しい"


def latest_book_by_group_and_choices(
    books: Iterable[tuple[str, DatedBook]],
) -> tuple[dict[str, DatedBook], tuple[BookChoice, ...]]:
    """The latest book of each group, and what was chosen where a group has several; books have a group."""
    ordered = sorted(books, key=lambda pair: pair[1].oldest_first_key)
    latest = dict(ordered)
    others = (BookChoice(group, book, latest[group]) for group, book in ordered if book is not latest[group])
    return latest, tuple(others)


def parse_recorded_time(text: str) -> datetime | None:
    """A time as books record it (2025-01-07T05:00:00Z); None for anything else, or what cannot be true."""
    try:
        time = datetime.fromisoformat(text.strip().upper())
        time = time if time.tzinfo else time.replace(tzinfo=LOCAL)
        return time.astimezone(LOCAL) if time > _EARLIEST else None
    except (ValueError, OverflowError):
        return None


def _are_by_different_people(one: SaveRecord, other: SaveRecord) -> bool:
    return bool(one.person and other.person and normalized(one.person) != normalized(other.person))


def _time_text(time: datetime) -> str:
    local = time.astimezone(LOCAL)
    return f"{date_text_with_weekday(local.date())}{local:%H:%M:%S}"
