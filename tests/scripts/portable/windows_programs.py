"""Programs and an embeddable Python for Windows, made here: the real one cannot be fetched by a test.

The archive has the files that python.org documents for its «Windows embeddable package», by their names; what
is in them is made: programs that name the DLLs they load and do nothing, and empty modules.
"""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

AMD64, I386, ARM64 = 0x8664, 0x014C, 0xAA64
VERSION = f"{sys.version_info[0]}{sys.version_info[1]}"
_SECTION, _PLACE = 0x1000, 0x200


def windows_program(dlls: Iterable[str], machine: int = AMD64) -> bytes:
    """A program for Windows in the PE format with nothing but the names of the DLLs that it loads."""
    is_wide = machine != I386
    names = [f"{dll}\0".encode() for dll in dlls]
    size = 20 * (len(names) + 1)
    # One function by its number (the highest bit), for all of them.
    thunks = struct.pack("<QQ", 1 << 63 | 1, 0) if is_wide else struct.pack("<II", 1 << 31 | 1, 0)
    table, texts = b"", thunks
    for name in names:
        table += struct.pack("<5I", _SECTION + size, 0, 0, _SECTION + size + len(texts), _SECTION + size)
        texts += name
    content = (table + bytes(20) + texts).ljust(0x400, b"\0")
    optional = struct.pack("<HBBIIIII", 0x20B if is_wide else 0x10B, 14, 0, 0, len(content), 0, 0, _SECTION)
    optional += struct.pack("<Q", 0x180000000) if is_wide else struct.pack("<II", 0, 0x10000000)
    optional += struct.pack("<IIHHHHHHIIIIHH", _SECTION, 0x200, 6, 0, 0, 0, 6, 0, 0, 0x2000, 0x200, 0, 3, 0)
    optional += struct.pack("<4Q" if is_wide else "<4I", 0x100000, 0x1000, 0x100000, 0x1000)
    directories = [(0, 0), (_SECTION, size), *[(0, 0)] * 14]
    optional += struct.pack("<II", 0, 16) + b"".join(struct.pack("<II", *one) for one in directories)
    header = b"MZ" + bytes(58) + struct.pack("<I", 64)
    header += b"PE\0\0" + struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, len(optional), 0x2022) + optional
    section = struct.pack(
        "<8sIIIIIIHHI", b".rdata", len(content), _SECTION, len(content), _PLACE, 0, 0, 0, 0, 0x40000040
    )
    return (header + section).ljust(_PLACE, b"\0") + content


def embeddable_python(folder: Path, *, machine: int = AMD64, left_out: Iterable[str] = ()) -> Path:
    """An archive as python.org's, for the version that runs this."""
    runtime, dll = "VCRUNTIME140.dll", f"python{VERSION}.dll"
    windows = ["KERNEL32.dll", "api-ms-win-crt-runtime-l1-1-0.dll"]
    files = {
        "python.exe": windows_program([dll, *windows], machine),
        "pythonw.exe": windows_program([dll, *windows], machine),
        dll: windows_program([runtime, "ADVAPI32.dll", *windows], machine),
        "python3.dll": windows_program([dll, *windows], machine),
        "vcruntime140.dll": windows_program(windows, machine),
        "vcruntime140_1.dll": windows_program([runtime, *windows], machine),
        "_ctypes.pyd": windows_program([dll, "libffi-8.dll", *windows], machine),
        "libffi-8.dll": windows_program(windows, machine),
        f"python{VERSION}._pth": f"python{VERSION}.zip\r\n.\r\n\r\n#import site\r\n".encode(),
        f"python{VERSION}.zip": _standard_library(),
        "LICENSE.txt": b"PSF LICENSE AGREEMENT\n",
    }
    path = folder / f"python-{sys.version_info[0]}.{sys.version_info[1]}.0-embed.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            if name not in left_out:
                packed.writestr(name, content)
    return path


def _standard_library() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name in sorted(sys.stdlib_module_names):
            packed.writestr(zipfile.ZipInfo(f"{name}.pyc"), b"")
    return content.getvalue()
