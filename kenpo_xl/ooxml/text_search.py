"""Whether a file of any kind contains a text somewhere: a workbook in any of its parts, else as text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.file_type import MAX_FILE_BYTES
from kenpo_xl.ooxml.package import Package

_XML = (".xml", ".rels", ".vml")
# The ends of what is one text, though its letters may be in several runs.
_END = re.compile(r"</(?:\w+:)?(?:si|is|text|p|v|f|c|row)>")
_TAG = re.compile(r"<[^<>]*>")
_ZIP = b"PK\3\4"
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CODES = ("utf-8", "cp932", "utf-16-le")
_SQLITE, _APPLICATION = b"SQLite format 3\0", slice(68, 72)


def file_contains(path: Path, is_sought: Callable[[str], bool]) -> bool:
    """Whether a file contains what is sought. KenpoError or OSError where it cannot be read to its end."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise KenpoError("大きすぎるため調べません。")
    content = path.read_bytes()
    if content.startswith(_OLE2) and _ENCRYPTED in content:
        raise KenpoError(
            "パスワード付きのため調べられません。パスワードを外してから、もう一度実行してください。"
        )
    texts = _part_texts(path) if content.startswith(_ZIP) else _decoded_texts(content)
    return any(map(is_sought, texts))


def _part_texts(path: Path) -> Iterator[str]:
    """Every part of XML as it lies there, then its texts alone, since a text may be parted in runs."""
    with Package(path) as package:
        for name in package:
            if name.casefold().endswith(_XML):
                content = package.read(name).decode("utf-8", "replace")
                yield html.unescape(content)
                yield html.unescape(_TAG.sub("", _END.sub("\n", content)))


def _decoded_texts(content: bytes) -> Iterator[str]:
    yield from (content.decode(code, "ignore") for code in _CODES)
    # Old formats begin a text of two bytes a letter anywhere.
    yield content[1:].decode("utf-16-le", "ignore")


def sqlite_application_id(path: Path) -> bytes:
    """The four bytes by which a SQLite file says whose it is, b'' for any other file."""
    with path.open("rb") as file:
        header = file.read(100)
    return header[_APPLICATION] if header.startswith(_SQLITE) else b""
