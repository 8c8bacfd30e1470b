"""Which DLLs the programs of a portable folder load, and whether a plain Windows has each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pefile

from scripts.portable.target import MACHINES, PYTHON, Target

_PROGRAMS = (".dll", ".exe", ".pyd")
# Parts of every Windows 10 and 11; names with these beginnings are its interfaces, not files.
_INTERFACES = ("api-ms-win-", "ext-ms-")
WINDOWS = {
    f"{name}.dll"
    for name in (
        *("advapi32", "bcrypt", "bcryptprimitives", "cabinet", "cfgmgr32", "combase", "comctl32", "comdlg32"),
        *("credui", "crypt32", "dbghelp", "dnsapi", "gdi32", "gdiplus", "iphlpapi", "kernel32", "ktmw32"),
        *("loadperf", "lz32", "mpr", "msi", "msimg32", "msvcrt", "mswsock", "ncrypt", "netapi32", "normaliz"),
        *("ntdll", "ntdsapi", "odbc32", "ole32", "oleacc", "oleaut32", "pdh", "powrprof", "propsys", "psapi"),
        *("rasapi32", "rpcrt4", "secur32", "setupapi", "sfc", "shell32", "shlwapi", "ucrtbase", "urlmon"),
        *("user32", "userenv", "uxtheme", "version", "wevtapi", "winhttp", "wininet", "winmm", "wintrust"),
        *("ws2_32", "wtsapi32"),
    )
} | {"winspool.drv"}


def dll_problems(folder: Path, target: Target) -> Iterator[str]:
    """Programs of another system, and DLLs that would not be found."""
    (machine,) = (number for number, (tag, _) in MACHINES.items() if tag == target.tag)
    everywhere = _dlls_in(folder / PYTHON) | _dlls_in(target.site_packages(folder) / "pywin32_system32")
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in _PROGRAMS):
        name = path.relative_to(folder).as_posix()
        try:
            # From memory: nothing is open then, and pefile collects all garbage whenever it closes a file.
            program = pefile.PE(data=path.read_bytes(), fast_load=True)
            found, named = program.FILE_HEADER.Machine, set(_named_dlls(program))
        except pefile.PEFormatError:
            yield f"{name} is no program for Windows"
            continue
        if found != machine:
            yield f"{name} is for another system ({found:#x})"
        near = everywhere | _dlls_in(path.parent)
        for one in sorted(named - near - WINDOWS):
            if not one.startswith(_INTERFACES):
                yield f"{name} needs {one}"


def _dlls_in(folder: Path) -> set[str]:
    """The DLLs of a folder and of those beside it that libraries bring for them (name.libs)."""
    folders = [folder, *folder.glob("*.libs"), *folder.parent.glob("*.libs")]
    return {
        path.name.lower() for one in folders for path in one.glob("*") if path.suffix.lower() in _PROGRAMS
    }


def _named_dlls(program: pefile.PE) -> Iterator[str]:
    """The DLLs that a program loads at its start, or when it first calls them."""
    directories = ("IMAGE_DIRECTORY_ENTRY_IMPORT", "IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT")
    program.parse_data_directories([pefile.DIRECTORY_ENTRY[name] for name in directories])
    for kind in ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT"):
        for entry in getattr(program, kind, ()):
            yield entry.dll.decode("ascii", "replace").lower()
