"""The Windows registry, read only; on other systems it is empty."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Protocol

USER, MACHINE, CLASSES = "HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE", "HKEY_CLASSES_ROOT"


class Registry(Protocol):
    """What is asked of a registry; a key is a path below one of its roots."""

    def values(self, root: str, key: str) -> Mapping[str, int | str] | None:
        """The numbers and texts of a key by name in lower case, None where there is no such key."""
        ...

    def subkeys(self, root: str, key: str) -> list[str]:
        """The names of the keys right below a key."""
        ...


def first_number_with_name(registry: Registry, root: str, keys: Iterable[str], name: str) -> int | None:
    """The number of the first of these keys that has one of this name, None for none."""
    for key in keys:
        value = (registry.values(root, key) or {}).get(name.casefold())
        number = str(value).strip()
        if number.isdecimal():
            return int(number)
    return None


if sys.platform == "win32":

    class _WindowsRegistry:
        def values(self, root: str, key: str) -> dict[str, int | str] | None:
            import winreg

            try:
                with winreg.OpenKey(getattr(winreg, root), key) as opened:
                    found = [winreg.EnumValue(opened, at)[:2] for at in range(winreg.QueryInfoKey(opened)[1])]
            except OSError:
                return None
            return {name.casefold(): value for name, value in found if isinstance(value, int | str)}

        def subkeys(self, root: str, key: str) -> list[str]:
            import winreg

            try:
                with winreg.OpenKey(getattr(winreg, root), key) as opened:
                    return [winreg.EnumKey(opened, at) for at in range(winreg.QueryInfoKey(opened)[0])]
            except OSError:
                return []

    def this_registry() -> Registry | None:
        """The registry of this PC."""
        return _WindowsRegistry()

else:

    def this_registry() -> Registry | None:
        """None: there is no registry."""
        return None
