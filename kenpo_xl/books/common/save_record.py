"""When a book was submitted and last saved, as the book itself records it, whatever the date of its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from kenpo_xl.books.common import names
from kenpo_xl.domain.submission.save_time import SaveRecord, parse_recorded_time
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.parts import relations_by_id
from kenpo_xl.ooxml.workbook import Workbook

SUBMITTED = "提出日時"
"""The row of the hidden stamp sheet with the time at which the button 提出 was pressed last."""
_USUAL = "docProps/core.xml"
_TERMS, _CREATED = "{http://purl.org/dc/terms/}modified", "{http://purl.org/dc/terms/}created"
_PERSON = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy"
# More than applications write; larger parts are not read.
_MOST = 64 * 1024


def read_save_record(book: Workbook, *, has_stamp: bool = True) -> SaveRecord:
    """The save record of a book; empty if its properties are missing, damaged or contradictory."""
    last = _last_save(book.package)
    sheet = book.sheets.get(names.STAMP_SHEET)
    rows = sheet.non_empty_rows() if sheet else ()
    times = [sheet.text(row, 2) for row in rows if sheet and sheet.text(row, 1) == SUBMITTED]
    submitted = parse_recorded_time(times[0]) if times else None
    return replace(last, submitted=submitted, has_stamp=has_stamp)


def _last_save(package: Package) -> SaveRecord:
    """Time and person of the last save; empty where they are not known."""
    targets = relations_by_id(package, "").values()
    part = next((target for kind, target in targets if kind == "core-properties"), _USUAL)
    if not 0 < package.size(part) <= _MOST:
        return SaveRecord()
    try:
        root = package.tree(part)
    except KenpoError:
        return SaveRecord()
    times = {parse_recorded_time(text) for text in _texts_of_children(root, _TERMS)}
    person = next(_texts_of_children(root, _PERSON), "")
    saved = times.pop() if len(times) == 1 else None
    made = parse_recorded_time(next(_texts_of_children(root, _CREATED), ""))
    return SaveRecord(saved, " ".join(person.split()), is_as_built=saved is not None and saved == made)


def _texts_of_children(root: etree._Element, tag: str) -> Iterator[str]:
    return (element.text or "" for element in root.iterchildren(tag))
