"""Importing this keeps the current folder out of what Python imports, here and in processes begun from here.

`python -m` and `python -c` look for modules in the current folder first, where a `click.py` beside a book
would run. An entry point imports this before anything else. What Python itself loads before that, only its
own option -P covers: the macro of a book passes it.
"""

from __future__ import annotations

import os
import sys

# The folder that holds the package, in an installation or in a clone: trusted as the program is.
_OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib is not loaded yet


def _is_trusted(entry: str, here: str) -> bool:
    """Whether a place to look for modules is not just the current folder."""
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
# The workers of a night are begun with -c; their Python reads this.
os.environ["PYTHONSAFEPATH"] = "1"
