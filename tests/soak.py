"""How long the tests marked `soak` go on: random kills, huge and randomly spoilt workbooks.

Their small counts are the same examples every time. By hand more and others:

    KENPO_XL_SOAK=50 python3 scripts/run.py test -m soak      fifty times as many
"""

from __future__ import annotations

import os

import pytest

TIMES = int(os.environ.get("KENPO_XL_SOAK", "1"))
IS_LONG = TIMES > 1
soak = pytest.mark.soak
