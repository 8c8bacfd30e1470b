"""Whether a period is closed (確定). A small table in its folder says so, which needs no ledger.

The folder is what an office keeps, copies and restores; a ledger can be lost or made again, and buttons work
without one. Staff can read the table in Excel.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.closing import ClosingAct, ClosingEntry
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.atomic_write import atomic_write
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.hashes import file_hash

CLOSING_NAME = "確定記録.csv"
UNTOUCHED = "確定した期のため、何も変えていません。"
CHANGED_SINCE = "確定のあとに、計画ブック、提出されたブック、報告書のどれかが変わっています。"
_HEADERS = ("区分", "日付", "担当", "理由", "内容の控え")
# A book lies in the period folder, in 提出 or 入力 of it, or in 以前の版 of these.
_LEVELS = 3


def read_closing_entries(period: PeriodFolder) -> tuple[ClosingEntry, ...]:
    """What happened so far, the oldest first; KenpoError for a table that cannot be understood."""
    path = period.root / CLOSING_NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise _unreadable_error(path) from error
    import csv  # an open period has no such table

    rows = [row for row in csv.reader(io.StringIO(_decoded_text(content))) if any(map(str.strip, row))]
    try:
        return tuple(_entry_of_row(row) for row in rows[1:])
    except (ValueError, IndexError) as error:
        raise _unreadable_error(path) from error


def _decoded_text(content: bytes) -> str:
    """The text; Excel saves such a table in the encoding of a Japanese PC."""
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    return content.decode("cp932", errors="replace")


def _entry_of_row(row: list[str]) -> ClosingEntry:
    act, day, person, reason, content = [*(cell.strip() for cell in row), "", "", "", ""][: len(_HEADERS)]
    return ClosingEntry(ClosingAct(act), day, person, reason, content)


def _unreadable_error(path: Path) -> KenpoError:
    return KenpoError(
        f"{path.name} を読めないため、この期が確定しているか分かりません。前の内容に戻してください"
        "（確定していない期なら、このファイルを消してください）。"
    )


def closing_of_period(period: PeriodFolder) -> ClosingEntry | None:
    """The entry that closed the period, None for an open one; KenpoError as for `read_closing_entries`."""
    entries = read_closing_entries(period)
    return entries[-1] if entries and entries[-1].act is ClosingAct.CLOSED else None


def refuse_closed_period(period: PeriodFolder) -> None:
    """KenpoError for a closed period."""
    closing = closing_of_period(period)
    if closing:
        by = f"、{closing.person}" if closing.person else ""
        raise KenpoError(
            f"{period.root.resolve().name} は確定した期のため（{closing.day}{by}）、何も変えていません。"
            "変えるときは、取りまとめのブックに理由を入れて「確定を取り消す」を押してください。"
        )


def refuse_book_of_closed_period(book: Path) -> None:
    """KenpoError for a file in the folder of a closed period."""
    for folder in book.resolve().parents[:_LEVELS]:
        refuse_closed_period(PeriodFolder(folder))


def is_in_closed_period(path: Path) -> bool:
    """Whether a file lies in the folder of a closed period, or of one whose closing cannot be read."""
    try:
        refuse_book_of_closed_period(path)
    except KenpoError:
        return True
    return False


def add_closing_entry(period: PeriodFolder, entry: ClosingEntry) -> None:
    """Add an entry to the table; KenpoError if that cannot be written."""
    entries = (*read_closing_entries(period), entry)
    with atomic_write(period.root / CLOSING_NAME) as beside:
        beside.write_text(_table_text(entries), encoding="utf-8-sig", newline="")


def _table_text(entries: Iterable[ClosingEntry]) -> str:
    import csv

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADERS)
    for one in entries:
        writer.writerow([one.act, one.day, *map(_plain_line, (one.person, one.reason)), one.content])
    return text.getvalue()


def _plain_line(text: str) -> str:
    """A text in one line that Excel takes for no formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line


@frozen
class ClosedContent:
    """The files of a period that closing fixes: plan book, submitted books, reports."""

    period: PeriodFolder

    @property
    def digest(self) -> str:
        """A hash of their names and bytes."""
        lines = sorted(
            f"{path.parent.name}/{path.name} {file_hash(path)}" for path in self._paths_of_content()
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _paths_of_content(self) -> Iterator[Path]:
        yield self.period.plan_path
        yield from self.period.submitted_books()
        if self.period.report_folder.is_dir():
            yield from self.period.report_folder.glob("事業実施状況_*.xlsx")


def is_as_closed(period: PeriodFolder, closing: ClosingEntry) -> bool:
    """Whether the content of a period is the one that was closed, or none was recorded then."""
    return not closing.content or closing.content == ClosedContent(period).digest
