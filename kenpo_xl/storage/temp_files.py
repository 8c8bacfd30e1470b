"""What a run that was killed left beside its outputs: files that are known by the process in their names."""

from __future__ import annotations

import os
import re
from pathlib import Path

from kenpo_xl.storage.processes import is_running, this_host

_NAME = re.compile(r"\.kenpo-(?P<host>\w+)-(?P<process>\d+)-.*")


def prefix() -> str:
    """How the temporary files of this process begin."""
    return f".kenpo-{this_host()}-{os.getpid()}-"


def clear(folder: Path) -> tuple[Path, ...]:
    """Remove what processes of this computer left in a folder that run no more; what was removed.

    Files of other computers, whose processes cannot be seen from here, stay.
    """
    try:
        found = sorted(folder.iterdir())
    except OSError:  # not there, or closed, which whoever writes there says
        return ()
    return tuple(path for path in found if _is_left(path) and _removed(path))


def _is_left(path: Path) -> bool:
    name = _NAME.fullmatch(path.name)
    return name is not None and name["host"] == this_host() and not is_running(int(name["process"]))


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:  # the next run tries again
        return False
    return True
