"""What lies in the place of an output is compared with what was made there."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.annotations.annotate import Mark, write_marked_copy
from kenpo_xl.checks.engine import all_rules
from kenpo_xl.storage.atomic_write import sync_folder
from kenpo_xl.tasks import check_session, return_copies
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.nightly import PeriodDone, fingerprint, folder_states, period_job
from kenpo_xl.tasks.period.folder import LEDGER_NAME
from kenpo_xl.tasks.period.hashes import file_hash
from tests.tasks.nightly.conftest import REPORT, files, outputs, run

BOARD, COPY = "提出状況.xlsx", "業務グループ.xlsm"
NAMES = {REPORT: "報告", BOARD: "報告", COPY: "返却"}
OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.fixture
def place(one_ran: Path) -> Callable[[str], Path]:
    return lambda name: one_ran / "青森" / NAMES[name] / name


def night(root: Path) -> PeriodDone:
    (done,) = run(root).periods
    return done


def with_times_of(path: Path, change: Callable[[], object]) -> None:
    """Change a file so that its time is as it was."""
    before = path.stat()
    change()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("share", [0, 0.5, 0.999])
def test_emptied_or_cut_off(one_ran: Path, place: Callable[[str], Path], share: float) -> None:
    """A report, a board and a copy in one night."""
    before = files(one_ran)
    keys = {place(name).relative_to(one_ran).as_posix() for name in NAMES}
    for path in map(place, NAMES):
        with_times_of(path, partial(os.truncate, path, int(path.stat().st_size * share)))
    done = night(one_ran)
    after = files(one_ran)
    assert {key: after[key][0] for key in keys} == {key: before[key][0] for key in keys}
    assert {one for one in before if after[one] != before[one]} == keys
    assert done.failures == []
    for name in NAMES:
        is_told = [f"{name} は壊れていたため、作り直しました。"] if name != COPY else []
        assert [line for line in done.notes if name in line] == is_told
    backups = {f"{name}.bak" for name in NAMES} if share else set()
    assert {Path(one).name for one in after.keys() - before.keys()} == backups
    assert night(one_ran).unchanged


@pytest.mark.parametrize("name", NAMES)
def test_one_byte_and_neither_time_nor_size(one_ran: Path, place: Callable[[str], Path], name: str) -> None:
    before, path = outputs(one_ran), place(name)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    with_times_of(path, lambda: path.write_bytes(bytes(content)))
    assert not night(one_ran).unchanged
    assert before.items() <= outputs(one_ran).items()


@pytest.mark.parametrize(("one", "other"), [(REPORT, BOARD), (COPY, REPORT), (COPY, "レセプトグループ.xlsm")])
def test_swapped(one_ran: Path, place: Callable[[str], Path], one: str, other: str) -> None:
    before = outputs(one_ran)
    first, second = place(one), one_ran / "青森" / NAMES.get(other, "返却") / other
    contents = first.read_bytes(), second.read_bytes()
    with_times_of(first, lambda: first.write_bytes(contents[1]))
    with_times_of(second, lambda: second.write_bytes(contents[0]))
    night(one_ran)
    assert outputs(one_ran) == before


def test_that_of_another_branch(ran: Path) -> None:
    before = outputs(ran)
    path = ran / "青森" / "報告" / REPORT
    path.write_bytes((ran / "岩手" / "報告" / REPORT).read_bytes())
    assert [done.unchanged for done in run(ran).periods] == [True, False]
    assert outputs(ran) == before


def saved_by_a_person(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A2"] = "確定版"
    book.save(path)


@pytest.mark.parametrize(
    "change",
    [
        saved_by_a_person,
        lambda path: openpyxl.Workbook().save(path),
        lambda path: path.write_bytes(OLE2 + "EncryptedPackage".encode("utf-16-le")),
    ],
    ids=["edited", "another book", "a password"],
)
def test_what_a_person_saved_stays(
    one_ran: Path, place: Callable[[str], Path], change: Callable[[Path], object]
) -> None:
    """A report, a board and a copy in one night."""
    before = outputs(one_ran)
    for path in map(place, NAMES):
        change(path)
    kept = {name: place(name).read_bytes() for name in NAMES}
    done = night(one_ran)
    assert done.failures == []
    for name in NAMES:
        assert any(name in line for line in done.notes)
        path = place(name)
        assert path.read_bytes() == kept[name]
        beside = path.with_stem(f"{path.stem}(2)")
        if name == REPORT:
            assert outputs(one_ran)[beside.relative_to(one_ran).as_posix()] == before[f"青森/報告/{REPORT}"]
        assert beside.exists() == (name != COPY)
    assert night(one_ran).unchanged
    assert {name: place(name).read_bytes() for name in NAMES} == kept


@pytest.mark.parametrize("name", NAMES)
def test_that_cannot_be_written_is_told_and_made_later(one: Path, first_nights: Path, name: str) -> None:
    expected = outputs(first_nights / "one")
    lock = one / "青森" / NAMES[name] / f"~${name}"
    lock.parent.mkdir()
    lock.touch()
    done = night(one)
    assert [name in sentence and "開いている場合は閉じて" in sentence for sentence in done.failures] == [True]
    missing = {f"青森/{NAMES[name]}/{name}"}
    made = files(one, "報告", "返却")
    assert made.keys() - {lock.relative_to(one).as_posix()} == expected.keys() - missing
    assert night(one).failures == done.failures
    lock.unlink()
    assert night(one).failures == []
    assert outputs(one) == expected
    others = made.keys() - missing - {lock.relative_to(one).as_posix(), f"青森/報告/{BOARD}"}
    after = files(one, "報告", "返却")
    assert {key: after[key] for key in others} == {key: made[key] for key in others}
    assert night(one).unchanged


def test_without_a_folder_for_temporary_files(
    one: Path, first_nights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
        done = night(one)
    assert sorted(sentence.partition(":")[0] for sentence in done.failures) == sorted(
        name.partition("/")[2] for name in outputs(first_nights / "one") if "/返却/" in name
    )
    assert night(one).failures == []
    assert outputs(one) == outputs(first_nights / "one")


def test_names_are_on_the_disk_before_the_ledger_says_done(
    one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kenpo_xl.ledger import Run

    order: list[str] = []

    def synced(folder: Path) -> None:
        order.append(folder.name)
        sync_folder(folder)

    def recorded(*arguments: object) -> None:
        order.append("ledger")
        record(*arguments)  # type: ignore[arg-type]

    record = Run.record_period
    monkeypatch.setattr(period_job, "sync_folder", synced)
    monkeypatch.setattr("kenpo_xl.ledger.Run.record_period", recorded)
    night(one)
    assert order == ["報告", "返却", "青森", "ledger"]


def test_a_disk_that_fails_is_told(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(period_job, "sync_folder", failing)
        assert len(night(one).failures) == 1
    assert not night(one).unchanged
    assert night(one).unchanged


@pytest.mark.parametrize(
    "named", ["//evil.example/share/x", r"\\evil.example\share\x", "/etc/hostname", "../x"]
)
def test_what_a_ledger_names_elsewhere_is_not_looked_at(
    one_ran: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    with closing(sqlite3.connect(one_ran / LEDGER_NAME)) as ledger, ledger:
        ledger.execute("UPDATE outputs SET path = ? WHERE path LIKE '%' || ?", (named, COPY))
    seen: list[str] = []

    def watched(path: Path) -> str:
        seen.append(str(path))
        return file_hash(path)

    monkeypatch.setattr("kenpo_xl.tasks.nightly.run.file_hash", watched)
    assert not night(one_ran).unchanged
    assert seen
    assert all(one.startswith(str(one_ran)) for one in seen)
    assert not [one for one in seen if ".." in one or "evil.example" in one]


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the books that are marked from now on."""
    names: list[str] = []

    def mark(path: Path, marks: Sequence[Mark], target: Path) -> None:
        names.append(path.name)
        write_marked_copy(path, marks, target)

    monkeypatch.setattr(return_copies, "write_marked_copy", mark)
    return names


