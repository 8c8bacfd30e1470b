"""Reads the sheets on what was carried into a book: 引き継げなかったもの, 単位の変更, 確かめるもの."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.books.common import names
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.results.carried import UnplacedValue
from kenpo_xl.domain.submission.converted import ConvertedValue
from kenpo_xl.domain.submission.uncertain import UncertainValue
from kenpo_xl.ooxml.workbook import Workbook


def read_unplaced_values(book: Workbook) -> Iterator[UnplacedValue]:
    """What had no place in the plan; none of a book without the sheet."""
    for identity, value, place, reason in _texts_of_rows(book, names.UNPLACED, names.UNPLACED_HEADERS):
        yield UnplacedValue(identity, value, None, reason, place)


def read_converted_values(book: Workbook) -> Iterator[ConvertedValue]:
    """The numbers that were put into another scale; none of a book without the sheet."""
    for identity, before, now, answer in _texts_of_rows(book, names.CONVERTED, names.CONVERTED_HEADERS):
        yield ConvertedValue(identity, before, now, normalized(answer) == names.CONFIRMED)


def read_uncertain_values(book: Workbook) -> Iterator[UncertainValue]:
    """What was carried by likeness or position only; none of a book without the sheet."""
    for *texts, answer in _texts_of_rows(book, names.UNCERTAIN, names.UNCERTAIN_HEADERS):
        identity, value, place, reason = texts
        yield UncertainValue(identity, value, place, reason, normalized(answer) == names.CONFIRMED)


def _texts_of_rows(book: Workbook, name: str, headers: Sequence[str]) -> Iterator[list[str]]:
    """The texts of the rows of a sheet, in the order of its headers."""
    sheet = book.sheets.get(name)
    top, columns = sheet.header_row_and_columns(headers) if sheet else (0, {})
    if sheet is None or not columns.keys() >= set(headers):
        return
    for row in (row for row in sheet.non_empty_rows() if row > top):
        texts = [sheet.text(row, columns[header]) for header in headers]
        if texts[0]:
            yield texts
