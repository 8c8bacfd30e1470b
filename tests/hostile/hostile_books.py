"""Books that nobody should have to read: one of the sample's, spoilt or swollen in one way each."""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from tests.paths import SAMPLE

BOOK = SAMPLE / "提出" / "業務グループ.xlsm"
BOOK_XML, ITEM, SPARE = "xl/workbook.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet1.xml"
STRINGS, STYLES, RELS = "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DEFLATED = 8

Maker = Callable[[Path], object]
Edit = Callable[[bytes], bytes]


def parts(book: Path = BOOK) -> dict[str, bytes]:
    """The parts of a book by name."""
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> None:
    """Write a zip of these members, names as they are."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", method) as archive:
        warnings.filterwarnings("ignore", "Duplicate name")
        for name, content in members:
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, method
            archive.writestr(info, content)


def with_parts(changed: dict[str, bytes | None]) -> Maker:
    """The sample's book with parts put in the place of its own, added, or (None) taken out."""

    def make(path: Path) -> None:
        whole: dict[str, bytes | None] = {**parts(), **changed}
        pack(path, ((name, content) for name, content in whole.items() if content is not None))

    return make


def edited(part: str, old: str, new: str) -> Maker:
    """The sample's book with every match of a pattern in a part replaced."""
    content, count = re.subn(old, lambda _: new, parts()[part].decode())
    assert count, (part, old)
    return with_parts({part: content.encode()})


def renamed(change: Callable[[str], str]) -> Maker:
    """The sample's book with its members called otherwise."""
    return lambda path: pack(path, ((change(name), content) for name, content in parts().items()))


def re_encoded(encoding: str) -> Maker:
    """The sample's book with every part of XML in another encoding."""

    def encode(name: str, content: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")):
            return content
        return content.decode().replace("UTF-8", encoding.removesuffix("-LE"), 1).encode(encoding)

    return lambda path: pack(path, ((name, encode(name, content)) for name, content in parts().items()))


def prefixed(path: Path) -> None:
    """The sample's book with a prefix on every element of its sheets, strings, styles and workbook part."""

    def with_prefix(content: bytes) -> bytes:
        text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", content.decode())
        return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()

    pack(path, ((n, with_prefix(c) if MAIN.encode() in c else c) for n, c in parts().items()))


def strict(path: Path) -> None:
    """The sample's book as strict OOXML."""
    spaces = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/"
        "officeDocument/relationships",
    }

    def converted(content: bytes) -> bytes:
        for old, new in spaces.items():
            content = content.replace(old.encode(), new.encode())
        return content

    pack(path, ((name, converted(content)) for name, content in parts().items()))


def before(part: str, mark: str, added: str) -> Maker:
    """The sample's book with something added before a mark in a part."""
    return edited(part, mark, added + mark)


def in_rows(part: str, rows: str) -> Maker:
    """The sample's book with rows added below those of a sheet."""
    return before(part, "</sheetData>", rows)


def with_cell(text: str) -> Maker:
    """The sample's book whose item sheet 1-2-2 holds one more cell, where nothing of ours stands."""
    return in_rows(ITEM, f'<row r="90">{text}</row>')


class Repeated:
    """A part that grows to any size from a few bytes: a beginning, one piece many times, an end."""

    def __init__(self, begin: str, piece: str, times: int, end: str) -> None:
        self.begin, self.end, self.piece = begin.encode(), end.encode(), piece.encode()
        self.per_block = max(1, 2**20 // len(self.piece))
        self.blocks = -(-times // self.per_block)

    @cached_property
    def block(self) -> bytes:
        return self.piece * self.per_block

    def packed(self) -> bytes:
        """Deflated, each block as an independent piece of the stream."""
        machine = zlib.compressobj(9, zlib.DEFLATED, -15)
        begin = machine.compress(self.begin) + machine.flush(zlib.Z_FULL_FLUSH)
        block = machine.compress(self.block) + machine.flush(zlib.Z_FULL_FLUSH)
        return begin + block * self.blocks + machine.compress(self.end) + machine.flush()

    @property
    def size(self) -> int:
        return len(self.begin) + len(self.block) * self.blocks + len(self.end)

    def crc(self) -> int:
        found = zlib.crc32(self.begin)
        for _ in range(self.blocks):
            found = zlib.crc32(self.block, found)
        return zlib.crc32(self.end, found)


def swollen(part: str, content: Repeated, *, claimed: int | None = None) -> Maker:
    """The sample's book with a part that grows; `claimed` is the size that the directory says instead."""

    def make(path: Path) -> None:
        members = [(name, _DEFLATED, *_deflated(text)) for name, text in parts().items() if name != part]
        size = content.size if claimed is None else claimed
        members.append((part, _DEFLATED, content.packed(), content.crc(), size))
        path.write_bytes(b"".join(_zip(members)))

    return make


def _deflated(content: bytes) -> tuple[bytes, int, int]:
    machine = zlib.compressobj(6, zlib.DEFLATED, -15)
    return machine.compress(content) + machine.flush(), zlib.crc32(content), len(content)


def _zip(members: list[tuple[str, int, bytes, int, int]]) -> Iterator[bytes]:
    """The bytes of a zip whose headers say of CRC and size what they are told to."""
    at, records = 0, []
    for name, method, packed, crc, size in members:
        raw = name.encode()
        fields = (20, 0x0800, method, 0, 0x21, crc, len(packed), size, len(raw), 0)
        local = struct.pack("<4s5H3I2H", b"PK\3\4", *fields) + raw
        records.append(struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, *fields, 0, 0, 0, 0, at) + raw)
        yield local + packed
        at += len(local) + len(packed)
    directory = b"".join(records)
    yield directory
    counts = (min(len(members), 0xFFFF),) * 2
    yield struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, *counts, len(directory), at, 0)


def sheet_of(rows: str, times: int, end: str = "</sheetData></worksheet>") -> Repeated:
    """A worksheet of the same rows many times."""
    return Repeated(f'<worksheet xmlns="{MAIN}"><sheetData>', rows, times, end)


def with_many(part: str, mark: str, piece: str, times: int) -> Repeated:
    """A part of the sample's book with a piece many times before a mark of its own."""
    header, mark, tail = parts()[part].decode().partition(mark)
    assert mark, part
    return Repeated(header, piece, times, mark + tail)
