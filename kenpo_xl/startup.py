"""What a process does at its start to take less time: modules of the program are loaded from one file.

Modules of Python that are rarely used are loaded when they are.
Garbage is collected seldom, and not at the end. Imported before all that loads much. The cyclic garbage
collector runs often while modules are loaded, and visits every object at the end. A command or a button
leaves few cycles, and what is left is freed with the process.
"""

from __future__ import annotations

import kenpo_xl.storage.deferred_modules  # noqa: F401 - before anything that imports them

# isort: split
import atexit
import gc
import os
import sys
from functools import cache
from hashlib import sha256

import kenpo_xl
from kenpo_xl.resources import digest_of_source, digest_of_source_at_start
from kenpo_xl.storage.private_files import cache_folder
from kenpo_xl.storage.stored_modules import StoredModules

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
    _store_new_modules()
    gc.freeze()
    if not _statuses:
        return
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):  # Python ends the process, with its own status for lost output
        return
    os._exit(_statuses[0])


@cache
def _stored_modules() -> StoredModules | None:
    """The modules that earlier processes loaded, None without a folder of the user."""
    python = f"{sys.version} {sys.flags.optimize}"
    place = sha256(f"{sys.executable} {kenpo_xl.__path__[0]}".encode("utf-8", "surrogateescape"))
    try:
        path = cache_folder() / f"{place.hexdigest()[:16]}.modules"
    except (ImportError, OSError, RuntimeError):  # the last of a home that is unknown
        return None
    return StoredModules(path, kenpo_xl.__name__, f"{python} {digest_of_source_at_start()}")


def _store_new_modules() -> None:
    """Store what was loaded, unless it may be of a source that changed meanwhile."""
    modules = _stored_modules()
    if modules and modules.has_new and digest_of_source() == digest_of_source_at_start():
        modules.store_new()


gc.set_threshold(_NEW_OBJECTS)
atexit.register(_end)
if modules := _stored_modules():
    sys.meta_path.insert(0, modules)
