"""What Windows tells of itself in its registry; None on other systems."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import winreg

    def number(root: str, key: str, name: str) -> int | None:
        """A number below HKEY_… `root`; None where there is none."""
        try:
            with winreg.OpenKey(getattr(winreg, root), key) as opened:
                return int(winreg.QueryValueEx(opened, name)[0])
        except (OSError, ValueError):
            return None

    def has_application(name: str) -> bool | None:
        """Whether an application that programs can talk to is registered."""
        try:
            winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, name))
        except OSError:
            return False
        return True

else:

    def number(root: str, key: str, name: str) -> int | None:  # noqa: ARG001 - as on Windows
        """None: there is no registry."""
        return None

    def has_application(name: str) -> bool | None:  # noqa: ARG001 - as on Windows
        """None: there is no registry."""
        return None
