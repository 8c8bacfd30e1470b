"""What the rules find in the real report, cell by cell, and that nothing is left once it is put right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.tasks.check import BookStatus, check_books
from tests.paths import SAMPLE
from tests.tasks.corrections import CORRECTIONS, Correction, correct

pytestmark = pytest.mark.period
AT_MOST = 60
FINDINGS = """
    レセプトグループ
    誤り CA02 1-2-4!I29
    誤り CA02 1-2-4!I30

    企画総務グループ
    注意 WO08 1-1!D13
    誤り WO01 2-3-3!D10
    注意 WO12 2-4!D24
    注意 WO08 2-4!D25
    注意 WO08 2-4!D25
    注意 CO12 2-4!G47
    注意 CA03 2-4!G68
    注意 CO11 3-1!D10
    注意 CO11 3-1!D11
    注意 CO11 3-1!D12
    注意 WO08 3-3!D12
    注意 WO08 3-3!D16

    保健グループ
    注意 WO10 2-2-5!D11
    注意 WO02 2-2-5!D15

    業務グループ
    注意 WO08 1-2-2!D9
"""
"""Severity, code and cell of all errors and warnings, book by book in the order of the report."""

Found = Counter[tuple[str, str, str]]
"""Severity, code and sheet!cell; two of one rule in one cell count twice."""


def expected() -> dict[str, Found]:
    """The table above, by group."""
    by_group: dict[str, Found] = {}
    for paragraph in dedent(FINDINGS).strip().split("\n\n"):
        group, *rows = paragraph.splitlines()
        by_group[group] = Counter((severity, code, cell) for severity, code, cell in map(str.split, rows))
    return by_group


def grave(folder: Path) -> dict[str, Found]:
    """The errors and warnings of all books of a period folder, by group; every rule ran or says why not."""
    books = check_books([folder]).books
    assert {book.status for book in books} == {BookStatus.CHECKED}, [book.failed_rules for book in books]
    return {
        book.group: Counter(
            (one.severity.value, one.code, f"{one.sheet}!{one.cell}")
            for one in book.findings
            if one.severity is not Severity.INFO
        )
        for book in books
    }


class TestTheBooksAsHandedIn:
    def test_these_errors_and_warnings_and_no_other(self) -> None:
        assert grave(SAMPLE) == expected()

    def test_not_so_many_that_nobody_reads_them(self) -> None:
        assert sum(found.total() for found in expected().values()) <= AT_MOST


class TestTheBooksPutRight:
    def test_no_error_and_no_warning_remains(self, period: Path) -> None:
        correct(period)
        assert {group: list(found) for group, found in grave(period).items() if found} == {}

    @pytest.mark.parametrize("one", CORRECTIONS, ids=lambda one: one.name)
    def test_each_correction_takes_away_its_own_findings_only(self, period: Path, one: Correction) -> None:
        correct(period, [one])
        before, after = expected(), grave(period)
        gone = (before[one.group] - after[one.group]).elements()
        assert Counter((code, cell) for _, code, cell in gone) == Counter(one.removes)
        assert [found for group in before for found in after[group] - before[group]] == []

    def test_the_corrections_answer_for_every_finding(self) -> None:
        told = Counter(place for one in CORRECTIONS for place in one.removes)
        found = Counter((code, cell) for group in expected().values() for _, code, cell in group.elements())
        assert told == found