def test_only_the_copy_of_a_changed_book_is_made(one_ran: Path, marked: list[str]) -> None:
    before = outputs(one_ran)
    book = one_ran / "青森" / "提出" / COPY
    with zipfile.ZipFile(book, "a") as package:
        package.comment = b"saved again"
    assert night(one_ran).failures == []
    assert marked == [COPY]
    after = outputs(one_ran)
    assert {name for name in before if after[name] != before[name]} == {f"青森/返却/{COPY}"}


def test_a_copy_that_is_gone_is_made_although_its_book_is_unchanged(
    one_ran: Path, place: Callable[[str], Path], marked: list[str]
) -> None:
    before = outputs(one_ran)
    place(COPY).unlink()
    assert night(one_ran).written == ["返却 1 件"]
    assert marked == [COPY]
    assert outputs(one_ran) == before


def test_a_copy_is_made_where_an_unchanged_book_has_other_findings(
    one_ran: Path, place: Callable[[str], Path], marked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (checked,) = check_books([one_ran / "青森" / "提出" / COPY]).books
    others = [rule for rule in all_rules() if rule.code != checked.findings[0].code]
    monkeypatch.setattr(check_session, "all_rules", lambda: others)
    before = file_hash(place(COPY))
    place(REPORT).unlink()
    night(one_ran)
    assert COPY in marked
    assert file_hash(place(COPY)) != before


def test_copies_are_made_by_another_program(
    one_ran: Path, marked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in (return_copies, fingerprint):
        monkeypatch.setattr(user, "program_hash", lambda: "another")
    assert night(one_ran).written == []
    assert len(marked) == 2


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose content is hashed."""
    names, digest = [], hashlib.file_digest

    def watched(file: object, kind: str) -> object:
        names.append(Path(file.name).name)  # type: ignore[attr-defined]
        return digest(file, kind)  # type: ignore[arg-type]

    monkeypatch.setattr(hashlib, "file_digest", watched)
    return names


def test_a_night_reads_nothing_of_a_period_that_looks_the_same(
    one_ran: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And sees an output whose bytes are gone."""
    monkeypatch.setattr(folder_states, "_SETTLED", 0)
    assert [one.unchanged for one in run(one_ran).periods] == [True]
    assert REPORT in opened
    opened.clear()
    assert [one.unchanged for one in run(one_ran).periods] == [True]
    assert opened == []
    report = one_ran / "青森" / "報告" / REPORT
    size = report.stat().st_size
    report.write_bytes(bytes(size))
    assert [one.written for one in run(one_ran).periods] == [[REPORT]]
    assert report.stat().st_size == size
