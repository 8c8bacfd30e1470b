"""Reads the macros (マクロ) of a closed book as text, and finds those that are not ours; none is ever run.

A VBA project is a compound file whose source texts are compressed as MS-OVBA specifies.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import struct
from collections.abc import Iterator
from functools import lru_cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.submission.inspection import Macro
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.compound_file import CompoundFile, DamagedError
from kenpo_xl.ooxml.package import Package, normalized_part_name
from kenpo_xl.resources import macro_folder

UNREADABLE = "（読めないマクロ）"
MAX_CODE = 16 * 2**20
"""Of all modules of a project together, packed and unpacked."""
_PROJECT = "vbaproject.bin"
# A line for each version, added before books with it are distributed; none is ever removed.
_VERSIONS = "versions.txt"
# Lines without effect on what a module does: Excel and LibreOffice write and drop them on saving. A
# variable may be called attribute too: only lines that set VB_Name and the like are skipped.
_ATTRIBUTE = LazyPattern(r"\s*(?:Rem\s+)?Attribute\s+(?:\w+\.)?VBA?_\w+\s*=", re.IGNORECASE)
_WITHOUT_EFFECT = ("", "optionexplicit", "optionvbasupport1", "optionclassmodule", "version1.0class")
# Flags for eight tokens, and the bits for the length of a repetition near the start of a chunk.
_BITS = tuple(1 << bit for bit in range(8))
_LENGTH_BITS, _NEAR = 12, 16
# The bytes that a chunk holds at most, decompressed.
_LONGEST_CHUNK = 4096
_CLASS_HEADER = ["begin", "multiuse=-1'true", "end"]


class _Record:
    """The kinds of records in the module list of a project (MS-OVBA 2.3.4.2)."""

    CODE_PAGE = 0x03
    VERSION = 0x09
    NAME = 0x19
    NAME_UNICODE = 0x47
    STREAM = 0x1A
    STREAM_UNICODE = 0x32
    OFFSET = 0x31
    END_OF_MODULE = 0x2B


def foreign_macros(package: Package) -> tuple[Macro, ...]:
    """The modules of a book with code that none of our books ever contained."""
    known = issued_macro_versions()
    unknown = [
        macro
        for macro in macros_of_book(package)
        if macro.name == UNREADABLE or (macro_version(macro) not in known and comparable_code(macro.code))
    ]
    shipped = {macro_version(macro) for macro in shipped_macros()} if unknown else set()
    return tuple(macro for macro in unknown if macro_version(macro) not in shipped)


def shipped_macros() -> Iterator[Macro]:
    """The modules that the program writes into books."""
    folder = macro_folder()
    for path in sorted(folder.glob("*.bas")) if folder else ():
        yield Macro(path.stem, path.read_text(encoding="utf-8"))


def issued_macro_versions() -> set[str]:
    """Every version of our modules that books in use may contain, as `macro_version` returns them.

    A book is in use for months: it must not become suspicious because the program was updated.
    """
    folder = macro_folder()
    return set((folder / _VERSIONS).read_text(encoding="utf-8").splitlines()) if folder else set()


def macro_version(macro: Macro) -> str:
    """The name of a module and a hash of its code, the same however the module was saved."""
    digest = hashlib.sha256(comparable_code(macro.code).encode()).hexdigest()
    return f"{macro.name.casefold()} {digest}"


def macros_of_book(package: Package) -> Iterator[Macro]:
    """Every module of every VBA project in a book."""
    for part in package:
        if normalized_part_name(part).endswith(_PROJECT):
            try:
                yield from modules_of_project(package.read(part))
            except (DamagedError, KenpoError):
                yield Macro(UNREADABLE, "")


def comparable_code(code: str) -> str:
    """The code of a module, the same however Excel or LibreOffice saved it; '' for no code."""
    lines = ["".join(line.split()).casefold() for line in _code_without_attributes(code).splitlines()]
    kept = [line for line in lines if line not in _WITHOUT_EFFECT]
    return "\n".join(kept[len(_CLASS_HEADER) :] if kept[: len(_CLASS_HEADER)] == _CLASS_HEADER else kept)


@lru_cache(maxsize=8)
def modules_of_project(project: bytes) -> tuple[Macro, ...]:
    """The modules of a vbaProject.bin; raises DamagedError if it cannot be read.

    Books that were never saved by Excel have the same one.
    """
    compound = CompoundFile(project)
    found = []
    for streams in compound.streams_by_storage():
        if "dir" in streams:
            left = MAX_CODE
            for entry in _module_entries(decompressed_text(compound.read_stream(streams["dir"]), left)):
                if entry.stream.casefold() not in streams:
                    raise DamagedError(f"no stream {entry.stream}")
                packed = compound.read_stream(streams[entry.stream.casefold()])
                code = decompressed_text(packed[entry.offset :], left)
                left -= len(code) + len(packed)
                text = code.decode(entry.encoding, "replace")
                found.append(Macro(entry.name, _code_without_attributes(text)))
    if not found:
        raise DamagedError("no module")
    return tuple(found)


def _code_without_attributes(code: str) -> str:
    """Source text without its Attribute lines."""
    return "\n".join(line for line in code.splitlines() if not _ATTRIBUTE.match(line))


@frozen
class _ModuleEntry:
    """A module in the list of a project: its stream, where the source begins in it, and its encoding."""

    name: str
    stream: str
    offset: int
    encoding: str


def _module_entries(directory: bytes) -> Iterator[_ModuleEntry]:
    """Every module in the list of a project."""
    encoding, name, stream, offset = "cp1252", "", "", 0
    for kind, data in _directory_records(directory):
        match kind:
            case _Record.CODE_PAGE:
                encoding = _encoding_of_code_page(data)
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
                yield _ModuleEntry(name, stream, offset, encoding)


def _encoding_of_code_page(data: bytes) -> str:
    name = f"cp{int.from_bytes(data, 'little')}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _directory_records(directory: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and data of each record in the module list; the size stored for VERSION is wrong."""
    place = 0
    while place + 6 <= len(directory):
        kind, size = struct.unpack_from("<HI", directory, place)
        size = 6 if kind == _Record.VERSION else size
        place += 6
        if place + size > len(directory):
            raise DamagedError(f"record {kind:#x} is cut off")
        yield kind, directory[place : place + size]
        place += size


