"""What an engine does not cover says so by name, and what LibreOffice refuses is an ordinary exception."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from xlwings import base_classes

from tests.libreoffice_engine.uno_bridge import error


class OfficeError(Exception):
    """LibreOffice could not do it; Excel raises an error of COM here.

    UNO's own exceptions are no ordinary ones: a `with` statement of contextlib fails on them.
    """


def complete(part: type) -> type:
    """The class as an engine needs it.

    Every member of its xlwings base that it lacks raises NotImplementedError with its name; its own
    members raise OfficeError where LibreOffice raises something.
    """
    base = next(one for one in part.__mro__ if one.__module__ == base_classes.__name__)
    for name in {name for one in part.__mro__[: part.__mro__.index(base)] for name in vars(one)}:
        own = inspect.getattr_static(part, name)
        if isinstance(own, property) or inspect.isfunction(own):
            setattr(part, name, _translated(own))
    for name, member in vars(base).items():
        own = inspect.getattr_static(part, name)
        if own is member and _is_refused(member):
            refusal = _refusal(part, name)
            setattr(part, name, property(refusal, refusal) if isinstance(member, property) else refusal)
        elif isinstance(own, property) and own.fset is None and getattr(member, "fset", None):
            setattr(part, name, own.setter(_refusal(part, name)))
    return part


def _translated(member: Any) -> Any:
    """A function or property that raises OfficeError in the place of UNO's exceptions."""
    if isinstance(member, property):
        return property(*(one and _translating(one) for one in (member.fget, member.fset)))
    return _translating(member)


def _translating(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def translated(*arguments: Any, **options: Any) -> Any:
        try:
            return function(*arguments, **options)
        except error("uno.Exception") as raised:
            raise OfficeError(f"{function.__qualname__}: {raised.Message}") from None

    return translated


def _is_refused(member: Any) -> bool:
    """True for a member of a base class that only raises NotImplementedError."""
    function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
    return inspect.isfunction(function) and function.__code__.co_names == ("NotImplementedError",)


def _refusal(part: type, name: str) -> Callable[..., None]:
    def refusal(*_: object, **__: object) -> None:
        raise NotImplementedError(f"{part.__name__}.{name}")

    return refusal
