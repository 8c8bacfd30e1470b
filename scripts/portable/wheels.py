"""The libraries of a portable folder: as locked, of the right system, unpacked without being installed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from scripts.portable.failure import PortableError
from scripts.portable.target import Target

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements-portable.lock"
FULL_LOCK = ROOT / "requirements.lock"
PROOFREADING = ("sudachidict-small", "sudachipy")
"""The libraries of the extra `proofread`, which are not made for every system."""
# Parts of libraries that no command and no button loads, and that need what is not in the folder or may not
# be used in an office: pattern below site-packages → why.
LEFT_OUT = {
    "pythonwin/**": "an editor, needs mfc140u.dll and msvcp140.dll",
    "win32comext/**": "extensions of the shell, need msvcp140.dll",
    "adodbapi/**": "databases",
    "isapi/**": "web servers",
    "pywin32.chm": "help of the editor",
    "win32/demos/**": "examples",
    "win32com/demos/**": "examples",
    "win32com/test/**": "tests",
    "win32/test/**": "tests",
    "win32/*.exe": "a host of services, not signed by its maker",
    "win32/scripts/**": "tools for programmers",
    "xlwings/pro/**": "not free to use in an office",
    "xlwings/addin/**": "an add-in",
    "xlwings/quickstart*": "examples",
    "xlwings/js/**": "for web pages",
    "xlwings/html/**": "for web pages",
    "xlwings/*.dll": "functions in cells, which no book has",
    "xlwings*.dll": "functions in cells, which no book has",
    "sqlalchemy/testing/**": "tests",
    "lxml/includes/**": "for compilers",
    "lxml/*.pyx": "for compilers",
}


@dataclass(frozen=True)
class Locked:
    """A library of a lock file: its requirement, and the hashes of the files that may be used."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def line(self) -> str:
        """The line of a requirements file, without a condition."""
        return " ".join([f"{self.requirement.name}{self.requirement.specifier}", *self.hashes])


def locked_libraries(lock: Path) -> dict[str, Locked]:
    """The libraries of a lock file by name."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            requirement, *hashes = line.split(" --hash=")
            one = Requirement(requirement.strip())
            found[canonicalize_name(one.name)] = Locked(one, tuple(f"--hash={h.strip()}" for h in hashes))
    return found


def needed_on(target: Target, *, proofread: bool = False) -> list[Locked]:
    """The locked libraries that a system needs."""
    libraries = locked_libraries(LOCK)
    if proofread:
        everything = locked_libraries(FULL_LOCK)
        libraries |= {name: everything[name] for name in PROOFREADING}
    return [one for one in libraries.values() if _applies(one.requirement, target)]


def _applies(requirement: Requirement, target: Target) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(target.markers)


def fetch_wheels(libraries: Iterable[Locked], target: Target, folder: Path, *, wheels: Path | None) -> None:
    """Put the wheels of these libraries into a folder, from another one or from the package index.

    PortableError if one is missing, or is not of the bytes that the lock names.
    """
    wanted = folder / "requirements.txt"
    wanted.write_text("".join(f"{one.line}\n" for one in libraries), encoding="utf-8")
    command = [sys.executable, "-P", "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command += ["--requirement", str(wanted), "--dest", str(folder)]
    if target.tag:
        command += ["--platform", target.tag, "--python-version", target.dotted, "--implementation", "cp"]
    if wheels:
        command += ["--no-index", "--find-links", str(wheels)]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        raise PortableError(
            "部品（wheel）がそろいませんでした。上の表示を確かめ、ネットワークにつながる PC で実行するか、"
            "--wheels に部品のフォルダーを指定してください。"
        )
    wanted.unlink()


def build_own_wheel(folder: Path) -> None:
    """Build the wheel of kenpo-xl itself; the same source gives the same bytes."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "hatchling",
        "build",
        "--target",
        "wheel",
        "--directory",
        str(folder),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise PortableError(f"kenpo-xl の wheel を作れませんでした。{done.stderr.strip()[-500:]}")


@dataclass(frozen=True)
class Library:
    """A library that was unpacked: its name and version, the name of its wheel, and the hash of that."""

    name: str
    version: str
    wheel: str
    digest: str
    metadata: Mapping[str, tuple[str, ...]]


def unpack_wheels(folder: Path, site_packages: Path) -> list[Library]:
    """Unpack every wheel of a folder into site-packages; the libraries by name."""
    return [_unpacked(wheel, site_packages) for wheel in sorted(folder.glob("*.whl"))]


def _unpacked(wheel: Path, site_packages: Path) -> Library:
    name, version, _, _ = parse_wheel_filename(wheel.name)
    metadata: Mapping[str, tuple[str, ...]] = {}
    with zipfile.ZipFile(wheel) as packed:
        for entry in packed.infolist():
            place = _place_of(entry.filename)
            if entry.is_dir() or place is None or _is_left_out(place):
                continue
            goal = site_packages / place
            goal.parent.mkdir(parents=True, exist_ok=True)
            goal.write_bytes(packed.read(entry))
            if place.name == "METADATA" and place.parent.suffix == ".dist-info":
                metadata = _fields(packed.read(entry).decode())
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return Library(str(name), str(version), wheel.name, digest, metadata)


def _place_of(name: str) -> PurePosixPath | None:
    """Where a file of a wheel goes below site-packages; None for scripts, headers and the list of files."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        raise PortableError(f"部品の中に使えない名前のファイル（{name}）があります。")
    if path.parts[0].endswith(".data"):
        return PurePosixPath(*path.parts[2:]) if path.parts[1] in ("purelib", "platlib") else None
    # The list of files would be wrong where parts are left out; the manifest of the folder has them all.
    return None if path.parts[0].endswith(".dist-info") and path.name == "RECORD" else path


def _is_left_out(place: PurePosixPath) -> bool:
    lower = PurePosixPath(str(place).lower())
    return any(_matches(lower, pattern) for pattern in LEFT_OUT)


def _matches(place: PurePosixPath, pattern: str) -> bool:
    if pattern.endswith("/**"):
        return place.is_relative_to(pattern.removesuffix("/**"))
    return len(place.parts) == len(PurePosixPath(pattern).parts) and place.match(pattern)


def _fields(metadata: str) -> dict[str, tuple[str, ...]]:
    """The fields of a METADATA file."""
    found: dict[str, list[str]] = {}
    for line in metadata.partition("\n\n")[0].splitlines():
        key, colon, value = line.partition(": ")
        if colon and not line.startswith(" "):
            found.setdefault(key, []).append(value.strip())
    return {key: tuple(values) for key, values in found.items()}
