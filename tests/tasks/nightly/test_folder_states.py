"""Files of periods are read again when anything about them changed, and once a week; else not."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from kenpo_xl.storage.private_files import cache_folder
from kenpo_xl.tasks.nightly import folder_states
from kenpo_xl.tasks.nightly.folder_states import FolderStates
from kenpo_xl.tasks.period.folder import PeriodFolder

DAY = date(2025, 3, 3)
FILES = ("計画.xlsx", "提出/業務.xlsx", "提出/企画.xlsx", "報告/提出状況.xlsx", "返却/業務.xlsx")


@pytest.fixture
def period(tmp_path: Path) -> PeriodFolder:
    for name in FILES:
        (tmp_path / "青森" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "青森" / name).write_text("12", encoding="utf-8")
    return PeriodFolder(tmp_path / "青森")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in these folders was written shortly before."""
    monkeypatch.setattr(folder_states, "_SETTLED", 0)


def is_read(
    period: PeriodFolder, day: date = DAY, *, finding: str = "as recorded", is_same: bool = True
) -> bool:
    """Whether a night reads the files, of which it finds that they are the same or not."""
    read = []
    states = FolderStates(period.root.parent, day)
    assert states.is_verified(period, finding, lambda: bool(read.append(1)) or is_same) == (
        is_same or not read
    )
    states.save()
    return bool(read)


@pytest.mark.usefixtures("settled")
def test_what_looks_the_same_is_read_once_a_week(period: PeriodFolder) -> None:
    days = [DAY + timedelta(passed) for passed in (0, 1, 6, 7, 8, 13, 14)]
    assert [is_read(period, day) for day in days] == [True, False, False, True, False, False, True]
    assert is_read(period, DAY)  # a clock that was set back


def rewrite(file: Path) -> None:
    """Another content of the same size, with the same time."""
    times = file.stat()
    file.write_text("13", encoding="utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def template(root: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates" / "status_report.xlsx").touch()


CHANGES: dict[str, Callable[[Path], object]] = {
    **{f"rewritten {name}": lambda root, name=name: rewrite(root / name) for name in FILES},
    "longer": lambda root: (root / FILES[1]).write_text("123", encoding="utf-8"),
    "gone": lambda root: (root / FILES[1]).unlink(),
    "renamed": lambda root: (root / FILES[1]).rename(root / "提出/総務.xlsx"),
    "swapped": lambda root: (root / FILES[1]).replace(root / FILES[3]),
    "a planner's book": lambda root: (root / "取りまとめ.xlsm").touch(),
    "open": lambda root: (root / "提出/~$業務.xlsx").touch(),
    "a folder gone": lambda root: (root / "返却").rename(root / "返却済"),
    "a template": template,
    "a link to nowhere": lambda root: (root / "提出/業務 2.xlsx").symlink_to("nowhere"),
}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_read(period: PeriodFolder, change: Callable[[Path], object]) -> None:
    assert (is_read(period), is_read(period)) == (True, False)
    change(period.root)
    assert is_read(period)


@pytest.mark.usefixtures("settled")
def test_another_program_ledger_or_finding_reads_it(
    period: PeriodFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_read(period, is_same=False)
    assert (is_read(period), is_read(period)) == (True, False)
    assert is_read(period, finding="recorded otherwise")
    assert is_read(period)
    monkeypatch.setattr(folder_states, "program_hash", lambda: "newer")
    assert is_read(period)


def test_what_was_written_shortly_before_is_read_again(period: PeriodFolder) -> None:
    assert (is_read(period), is_read(period)) == (True, True)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": ["x", "", "", ""]}', "\x00"])
def test_what_was_kept_is_nothing_when_it_is_damaged(period: PeriodFolder, content: str) -> None:
    assert (is_read(period), is_read(period)) == (True, False)
    for file in cache_folder().glob("*.states"):
        file.write_text(content, encoding="utf-8")
    assert (is_read(period), is_read(period)) == (True, False)


@pytest.mark.usefixtures("settled")
def test_what_others_may_have_written_is_nothing(period: PeriodFolder) -> None:
    assert (is_read(period), is_read(period)) == (True, False)
    for file in cache_folder().glob("*.states"):
        file.chmod(0o666)
    assert is_read(period)
