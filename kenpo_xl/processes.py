"""Which process of which computer did something, whether it still runs, and where programs lie."""

from __future__ import annotations

import os
import platform
import re
import sys
from pathlib import Path

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


def this_host() -> str:
    """The name of this computer in letters that any file name may hold."""
    return _NOT_IN_NAMES.sub("_", platform.node())[:40] or "host"


def program_on_path(*names: str) -> Path | None:
    """The first of these programs in a folder of the PATH; never one in the current folder.

    Windows looks there first for a bare name, and so does `shutil.which`: anybody may have put one there.
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


if sys.platform == "win32":

    def is_running(process: int) -> bool:
        """Whether a process of this computer runs, or another one by now that was given its number."""
        import ctypes

        access_denied, still_waiting, synchronize = 5, 258, 0x00100000
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(synchronize, False, process)
        if not handle:
            return ctypes.get_last_error() == access_denied
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) == still_waiting)
        finally:
            kernel.CloseHandle(handle)

else:

    def is_running(process: int) -> bool:
        """Whether a process of this computer runs, or another one by now that was given its number."""
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except OSError:  # somebody else's
            return True
        return process > 0 and not _is_dead(process)

    def _is_dead(process: int) -> bool:
        """Whether a process ended and only its number is still kept, where the system tells that."""
        try:
            said = Path(f"/proc/{process}/stat").read_bytes()
        except OSError:
            return False
        return said.rpartition(b")")[2].split()[:1] in ([b"Z"], [b"X"])
