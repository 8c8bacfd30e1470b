"""Postpones garbage collection; imported before all that loads much.

The cyclic garbage collector runs often while modules are loaded, and visits every object at the end. A
command or a button leaves few cycles, and what is left is freed with the process.
"""

from __future__ import annotations

import atexit
import gc

_NEW_OBJECTS = 200_000
"""New objects before a collection: a check of one book makes 65,000, one of four books 90,000."""

gc.set_threshold(_NEW_OBJECTS)
atexit.register(gc.freeze)
