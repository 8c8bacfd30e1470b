"""What can be seen of a portable folder without running it: problems, one sentence each.

Every import of kenpo-xl that runs whenever its module is loaded, and those of the libraries behind it, is
found by its name in the folder; every DLL that a program or an extension names is in the folder or part of
Windows; the requirements of every library are met; nothing names a folder of the PC that made it.
"""

from __future__ import annotations

import ast
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from email.parser import HeaderParser
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.portable.dlls import dll_problems
from scripts.portable.documents import MANIFEST, digests_below
from scripts.portable.target import PYTHON, Target

# The longest path below the folder: Windows takes 259 letters, and the share in front needs some as well.
LONGEST = 170
# What must not be there: large, or not free to use in an office.
_NEVER = ("numpy", "pandas", "pyarrow", "xlwings/pro")
# Compiled into python3xx.dll, besides what is compiled into Python everywhere.
_IN_DLL = {"_winapi", "msvcrt", "nt", "winreg", "winsound"}
# Of these every module is looked at, those of the libraries only as far as these need them.
_ENTRY_POINTS = "kenpo_xl"


def problems(folder: Path, target: Target, *, made_in: Iterable[str] = ()) -> list[str]:
    """All problems of a folder; `made_in` are paths of this PC that must not be in any file."""
    found = [
        *_manifest_problems(folder),
        *_path_problems(folder, target),
        *_content_problems(folder, target),
        *_requirement_problems(folder, target),
        *_import_problems(folder, target),
        *_place_problems(folder, made_in),
    ]
    return [*found, *(dll_problems(folder, target) if target.is_windows else ())]


def _manifest_problems(folder: Path) -> Iterator[str]:
    path = folder / MANIFEST
    if not path.is_file():
        yield f"{MANIFEST} is missing"
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    real = dict(digests_below(folder))
    for name in sorted(listed.keys() | real.keys()):
        if listed.get(name) != real.get(name):
            yield f"{MANIFEST}: {name} " + (
                "differs" if name in listed and name in real else "is not in both"
            )


def _path_problems(folder: Path, target: Target) -> Iterator[str]:
    wanted = (target.program, target.path_file, target.standard_library)
    names = (*wanted, "pythonw.exe", f"python{target.digits}.dll") if target.is_windows else wanted
    yield from (f"python/{name} is missing" for name in names if not (folder / PYTHON / name).is_file())
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if len(name) > LONGEST:
            yield f"{name}: {len(name)} letters"
    paths = folder / PYTHON / target.path_file
    if paths.is_file():
        lines = paths.read_text(encoding="ascii").split()
        if any(":" in line or line.startswith(("/", "\\")) for line in lines):
            yield f"{target.path_file} names an absolute folder"


def _content_problems(folder: Path, target: Target) -> Iterator[str]:
    site_packages = target.site_packages(folder)
    yield from (f"{name} is in the folder" for name in _NEVER if (site_packages / name).exists())
    for path in site_packages.rglob("*.py"):
        compiled = path.parent / "__pycache__" / f"{path.stem}.cpython-{target.digits}.pyc"
        if not compiled.is_file() and _is_python(path):
            yield f"{path.relative_to(folder).as_posix()} is not compiled"


def _is_python(path: Path) -> bool:
    try:
        compile(path.read_bytes(), path.name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _requirement_problems(folder: Path, target: Target) -> Iterator[str]:
    """Requirements of libraries that no library of the folder meets."""
    versions, wanted = {}, []
    for path in sorted(target.site_packages(folder).glob("*.dist-info/METADATA")):
        fields = HeaderParser().parsestr(path.read_text(encoding="utf-8"))
        name = canonicalize_name(fields["Name"])
        versions[name] = fields["Version"]
        wanted += [(name, Requirement(line)) for line in fields.get_all("Requires-Dist", [])]
    for name, one in wanted:
        if one.marker is None or one.marker.evaluate(target.markers):
            version = versions.get(canonicalize_name(one.name))
            if version is None or not one.specifier.contains(version, prereleases=True):
                yield f"{name} requires {one}, found {version or 'none'}"


def _import_problems(folder: Path, target: Target) -> Iterator[str]:
    """Names of modules that are imported whenever something is loaded, and are not in the folder."""
    site_packages, known = target.site_packages(folder), _standard_names(folder, target)
    files_of = _finder(site_packages)
    waiting = [
        (".".join(path.relative_to(site_packages).with_suffix("").parts), path)
        for path in sorted((site_packages / _ENTRY_POINTS).rglob("*.py"))
    ]
    seen = {path for _, path in waiting}
    while waiting:
        module, path = waiting.pop()
        for name in sorted(_imported_names(path, module)):
            top = name.partition(".")[0]
            if top in known:
                continue
            found = files_of(name)
            if not found:
                yield f"{module} imports {name}"
            for one in found:
                if one.suffix == ".py" and one not in seen:
                    seen.add(one)
                    parts = one.relative_to(site_packages).with_suffix("").parts
                    waiting.append((".".join(parts), one))


def _standard_names(folder: Path, target: Target) -> set[str]:
    """The modules that Python itself brings in this folder."""
    home = folder / PYTHON
    beside = {path.name.partition(".")[0] for pattern in ("*.pyd", "*.so") for path in home.glob(pattern)}
    archive = home / target.standard_library
    packed = set()
    if archive.is_file():
        with zipfile.ZipFile(archive) as opened:
            packed = {name.partition("/")[0].partition(".")[0] for name in opened.namelist()}
    return beside | packed | set(sys.builtin_module_names) | (_IN_DLL if target.is_windows else set())


def _imported_names(path: Path, module: str) -> set[str]:
    """Full names of what a module imports whenever it is loaded: not in functions, and under no condition."""
    try:
        body = ast.parse(path.read_bytes()).body
    except (SyntaxError, ValueError):
        return set()
    package = module.removesuffix(".__init__") if module.endswith("__init__") else module.rpartition(".")[0]
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(_absolute_name(node, package))
    return found - {"__future__"}


def _absolute_name(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    base = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def _finder(site_packages: Path) -> Callable[[str], tuple[Path, ...]]:
    """What gives the files of a module and of the packages around it; it looks for each name once."""

    @cache
    def files_of(name: str) -> tuple[Path, ...]:
        """None where the module or one of the packages is missing."""
        package = name.rpartition(".")[0]
        around = files_of(package) if package else ()
        if package and not around:
            return ()
        here = [one for root in _roots(site_packages) for one in _module_files(root, name.split("."))]
        return (*around, *here) if here else ()

    return files_of


def _roots(site_packages: Path) -> Iterator[Path]:
    """Where modules are looked for: also in the folders that pywin32 adds."""
    yield from (site_packages / part for part in ("", "win32", "win32/lib"))


def _module_files(root: Path, parts: list[str]) -> Iterator[Path]:
    place = root.joinpath(*parts)
    if (place / "__init__.py").is_file():
        yield place / "__init__.py"
    elif place.with_suffix(".py").is_file():
        yield place.with_suffix(".py")
    elif place.is_dir():
        yield place
    else:
        patterns = (f"{place.name}.*.pyd", f"{place.name}.pyd", f"{place.name}.*.so", f"{place.name}.so")
        yield from (one for pattern in patterns for one in place.parent.glob(pattern))


def _place_problems(folder: Path, made_in: Iterable[str]) -> Iterator[str]:
    names = [name for one in made_in for name in (one.encode(), one.encode("utf-16-le"))]
    for path in folder.rglob("*"):
        if path.is_file() and any(name in path.read_bytes() for name in names):
            yield f"{path.relative_to(folder).as_posix()} names a folder of this PC"
