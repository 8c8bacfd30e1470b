"""Values of the Windows registry; None on other systems."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import winreg

    def registry_number(root: str, key: str, name: str) -> int | None:
        """An integer value of a key below HKEY_… `root`, None without one."""
        try:
            with winreg.OpenKey(getattr(winreg, root), key) as opened:
                return int(winreg.QueryValueEx(opened, name)[0])
        except (OSError, ValueError):
            return None

    def has_application(name: str) -> bool | None:
        """Whether an application is registered for automation."""
        try:
            winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, name))
        except OSError:
            return False
        return True

else:

    def registry_number(root: str, key: str, name: str) -> int | None:  # noqa: ARG001 - as on Windows
        """None: there is no registry."""
        return None

    def has_application(name: str) -> bool | None:  # noqa: ARG001 - as on Windows
        """None: there is no registry."""
        return None
