"""The kinds of mistakes that the rules are tuned on, by what they are about."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules


def load_kinds() -> None:
    """Register every kind of this folder."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
