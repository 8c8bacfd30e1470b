"""Reads a compound file (OLE2, MS-CFB 3 and 4): the streams of a storage, as VBA projects are kept.

Every chain of sectors ends and reads no sector twice, whatever the file contains.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from kenpo_xl.domain.frozen import frozen

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_LAST_SECTOR = 0xFFFFFFFA
_HEADER_ENTRIES = 109
MAX_ENTRIES = 2_000
"""Storages and streams; a VBA project has some for each module and form."""
_ENTRY_BYTES = 128
_MINI_BYTES = 64
_NONE = 0xFFFFFFFF
_COLOUR, _BLACK = 67, 1
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class DamagedError(ValueError):
    """The file is no compound file, or one of its chains is broken."""


@frozen
class _Entry:
    """An entry of the directory; `left`, `right` and `child` are numbers of others."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """The directory of a compound file; DamagedError where it cannot be read."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(MAGIC):
            raise DamagedError("no compound file")
        self._content = content
        try:
            self._read_directory()
        except struct.error as error:
            raise DamagedError(str(error)) from error

    def _read_directory(self) -> None:
        shift, mini_shift = struct.unpack_from("<HH", self._content, 0x1E)
        if shift not in (9, 12) or 1 << mini_shift != _MINI_BYTES:
            raise DamagedError(f"sectors of 2^{shift} and 2^{mini_shift} bytes")
        self._sector_bytes = 1 << shift
        first, _, self._cutoff, mini, _ = struct.unpack_from("<IIIII", self._content, 0x30)
        self._fat: Sequence[int] = [
            number
            for sector in self._allocation_table_sectors()
            for number in self._unpack_numbers(self._read_sector(sector))
        ]
        directory = self._chain_bytes(first)
        self._entries = [
            _read_entry(directory, place)
            for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES)
        ]
        if len(self._entries) > MAX_ENTRIES:
            raise DamagedError("too many streams")
        if not self._entries or self._entries[0].kind != _ROOT:
            raise DamagedError("no root")
        self._mini_fat: Sequence[int] = self._unpack_numbers(self._chain_bytes(mini))
        self._mini = self._chain_bytes(self._entries[0].start)

    def streams_by_storage(self) -> Iterator[dict[str, int]]:
        """For each storage the numbers of its direct streams, by name in lower case."""
        for entry in self._entries:
            if entry.kind in (_STORAGE, _ROOT):
                yield {
                    self._entries[number].name.casefold(): number
                    for number in self._entry_numbers_in_tree(entry.child)
                    if self._entries[number].kind == _STREAM
                }

    def places_of_entries(self) -> Iterator[int]:
        """Where each used entry of the directory begins in the file."""
        (first,) = struct.unpack_from("<I", self._content, 0x30)
        in_sector = self._sector_bytes // _ENTRY_BYTES
        sectors = list(_chain_sectors(first, self._fat))
        for number, entry in enumerate(self._entries):
            if entry.kind:
                sector, place = divmod(number, in_sector)
                yield (sectors[sector] + 1) * self._sector_bytes + place * _ENTRY_BYTES

    def read_stream(self, number: int) -> bytes:
        """The bytes of a stream."""
        entry = self._entries[number]
        if entry.size >= self._cutoff:
            return self._chain_bytes(entry.start)[: entry.size]
        pieces = (
            self._mini[sector * _MINI_BYTES : (sector + 1) * _MINI_BYTES]
            for sector in _chain_sectors(entry.start, self._mini_fat)
        )
        return b"".join(pieces)[: entry.size]

    def _entry_numbers_in_tree(self, root: int) -> set[int]:
        found: set[int] = set()
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number < len(self._entries) and number not in found:
                found.add(number)
                waiting += (self._entries[number].left, self._entries[number].right)
        return found

    def _allocation_table_sectors(self) -> Iterator[int]:
        """The sectors of the allocation table: 109 in the header, further ones in a chain."""
        yield from self._without_free_sectors(struct.unpack_from(f"<{_HEADER_ENTRIES}I", self._content, 0x4C))
        (sector,) = struct.unpack_from("<I", self._content, 0x44)
        seen: set[int] = set()
        while sector < _LAST_SECTOR and sector not in seen:
            seen.add(sector)
            *numbers, sector = self._unpack_numbers(self._read_sector(sector))
            yield from self._without_free_sectors(numbers)

    @staticmethod
    def _without_free_sectors(numbers: Sequence[int]) -> list[int]:
        return [number for number in numbers if number < _LAST_SECTOR]

    def _read_sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        if start >= len(self._content):
            raise DamagedError(f"sector {number} is beyond the end")
        return self._content[start : start + self._sector_bytes].ljust(self._sector_bytes, b"\0")

    @staticmethod
    def _unpack_numbers(content: bytes) -> Sequence[int]:
        return struct.unpack(f"<{len(content) // 4}I", content)

    def _chain_bytes(self, start: int) -> bytes:
        return b"".join(self._read_sector(number) for number in _chain_sectors(start, self._fat))


def with_black_directory_entries(content: bytes) -> bytes:
    """A compound file with every entry of its directory black, the simplest form of MS-CFB 2.6.4.

    Red ones are there to keep trees even, and two may never follow one another.
    """
    coloured = bytearray(content)
    for place in CompoundFile(content).places_of_entries():
        coloured[place + _COLOUR] = _BLACK
    return bytes(coloured)


def _chain_sectors(start: int, table: Sequence[int]) -> Iterator[int]:
    """The sectors of a chain; DamagedError where it leaves the table or returns to itself."""
    seen: set[int] = set()
    while start < _LAST_SECTOR:
        if start in seen or start >= len(table):
            raise DamagedError(f"the chain breaks at {start}")
        seen.add(start)
        yield start
        start = table[start]


def _read_entry(directory: bytes, place: int) -> _Entry:
    length, kind = struct.unpack_from("<HB", directory, place + 64)
    left, right, child = struct.unpack_from("<III", directory, place + 68)
    start, size = struct.unpack_from("<II", directory, place + 116)
    name = directory[place : place + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
    return _Entry(name, kind, left, right, child, start, size)
