"""What the plan book of an earlier run holds: answers, and the rows and sheets that staff have changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any

from kenpo_xl.books.plan.adopt import check_sheet as words
from kenpo_xl.books.plan.lists import basics, measures, rating_scale
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.ooxml.workbook import Sheet, Workbook, text_of_value

CARRIED = (basics.BASICS, basics.PERIODS, measures.SHEET, rating_scale.SCALE)
"""The lists whose rows are taken over as they are now."""


@frozen
class EarlierRun:
    """The plan book that an earlier run wrote, as it is now.

    `written` are the digests of the sheets as written, `changed` the sheets that differ from them, but for
    確認; `form` is the digest of the form that was read, `period` the period of its imported numbers.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    period: str = ""
    basics: tuple[tuple[str, object], ...] = ()
    lists: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()

    @property
    def edited_sheets(self) -> tuple[str, ...]:
        """The changed sheets that cannot be taken over row by row."""
        return tuple(name for name in self.changed if name not in CARRIED)

    def is_as_written(self, form: str, period: str, digests: Mapping[str, str]) -> bool:
        """Whether a run would write what it wrote before, but for lists that staff have changed."""
        lists = dict.fromkeys(CARRIED, "")
        return (self.form, self.period, {**self.written, **lists}) == (form, period, {**digests, **lists})


def read_earlier_run(path: Path) -> EarlierRun | None:
    """What an earlier run wrote to `path`; None for a plan book that no run has written."""
    book = Workbook(path)
    sheet = book.sheets.get(words.SHEET)
    row, columns = sheet.header_row_and_columns(words.HEADERS) if sheet else (0, {})
    if sheet is None or not {words.ANSWER, words.KEY} <= set(columns):
        return None
    stored = _stored_by_kind(sheet)
    digests = dict(stored[words.DIGEST])
    now = sheet_digests(book, [name for name in book.sheets if name != words.SHEET])
    return EarlierRun(
        answers=dict(stored[words.KEPT_ANSWER]) | dict(_keys_and_answers(sheet, row, columns)),
        form=_first_value(stored[words.FORM]),
        period=_first_value(stored[words.PERIOD]),
        basics=tuple(_basics_rows(book)),
        lists={name: _list_rows(book.sheets[name]) for name in CARRIED[1:] if name in book.sheets},
        written=digests,
        changed=tuple(name for name in {**digests, **now} if digests.get(name) != now.get(name)),
    )


def sheet_digests(book: Workbook, names: Iterable[str]) -> dict[str, str]:
    """A digest of the contents of each sheet, in which formats do not count."""
    return {name: _digest_of_sheet(book.sheets[name]) for name in names if name in book.sheets}


def _digest_of_sheet(sheet: Sheet) -> str:
    texts = (
        f"{row} {column} {cell.formula or ''} {'' if cell.formula else text_of_value(cell.value)}"
        for (row, column), cell in sorted(sheet.cells.items())
        if cell.formula or text_of_value(cell.value)
    )
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _stored_by_kind(sheet: Sheet) -> Mapping[str, list[tuple[str, str]]]:
    """What the hidden columns hold: for each kind of entry its names with their values."""
    first = words.STORED_COLUMN + 1
    found = defaultdict[str, list[tuple[str, str]]](list)
    for row in sheet.non_empty_rows():
        kind = sheet.text(row, first)
        if kind and kind != words.STORED:
            found[kind].append((sheet.text(row, first + 1), sheet.text(row, first + 2)))
    return found


def _first_value(entries: Iterable[tuple[str, str]]) -> str:
    return next((value for _, value in entries), "")


def _keys_and_answers(sheet: Sheet, header_row: int, columns: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for row in (row for row in sheet.non_empty_rows() if row > header_row):
        key = sheet.text(row, columns[words.KEY])
        if key:
            yield key, sheet.text(row, columns[words.ANSWER])


def _basics_rows(book: Workbook) -> Iterator[tuple[str, object]]:
    sheet = book.sheets.get(basics.BASICS)
    for row in sheet.non_empty_rows() if sheet else ():
        key, value = sheet.text(row, 1), sheet.value(row, 2)  # type: ignore[union-attr]
        if key and not normalized(key).startswith("項目"):
            yield key, _plain_value(value)


def _plain_value(value: object) -> object:
    if isinstance(value, float) and value == int(value):
        return int(value)
    return value if isinstance(value, float | date) else text_of_value(value)  # type: ignore[arg-type]


def _list_rows(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows of a list by their headers; empty ones are left out."""
    rows = sheet.non_empty_columns_by_row
    header_row = min(rows, default=0)
    headers: Sequence[tuple[int, str]] = [
        (column, text) for column in rows.get(header_row, []) if (text := sheet.text(header_row, column))
    ]
    found = []
    for row in (one for one in rows if one > header_row):
        values = {
            name: _plain_value(value) for column, name in headers if (value := sheet.value(row, column))
        }
        if values:
            found.append(values)
    return found
