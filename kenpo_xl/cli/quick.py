"""Makes commands quick; imported before all that loads much.

Python looks for rings of unused objects all the time while modules are loaded, and through everything at the
end. A command leaves few; what is left goes with the process.
"""

from __future__ import annotations

import atexit
import gc

_NEW_OBJECTS = 50_000
"""How many new ones there are before Python looks for unused rings among them."""

gc.set_threshold(_NEW_OBJECTS)
atexit.register(gc.freeze)
