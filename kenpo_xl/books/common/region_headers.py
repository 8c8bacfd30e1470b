"""Whether the headers beside a region of an office's workbook say what those of the plan's table say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import Axis, Table
from kenpo_xl.ooxml.workbook import Area, Sheet

# How far above a region its headers are.
_HEADER_ROWS = 8
_YEAR = LazyPattern(r"(令和|平成|昭和|[RHS](?=\d)|20(?=\d\d))(\d{1,2}|元)(?:年度?)?", re.IGNORECASE)
_ERAS = {"令和": "R", "平成": "H", "昭和": "S"}


@frozen
class _Line:
    """The texts beside a row or column of a region: all of them, and those where the plan has headers."""

    texts: frozenset[str]
    headers: frozenset[str]


def clause_on_wrong_header(
    plan: Plan, table: Table, sheet: Sheet, area: Area, rows: Sequence[int], columns: Sequence[int]
) -> str:
    """The words for a header of the plan that is beside another line, or has another year; '' for none.

    A header that is nowhere says nothing: an office may word its own as it likes.
    """
    above = range(max(area.top - _HEADER_ROWS, 1), area.top)
    beside = range(1, area.left)
    by_column = [
        _header_texts_of_line(sheet, [(row, column) for row in above], table.header_rows)
        for column in columns
    ]
    by_row = [
        _header_texts_of_line(sheet, [(row, column) for column in beside], table.header_columns)
        for row in rows
    ]
    is_list = table.repeating is not None
    return _wrong_headers_sentence(plan, "列", table.columns, by_column) or (
        "" if is_list else _wrong_headers_sentence(plan, "行", table.rows, by_row)
    )


def _header_texts_of_line(sheet: Sheet, cells: Sequence[CellPosition], depth: int) -> _Line:
    return _Line(_normalized_texts(sheet, cells), _normalized_texts(sheet, cells[len(cells) - depth :]))


def _normalized_texts(sheet: Sheet, cells: Iterable[CellPosition]) -> frozenset[str]:
    return frozenset({normalized(sheet.text(*cell)) for cell in cells} - {""})


def _wrong_headers_sentence(plan: Plan, kind: str, axes: Sequence[Axis], lines: Sequence[_Line]) -> str:
    headers = _headers_of_plan(plan, axes)
    wrong = [one for one in headers if normalized(one[2]) not in lines[one[0]].texts]
    for line, level, text in wrong:
        if any(at == level and normalized(text) in lines[other].texts for other, at, _ in wrong):
            return f"{kind}「{text}」は、様式ではほかの{kind}にあります"
        year = _header_of_other_year(normalized(text), lines[line].headers)
        if year:
            return f"{kind}「{text}」は、様式では「{year}」です"
    return ""


def _headers_of_plan(plan: Plan, axes: Sequence[Axis]) -> Iterator[tuple[int, int, str]]:
    """The headers of the rows or columns of a table: its line, its level and its text."""
    context = plan.placeholder_context()
    for line, axis in enumerate(axes):
        for level, label in enumerate(axis.labels):
            if label:
                yield line, level, fill_placeholders(label, context)


def _header_of_other_year(text: str, headers: Iterable[str]) -> str:
    """The header that differs from a text by its year only, written in the same way; '' for none."""
    own, words = _eras_and_years(text), _YEAR.sub("", text)
    for header in headers if own else ():
        other = _eras_and_years(header)
        is_alike = [era for era, _ in own] == [era for era, _ in other] and _YEAR.sub("", header) == words
        if is_alike and own != other:
            return header
    return ""


def _eras_and_years(text: str) -> list[tuple[str, str]]:
    """Era and number of each year in a text; 20 is the era of years such as 2024."""
    found = _YEAR.finditer(text)
    return [(_ERAS.get(one[1], one[1].upper()), one[2].replace("元", "1")) for one in found]
