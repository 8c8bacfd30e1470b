"""Reads the macros (マクロ) of a closed book as text, and tells those that are not ours; nothing is ever run.

A VBA project is a compound file whose source texts are packed as MS-OVBA says.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import struct
from collections.abc import Iterator
from enum import IntEnum

from kenpo_xl.domain.submission.inspection import Macro
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.compound_file import CompoundFile, DamagedError
from kenpo_xl.ooxml.package import Package, normalized_part_name
from kenpo_xl.resources import macro_folder

UNREADABLE = "（読めないマクロ）"
MAX_CODE = 16 * 2**20
"""Of all modules of a project together, packed and unpacked."""
_PROJECT = "vbaproject.bin"
# A line for each version, added before a book that carries it leaves the house; none is ever taken out.
_VERSIONS = "versions.txt"
# Lines that say nothing of what a module does: Excel and LibreOffice write and drop them on saving. A
# variable may be called attribute too: only what sets VB_Name and the like is meant.
_ATTRIBUTE = re.compile(r"\s*(?:Rem\s+)?Attribute\s+(?:\w+\.)?VBA?_\w+\s*=", re.IGNORECASE)
_SAYS_NOTHING = ("", "optionexplicit", "optionvbasupport1", "optionclassmodule", "version1.0class")
_CLASS_HEADER = ["begin", "multiuse=-1'true", "end"]


class _Record(IntEnum):
    """What a record of a project's list tells (MS-OVBA 2.3.4.2)."""

    CODE_PAGE = 0x03
    VERSION = 0x09
    NAME = 0x19
    NAME_UNICODE = 0x47
    STREAM = 0x1A
    STREAM_UNICODE = 0x32
    OFFSET = 0x31
    END_OF_MODULE = 0x2B


def foreign_macros(package: Package) -> tuple[Macro, ...]:
    """The modules of a book with code that none of our books ever carried, by name."""
    known = issued_versions()
    unknown = [
        macro
        for macro in macros(package)
        if macro.name == UNREADABLE or (essence(macro.code) and version_of(macro) not in known)
    ]
    ours = {version_of(macro) for macro in our_macros()} if unknown else set()
    return tuple(macro for macro in unknown if version_of(macro) not in ours)


def our_macros() -> Iterator[Macro]:
    """The modules that our own books carry, as the templates have them."""
    folder = macro_folder()
    for path in sorted(folder.glob("*.bas")) if folder else ():
        yield Macro(path.stem, path.read_text(encoding="utf-8"))


def issued_versions() -> set[str]:
    """Every version of our modules that a book of ours may still carry, as `version_of` tells them.

    A book is typed into for months: it must not become suspicious because the program was brought up to date.
    """
    folder = macro_folder()
    return set((folder / _VERSIONS).read_text(encoding="utf-8").splitlines()) if folder else set()


def version_of(macro: Macro) -> str:
    """What tells a module from any other, however it was saved: its name and a hash of its code."""
    digest = hashlib.sha256(essence(macro.code).encode()).hexdigest()
    return f"{macro.name.casefold()} {digest}"


def macros(package: Package) -> Iterator[Macro]:
    """Every module of every VBA project in a book."""
    for part in package:
        if normalized_part_name(part).endswith(_PROJECT):
            try:
                yield from modules(package.read(part))
            except (DamagedError, KenpoError):
                yield Macro(UNREADABLE, "")


def essence(code: str) -> str:
    """What texts of one module have in common, however Excel or LibreOffice saved them; empty for no code."""
    lines = ["".join(line.split()).casefold() for line in _bare(code).splitlines()]
    kept = [line for line in lines if line not in _SAYS_NOTHING]
    return "\n".join(kept[len(_CLASS_HEADER) :] if kept[: len(_CLASS_HEADER)] == _CLASS_HEADER else kept)


