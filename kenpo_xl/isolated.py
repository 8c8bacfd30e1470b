"""Importing this removes the current folder from the module search path, also of child processes.

`python -m` and `python -c` search modules in the current folder first, where a `click.py` beside a book
would run. An entry point imports this before anything else. For what Python itself loads earlier, only its
option -P helps, which the macro of a book passes.
"""

from __future__ import annotations

import os
import sys

# The folder that holds the package, in an installation or in a clone: trusted as the program is.
_OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib is not loaded yet


def _is_trusted(entry: str, here: str) -> bool:
    """Whether an entry of the search path is not merely the current folder."""
    if not os.path.isabs(entry):  # noqa: PTH117
        return False
    place = os.path.realpath(entry)
    return place != here or place == _OWN or place.startswith((sys.prefix, sys.base_prefix))


def _current_folder() -> str:
    try:
        return os.path.realpath(os.getcwd())  # noqa: PTH109
    except OSError:  # it was deleted
        return ""


sys.path[:] = [entry for entry in sys.path if _is_trusted(entry, _current_folder())]
# The workers of a nightly run are started with -c; their Python reads this.
os.environ["PYTHONSAFEPATH"] = "1"
