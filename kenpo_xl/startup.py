"""What a process does at its start to take less time: garbage is collected seldom, and not at the end.

Imported before all that loads much. The cyclic garbage collector runs often while modules are loaded, and
visits every object at the end. A command or a button leaves few cycles, and what is left is freed with the
process.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys

_NEW_OBJECTS = 200_000
"""New objects before a collection: a check of one book makes 90,000, one of four books 130,000."""
_statuses: list[int] = []


def end_without_freeing(status: int) -> None:
    """Let this process end with a status, after all else that is done at exit, but free no objects.

    To free each of them takes 15 ms after a check.
    """
    _statuses[:] = [status]


def _end() -> None:
    """The end of all that is done at exit, since it was registered first."""
    gc.freeze()
    if not _statuses:
        return
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):  # Python ends the process, with its own status for lost output
        return
    os._exit(_statuses[0])


gc.set_threshold(_NEW_OBJECTS)
atexit.register(_end)
