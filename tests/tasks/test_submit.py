"""Handing a saved book in: where it goes, what becomes of older ones, when nothing is done."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.submit import submit_book

GROUP = "業務グループ"
NOW = datetime(2025, 1, 20, 15, 30, 45, tzinfo=UTC)
OLDER = f"以前の版/{GROUP}_20250120-153045"


@pytest.fixture
def period(tmp_path: Path) -> PeriodFolder:
    return PeriodFolder(tmp_path / "第3四半期")


@pytest.fixture
def book(period: PeriodFolder) -> Path:
    path = period.input_folder / "名前を変えたブック.xlsm"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"new")
    return path


def files(period: PeriodFolder) -> dict[str, bytes]:
    """What lies in 提出/ and below."""
    found = (path for path in period.submission_folder.rglob("*") if path.is_file())
    return {path.relative_to(period.submission_folder).as_posix(): path.read_bytes() for path in found}


def stands(period: PeriodFolder, name: str, content: bytes) -> Path:
    path = period.submission_folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_it_is_copied_under_the_name_of_its_group(period: PeriodFolder, book: Path) -> None:
    assert submit_book(book, period, GROUP, now=NOW) == (period.submission_folder / f"{GROUP}.xlsm", ())
    assert files(period) == {f"{GROUP}.xlsm": b"new"}
    assert book.read_bytes() == b"new"


@pytest.mark.parametrize("suffix", [".xlsm", ".xlsx"])
def test_an_older_one_is_kept_with_the_time(period: PeriodFolder, book: Path, suffix: str) -> None:
    stands(period, f"{GROUP}{suffix}", b"old")
    _, kept = submit_book(book, period, GROUP, now=NOW)
    assert kept == (period.submission_folder / f"{OLDER}{suffix}",)
    assert files(period) == {f"{GROUP}.xlsm": b"new", f"{OLDER}{suffix}": b"old"}
    assert period.submitted_books() == [period.submission_folder / f"{GROUP}.xlsm"]


def test_two_within_a_second_are_both_kept(period: PeriodFolder, book: Path) -> None:
    stands(period, f"{GROUP}.xlsm", b"old")
    submit_book(book, period, GROUP, now=NOW)
    book.write_bytes(b"newer")
    submit_book(book, period, GROUP, now=NOW)
    assert files(period) == {
        f"{GROUP}.xlsm": b"newer",
        f"{OLDER}.xlsm": b"old",
        f"{OLDER}(2).xlsm": b"new",
    }


def test_the_same_book_again_changes_nothing(period: PeriodFolder, book: Path) -> None:
    submit_book(book, period, GROUP, now=NOW)
    assert submit_book(book, period, GROUP, now=NOW) == (period.submission_folder / f"{GROUP}.xlsm", ())
    assert files(period) == {f"{GROUP}.xlsm": b"new"}


@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
@pytest.mark.parametrize("suffix", [".xlsm", ".xlsx"])
def test_nothing_happens_while_an_older_one_is_open(
    period: PeriodFolder, book: Path, suffix: str, lock: str
) -> None:
    name = f"{GROUP}{suffix}"
    stands(period, name, b"old")
    stands(period, lock.format(name), b"")
    before = files(period)
    with pytest.raises(KenpoError, match="開いている場合は閉じて"):
        submit_book(book, period, GROUP, now=NOW)
    assert files(period) == before


def test_what_was_submitted_is_not_submitted_again(period: PeriodFolder) -> None:
    path = stands(period, f"{GROUP}.xlsm", b"old")
    with pytest.raises(KenpoError, match="提出されたブックそのもの"):
        submit_book(path, period, GROUP, now=NOW)
    assert files(period) == {f"{GROUP}.xlsm": b"old"}
