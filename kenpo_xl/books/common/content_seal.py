"""The seal of a report (内容の印): a hash of its content in a property of the file; saving it breaks it.

That of a PDF is a comment behind its end. A CSV has no place for one that programs would not read as data:
which names of its header stand in quotation marks, which mean nothing, are the bits of its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.zip_splice import replace_parts

PROPERTY = "kenpo-xl 内容"
# What stands in the property until the rest of the file is known.
BLANK = "0" * 64
_PART = "docProps/custom.xml"
_PDF_SEAL = b"%kenpo-xl "


def seal(blank: Path, path: Path) -> None:
    """Copy a report whose property is `BLANK` to `path`, sealed; the same content gets the same seal."""
    with Package(blank) as package:
        part = package.read(_PART).replace(BLANK.encode(), _digest(package).encode())
    replace_parts(blank, path, {_PART: part})


def is_unchanged(path: Path) -> bool:
    """Whether a file is as we sealed it; a foreign, damaged, huge or unreadable one is not."""
    try:
        with Package(path) as package:
            return _PART in package and _sealed(package) == _digest(package)
    except (KenpoError, OSError):
        return False


def sealed_pdf(content: bytes) -> bytes:
    """A PDF with its seal; readers skip what stands behind its end."""
    return content + _PDF_SEAL + hashlib.sha256(content).hexdigest().encode() + b"\n"


def is_unchanged_pdf(path: Path) -> bool:
    """Whether a PDF is as we sealed it; any other file, or one that cannot be read, is not."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return content == sealed_pdf(content.rpartition(_PDF_SEAL)[0])


def sealed_csv(names: Sequence[str], rows: bytes) -> bytes:
    """A CSV of a header and rows, in UTF-8 with its mark, sealed by the quotation marks of the header."""
    bits = int.from_bytes(hashlib.sha256(rows).digest(), "big")
    header = (f'"{name}"' if bits >> place & 1 else name for place, name in enumerate(names))
    return ",".join(header).encode("utf-8-sig") + b"\r\n" + rows


def is_unchanged_csv(path: Path, names: Sequence[str]) -> bool:
    """Whether a CSV is as we sealed it; any other file, or one that cannot be read, is not."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return content == sealed_csv(names, content.partition(b"\r\n")[2])


def _sealed(package: Package) -> str:
    for entry in package.tree(_PART).iterchildren("{*}property"):
        if entry.get("name") == PROPERTY:
            return str(etree.tostring(entry, method="text", encoding="unicode")).strip()
    return ""


def _digest(package: Package) -> str:
    """SHA-256 over names and bytes of all members but the one that holds the seal."""
    digest = hashlib.sha256()
    for name in sorted(package):
        if name != _PART:
            content = package.read(name)
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
