"""Temporary files and folders beside outputs, named by their process, to remove those of killed runs."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from kenpo_xl.storage.processes import host_name, is_process_running

_NAME = re.compile(r"\.kenpo-(?P<host>\w+)-(?P<process>\d+)-.*")


def temp_name_prefix() -> str:
    """The beginning of the names of this process's temporary files."""
    return f".kenpo-{host_name()}-{os.getpid()}-"


def remove_abandoned_temp_files(folder: Path) -> tuple[Path, ...]:
    """Remove what ended processes of this computer left in a folder; the removed files and folders.

    Those of other computers, whose processes cannot be seen from here, remain.
    """
    try:
        found = sorted(folder.iterdir())
    except OSError:  # missing or closed, which the next write reports
        return ()
    return tuple(path for path in found if _is_abandoned(path) and _try_remove(path))


def _is_abandoned(path: Path) -> bool:
    name = _NAME.fullmatch(path.name)
    return name is not None and name["host"] == host_name() and not is_process_running(int(name["process"]))


def _try_remove(path: Path) -> bool:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:  # the next run tries again
        return False
    return True
