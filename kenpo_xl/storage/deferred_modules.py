"""Importing this lets Python load some of its modules when they are first used, not when they are imported.

click, pathlib, zipfile, xlwings and others import them for what a command or a button rarely does. None of
them is a package: its parts would be loaded before it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

_NAMES = frozenset(
    (
        "bz2",
        "filecmp",
        "inspect",
        "ipaddress",
        "lzma",
        "subprocess",
        "traceback",
    )
)
_FUNCTIONS = {("inspect", "getfullargspec")}
"""What lxml takes from them when it is imported, but calls for few parsers."""
_LOADING = RLock()
"""Another thread that takes something from a module waits until it is loaded."""
_loaders: dict[str, Any] = {}
"""What loads those that were imported, but not used yet."""


class _DeferredModule(ModuleType):
    """A module that is loaded when something is taken from it that it does not have."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":  # what `from … import` asks of each module, and none of them has
            raise AttributeError(name)
        if (self.__name__, name) in _FUNCTIONS:
            return partial(_call_function, self, name)
        return _loaded_value(self, name)


def _call_function(module: ModuleType, name: str, *args: Any, **named: Any) -> Any:
    return _loaded_value(module, name)(*args, **named)


def _loaded_value(module: ModuleType, name: str) -> Any:
    """What a module has by this name once it is loaded."""
    with _LOADING:
        if loader := _loaders.pop(module.__name__, None):
            loader.exec_module(module)
            module.__class__ = ModuleType
    if type(module) is ModuleType:
        return getattr(module, name)
    # It is taken by what the module itself imports.
    raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")


class _DeferredLoader:
    """Makes a module that another loader loads later."""

    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """The module as the other loader makes it."""
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module empty."""
        assert module.__spec__
        module.__spec__.loader = module.__loader__ = _loaders[module.__name__] = self._loader
        module.__class__ = _DeferredModule


class _DeferredModules:
    """Finds these modules; every other one is left to Python."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, *_: object) -> ModuleSpec | None:
        """How to load a module, as Python asks each finder in `sys.meta_path`."""
        spec = PathFinder.find_spec(name, path) if name in _NAMES else None
        if spec and spec.loader:
            spec.loader = _DeferredLoader(spec.loader)  # type: ignore[assignment]
        return spec


sys.meta_path.insert(0, _DeferredModules)
