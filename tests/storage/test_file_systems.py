"""A disk reports changes, a share does not."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from kenpo_xl.storage.file_systems import are_folder_changes_reported


class Mounted(NamedTuple):
    """What psutil reports of a file system."""

    mountpoint: str
    fstype: str
    opts: str = "rw"


@pytest.mark.parametrize(
    ("mounted", "reports"),
    [
        ([("/", "ext4")], True),
        ([("/", "nfs4")], False),
        ([("/", "fuse.sshfs")], False),
        ([("/", "ext4"), ("{}", "cifs")], False),
        ([("{}", "ext4"), ("/", "cifs")], True),
        ([("{}", "ext4"), ("{}", "cifs")], False),
        ([("/", "ext4"), ("{}/other", "cifs")], True),
        ([("/", "NTFS", "rw,fixed")], True),
        ([("/", "NTFS", "rw,remote")], False),
        ([], False),
    ],
)
def test_the_file_system_of_the_folder_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounted: list[tuple[str, ...]], reports: bool
) -> None:
    found = [Mounted(place.format(tmp_path), *kind) for place, *kind in mounted]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: found)
    assert are_folder_changes_reported(tmp_path) is reports


def test_that_of_the_tests_has_one(tmp_path: Path) -> None:
    assert isinstance(are_folder_changes_reported(tmp_path), bool)
