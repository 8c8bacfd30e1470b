"""What the ledger above a period folder is worth to report, check and buttons: the past, or one sentence."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kenpo_xl.cli.commands import main
from kenpo_xl.tasks.buttons.repair_buttons import repair_open_book
from kenpo_xl.tasks.check import check_books
from scripts.bench_press import Book
from tests.tasks.nightly.conftest import run
from tests.tasks.nightly.small_branches import write_branch

LEDGER = "台帳.sqlite3"


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with two periods of a branch after a night; the tests damage its ledger and put it back."""
    root = tmp_path_factory.mktemp("埼玉")
    for quarter in (2, 3):
        write_branch(root / f"{quarter}", "埼玉支部", quarter=quarter)
    run(root)
    return root


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def report(root: Path, *options: object) -> Result:
    return CliRunner().invoke(main, ["report", str(root / "3"), *map(str, options)])


DAMAGE = pytest.mark.parametrize(
    "statement",
    [
        "",
        "ALTER TABLE facts DROP COLUMN value",
        "UPDATE facts SET value = 'NaN'",
        "UPDATE lines SET text = CAST(X'82A0' AS TEXT)",
        "UPDATE periods SET number = number + 9",
        "PRAGMA user_version = 99",
    ],
)


def test_where_it_is_whole_it_is_the_past(nights: Path) -> None:
    assert "変更一覧" in report(nights).stdout


def test_a_check_and_a_button_compare_with_what_the_night_compares_with(nights: Path) -> None:
    (path,) = (nights / "3" / "提出").glob("レセプト*")
    (beside,) = check_books([path]).books
    (named,) = check_books([path], history=nights / LEDGER).books
    listed = repair_open_book(Book(path), today=date(2025, 1, 20), person="担当").checked
    assert beside.findings == named.findings == listed.findings
    assert any(finding.family == "時系列" for finding in beside.findings)
    assert [one.reason for one in (*beside.rules, *listed.rules) if "前の期" in one.reason] == []


@DAMAGE
def test_where_it_is_damaged_a_check_goes_on_without(nights: Path, statement: str) -> None:
    path = nights / LEDGER
    good = path.read_bytes()
    path.write_bytes(b"")
    if statement:
        path.write_bytes(good)
        change(path, statement)
    try:
        found = check_books([nights / "3"])
    finally:
        path.write_bytes(good)
    assert {book.failure for book in found.books} == {""}
    assert [one.startswith("前の期とは比べていません。台帳 ") for one in found.failures] == [True]


@DAMAGE
def test_where_it_is_damaged_makes_no_difference(nights: Path, statement: str) -> None:
    path = nights / LEDGER
    good = path.read_bytes()
    path.write_bytes(b"")
    if statement:
        path.write_bytes(good)
        change(path, statement)
    try:
        done = report(nights)
        asked = report(nights, "--history", path)
    finally:
        path.write_bytes(good)
    assert done.exit_code == 0, done.stderr
    assert done.stderr.count("前の期とは比べていません。台帳 ") == 1
    assert "変更一覧" not in done.stdout
    assert asked.exit_code == 3
    assert len(asked.stderr.splitlines()) == 1
