"""The members of a workbook as the verification reads them: compressed bytes, trees, sheets, comments.

It resolves relationships itself, without `ooxml.parts`: an error in the resolver that the edits use must not
hide from the verification of these edits.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from kenpo_xl.ooxml.safe_xml import parse_xml, read_root_start_tag


class StoredMember(NamedTuple):
    """A member of a workbook file; `packed` are its compressed bytes."""

    method: int
    crc: int
    size: int
    packed: bytes


class StoredComment(NamedTuple):
    """The author and text of a comment."""

    author: str
    text: str


class Members:
    """A workbook by the names of its members, in lower case with / between folders."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        self._file = path.open("rb")
        self.infos = {
            unquote(info.filename).replace("\\", "/").lstrip("/").casefold(): info
            for info in self._zip.infolist()
        }
        self._trees: dict[str, etree._Element] = {}
        self._roots: dict[str, str] = {}

    def __enter__(self) -> Members:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._zip.close()

    def stored_member(self, name: str) -> StoredMember:
        """A member as it is stored."""
        info = self.infos[name]
        self._file.seek(info.header_offset)
        lengths = struct.unpack("<26x2H", self._file.read(30))
        self._file.seek(sum(lengths), 1)
        packed = self._file.read(info.compress_size)
        return StoredMember(info.compress_type, info.CRC, info.file_size, packed)

    def content(self, name: str) -> bytes:
        return self._zip.read(self.infos[name])

    def relationship_targets(self, name: str) -> list[str]:
        """The parts that a relationship part refers to."""
        folder = posixpath.dirname(posixpath.dirname(name))
        return [
            _resolved_path(folder, node.get("Target") or "")
            for node in self.parsed_root(name)
            if node.get("TargetMode") != "External"
        ]

    def defined_names(self) -> list[etree._Element]:
        """The defined names of the book."""
        return list(self.parsed_root(self._workbook_part()).iterfind("{*}definedNames/{*}definedName"))

    def comments_of_sheet(self, part: str) -> dict[str, StoredComment]:
        """The comments of a sheet by cell."""
        found: dict[str, StoredComment] = {}
        for node in self._relationship_elements(part):
            name = _resolved_path(posixpath.dirname(part), node.get("Target") or "")
            if not (node.get("Type") or "").endswith("/comments") or name not in self.infos:
                continue
            found.update(_comments_in_part(self.parsed_root(name)))
        return found

    def has_threads(self, part: str) -> bool:
        """Whether a sheet has threaded comments, which replace plain ones."""
        return any(
            "threadedComment" in (node.get("Type") or "") for node in self._relationship_elements(part)
        )

    @cached_property
    def part_by_sheet_name(self) -> dict[str, str]:
        """The part of each sheet by its name."""
        main = self._workbook_part()
        targets = {
            node.get("Id"): _resolved_path(posixpath.dirname(main), node.get("Target") or "")
            for node in self._relationship_elements(main)
        }
        return {
            sheet.get("name") or "": targets.get(value, "")
            for sheet in self.parsed_root(main).iterfind("{*}sheets/{*}sheet")
            for key, value in sheet.attrib.items()
            if etree.QName(key).localname == "id" and etree.QName(key).namespace
        }

    def _workbook_part(self) -> str:
        found = (
            _resolved_path("", node.get("Target") or "")
            for node in self._relationship_elements("")
            if (node.get("Type") or "").endswith("/officeDocument")
        )
        return next(found, "xl/workbook.xml")

    def _relationship_elements(self, part: str) -> list[etree._Element]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        return list(self.parsed_root(path)) if path in self.infos else []

    def root_name(self, name: str) -> str:
        """The name of the root element of a member; the rest is not read."""
        if name not in self._roots:
            with self._zip.open(self.infos[name]) as file:
                self._roots[name] = etree.QName(read_root_start_tag(file)).localname
        return self._roots[name]

    def parsed_root(self, name: str) -> etree._Element:
        """The root element of a member, which is parsed once."""
        if name not in self._trees:
            self._trees[name] = parse_xml(self.content(name))
        return self._trees[name]


def text_within(element: etree._Element) -> str:
    """All text in an element."""
    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def _resolved_path(folder: str, target: str) -> str:
    target = unquote(target).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/").casefold()


def _comments_in_part(root: etree._Element) -> Iterator[tuple[str, StoredComment]]:
    """Cell and content of each comment of a part."""
    authors = [text_within(author) for author in root.iterfind("{*}authors/{*}author")]
    for comment in root.iterfind("{*}commentList/{*}comment"):
        number = comment.get("authorId") or ""
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        text = "".join(node.text or "" for node in comment.iter("{*}t"))
        yield comment.get("ref") or "", StoredComment(author, text)
