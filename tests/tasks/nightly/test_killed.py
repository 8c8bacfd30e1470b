"""Nights that are killed, find a full disk or may not write: nothing is damaged, the next completes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kenpo_xl.books.common.content_seal import has_valid_seal
from scripts.kill_nights import kill_nights
from tests.soak import TIMES, soak
from tests.tasks.nightly.conftest import files, made, outputs

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    if not IS_ROOT or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk of one's own takes root and mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder that nobody may write to; root may write anywhere but on what is mounted so."""
    if not IS_ROOT:
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    for options in (["--bind"], ["-o", "remount,ro,bind"]):
        if subprocess.run(["mount", *options, folder, folder], capture_output=True, check=False).returncode:
            pytest.skip("a folder that root may not write to takes mount")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def night(root: Path) -> subprocess.CompletedProcess[str]:
    call = "from kenpo_xl.cli.commands import main; main()"
    return subprocess.run(
        [sys.executable, "-c", call, "nightly", str(root), "--jobs", "1", "--today", "2025-01-08"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def fill(disk: Path, free: int) -> Path:
    """A file that leaves so many bytes of a disk."""
    block = disk / "block"
    status = os.statvfs(disk)
    block.write_bytes(bytes(max(status.f_bavail * status.f_frsize - free, 0)))
    return block


def is_whole(root: Path, reference: Path) -> bool:
    """Whether reports are sealed, copies as in an undisturbed night, and no temporary file is left."""
    expected = outputs(reference)
    return all(
        has_valid_seal(root / name) if "/報告/" in name else content == expected[name]
        for name, content in outputs(root).items()
    )


@soak
def test_killed_at_random_moments_the_next_night_completes(tmp_path: Path) -> None:
    assert kill_nights(tmp_path, kills=3 * TIMES, branches=1, jobs=2, seed=TIMES) == []


@pytest.mark.parametrize("share", [0, 0.4, 0.8])
def test_a_full_disk_is_told_and_damages_nothing(small_disk: Path, first_nights: Path, share: float) -> None:
    """The disk has room for a share of what a night writes."""
    root = made(small_disk / "全支部", "青森")
    before = files(root)
    written = [
        path for path in (first_nights / "one").rglob("*") if path.parent.name in ("報告", "返却", "one")
    ]
    block = fill(small_disk, int(share * sum(path.stat().st_size for path in written)))
    done = night(root)
    assert done.returncode == 3, done
    assert "Traceback" not in done.stdout + done.stderr
    assert "プログラムの誤り" not in done.stdout + done.stderr
    assert any(word in done.stdout + done.stderr for word in ("空き容量", "ディスクの空き"))
    assert files(root, "提出", "青森") == before
    assert is_whole(root, first_nights / "one")
    block.unlink()
    assert night(root).returncode == 1
    assert outputs(root) == outputs(first_nights / "one")


@pytest.mark.parametrize("place", [".", "青森"])
def test_a_folder_that_may_not_be_written_to_is_one_sentence(
    one: Path, first_nights: Path, place: str
) -> None:
    before = files(one)
    with read_only(one / place):
        done = night(one)
    assert done.returncode == 3, done
    assert "に書き込めません。" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert files(one) == before
    assert night(one).returncode == 1
    assert outputs(one) == outputs(first_nights / "one")


def test_a_lock_of_another_computer_is_left_to_a_person(one: Path) -> None:
    from kenpo_xl.storage.run_lock import NIGHT

    (one / NIGHT.holder_name).write_text(
        '{"host": "other", "process": 1, "user": "", "since": ""}', encoding="utf-8"
    )
    before = files(one)
    done = night(one)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("別の PC の夜間処理")
    assert files(one) == before
