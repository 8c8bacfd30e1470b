"""Computer names, running processes, and programs on the PATH."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


def host_name() -> str:
    """The name of this computer in letters valid in file names, unique for each name."""
    import platform

    name = platform.node() or "host"
    plain = _NOT_IN_NAMES.sub("_", name)[:32]
    return plain if plain == name else f"{plain}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def program_on_path(*names: str) -> Path | None:
    """The first of these programs in a folder of the PATH; never one in the current folder.

    Windows and `shutil.which` search that one first, where any user may have placed a program.
    """
    folders = [folder.strip('"') for folder in os.environ.get("PATH", "").split(os.pathsep)]
    found = (
        Path(folder, f"{name}{suffix}")
        for name in names
        for folder in folders
        for suffix in ("", ".exe")
        if Path(folder).is_absolute()
    )
    return next((path for path in found if path.is_file() and os.access(path, os.X_OK)), None)


def is_process_running(process_id: int) -> bool:
    """Whether a process of this number runs on this computer (numbers are reused)."""
    import psutil

    try:
        return process_id > 0 and psutil.Process(process_id).status() not in (
            psutil.STATUS_ZOMBIE,
            psutil.STATUS_DEAD,
        )
    except psutil.AccessDenied:
        return True
    except (psutil.NoSuchProcess, OverflowError, ValueError):
        return False
