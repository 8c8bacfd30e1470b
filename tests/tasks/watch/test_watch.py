"""A watch of a small period: what it makes, when it checks again, and what does not stop it."""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.run_lock import hold_run_lock
from kenpo_xl.tasks.watch import WatchOptions, changed_inputs, file_events, watch, watch_periods
from tests.edited import edited, loaded
from tests.tasks.nightly.conftest import files, run
from tests.tasks.small_period import GROUP, write_small_period
from tests.tasks.watch.conftest import OPTIONS, Watched, watching

QUIET = 1.5
"""So long (s) nothing must happen before it is believed that nothing does."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed_inputs, "SETTLED", 0.3)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_small_period(tmp_path / "全支部" / "支部")
    return tmp_path / "全支部"


@pytest.fixture
def book(root: Path) -> Path:
    return root / "支部" / "提出" / f"{GROUP}.xlsm"


def with_mistake(book: Path, target: Path) -> Path:
    """The book with a text in the place of a number."""
    with edited(book, target) as changed:
        sheet = changed["1-1"]
        cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 12)
        cell.value = "不明"
    return target


def replace(book: Path, by: Path) -> None:
    shutil.copy(by, book.with_suffix(".tmp"))
    book.with_suffix(".tmp").replace(book)


def links(book: Path) -> set[str]:
    """What the links of a workbook lead to."""
    with closing(loaded(book)) as opened:
        cells = (cell for sheet in opened for row in sheet.iter_rows() for cell in row if cell.hyperlink)
        return {unquote(cell.hyperlink.target or "") for cell in cells}


def assert_no_check(watched: Watched, before: int) -> None:
    time.sleep(QUIET)
    assert len(watched.checks) == before


def test_a_saved_book_gets_its_copy_and_the_board_but_no_report(
    root: Path, book: Path, tmp_path: Path
) -> None:
    wrong, right = with_mistake(book, tmp_path / book.name), tmp_path / f"right{book.suffix}"
    shutil.copy(book, right)
    with watching(root) as watched:
        watched.wait_for_checks(1)
        assert not (root / "支部" / "返却" / book.name).exists()
        replace(book, wrong)
        watched.wait_for_checks(2)
        (done,) = watched.shown[1:]
        assert (done.written, done.failures) == (["提出状況.xlsx", "返却 1 件"], [])
        assert (root / "支部" / "返却" / book.name).exists()
        submitted = files(root, "提出")
        book.touch()
        assert_no_check(watched, 2)
        replace(book, right)
        watched.wait_for_checks(3)
    assert not (root / "支部" / "返却" / book.name).exists()
    assert [path.name for path in (root / "支部" / "報告").iterdir()] == ["提出状況.xlsx"]
    assert submitted.keys() == files(root, "提出").keys()
    assert watched.said == [f"{root} を見張っています。終わるには Ctrl+C を押してください。"]


def test_the_night_makes_the_report_and_neither_repeats_the_other(root: Path, book: Path) -> None:
    with watching(root) as watched:
        watched.wait_for_checks(1)
        (done,) = run(root).periods
        assert [name[:6] for name in done.written] == ["事業実施状況"[:6], "提出状況.x"]
        assert run(root).unchanged_count == 1
        book.touch()
        assert_no_check(watched, 1)
    assert run(root).unchanged_count == 1
    with watching(root) as watched:
        assert_no_check(watched, 0)


def test_the_board_leads_to_the_report_of_the_night(root: Path, book: Path, tmp_path: Path) -> None:
    run(root)
    wrong = with_mistake(book, tmp_path / book.name)
    board = root / "支部" / "報告" / "提出状況.xlsx"
    reports, linked = files(root, "報告"), links(board)
    assert any("事業実施状況" in link for link in linked)
    with watching(root) as watched:
        replace(book, wrong)
        watched.wait_for_checks(1)
    after = files(root, "報告")
    assert {name for name in after if after[name] != reports[name]} == {board.relative_to(root).as_posix()}
    assert linked < links(board)
    (done,) = run(root).periods
    assert done.written


def test_on_a_share_it_looks_by_itself(
    root: Path, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_events, "are_folder_changes_reported", lambda _: False)
    monkeypatch.setattr(watch, "_INTERVAL", 0.5)
    wrong = with_mistake(book, tmp_path / book.name)
    with watching(root) as watched:
        watched.wait_for_checks(1)
        replace(book, wrong)
        watched.wait_for_checks(2)
    assert (root / "支部" / "返却" / book.name).exists()
    assert "変更の知らせが届かない場所のため" in watched.said[0]


def test_it_waits_while_a_night_is_running(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_INTERVAL", 0.5)
    with hold_run_lock(root, user="夜間", since="2:00"), watching(root) as watched:
        assert_no_check(watched, 0)
        held = watched
    assert len(held.said) == 1
    with watching(root) as watched:
        watched.wait_for_checks(1)


def test_a_copy_that_is_open_is_made_when_it_was_closed(
    root: Path, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_RETRY", 0.5)
    returned = root / "支部" / "返却"
    returned.mkdir()
    lock = returned / f"~${book.name}"
    lock.touch()
    replace(book, with_mistake(book, tmp_path / book.name))
    with watching(root) as watched:
        watched.wait_for(lambda: bool(watched.shown))
        assert [name.partition(":")[0] for name in watched.shown[0].failures] == [f"返却/{book.name}"]
        time.sleep(QUIET)
        assert len(watched.shown) == 1
        lock.unlink()
        watched.wait_for((returned / book.name).exists)
    assert watched.shown[-1].failures == []


def test_a_root_that_is_away_for_a_while(root: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_IDLE", 0.5)
    away = root.with_name("外した共有")
    with watching(root) as watched:
        watched.wait_for_checks(1)
        root.rename(away)
        watched.wait_for(lambda: len(watched.said) == 2)
        time.sleep(1.5)
        away.rename(root)
        book.touch()
        (book.parent / "別の名前.xlsm").write_bytes(book.read_bytes())
        watched.wait_for_checks(2)
    assert watched.said[1].startswith(f"フォルダー {root} がありません。")


def test_it_begins_nowhere_without_a_period(tmp_path: Path) -> None:
    with pytest.raises(KenpoError, match=r"に期のフォルダーがありません。"):
        watch_periods(tmp_path, OPTIONS, is_stopped=lambda: True, show=lambda _: None, say=lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_of_many_periods_it_ends_after_the_one_in_progress(root: Path) -> None:
    for name in ("二", "三"):
        shutil.copytree(root / "支部", root / name)
    shown: list[object] = []
    clock = datetime(2025, 1, 8, 9, 0)  # noqa: DTZ001
    watch_periods(
        root,
        WatchOptions("", lambda: clock, jobs=1),
        is_stopped=lambda: bool(shown),
        show=shown.append,
        say=lambda _: None,
    )
    assert len(shown) == 1
