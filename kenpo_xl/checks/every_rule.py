"""Importing this imports every module of `checks.rules`, which registers its rules.

So they are what one module needs, which `storage.stored_modules` loads at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module

from kenpo_xl.checks import rules


def _module_names() -> Iterator[str]:
    """The names of all modules of rules; `pkgutil.walk_packages` takes 3 ms for the same."""
    root = rules.__path__[0]
    for folder, _, files in os.walk(root):
        package = f"{rules.__name__}{folder.removeprefix(root).replace(os.sep, '.')}"
        yield from (f"{package}.{file.removesuffix('.py')}" for file in files if file.endswith(".py"))


for _name in sorted(_module_names()):
    import_module(_name.removesuffix(".__init__"))
