"""xlwings as this program imports it: it ends no Excel, takes no setting from a book, and loads fast.

On Windows `import xlwings` registers a function that runs when Python ends: it ends by force every Excel
without a visible workbook, no matter who started it and what it holds. And for a book opened from the web,
xlwings reads paths from a sheet `xlwings.conf` of that book and looks for files there, and it guesses where
OneDrive keeps the file, which OneDrive records. An Excel that takes no
calls, since a dialog is open or a cell is being edited, is called again without end and without a pause. On
every system it imports pandas, NumPy and other large libraries where they are installed, which takes longer
than a check.
"""

from __future__ import annotations

import atexit
import sys
import time
from collections.abc import Callable
from types import FunctionType
from typing import Any

from kenpo_xl.live.synced_folder import synced_path
from kenpo_xl.storage.optional_libraries import without_optional_libraries
from kenpo_xl.storage.registry import this_registry

SECONDS_OF_PATIENCE = 60
"""How long one button altogether waits for an Excel that takes no calls."""
_PAUSE = 0.2
# RPC_E_CALL_REJECTED, and what a cell that is being edited gives (0x800AC472).
_REJECTED, _EDITING = -2147418111, -2146777998


class _Patience(int):
    """The number of times that xlwings calls an Excel again; comparing a count with it waits a moment."""

    left: float = SECONDS_OF_PATIENCE

    def __gt__(self, attempts: int) -> bool:
        self.left -= _PAUSE
        if self.left > 0:
            time.sleep(_PAUSE)
        return self.left > 0


def is_excel_busy(error: BaseException | None) -> bool:
    """Whether an error, or one behind it, says that Excel takes no calls now."""
    while error is not None:
        codes = {getattr(error, "hresult", None), *_nested_codes(error.args)}
        if codes & {_REJECTED, _EDITING} or type(error).__name__ == "ExcelBusyError":
            return True
        error = error.__cause__ or error.__context__
    return False


def _nested_codes(arguments: tuple[object, ...]) -> set[object]:
    """The last number of the details of an error of COM, which are in a tuple."""
    return {one[-1] for one in arguments if isinstance(one, tuple) and one}


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
    if isinstance(getattr(module, "N_COM_ATTEMPTS", None), int):
        module.N_COM_ATTEMPTS = _Patience(sys.maxsize - 1)
    if module.__name__ == "xlwings._xlwindows":
        module.fullname_url_to_local_path = _known_folder_first(module.fullname_url_to_local_path)
    if hasattr(module, "read_config_sheet"):
        module.read_config_sheet = _empty_settings


def _known_folder_first(guess: Callable[..., str]) -> Callable[..., str]:
    """What finds the file of an address: where OneDrive says that it is, else where xlwings guesses."""
    if hasattr(guess, "asks_onedrive"):
        return guess

    def local_path(url: str, **settings: str | None) -> str:
        known = synced_path(url, this_registry())
        return str(known) if known else guess(url=url, **settings)

    local_path.asks_onedrive = True  # type: ignore[attr-defined]
    return local_path


def _empty_settings(_: object) -> dict[str, str]:
    """The settings of a book for xlwings: always none."""
    return {}
