"""Reads what staff accepted (確認済): reasons typed beside findings in 指摘, and the rows of 確認記録."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.findings.return_remark import ListedRemark
from kenpo_xl.domain.findings.rule_codes import RETURNED
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.references import Area, parse_area
from kenpo_xl.ooxml.rich_text import text_of_value, text_typed_by_user
from kenpo_xl.ooxml.workbook import RawCell, Sheet, Workbook

FINDINGS, ACCEPTED = "指摘", "確認記録"
RECORD_HEADERS = ("指摘", "対象", "値", "理由", "確認した人", "確認した日")
# The headers of the sheet 指摘 with the same content as the first four; 指摘 has no more.
_FINDING_HEADERS = ("コード", "対象", "いまの値", "確認済の理由・返事")
_FORMER_FINDING_HEADERS = (*_FINDING_HEADERS[:3], "確認済の理由")
_REMARK_HEADERS = ("コード", "対象", "場所")
_LINKED = LazyPattern(r"ROW\(((?:'(?:[^']|'')+'|[^'!()]+)![^()]+)\)")
_NEEDED = 4
# The columns of 指摘, and those of them that staff see; that for repairs is behind.
_COLUMNS, _VISIBLE = 13, 7
_REPAIR = "直す"


def read_acceptances(book: Workbook) -> tuple[Acceptance, ...]:
    """The rows of 確認記録, then those of 指摘 with a reason; none of a missing sheet or header."""
    return (*recorded_acceptances(book), *typed_acceptances(book))


def unrecorded_acceptances(book: Workbook) -> tuple[Acceptance, ...]:
    """The reasons in 指摘 that 確認記録 does not contain yet."""
    typed = typed_acceptances(book)
    known = {(one.comparison_key, one.reason) for one in recorded_acceptances(book)} if typed else set()
    return tuple(one for one in typed if (one.comparison_key, one.reason) not in known)


def recorded_acceptances(book: Workbook) -> tuple[Acceptance, ...]:
    """The rows of 確認記録."""
    sheets = (sheet for sheet in book.sheets.values() if normalized(sheet.name) == ACCEPTED)
    return tuple(row for sheet in sheets for row in _acceptances_of_sheet(sheet, is_record=True))


def typed_acceptances(book: Workbook) -> tuple[Acceptance, ...]:
    """The rows of 指摘 in which staff typed a reason, also of an added sheet 指摘(2)."""
    sheets = (sheet for sheet in book.sheets.values() if normalized(sheet.name).startswith(FINDINGS))
    return tuple(row for sheet in sheets for row in _acceptances_of_sheet(sheet, is_record=False))


def listed_remarks(book: Workbook) -> tuple[ListedRemark, ...]:
    """The planner's remarks (差戻し) in 指摘, each with its cell, which Excel moves with inserted rows."""
    sheets = (sheet for sheet in book.sheets.values() if normalized(sheet.name).startswith(FINDINGS))
    return tuple(one for sheet in sheets for one in _listed_remarks_of_sheet(sheet, book.path.name))


def _listed_remarks_of_sheet(sheet: Sheet, book: str) -> Iterator[ListedRemark]:
    top, columns = sheet.header_row_and_columns(_REMARK_HEADERS)
    if len(columns) < len(_REMARK_HEADERS):
        return
    code, identity, place = (columns[header] for header in _REMARK_HEADERS)
    for row in (row for row in sheet.non_empty_rows() if row > top):
        if sheet.text(row, code) == RETURNED:
            area = _listed_cell(sheet.get(row, place))
            source = Source(book, area.sheet, a1(area.top, area.left)) if area else None
            yield ListedRemark(sheet.text(row, identity), source)


def _listed_cell(place: RawCell | None) -> Area | None:
    """The cell to which the link in 場所 leads, None for a link to a sheet or to a deleted cell."""
    formula = place.formula if place else ""
    found = _LINKED.search(formula)
    if found or "#REF!" in formula or place is None:
        return parse_area(found[1]) if found else None
    return parse_area(text_of_value(place.value))


@frozen
class ListColumns:
    """The columns of 指摘 or 確認記録: all, the hidden ones, those that every row fills."""

    header_row: int
    all: range
    hidden: range
    required: list[int]


def columns_of_findings_or_record(sheet: Sheet) -> ListColumns | None:
    """The columns of a sheet 指摘 or 確認記録, None without their headers."""
    is_record = normalized(sheet.name) == ACCEPTED
    headers, top, columns = _headers_row_and_columns(sheet, is_record=is_record)
    if not columns.keys() >= set(headers[:_NEEDED]):
        return None
    first = sheet.non_empty_columns_by_row[top][0]
    if is_record:
        needed = [columns[headers[0]], columns[headers[_NEEDED - 1]]]
        return ListColumns(top, range(first, first + len(RECORD_HEADERS)), range(0), needed)
    behind = first + _COLUMNS
    own = range(first, behind + (sheet.text(top, behind) == _REPAIR))
    return ListColumns(top, own, own[_VISIBLE:_COLUMNS], [columns[headers[0]]])


def _headers_row_and_columns(sheet: Sheet, *, is_record: bool) -> tuple[tuple[str, ...], int, dict[str, int]]:
    """The headers of 確認記録 or 指摘, of the latter those of an earlier book if they are found."""
    kinds = (RECORD_HEADERS,) if is_record else (_FINDING_HEADERS, _FORMER_FINDING_HEADERS)
    found = [(headers, *sheet.header_row_and_columns(headers)) for headers in kinds]
    return max(found, key=lambda one: len(one[2]))


def _acceptances_of_sheet(sheet: Sheet, *, is_record: bool) -> Iterator[Acceptance]:
    headers, top, columns = _headers_row_and_columns(sheet, is_record=is_record)
    if not columns.keys() >= set(headers[:_NEEDED]):
        return
    for row in (row for row in sheet.non_empty_rows() if row > top):
        texts = [
            text_typed_by_user(sheet.value(row, columns[header])) if header in columns else ""
            for header in headers
        ]
        acceptance = Acceptance(*texts)
        if acceptance.code not in ("", _REPAIR) and acceptance.reason:
            yield acceptance
