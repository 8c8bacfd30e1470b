"""How long the tests marked `soak` go on: random kills, huge and spoilt workbooks, the rest of long lists.

Their small counts are the same examples every time. By hand more and others:

    KENPO_XL_SOAK=50 python3 scripts/run.py test -m soak      fifty times as many
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest

TIMES = int(os.environ.get("KENPO_XL_SOAK", "1"))
IS_LONG = TIMES > 1
soak = pytest.mark.soak
SHARE = 4


def sparse(cases: Iterable[Any]) -> list[Any]:
    """A long list of costly cases, of which one in four is among the fast tests; the others are `soak`."""
    return [_with_mark(case, [] if place % SHARE == 0 else [soak]) for place, case in enumerate(cases)]


def _with_mark(case: Any, marks: list[Any]) -> Any:
    """A case of `pytest.mark.parametrize`; a tuple holds the values of several names."""
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=marks)
