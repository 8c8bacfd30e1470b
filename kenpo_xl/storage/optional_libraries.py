"""Prevents a library from importing large optional ones that are not used through it.

xlwings and openpyxl import NumPy, pandas and others if these are installed, to convert their values. That
takes longer than a check, and only `export` uses one of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# xlwings.pro is not free to use in an office, and would run code that a workbook holds.
OPTIONAL = ("PIL", "matplotlib", "numpy", "pandas", "plotly", "polars", "xlwings.pro")


class _NotInstalled:
    """Reports the optional libraries as not installed; those already imported are unaffected."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """None for any other module, which leaves it to the next finder."""
        if name in OPTIONAL:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@contextmanager
def without_optional_libraries() -> Iterator[None]:
    """Within it an import finds none of the optional libraries; afterwards all are importable again."""
    finder = _NotInstalled()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
