"""Debian's Python bridge to LibreOffice, made importable in a virtual environment."""

from __future__ import annotations

import builtins
import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

# Only these two files: the whole folder on sys.path would shadow the packages of the environment.
BRIDGE = Path("/usr/lib/python3/dist-packages")


@cache
def uno() -> ModuleType:
    """The module `uno`, loaded once."""
    own_import = builtins.__import__
    try:
        module = _load("uno")
        _load("unohelper")
    finally:
        # The bridge hooks into every import of the process, for `from com.sun.star…`; `struct` does without.
        builtins.__import__ = own_import
    return module


def struct(name: str, **members: Any) -> Any:
    """The UNO struct com.sun.star.<name> with these members."""
    made = uno().createUnoStruct(f"com.sun.star.{name}")
    for member, value in members.items():
        setattr(made, member, value)
    return made


def error(name: str) -> type[Exception]:
    """A UNO exception as a class that `except` takes."""
    return uno().getClass(f"com.sun.star.{name}")


def properties(**values: Any) -> tuple[Any, ...]:
    """Named values in the form that UNO calls take."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def nested(**values: Any) -> Any:
    """Named values as the value of another one."""
    return uno().Any("[]com.sun.star.beans.PropertyValue", properties(**values))


def url(path: Path) -> str:
    """The file as LibreOffice names it."""
    return uno().systemPathToFileUrl(str(path.resolve()))


@cache
def connected(pipe: str) -> Any:
    """The context of the LibreOffice that listens on this pipe; NoConnectException when none does.

    A process connects once: a second bridge finds the objects of the first, holds none of its own, and is
    disposed, now and then in the middle of its first call.
    """
    local = uno().getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BRIDGE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
