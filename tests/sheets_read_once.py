"""Sheets as `CellReader` reads them, parsed once for a content in each process of the tests.

Most books of the tests are copies of a few in which one cell is different, and are opened again and again: a
fifth of the time of a test that checks some. A sheet is known by what decides on it: its packed bytes, the
formats and texts of its book, and the limits. What it took of the limits is taken again, and what exceeds
them or is damaged is read each time.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import fields
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

from kenpo_xl.ooxml import cell_reader, package
from kenpo_xl.ooxml.cell_reader import CellReader, SheetContents
from kenpo_xl.ooxml.package import Package, normalized_part_name

readers_read_sheet = CellReader.read_sheet
MOST = 256
BUDGETS = ("cells", "blank", "below", "_covered")
COUNTS = ("inflated", "_skipped", "_elements")
STRINGS = "_shared_strings"
Counted = tuple[int, ...]


class Known(NamedTuple):
    """A sheet that was read, what that took of the limits, and the texts of its book where it needs them."""

    contents: SheetContents
    taken: Counted
    strings: dict[str, list[str]]


_known: OrderedDict[bytes, Known] = OrderedDict()


def read_sheet(reader: CellReader, part: str, needed: int) -> SheetContents:
    """The contents of a worksheet part, which belong to the caller."""
    key = _key_of(reader, part, needed)
    if key is None:
        return readers_read_sheet(reader, part, needed)
    before = _counted(reader)
    known = _known.get(key)
    if known is None or not _is_within_limits(_sum(before, known.taken)):
        contents = readers_read_sheet(reader, part, needed)
        after = _counted(reader)
        if not _is_within_limits(after):
            return contents
        known = Known(contents, _difference(after, before), _strings_of(reader))
        _known[key] = known
        if len(_known) > MOST:
            _known.popitem(last=False)
    else:
        _known.move_to_end(key)
        _set_counted(reader, _sum(before, known.taken))
        vars(reader).update(known.strings)
    return _copy(known.contents)


def _strings_of(reader: CellReader) -> dict[str, list[str]]:
    """The texts of the book, where they were read."""
    return {STRINGS: vars(reader)[STRINGS]} if STRINGS in vars(reader) else {}


def _key_of(reader: CellReader, part: str, needed: int) -> bytes | None:
    """The digest of all that decides on the contents of a part; None where that is not known."""
    strings = reader._load_strings.args[1] if isinstance(reader._load_strings, partial) else part
    packed = [_packed_bytes(reader._package, name) for name in (part, strings) if name]
    if None in packed:
        return None
    formats = [getattr(reader.styles, one.name) for one in fields(reader.styles)]
    others = (needed, reader._epoch, formats, STRINGS in vars(reader), *_limits())
    return sha256(repr((packed, others)).encode()).digest()


def _packed_bytes(book: Package, part: str) -> tuple[object, ...] | None:
    """What the zip holds of a part, and what its directory says of it; None for a part that is not whole."""
    name = normalized_part_name(part)
    found = book._members.get(name)
    if found is None or book._zip.fp is None:
        return None
    with book._zip.fp.getbuffer() as content:
        header = bytes(content[found.header_offset : found.header_offset + 30])
        if len(header) < 30:
            return None
        start = found.header_offset + 30
        end = start + sum(struct.unpack("<HH", header[26:]))
        digest = sha256(content[end : end + found.compress_size]).digest()
        # Its date is left out.
        local = header[:10], bytes(content[start : start + len(found.orig_filename)])
    return digest, local, found.CRC, found.file_size, found.flag_bits, name in book._ambiguous


def _limits() -> Iterator[int]:
    """The limits of the reader and of packages, which some tests lower."""
    for module in (cell_reader, package):
        yield from (one for name, one in vars(module).items() if name.isupper() and isinstance(one, int))


def _counted(reader: CellReader) -> Counted:
    """What is left of each budget, and what a package counts."""
    left = (getattr(reader, name).left for name in BUDGETS)
    return (*left, *(getattr(reader._package, name) for name in COUNTS))


def _set_counted(reader: CellReader, counted: Counted) -> None:
    for name, left in zip(BUDGETS, counted, strict=False):
        getattr(reader, name).left = left
    for name, count in zip(COUNTS, counted[len(BUDGETS) :], strict=True):
        setattr(reader._package, name, count)


def _is_within_limits(counted: Counted) -> bool:
    inflated, skipped, elements = counted[len(BUDGETS) :]
    return (
        min(counted[: len(BUDGETS)]) > 0
        and inflated - skipped <= package.MAX_BYTES
        and inflated <= package.MAX_BYTES_WITH_EMPTY_ROWS
        and elements <= package.MAX_ELEMENTS
    )


def _sum(one: Counted, other: Counted) -> Counted:
    return tuple(map(sum, zip(one, other, strict=True)))


def _difference(one: Counted, other: Counted) -> Counted:
    return tuple(now - then for now, then in zip(one, other, strict=True))


def _copy(contents: SheetContents) -> SheetContents:
    values: dict[str, Any] = {one.name: getattr(contents, one.name) for one in fields(contents)}
    return SheetContents(
        **{name: value if isinstance(value, int) else value.copy() for name, value in values.items()}
    )


def use_sheets_read_once() -> None:
    """Let sheets be read so in this process."""
    CellReader.read_sheet = read_sheet  # type: ignore[method-assign]
