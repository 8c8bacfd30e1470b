"""xlwings as this program imports it: it ends no Excel, takes no setting from a book, and loads fast.

On Windows `import xlwings` registers a function that runs when Python ends: it ends by force every Excel
without a visible workbook, no matter who started it and what it holds. And for a book opened from the web,
xlwings reads paths from a sheet `xlwings.conf` of that book and looks for files there. On every system it
imports pandas, NumPy and other large libraries where they are installed, which takes longer than a check.
"""

from __future__ import annotations

import atexit
import sys
from types import FunctionType
from typing import Any

from kenpo_xl.storage.optional_libraries import without_optional_libraries


def import_xlwings() -> Any:
    """The module xlwings; nothing of it runs when Python ends, also where others imported it before.

    The optional libraries of xlwings are not imported with it, and can be imported as usual afterwards.
    """
    with without_optional_libraries():
        import xlwings

    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] == "xlwings":
            _remove_xlwings_hooks(module)
    return xlwings


def _remove_xlwings_hooks(module: Any) -> None:
    for value in tuple(vars(module).values()):
        if isinstance(value, FunctionType) and value.__module__.partition(".")[0] == "xlwings":
            atexit.unregister(value)
    if hasattr(module, "read_config_sheet"):
        module.read_config_sheet = _empty_settings


def _empty_settings(_: object) -> dict[str, str]:
    """The settings of a book for xlwings: always none."""
    return {}
