"""The systems that a portable folder can be made for, and how Python and its files are named there."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

# Machine numbers of a program for Windows (PE header) → tag of wheels, `platform.machine()` there.
MACHINES = {
    0x8664: ("win_amd64", "AMD64"),
    0x014C: ("win32", "x86"),
    0xAA64: ("win_arm64", "ARM64"),
}
PYTHON = "python"
"""The folder with Python."""


@dataclass(frozen=True)
class Target:
    """A version of Python (3.12 as `(3, 12)`) on a system; `tag` is that of its wheels."""

    version: tuple[int, int]
    tag: str
    machine: str

    @property
    def is_windows(self) -> bool:
        """Whether the folder is for Windows."""
        return self.tag.startswith("win")

    @property
    def dotted(self) -> str:
        """The version as in 3.12."""
        return f"{self.version[0]}.{self.version[1]}"

    @property
    def digits(self) -> str:
        """The version as in python312.dll."""
        return f"{self.version[0]}{self.version[1]}"

    @property
    def program(self) -> str:
        """The name of Python's program."""
        return "python.exe" if self.is_windows else f"python{self.dotted}"

    @property
    def path_file(self) -> str:
        """The file beside the program with the only folders in which modules are looked for."""
        return f"python{self.digits}._pth" if self.is_windows else f"python{self.dotted}._pth"

    @property
    def standard_library(self) -> str:
        """The archive with the modules of Python itself."""
        return f"python{self.digits}.zip"

    @property
    def markers(self) -> dict[str, str]:
        """What conditions of requirements compare with on that system."""
        system = "Windows" if self.is_windows else platform.system()
        return {
            "implementation_name": "cpython",
            "os_name": "nt" if self.is_windows else "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_system": system,
            "python_full_version": f"{self.dotted}.0",
            "python_version": self.dotted,
            "sys_platform": "win32" if self.is_windows else sys.platform,
            "extra": "",
        }

    def site_packages(self, folder: Path) -> Path:
        """The folder with the libraries in a portable folder."""
        return folder / PYTHON / "Lib" / "site-packages"


def target_here() -> Target:
    """The system that runs this, with the Python that runs this."""
    return Target(sys.version_info[:2], "", platform.machine())
