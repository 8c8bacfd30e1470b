"""Values, which hold fields and never change, and records, whose fields change.

`@frozen` means what `@dataclass(frozen=True)` means, `@mutable` what `@dataclass` means, and `fields`,
`replace` and `asdict` accept such classes. They differ in when the work is done: `__init__` is made for the
first instance, from bytecode that all classes with as many fields share, and the fields are collected when
they are asked for. A check loads 240 such classes and makes instances of 120. The `replace` of this
module copies them in a third of the time, and any other dataclass as well.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:  # type checkers verify its arguments
    from dataclasses import replace

__all__ = ["frozen", "mutable", "replace"]

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
        "__init__": _init_made_when_called(cls, declared),
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


_GLOBALS = {"_set": object.__setattr__}


def _init_made_when_called(cls: Any, declared: Mapping[str, Any]) -> Callable[..., None]:
    """An `__init__` that puts the real one in its place when it is first called."""

    def init(self: object, *args: Any, **named: Any) -> None:
        cls.__init__ = _made_init(cls, declared)
        cls.__init__(self, *args, **named)

    return init


def _made_init(cls: Any, declared: Mapping[str, Any]) -> Callable[..., None]:
    """`__init__` that takes fields in their order; those with a default may be left out."""
    defaults = {name: _default_of(value) for name, value in declared.items()}
    makers = {name: make for name, (_, make) in defaults.items() if make is not MISSING}
    given = [name in makers or default is not MISSING for name, (default, _) in defaults.items()]
    if given != sorted(given):
        raise TypeError(f"a field of {cls.__name__} without a default follows one that has it")
    calls_post_init = hasattr(cls, "__post_init__")
    code = _template_for(len(declared), calls_post_init=calls_post_init and not makers)
    names = {f"_{number}": name for number, name in enumerate(declared)}

    def renamed(value: Any) -> Any:
        return tuple(map(renamed, value)) if isinstance(value, tuple) else names.get(value, value)

    init = FunctionType(
        code.replace(
            co_varnames=renamed(code.co_varnames),
            co_consts=renamed(code.co_consts),
            co_qualname=f"{cls.__qualname__}.__init__",
        ),
        _GLOBALS,
        "__init__",
        tuple(default for (default, _), is_given in zip(defaults.values(), given, strict=True) if is_given),
    )
    return _init_that_makes(init, makers, calls_post_init=calls_post_init) if makers else init


if not TYPE_CHECKING:

    def replace(thing: Thing, /, **changes: Any) -> Thing:
        """A copy with other values, as `dataclasses.replace` returns it."""
        cls = thing.__class__
        if getattr(cls.__init__, "__globals__", None) is _GLOBALS:
            values = vars(thing)
            # Then `__init__` does no more than this.
            if changes.keys() <= values.keys() and len(values) == len(cls.__declared__):
                return _copy_of_values(cls, {**values, **changes})
        return dataclasses.replace(thing, **changes)


def _copy_of_values(cls: type[Thing], values: Mapping[str, Any]) -> Thing:
    copied = object.__new__(cls)
    object.__setattr__(copied, "__dict__", values)
    if hasattr(copied, "__post_init__"):
        copied.__post_init__()
    return copied


def _default_of(value: Any) -> tuple[Any, Any]:
    """The default of a field and what makes it, MISSING for none."""
    return (value.default, value.default_factory) if isinstance(value, Field) else (value, MISSING)


@cache
def _template_for(count: int, *, calls_post_init: bool) -> CodeType:
    """The bytecode of an `__init__` with so many fields, which are called _0, _1 …

    To compile one takes forty times as long as to put other names in.
    """
    names = [f"_{number}" for number in range(count)]
    # Attributes are read a quarter faster from a dict made at once than from one that is filled.
    body = [f"_set(self, '__dict__', {{{', '.join(f'{name!r}: {name}' for name in names)}}})"]
    if calls_post_init:
        body.append("self.__post_init__()")
    found: dict[str, Any] = {}
    # As in dataclasses; nothing but the numbers of fields is in it.
    exec(f"def __init__({', '.join(('self', *names))}):\n " + "\n ".join(body), found)
    code: CodeType = found["__init__"].__code__
    return code


def _init_that_makes(
    init: Callable[..., None], makers: Mapping[str, Callable[[], Any]], *, calls_post_init: bool
) -> Callable[..., None]:
    """An `__init__` that makes the values of some fields which were left out."""

    def init_and_make(self: Any, *args: Any, **named: Any) -> None:
        init(self, *args, **named)
        values = self.__dict__
        for name, make in makers.items():
            if values[name] is MISSING:
                values[name] = make()
        if calls_post_init:
            self.__post_init__()

    return init_and_make


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
