"""Replaces some parts of a closed workbook and copies every other member byte for byte.

A member is copied with its local header, its compressed bytes and its data descriptor, and its record in the
directory with nothing but the offset changed: names in any encoding, extra fields, dates, attributes and
comments stay. Zip64 is refused; no workbook within the size limit needs it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import normalized_part_name, open_zip

# Signature, version needed, flags, method, time, date, CRC, sizes (packed, plain), lengths (name, extra).
_LOCAL = struct.Struct("<4s5H3I2H")
# Signature, version made by, then the same; lengths (name, extra, comment), disk, attributes (2), offset.
_RECORD = struct.Struct("<4s6H3I5H2I")
# Signature, disk numbers, members (2), size and offset of the directory, length of the comment.
_END = struct.Struct("<4s4H2IH")
_LOCAL_MAGIC, _RECORD_MAGIC, _END_MAGIC, _SUMS_MAGIC = b"PK\3\4", b"PK\1\2", b"PK\5\6", b"PK\7\10"
_SUMS_FOLLOW, _UTF8 = 0x0008, 0x0800
_DEFLATED, _VERSION = 8, 20
# 1 January 1980, the first date of the zip format.
_DATE = 0x21
_ZIP64 = 0xFFFFFFFF


@dataclass
class _Member:
    """A member: raw local header and directory record, both with name and extra field, and its offset."""

    name: str
    record: bytes
    local: bytes
    start: int
    length: int


def replace_parts(
    source: Path, target: Path, parts: Mapping[str, bytes], removed: Collection[str] = ()
) -> None:
    """Copy the workbook `source` to the new file `target`, with some parts by name replaced or added.

    Those in `removed` are left out. Names are compared without case. The same input gives the same bytes.
    Raises KenpoError for a `source` that is no workbook, damaged, zip64, or has one name twice.
    """
    left = {normalized_part_name(name): (name, content) for name, content in parts.items()}
    gone = {normalized_part_name(name) for name in removed}
    try:
        with source.open("rb") as old, target.open("wb") as new:
            records = []
            comment, members = _read_directory(source, old)
            for member in members:
                if normalized_part_name(member.name) in gone:
                    continue
                _, content = left.pop(normalized_part_name(member.name), (None, None))
                offset = new.tell()
                record = (
                    _copy_member(member, old, new)
                    if content is None
                    else _write_replaced_member(member, content, new)
                )
                records.append(_record_at_offset(record, offset))
            for name, content in left.values():
                offset = new.tell()
                records.append(_record_at_offset(_write_added_member(name, content, new), offset))
            _write_directory(new, records, comment)
    except (EOFError, struct.error) as error:
        raise _damaged_error(source) from error


def _read_directory(path: Path, file: BinaryIO) -> tuple[bytes, list[_Member]]:
    """The comment and the members as zipfile lists them, with raw records and headers."""
    with open_zip(path) as archive:
        infos, at, comment = archive.infolist(), archive.start_dir, archive.comment
    if len({normalized_part_name(info.filename) for info in infos}) < len(infos):
        raise KenpoError(
            f"{path.name} には同じ名前の部品が 2 つあるため書き換えられません。Excel で保存し直してください。"
        )
    members = []
    for info in infos:
        record = _read_exactly(file, at, _RECORD.size)
        magic, *fields = _RECORD.unpack(record)
        if magic != _RECORD_MAGIC:
            raise _damaged_error(path)
        if _ZIP64 in (fields[7], fields[8], fields[15]):
            raise KenpoError(f"{path.name} は大きすぎるファイルの形式（Zip64）のため書き換えられません。")
        at += len(record := _read_exactly(file, at, _RECORD.size + sum(fields[9:12])))
        local, start, length = _read_local_header(path, file, info.header_offset, fields[2], fields[6:9])
        members.append(_Member(info.filename, record, local, start, length))
    if sum(member.length for member in members) > path.stat().st_size:
        raise _damaged_error(path)
    return comment, members


def _read_local_header(
    path: Path, file: BinaryIO, at: int, flags: int, sums: Sequence[int]
) -> tuple[bytes, int, int]:
    """The local header, the offset of the compressed bytes, and their length with a data descriptor."""
    magic, *fields = _LOCAL.unpack(_read_exactly(file, at, _LOCAL.size))
    if magic != _LOCAL_MAGIC:
        raise _damaged_error(path)
    header = _read_exactly(file, at, _LOCAL.size + fields[8] + fields[9])
    start, length = at + len(header), sums[1]
    if flags & _SUMS_FOLLOW:
        file.seek(start + length)
        follows = file.read(24)
        # With a signature or without, with sizes of 4 bytes or of 8.
        forms = (magic + struct.pack(form, *sums) for magic in (_SUMS_MAGIC, b"") for form in ("<3I", "<I2Q"))
        found = next((form for form in forms if follows.startswith(form)), None)
        if found is None:
            raise _damaged_error(path)
        length += len(found)
    return header, start, length


def _copy_member(member: _Member, old: BinaryIO, new: BinaryIO) -> bytes:
    new.write(member.local)
    new.write(_read_exactly(old, member.start, member.length))
    return member.record


def _write_replaced_member(member: _Member, content: bytes, new: BinaryIO) -> bytes:
    """Write a member with other content under its own name, date and attributes."""
    packed, sums = _deflated_with_crc_and_sizes(content)
    local = list(_LOCAL.unpack_from(member.local))
    record = list(_RECORD.unpack_from(member.record))
    for header, first in ((local, 1), (record, 2)):
        header[first] = max(header[first], _VERSION)
        header[first + 1] &= _UTF8
        header[first + 2] = _DEFLATED
        header[first + 5 : first + 8] = sums
    # The extra field of the local header may contain the old sizes.
    name_end = _LOCAL.size + local[9]
    local[10] = 0
    new.write(_LOCAL.pack(*local) + member.local[_LOCAL.size : name_end])
    new.write(packed)
    return _RECORD.pack(*record) + member.record[_RECORD.size :]


def _write_added_member(name: str, content: bytes, new: BinaryIO) -> bytes:
    packed, sums = _deflated_with_crc_and_sizes(content)
    encoded = name.encode()
    header = (_VERSION, 0 if name.isascii() else _UTF8, _DEFLATED, 0, _DATE, *sums, len(encoded), 0)
    new.write(_LOCAL.pack(_LOCAL_MAGIC, *header) + encoded)
    new.write(packed)
    return _RECORD.pack(_RECORD_MAGIC, _VERSION, *header, 0, 0, 0, 0, 0) + encoded


def _deflated_with_crc_and_sizes(content: bytes) -> tuple[bytes, tuple[int, int, int]]:
    """Deflated bytes, and CRC with both sizes."""
    machine = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = machine.compress(content) + machine.flush()
    return packed, (zlib.crc32(content), len(packed), len(content))


def _record_at_offset(record: bytes, offset: int) -> bytes:
    """A record of the directory whose member begins at `offset`."""
    *fields, _ = _RECORD.unpack_from(record)
    return _RECORD.pack(*fields, offset) + record[_RECORD.size :]


def _write_directory(new: BinaryIO, records: list[bytes], comment: bytes) -> None:
    at, count = new.tell(), len(records)
    new.writelines(records)
    size = new.tell() - at
    new.write(_END.pack(_END_MAGIC, 0, 0, count, count, size, at, len(comment)) + comment)


def _read_exactly(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    found = file.read(length)
    if len(found) < length:
        raise EOFError
    return found


def _damaged_error(path: Path) -> KenpoError:
    return KenpoError(f"{path.name} が壊れているため書き換えられません。Excel で保存し直してください。")
