"""Python in a portable folder: the embeddable build for Windows, or a twin of this Python in the same form.

The form is that of python.org's «Windows embeddable package»: program, libraries and extension modules lie
beside one another, the standard library is an archive, and a file `._pth` names the only folders in which
modules are looked for. With that file Python reads no environment variable and no folder of the user.
"""

from __future__ import annotations

import re
import shutil
import struct
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from scripts.portable.bytecode import compile_below, compiled_path
from scripts.portable.failure import PortableError
from scripts.portable.target import MACHINES, PYTHON, Target, target_here

# Parts of the standard library that need what is not in the folder, or are of use to programmers alone.
_NOT_IN_TWIN = {"ensurepip", "idlelib", "lib2to3", "test", "tests", "tkinter", "turtledemo", "venv"}
_LINKED_DLL = re.compile(r"python(\d)(\d+)\.dll", re.IGNORECASE)
# Every time in an archive: the first that a ZIP file can hold.
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def embedded_target(archive: Path) -> Target:
    """The version and system of an embeddable Python; PortableError if the file is none."""
    try:
        with zipfile.ZipFile(archive) as packed:
            names = packed.namelist()
            versions = [found for found in map(_LINKED_DLL.fullmatch, names) if found]
            (version,) = ((int(found[1]), int(found[2])) for found in versions)
            tag, machine = MACHINES[_machine_number(packed.read("python.exe"))]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, struct.error) as error:
        raise PortableError(
            f"{archive.name} は Python の埋め込み版ではありません。"
            "python.org の「Windows embeddable package」（python-…-embed-amd64.zip など）を指定してください。"
        ) from error
    target = Target(version, tag, machine)
    missing = {"pythonw.exe", target.path_file, target.standard_library} - set(names)
    if missing:
        raise PortableError(
            f"{archive.name} に {'、'.join(sorted(missing))} がありません。ダウンロードし直してください。"
        )
    return target


def _machine_number(program: bytes) -> int:
    """The machine of a program for Windows."""
    (place,) = struct.unpack_from("<I", program, 0x3C)
    if program[place : place + 4] != b"PE\0\0":
        raise ValueError("no program")
    (number,) = struct.unpack_from("<H", program, place + 4)
    return int(number)


def lay_out_embedded(archive: Path, target: Target, folder: Path) -> None:
    """Unpack an embeddable Python into the folder, with our own `._pth`."""
    home = folder / PYTHON
    home.mkdir(parents=True)
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            path = PurePosixPath(entry.filename)
            if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
                raise PortableError(
                    f"{archive.name} に使えない名前のファイル（{entry.filename}）があります。"
                )
            if not entry.is_dir():
                goal = home / path
                goal.parent.mkdir(parents=True, exist_ok=True)
                goal.write_bytes(packed.read(entry))
    _write_path_file(target, home)


def lay_out_twin(folder: Path) -> Target:
    """Lay out the Python that runs this in the same form; its target."""
    target, home = target_here(), folder / PYTHON
    home.mkdir(parents=True)
    program = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    shutil.copy(program, home / target.program)
    for library in _shared_libraries():
        shutil.copy(library, home)
    for module in sorted(_extension_modules()):
        shutil.copy(module, home)
    _write_standard_library(home / target.standard_library)
    _write_path_file(target, home)
    return target


def _write_path_file(target: Target, home: Path) -> None:
    """`import site` lets libraries be found that bring paths of their own, as pywin32 does."""
    end = "\r\n" if target.is_windows else "\n"
    separator = "\\" if target.is_windows else "/"
    lines = (target.standard_library, ".", f"Lib{separator}site-packages", "import site")
    (home / target.path_file).write_bytes("".join(f"{line}{end}" for line in lines).encode())


def _shared_libraries() -> Iterator[Path]:
    """The library that Python's program is linked with, where it is not one file."""
    name, folder = sysconfig.get_config_var("INSTSONAME"), sysconfig.get_config_var("LIBDIR")
    if sysconfig.get_config_var("Py_ENABLE_SHARED") and name and folder:
        yield Path(folder, name)


def _extension_modules() -> Iterator[Path]:
    for path in Path(sysconfig.get_config_var("DESTSHARED")).glob("*.so"):
        if not path.name.startswith(("_test", "_tkinter", "_xx", "xx", "_ctypes_test")):
            yield path


def _write_standard_library(archive: Path) -> None:
    """An archive with the compiled modules of this Python, of the same bytes each time."""
    source = Path(sysconfig.get_path("stdlib"))
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(archive, "w") as packed:
        copies = [Path(folder, path.relative_to(source)) for path in sorted(_standard_modules(source))]
        for copy in copies:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / copy.relative_to(folder), copy)
        compile_below(Path(folder))
        for copy in copies:
            name = copy.relative_to(folder).with_suffix(".pyc").as_posix()
            packed.writestr(zipfile.ZipInfo(name, _FIRST_DAY), compiled_path(copy).read_bytes())


def _standard_modules(source: Path) -> Iterator[Path]:
    left_out = {*_NOT_IN_TWIN, "site-packages", "dist-packages", "lib-dynload", "__pycache__"}
    for path in source.iterdir():
        if path.name in left_out or path.name.startswith("config-"):
            continue
        if path.suffix == ".py":
            yield path
        elif path.is_dir():
            yield from (one for one in path.rglob("*.py") if not left_out & set(one.parts))


def folder_target(folder: Path) -> Target:
    """The system that a finished folder is for; PortableError if it is none."""
    home = folder / PYTHON
    try:
        (path_file,) = home.glob("python*._pth")
        program = home / "python.exe"
        if not program.is_file():
            return target_here()
        tag, machine = MACHINES[_machine_number(program.read_bytes())]
        digits = path_file.stem.removeprefix("python")
        return Target((int(digits[:1]), int(digits[1:])), tag, machine)
    except (OSError, ValueError, KeyError, struct.error) as error:
        raise PortableError(f"{folder} は make_portable.py が作ったフォルダーではありません。") from error
