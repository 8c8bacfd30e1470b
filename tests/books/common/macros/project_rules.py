"""What Microsoft specifies for writers of a VBA project (MS-OVBA) and of its compound file (MS-CFB)."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import olefile

from kenpo_xl.books.common.macros.reader import decompressed_text

_SECTOR, _ENTRY, _NONE, _END = 512, 128, 0xFFFFFFFF, 0xFFFFFFFE
_FREE, _TABLE = 0xFFFFFFFF, 0xFFFFFFFD
_OFFSET, _STREAM_NAME = 0x0031, 0x001A


def problems(project: bytes, sheets: int) -> list[str]:
    """Every rule that a project with code names for so many sheets breaks."""
    return [*_container_problems(project), *_project_problems(project, sheets)]


def _project_problems(project: bytes, sheets: int) -> Iterator[str]:
    with olefile.OleFileIO(BytesIO(project), raise_defects=olefile.DEFECT_UNSURE) as ole:
        names = {"/".join(path) for path in ole.listdir()}
        modules = {"ThisWorkbook", "KenpoButtons", *(f"Sheet{number}" for number in range(1, sheets + 1))}
        wanted = {"PROJECT", "PROJECTwm", "VBA/_VBA_PROJECT", "VBA/dir", *(f"VBA/{one}" for one in modules)}
        if names != wanted:  # above all no VBA/__SRP_n, which nobody but Excel writes
            yield f"streams {sorted(names ^ wanted)}"
            return
        # 2.3.4.1: Version MUST be 0xFFFF and PerformanceCache MUST NOT be present on write.
        if ole.openstream("VBA/_VBA_PROJECT").read() != bytes.fromhex("CC61FFFF000000"):
            yield "_VBA_PROJECT is of a version of Office"
        listed = dict(_modules(decompressed_text(ole.openstream("VBA/dir").read(), 2**24)))
        if listed.keys() != modules:
            yield f"modules {sorted(listed.keys() ^ modules)}"
        # 2.3.4.3: PerformanceCache MUST NOT be present on write, so the text begins at 0.
        yield from (f"{name} holds what was compiled" for name, offset in listed.items() if offset)
        for name in modules:
            text = decompressed_text(ole.openstream(f"VBA/{name}").read(), 2**24).decode("ascii")
            if not text.startswith(f'Attribute VB_Name = "{name}"\r\n') or "\n" in text.replace("\r\n", ""):
                yield f"{name}: text"
        lines = ole.openstream("PROJECT").read().decode("ascii").split("\r\n")
        documents = {
            line.removeprefix("Document=").partition("/")[0] for line in lines if "Document=" in line
        }
        if documents | {"KenpoButtons"} != modules or "Module=KenpoButtons" not in lines:
            yield "PROJECT"
        if len(ole.openstream("PROJECTwm").read()) != sum(3 * len(one) + 3 for one in modules) + 2:
            yield "PROJECTwm"


def _modules(directory: bytes) -> Iterator[tuple[str, int]]:
    """Name of the stream and offset of the text of each module."""
    place, name = 0, ""
    while place + 6 <= len(directory):
        kind, size = struct.unpack_from("<HI", directory, place)
        size = 6 if kind == 0x0009 else size
        data = directory[place + 6 : place + 6 + size]
        place += 6 + size
        if kind == _STREAM_NAME:
            name = data.decode("ascii")
        elif kind == _OFFSET:
            yield name, int.from_bytes(data, "little")


def _container_problems(project: bytes) -> Iterator[str]:
    sectors = len(project) // _SECTOR - 1
    if len(project) % _SECTOR:
        yield "not whole sectors"
    count, first = struct.unpack_from("<I", project, 0x2C)[0], struct.unpack_from("<I", project, 0x30)[0]
    tables = struct.unpack_from("<109I", project, 0x4C)[:count]
    table = [number for one in tables for number in _numbers(_sector(project, one))]
    if [one for one in range(sectors) if table[one] == _TABLE] != sorted(tables):
        yield "sectors of the table"
    directory = b"".join(_sector(project, one) for one in _chain(table, first))
    entries = [directory[place : place + _ENTRY] for place in range(0, len(directory), _ENTRY)]
    used = [number for number, entry in enumerate(entries) if entry[66]]
    # 2.6.4: no red entry follows a red one, which is so where all are black.
    yield from (f"entry {number} is red" for number in used if entries[number][67] != 1)
    yield from (f"entry {number} is out of order" for number in used if not _is_in_order(entries, number))
    chains = [first, struct.unpack_from("<I", project, 0x3C)[0], struct.unpack_from("<I", entries[0], 116)[0]]
    for number in used[1:]:
        start, size = struct.unpack_from("<IQ", entries[number], 116)
        if entries[number][66] == 2 and size >= 4096:
            chains.append(start)
    taken = Counter(one for start in chains for one in _chain(table, start))
    taken.update(tables)
    if set(taken.values()) != {1} or set(taken) != {one for one in range(sectors) if table[one] != _FREE}:
        yield "a sector is lost, or taken twice"


def _is_in_order(entries: list[bytes], number: int) -> bool:
    """Whether what is left of an entry comes before it and what is right of it after it."""
    left, right = struct.unpack_from("<II", entries[number], 68)
    here = _key(entries[number])
    return (left == _NONE or _key(entries[left]) < here) and (right == _NONE or here < _key(entries[right]))


def _key(entry: bytes) -> tuple[int, str]:
    """By length and then by capital letters (2.6.4)."""
    length = int.from_bytes(entry[64:66], "little")
    return length, entry[: length - 2].decode("utf-16-le").upper()


def _sector(project: bytes, number: int) -> bytes:
    return project[(number + 1) * _SECTOR : (number + 2) * _SECTOR]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content)


def _chain(table: list[int], start: int) -> Iterator[int]:
    while start not in (_END, _NONE):
        yield start
        start = table[start]
