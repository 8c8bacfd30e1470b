"""A book that is changed in its place, and the one that is kept beside it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kenpo_xl.storage.backup import backup_path, replace_if_changed


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "業務グループ.xlsm"
    path.write_bytes(b"old")
    return path


def renew(_: Path, target: Path) -> None:
    target.write_bytes(b"new")


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_book_and_backup_have_the_mode_of_the_book(book: Path, mode: int) -> None:
    book.chmod(mode)
    replace_if_changed(book, renew)
    assert [stat.S_IMODE(one.stat().st_mode) for one in (book, backup_path(book))] == [mode, mode]


def test_an_older_backup_that_others_may_read_is_closed(book: Path) -> None:
    book.chmod(0o600)
    backup_path(book).write_bytes(b"older")
    backup_path(book).chmod(0o644)
    replace_if_changed(book, renew)
    assert backup_path(book).read_bytes() == b"old"
    assert stat.S_IMODE(backup_path(book).stat().st_mode) == 0o600


def test_of_a_link_the_book_that_it_leads_to_is_changed(book: Path, tmp_path: Path) -> None:
    home = tmp_path / "家"
    home.mkdir()
    link = home / "私の.xlsm"
    link.symlink_to(book)
    replace_if_changed(link, renew)
    assert link.is_symlink()
    assert (book.read_bytes(), backup_path(link).read_bytes()) == (b"new", b"old")


def test_a_link_in_the_place_of_the_backup_is_not_written_through(book: Path, tmp_path: Path) -> None:
    victim = tmp_path / "人のもの"
    victim.write_bytes(b"whole")
    backup_path(book).symlink_to(victim)
    replace_if_changed(book, renew)
    assert (victim.read_bytes(), backup_path(book).read_bytes()) == (b"whole", b"old")
