"""Importing this lets Python load some of its modules when they are first used, not when they are imported.

xlwings, zipfile and others import them for what a press of a button rarely does. None of them is a package:
its parts would be loaded before it. Only for a process of one thread: another one could see a module half
loaded.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_NAMES = frozenset(
    (
        "bz2",
        "filecmp",
        "ipaddress",
        "lzma",
        "subprocess",
        "traceback",
    )
)


class _DeferredModule(ModuleType):
    """A module that is loaded when something is taken from it that it does not have."""

    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment]
        assert self.__spec__
        assert self.__spec__.loader
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


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
        module.__spec__.loader = module.__loader__ = self._loader
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