def decompressed_text(packed: bytes, limit: int) -> bytes:
    """A text decompressed by MS-OVBA 2.4.1; raises DamagedError if damaged or longer than `limit`."""
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
            text += _decompressed_chunk(packed[place + 2 : end])
        else:
            text += packed[place + 2 : end]
        if len(text) > limit:
            raise DamagedError("too long")
        place = end
    return bytes(text)


@lru_cache(maxsize=64)
def _decompressed_chunk(chunk: bytes) -> bytes:
    """A chunk decompressed: eight tokens per byte of flags, a letter or a repetition of two bytes.

    Books of one period have most modules in common.
    """
    text = bytearray()
    place, size = 0, len(chunk)
    while place < size and len(text) <= _LONGEST_CHUNK:
        flags = chunk[place]
        place += 1
        if not flags:
            text += chunk[place : place + 8]
            place += 8
            continue
        for bit in _BITS:
            if place >= size:
                break
            if flags & bit:
                if place + 2 > size:
                    raise DamagedError("a token is cut off")
                written = len(text)
                # The bits for the distance grow with the letters that are written.
                length_bits = _LENGTH_BITS if written <= _NEAR else 16 - (written - 1).bit_length()
                token = chunk[place] | chunk[place + 1] << 8
                back, length = (token >> length_bits) + 1, (token & (1 << length_bits) - 1) + 3
                if back > written:
                    raise DamagedError("a token reaches back too far")
                place += 2
                if back >= length:
                    text += text[-back : length - back or None]
                else:  # what reaches into itself goes on in turns
                    text += (text[-back:] * (length // back + 1))[:length]
            else:
                text.append(chunk[place])
                place += 1
    if len(text) > _LONGEST_CHUNK:
        raise DamagedError("a chunk is too long")
    return bytes(text)
