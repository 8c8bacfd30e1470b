"""What a book records of its last save and submission, and that our own writers leave it as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kenpo_xl.books.common.save_record import read_save_record
from kenpo_xl.domain.submission.save_time import SaveRecord
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts
from kenpo_xl.tasks.fix import fix_books
from kenpo_xl.tasks.flag import flag_books, unflag_books
from tests.paths import SAMPLE

PART = "docProps/core.xml"
TIME = datetime(2025, 1, 7, 5, tzinfo=UTC)
ROOT = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "{}</cp:coreProperties>"
)
MODIFIED = '<dcterms:modified xsi:type="dcterms:W3CDTF">2025-01-07T05:00:00Z</dcterms:modified>'


def with_properties(path: Path, content: str) -> Path:
    replace_parts(SAMPLE / "提出" / "業務グループ.xlsm", path, {PART: content.encode()})
    return path


def recorded(path: Path) -> SaveRecord:
    return read_save_record(Workbook(path))


@pytest.mark.parametrize(
    ("inside", "time"),
    [
        (MODIFIED, TIME),
        ("<dcterms:modified>2025-01-07T05:00:00Z</dcterms:modified>", TIME),  # without a type
        (MODIFIED * 2, TIME),
        (MODIFIED + MODIFIED.replace("2025", "2024"), None),  # it contradicts itself
        ("<dcterms:modified>昨日</dcterms:modified>", None),
        ("<dcterms:modified/>", None),
        (MODIFIED.replace("modified", "created"), None),
        ("", None),
    ],
)
def test_the_time_of_the_last_save(tmp_path: Path, inside: str, time: datetime | None) -> None:
    assert recorded(with_properties(tmp_path / "一.xlsm", ROOT.format(inside))).saved == time


def test_who_saved_it(tmp_path: Path) -> None:
    inside = f"<cp:lastModifiedBy> 山田　太郎 </cp:lastModifiedBy>{MODIFIED}"
    found = recorded(with_properties(tmp_path / "一.xlsm", ROOT.format(inside)))
    assert found == SaveRecord(TIME, "山田 太郎")


@pytest.mark.parametrize("content", ["", "<a", "<!DOCTYPE a><a/>", ROOT.format(" " * 70_000 + MODIFIED)])
def test_properties_that_cannot_be_read_leave_the_book_readable(tmp_path: Path, content: str) -> None:
    path = with_properties(tmp_path / "一.xlsm", content)
    assert recorded(path) == SaveRecord()


def test_a_book_without_properties(tmp_path: Path) -> None:
    replace_parts(SAMPLE / "提出" / "業務グループ.xlsm", tmp_path / "一.xlsm", {}, {PART})
    assert recorded(tmp_path / "一.xlsm") == SaveRecord()


def test_flag_unflag_and_fix_keep_the_record(tmp_path: Path) -> None:
    path, plan, day = tmp_path / "レセプトグループ.xlsm", SAMPLE / "計画.xlsx", date(2025, 1, 20)
    properties = ROOT.format(MODIFIED).encode()
    replace_parts(SAMPLE / "提出" / path.name, path, {PART: properties})
    for change in (
        lambda: flag_books([path], plan=plan, today=day).written[0].changed,
        lambda: unflag_books([path], today=day)[0].changed,
        lambda: fix_books([path], plan=plan)[0].written,
    ):
        assert change()
        with Package(path) as package:
            assert package.read(PART) == properties
        assert recorded(path).saved == TIME


@pytest.mark.parametrize(
    ("created", "record", "time"),
    [
        ("2025-01-07T05:00:00Z", SaveRecord(TIME, is_as_built=True), None),
        ("2025-01-06T05:00:00Z", SaveRecord(TIME), TIME),
        ("", SaveRecord(TIME), TIME),
    ],
    ids=["as built", "saved since", "unknown"],
)
def test_a_book_that_nobody_saved_since_it_was_made(
    tmp_path: Path, created: str, record: SaveRecord, time: datetime | None
) -> None:
    inside = f"<dcterms:created>{created}</dcterms:created>{MODIFIED}"
    found = recorded(with_properties(tmp_path / "一.xlsm", ROOT.format(inside)))
    assert (found, found.time_of_staff) == (record, time)
