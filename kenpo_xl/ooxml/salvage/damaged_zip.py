"""The members of a zip that is damaged: found by the headers before them, since the directory may be lost."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.ooxml.package import MAX_BYTES, MAX_MEMBERS

_HEADER = struct.Struct("<4s5H3I2H")
_MAGIC, _RECORD_MAGICS = b"PK\3\4", (b"PK\3\4", b"PK\1\2", b"PK\5\6")
_SIZE_FOLLOWS, _ENCRYPTED = 8, 1
_DESCRIPTOR_MAGIC, _CHECKSUM = b"PK\7\x08", struct.Struct("<I")
_CHUNK = 1024


@frozen
class Member:
    """The bytes of a member, of a cut one those before the cut.

    `is_doubtful`: the checksum does not match, so that any of its bytes may be wrong.
    """

    content: bytes
    is_doubtful: bool = False


def members_of_damaged_zip(content: bytes) -> dict[str, Member]:
    """Every member that can be unpacked, by name; the last one of a name counts."""
    found: dict[str, Member] = {}
    size = 0
    for name, member in _names_and_members(content):
        size += len(member.content)
        if size > MAX_BYTES or len(found) > MAX_MEMBERS:
            break
        found[name] = member
    return found


def _names_and_members(content: bytes) -> Iterator[tuple[str, Member]]:
    start = content.find(_MAGIC)
    while 0 <= start <= len(content) - _HEADER.size:
        _, _, flags, packing, _, _, checksum, packed, _, length, extra = _HEADER.unpack_from(content, start)
        at = start + _HEADER.size
        name = content[at : at + length].decode("utf-8", "replace")
        size = None if flags & _SIZE_FOLLOWS else packed
        expected = None if flags & _SIZE_FOLLOWS else checksum
        member, end = _unpacked_member_and_end(content, at + length + extra, packing, size, expected)
        if not name.endswith("/") and not flags & _ENCRYPTED and member.content:
            yield name, member
        start = content.find(_MAGIC, end)


def _unpacked_member_and_end(
    content: bytes, at: int, packing: int, size: int | None, checksum: int | None
) -> tuple[Member, int]:
    """The member whose packed bytes begin at a position, and where they end."""
    if packing == zipfile.ZIP_STORED:
        ends = [found for magic in _RECORD_MAGICS if (found := content.find(magic, at)) >= 0]
        end = min(ends, default=len(content)) if size is None else at + size
        part, is_whole = content[at:end], end <= len(content)
        return Member(part, is_whole and _is_other_than_checksum(part, checksum)), end
    if packing != zipfile.ZIP_DEFLATED:
        return Member(b""), at
    return _inflated_member_and_end(content, at, checksum)


def _inflated_member_and_end(content: bytes, at: int, checksum: int | None) -> tuple[Member, int]:
    unpacker, found, end = zlib.decompressobj(-zlib.MAX_WBITS), bytearray(), at
    while not unpacker.eof and end < len(content) and len(found) <= MAX_BYTES:
        try:
            found += unpacker.decompress(content[end : end + _CHUNK])
        except zlib.error:
            # Bytes before the one at which this shows may be wrong too.
            return Member(bytes(found), is_doubtful=True), at
        end = min(end + _CHUNK, len(content))
    end -= len(unpacker.unused_data)
    if checksum is None and content[end : end + 4] == _DESCRIPTOR_MAGIC:
        checksum = _CHECKSUM.unpack_from(content, end + 4)[0] if end + 8 <= len(content) else None
    part = bytes(found)
    return Member(part, unpacker.eof and _is_other_than_checksum(part, checksum)), end


def _is_other_than_checksum(part: bytes, checksum: int | None) -> bool:
    return checksum is not None and zlib.crc32(part) != checksum
