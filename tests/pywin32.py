"""What stands in for Windows itself and pywin32, so that xlwings' real module for Windows can be imported.

    python -m tests.pywin32 STATEMENT …

runs the statements there and prints what they registered with atexit, one `module.function` a line.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib.abc
import importlib.machinery
import sys
import types
from typing import Any
from unittest.mock import MagicMock

NAMES = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32com",
    "win32com.client",
    "win32com.client.gencache",
    "win32com.server",
    "win32com.server.dispatcher",
    "win32com.server.policy",
    "win32com.server.util",
    "win32con",
    "win32event",
    "win32gui",
    "win32process",
    "win32timezone",
)
# What xlwings imports where it is installed, which takes long and may fail with these stand-ins.
OPTIONAL = ("numpy", "pandas", "PIL", "matplotlib")


def module(name: str) -> types.ModuleType:
    """A module in which every name is a class."""
    made = types.ModuleType(name)
    made.__path__ = []
    made.__file__ = name
    made.__getattr__ = lambda wanted: type(wanted, (Exception,), {})
    return made


class Installed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the optional libraries of xlwings and every module in them: stand-ins as well."""

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] not in OPTIONAL:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def main(statements: list[str]) -> None:
    """Run the statements as on Windows; print what is left with atexit."""
    sys.meta_path.insert(0, Installed())
    for name in NAMES:
        sys.modules[name] = module(name)
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], last, sys.modules[name])
    sys.modules["pythoncom"].TypeIIDs = MagicMock()
    ctypes.windll = ctypes.oledll = ctypes.PyDLL = MagicMock()  # type: ignore[attr-defined]
    ctypes.WINFUNCTYPE = ctypes.CFUNCTYPE  # type: ignore[attr-defined]
    registered: list[Any] = []
    register, unregister = atexit.register, atexit.unregister

    def recorded(function: Any, *arguments: Any, **options: Any) -> Any:
        registered.append(function)
        return register(function, *arguments, **options)

    def forgotten(function: Any) -> None:
        registered[:] = [one for one in registered if one != function]
        unregister(function)

    atexit.register, atexit.unregister = recorded, forgotten
    sys.platform = "win32"
    for statement in statements:
        exec(statement, {})
    print(*(f"{one.__module__}.{one.__name__}" for one in registered), sep="\n")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