def modules(project: bytes) -> list[Macro]:
    """The modules of a vbaProject.bin; DamagedError where it cannot be read."""
    compound = CompoundFile(project)
    found = []
    for streams in compound.storages():
        if "dir" in streams:
            left = MAX_CODE
            for name, stream, offset, encoding in _listed(
                unpacked(compound.read_stream(streams["dir"]), left)
            ):
                if stream.casefold() not in streams:
                    raise DamagedError(f"no stream {stream}")
                packed = compound.read_stream(streams[stream.casefold()])
                code = unpacked(packed[offset:], left)
                left -= len(code) + len(packed)
                found.append(Macro(name, _bare(code.decode(encoding, "replace"))))
    if not found:
        raise DamagedError("no module")
    return found


def _bare(code: str) -> str:
    """Source text without its Attribute lines."""
    return "\n".join(line for line in code.splitlines() if not _ATTRIBUTE.match(line))


def _listed(directory: bytes) -> Iterator[tuple[str, str, int, str]]:
    """Name, stream, place of the source in it, and encoding of every module that a project lists."""
    encoding, name, stream, offset = "cp1252", "", "", 0
    for kind, data in _records(directory):
        match kind:
            case _Record.CODE_PAGE:
                encoding = _encoding(data)
            case _Record.NAME:
                name = data.decode(encoding, "replace")
            case _Record.NAME_UNICODE:
                name = data.decode("utf-16-le", "replace")
            case _Record.STREAM:
                stream = data.decode(encoding, "replace")
            case _Record.STREAM_UNICODE:
                stream = data.decode("utf-16-le", "replace")
            case _Record.OFFSET:
                offset = int.from_bytes(data, "little")
            case _Record.END_OF_MODULE:
                yield name, stream, offset, encoding


def _encoding(data: bytes) -> str:
    name = f"cp{int.from_bytes(data, 'little')}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _records(directory: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a project's list one by one; that of the version says a size that it has not."""
    place = 0
    while place + 6 <= len(directory):
        kind, size = struct.unpack_from("<HI", directory, place)
        size = 6 if kind == _Record.VERSION else size
        place += 6
        if place + size > len(directory):
            raise DamagedError(f"record {kind:#x} is cut off")
        yield kind, directory[place : place + size]
        place += size


def unpacked(packed: bytes, limit: int) -> bytes:
    """A text unpacked as MS-OVBA 2.4.1 says; DamagedError for one that is damaged or longer than `limit`."""
    if not packed.startswith(b"\1"):
        raise DamagedError("no packed text")
    text = bytearray()
    place = 1
    while place + 2 <= len(packed):
        (header,) = struct.unpack_from("<H", packed, place)
        end = min(place + (header & 0xFFF) + 3, len(packed))
        if (header >> 12) & 7 != 3:
            raise DamagedError("no chunk")
        if header >> 15:
            _unpack_chunk(packed[place + 2 : end], text)
        else:
            text += packed[place + 2 : end]
        if len(text) > limit:
            raise DamagedError("too long")
        place = end
    return bytes(text)


def _unpack_chunk(chunk: bytes, text: bytearray) -> None:
    """Eight tokens behind each byte of flags: a letter, or two bytes that repeat what stands before."""
    start, place = len(text), 0
    while place < len(chunk):
        flags = chunk[place]
        place += 1
        if not flags:
            text += chunk[place : place + 8]
            place += 8
            continue
        for bit in range(8):
            if place >= len(chunk):
                return
            if not flags >> bit & 1:
                text.append(chunk[place])
                place += 1
                continue
            if place + 2 > len(chunk):
                raise DamagedError("a token is cut off")
            token = chunk[place] | chunk[place + 1] << 8
            place += 2
            _repeat(text, token, len(text) - start)


def _repeat(text: bytearray, token: int, written: int) -> None:
    """The more of a chunk is written, the more bits of a token say how far back it reaches."""
    far_bits = max(4, (written - 1).bit_length())
    length = (token & (0xFFFF >> far_bits)) + 3
    back = (token >> (16 - far_bits)) + 1
    if back > written:
        raise DamagedError("a token reaches back too far")
    if back >= length:
        first = len(text) - back
        text += text[first : first + length]
    else:  # what reaches into itself goes on in turns
        text += (text[-back:] * (length // back + 1))[:length]
