"""Values, which hold fields and never change, and records, whose fields change.

`@frozen` means what `@dataclass(frozen=True)` means, `@mutable` what `@dataclass` means, and `fields`,
`replace` and `asdict` accept such classes. They differ in when the work is done: `__init__` is compiled when
there are many instances, and the fields are collected when they are asked for. A check loads 120 such classes
and makes instances of 90, of two thirds of them fewer than thirty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from itertools import count
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

__all__ = ["frozen", "mutable"]

Thing = TypeVar("Thing")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Thing]) -> type[Thing]:
    """The class with the methods of a frozen dataclass; those that it defines itself are kept.

    Every annotation in the class is a field: ClassVar, InitVar and KW_ONLY are not supported.
    """
    _add_dataclass_methods(
        cls, {"__hash__": _hash, "__setattr__": _refuse_change, "__delattr__": _refuse_change}
    )
    return cls


@dataclass_transform(field_specifiers=(field,))
def mutable(cls: type[Thing]) -> type[Thing]:
    """The class with the methods of a dataclass whose fields may change, under the same limits."""
    _add_dataclass_methods(cls, {"__hash__": None})
    return cls


def _add_dataclass_methods(cls: Any, methods: Mapping[str, object]) -> None:
    """Add what a dataclass has, with these methods."""
    own = vars(cls)
    # The class attributes are read now: `dataclass` replaces the fields among them.
    declared = {
        **getattr(cls, "__declared__", {}),
        **{name: own.get(name, MISSING) for name in own.get("__annotations__", ())},
    }
    compared = (name for name, value in declared.items() if not isinstance(value, Field) or value.compare)
    added = {
        "__init__": _init_compiled_when_called_often(cls, declared),
        "__eq__": _equals,
        "__repr__": _repr,
        **methods,
    }
    for name, method in added.items():
        if name not in own:
            setattr(cls, name, method)
    cls.__declared__, cls.__compared__ = declared, attrgetter(*compared)
    cls.__match_args__, cls.__dataclass_fields__ = tuple(declared), _Fields(cls)  # type: ignore[misc]


class _Fields:
    """The fields of a class, which `dataclass` collects when they are asked for."""

    def __init__(self, cls: Any) -> None:
        self._cls = cls

    def __get__(self, *_: object) -> Mapping[str, Field[Any]]:
        dataclass(init=False, repr=False, eq=False)(self._cls)
        collected: Mapping[str, Field[Any]] = self._cls.__dataclass_fields__
        return collected


_OFTEN = 30
"""Instances of a class before its `__init__` is compiled, which takes as long as 50 without that."""


def _init_compiled_when_called_often(cls: Any, declared: Mapping[str, Any]) -> Callable[..., None]:
    """An `__init__` that puts the compiled one in its place when it was called often, or with an error."""
    calls = count()

    def init(self: object, *args: Any, **named: Any) -> None:
        values = _field_values(declared, args, named) if next(calls) < _OFTEN else None
        if values is None:
            cls.__init__ = _compile_init(declared, calls_post_init=hasattr(cls, "__post_init__"))
            cls.__init__(self, *args, **named)
            return
        self.__dict__.update(values)
        if hasattr(cls, "__post_init__"):
            self.__post_init__()  # type: ignore[attr-defined]

    return init


def _field_values(
    declared: Mapping[str, Any], args: Sequence[Any], named: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The value of every field in their order, None for arguments that do not fit."""
    values = dict(zip(declared, args, strict=False))
    if len(args) + len(named) > len(declared) or not values.keys().isdisjoint(named):
        return None
    for name in [*declared][len(args) :]:
        if name in named:
            values[name] = named[name]
            continue
        default, make = _default_of(declared[name])
        if default is MISSING and make is MISSING:
            return None
        values[name] = default if make is MISSING else make()
    return values if named.keys() <= values.keys() else None


def _default_of(value: Any) -> tuple[Any, Any]:
    """The default of a field and what makes it, MISSING for none."""
    return (value.default, value.default_factory) if isinstance(value, Field) else (value, MISSING)


def _compile_init(declared: Mapping[str, Any], *, calls_post_init: bool) -> object:
    """`__init__` that takes fields in their order; those with a default may be left out."""
    names: dict[str, Any] = {}
    taken, body = ["self"], ["__dict__ = self.__dict__"]
    for name, value in declared.items():
        default, make = _default_of(value)
        names |= {f"_{name}": default, f"_make_{name}": make}
        is_made = make is not MISSING
        taken.append(f"{name}=_{name}" if is_made or default is not MISSING else name)
        given = f"_make_{name}() if {name} is _{name} else {name}" if is_made else name
        body.append(f"__dict__[{name!r}] = {given}")
    if calls_post_init:
        body.append("self.__post_init__()")
    # As in dataclasses; nothing but the names of our own fields is in it.
    exec(f"def __init__({', '.join(taken)}):\n " + "\n ".join(body), names)
    return names["__init__"]


def _equals(self: Any, other: Any) -> bool:
    is_same = other.__class__ is self.__class__
    return self.__compared__(self) == other.__compared__(other) if is_same else NotImplemented


def _hash(self: Any) -> int:
    return hash(self.__compared__(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_change(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of {type(self).__name__}")
