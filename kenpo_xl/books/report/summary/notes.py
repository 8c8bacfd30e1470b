"""The right half of 概要: ratings that changed, corrections, and the planner's own words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.books.common.links import source_note
from kenpo_xl.books.common.text_metrics import line_width, printable_text, wrapped_lines
from kenpo_xl.books.report.list_sheet import CHANGES
from kenpo_xl.books.report.summary.cells import SummaryCells
from kenpo_xl.books.report.summary.columns import ColumnSpan
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.changes import ReportChange
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.outputs.summary import ChangedRating

_HEADING, _ROW = 30, 24
_MOST_RATINGS, _MOST_LINES = 4, 7
_NONE = "なし"
CHANGED, POINTS = "前回から変わった評価", "注意していただきたい点"


@frozen
class _Note:
    """A line: a heading, or a text with its note."""

    text: str
    is_heading: bool = False
    note: str = ""


class NoteRows:
    """Writes the lines into some columns, one below another."""

    def __init__(self, cells: SummaryCells, report: Report, span: ColumnSpan) -> None:
        self.cells, self.report, self.span = cells, report, span
        assert report.summary is not None
        self.summary = report.summary

    def write_returning_next_row(self, row: int) -> int:
        """Write from a row on; returns the row below."""
        for note in self._all_notes():
            row = self._write_note(row, note)
        return row

    def _write_note(self, row: int, note: _Note) -> int:
        if note.is_heading:
            self.cells.write_heading(row, self.span, note.text, _HEADING)
            return row + 1
        lines = wrapped_lines(printable_text(note.text), self.cells.line_length(self.span))
        for below in range(len(lines)):
            self.cells.sheet.set_row_pixels(row + below, _ROW)
        look = {"text_wrap": True, "valign": "top"} if len(lines) > 1 else {}
        self.cells.write(row, self.span, note.text, look, down=len(lines))
        if note.note:
            self.cells.sheet.write_comment(row, self.span.first, note.note)
        return row + len(lines)

    def _all_notes(self) -> Iterator[_Note]:
        summary = self.summary
        free = _MOST_LINES
        if summary.since:
            ratings = [
                *self._first_notes_and_count([*map(self._changed_rating, summary.changed)], _MOST_RATINGS)
            ]
            free -= len(ratings)
            yield from (_Note(f"{CHANGED}（{len(summary.changed)} 件）", is_heading=True), *ratings)
        if summary.has_changes:
            yield _Note(f"訂正（{len(summary.corrected)} 件）", is_heading=True)
            yield from self._first_notes_and_count([*map(self._note_on_correction, summary.corrected)], free)
        if summary.points:
            yield _Note(POINTS, is_heading=True)
        for point in summary.points:
            yield _Note(f"・{point.text}", note=source_note([point.source] if point.source else []))

    def _first_notes_and_count(self, notes: list[_Note], most: int) -> Iterator[_Note]:
        """The notes, or the first of them and how many more there are."""
        shown = notes if len(notes) <= most else notes[: most - 1]
        yield from shown or [_Note(_NONE)]
        if len(shown) < len(notes):
            yield _Note(f"ほか {len(notes) - len(shown)} 件（{CHANGES}）")

    def _changed_rating(self, one: ChangedRating) -> _Note:
        change = f"　{one.before or '（なし）'} → {one.now or '（なし）'}"
        return _Note(self._shortened_to_line(f"{one.item} {one.title}", change))

    def _note_on_correction(self, one: ReportChange) -> _Note:
        before, now = (_displayed_value(one, value) for value in (one.before, one.now))
        return _Note(self._shortened_to_line(one.place, f"　{before} → {now}"))

    def _shortened_to_line(self, text: str, end: str) -> str:
        """A text on one line, cut before its end where it is too long."""
        length = self.cells.line_length(self.span)
        if line_width(printable_text(text) + end) <= length:
            return text + end
        return wrapped_lines(printable_text(text), length - line_width(end) - 2)[0] + f"…{end}"


def _displayed_value(change: ReportChange, value: Decimal | str | None) -> str:
    if isinstance(value, Decimal) and change.format:
        return change.format.displayed_text(value)
    return str(value or "（なし）")
