"""The seal of a report (内容の印): a hash of its content in a property of the file; saving it breaks it.

The seal of a PDF is a comment behind its end. A CSV has no comments: the quotation marks around names of its
header, which have no meaning for programs, encode the bits of the hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from lxml import etree

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import Package

PROPERTY = "kenpo-xl 内容"
# The content of the property until the rest of the file is known.
BLANK = "0" * 64
_PART = "docProps/custom.xml"
_PDF_SEAL = b"%kenpo-xl "


def sealed_parts(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a workbook by name, in their order, with the seal in place of `BLANK`."""
    digest = _content_digest(parts, parts.__getitem__)
    return {**parts, _PART: parts[_PART].replace(BLANK.encode(), digest.encode())}


def has_valid_seal(path: Path) -> bool:
    """Whether a file was sealed and not saved since; False for any other or unreadable file."""
    try:
        with Package(path) as package:
            return _PART in package and _stored_seal(package) == _content_digest(package, package.read)
    except (KenpoError, OSError):
        return False


def pdf_with_seal(content: bytes) -> bytes:
    """A PDF with its seal; readers skip content behind its end."""
    return content + _PDF_SEAL + hashlib.sha256(content).hexdigest().encode() + b"\n"


def has_valid_pdf_seal(path: Path) -> bool:
    """Whether a PDF was sealed and not changed since; False for any other or unreadable file."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return content == pdf_with_seal(content.rpartition(_PDF_SEAL)[0])


def csv_with_seal(names: Sequence[str], rows: bytes) -> bytes:
    """A CSV of a header and rows, in UTF-8 with BOM, sealed by the quotation marks of the header."""
    bits = int.from_bytes(hashlib.sha256(rows).digest(), "big")
    header = (f'"{name}"' if bits >> place & 1 else name for place, name in enumerate(names))
    return ",".join(header).encode("utf-8-sig") + b"\r\n" + rows


def has_valid_csv_seal(path: Path, names: Sequence[str]) -> bool:
    """Whether a CSV was sealed and not changed since; False for any other or unreadable file."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return content == csv_with_seal(names, content.partition(b"\r\n")[2])


def _stored_seal(package: Package) -> str:
    for entry in package.tree(_PART).iterchildren("{*}property"):
        if entry.get("name") == PROPERTY:
            return str(etree.tostring(entry, method="text", encoding="unicode")).strip()
    return ""


def _content_digest(names: Iterable[str], read: Callable[[str], bytes]) -> str:
    """SHA-256 over names and bytes of all members but the one that contains the seal."""
    digest = hashlib.sha256()
    for name in sorted(names):
        if name != _PART:
            content = read(name)
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
