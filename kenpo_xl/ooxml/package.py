"""Opening an Excel file safely: only the parts asked for are inflated, piece by piece and within bounds.

The whole file is held in memory, so that it is open for a moment only and no later save shows through. A part
that is not asked for is never inflated, whatever its size; one that is asked for counts as it grows,
whatever the directory of the zip says of its size.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.file_type import clause_on_unsupported_file, read_workbook_bytes
from kenpo_xl.ooxml.safe_xml import any_namespace_tags, has_doctype, is_child_of_root, parse_xml, pull_parser

MAX_MEMBERS = 20_000
# Of all the parts that are read of one file, together.
MAX_BYTES = 48 * 2**20
# The same with rows that hold no cell, which are left out before anything is made of them.
MAX_BYTES_WITH_EMPTY_ROWS = 256 * 2**20
MAX_ELEMENTS = 300_000
# A parsed part takes up to 30 times its size; so does what lies between two elements that are asked for.
MAX_TREE_BYTES = 4 * 2**20
# What zipfile raises for a damaged, encrypted or exotically packed member.
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
_CHUNK = 64 * 1024
ROWS_IN_ONE = "kenpo-xl-rows"
"""The attribute of a row that takes the place of so many without a number."""
_RECORD_MAGIC = b"PK\1\2"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Package:
    """The parts of an .xlsx or .xlsm file by name, compared without case, inflated when asked for.

    `inflated` counts the bytes of all parts read so far; `titles` are what staff call some parts, by name;
    `relations` keeps what `parts.relations_of` read, by part.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip = open_zip(path)
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._ambiguous: set[str] = set()
        for info in self._zip.infolist():
            first = self._members.setdefault(normalized_part_name(info.filename), info)
            if (first.CRC, first.file_size) != (info.CRC, info.file_size):
                self._ambiguous.add(normalized_part_name(info.filename))
        self.inflated = self._skipped = self._elements = 0
        self.titles: dict[str, str] = {}
        self.relations: dict[str, dict[str, tuple[str, str]]] = {}
        self._replaced: dict[str, bytes] = {}

    def with_parts(self, parts: Mapping[str, bytes]) -> Package:
        """The same file with other bytes for some parts, in memory; what is read counts from 0."""
        changed = copy(self)
        changed.inflated = changed._skipped = changed._elements = 0
        own = {normalized_part_name(name): content for name, content in parts.items()}
        changed._replaced = self._replaced | own
        return changed

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return normalized_part_name(name) in self._members

    def __iter__(self) -> Iterator[str]:
        return (info.filename for info in self._members.values())

    def size(self, name: str) -> int:
        """How many bytes a part claims to grow to, 0 for one that is not there."""
        key = normalized_part_name(name)
        info = self._members.get(key)
        return len(self._replaced.get(key, b"")) or (info.file_size if info else 0)

    def name_in_messages(self, name: str) -> str:
        """What staff call a part in a sentence: シート「1-2-2」; its own name for any other than a sheet."""
        sheet = self.titles.get(normalized_part_name(name))
        return f"シート「{sheet}」" if sheet else f" {name} "

    def checksum(self, name: str) -> int:
        """The check sum (CRC-32) of a part as the directory of the zip has it."""
        return self._members[normalized_part_name(name)].CRC

    def read(self, name: str) -> bytes:
        """The bytes of a part; KenpoError where it is missing, damaged, there twice or too large."""
        return b"".join(self._inflated_chunks(name))

    def tree(self, name: str) -> etree._Element:
        """A small part, parsed; a DOCTYPE is refused, no entity is resolved and nothing is fetched."""
        content = self.read(name)
        if len(content) > MAX_TREE_BYTES:
            raise self._too_large_error(name)
        try:
            root = parse_xml(content, elements_only=True)
        except etree.XMLSyntaxError as error:
            raise self._invalid_xml_error(name) from error
        self._refuse_doctype(root)
        return root

    def elements(self, name: str, tags: Sequence[str], until: Sequence[str] = ()) -> Iterator[etree._Element]:
        """The elements of a part that have one of these names, in any namespace, one by one.

        Each is whole, and may be empty as soon as the next is asked for. Where a child of the root is named
        in `until` the part ends for us. KenpoError as for `read`, and for what is no XML.
        """
        root = self._tree_if_small(name)
        if root is None:
            yield from self._elements_in_pieces(name, tags, until)
            return
        end = next(root.iterchildren(*any_namespace_tags(until)), None) if until else None
        if end is not None:
            del root[root.index(end) :]
        for element in root.iter(*any_namespace_tags(tags)):
            yield self._element_within_limit(name, element)

    def _tree_if_small(self, name: str) -> etree._Element | None:
        """A small part, which is parsed faster as a whole; None for a large one or no whole XML."""
        if self.size(name) > _CHUNK:
            return None
        try:
            root = parse_xml(self.read(name), elements_only=True)
        except etree.XMLSyntaxError:
            return None
        self._refuse_doctype(root)
        return root

    def _elements_in_pieces(
        self, name: str, tags: Sequence[str], until: Sequence[str]
    ) -> Iterator[etree._Element]:
        parser = pull_parser(("start", "end") if until else ("end",), (*tags, *until))
        is_end: dict[object, bool] = {}
        quiet, is_first = 0, True
        chunks = self._chunks_without_empty_rows(name) if "row" in tags else self._inflated_chunks(name)
        try:
            for chunk in chunks:
                parser.feed(chunk)
                quiet += len(chunk)
                for event, element in parser.read_events():
                    if is_first:
                        self._refuse_doctype(element)
                        is_first = False
                    if element.tag not in is_end:
                        is_end[element.tag] = etree.QName(element).localname in until
                    if is_end[element.tag]:
                        if event == "start" and is_child_of_root(element):
                            return
                    elif event == "end":
                        yield self._element_within_limit(name, element)
                        _free_parsed_element(element)
                        quiet = 0
                if quiet > MAX_TREE_BYTES:
                    raise self._too_large_error(name)
            parser.close()
        except etree.XMLSyntaxError as error:
            raise self._invalid_xml_error(name) from error

    def refuse_doctypes(self) -> None:
        """KenpoError where a part of the file has a DOCTYPE; each is read as far as its first element."""
        for name in self:
            parser = pull_parser(("start",), ("*",))
            try:
                for chunk in self._inflated_chunks(name):
                    parser.feed(chunk)
                    for _, element in parser.read_events():
                        self._refuse_doctype(element)
                        break
                    else:
                        continue
                    break
            except etree.XMLSyntaxError:  # a picture, or what its reader refuses
                continue

    def _chunks_without_empty_rows(self, name: str) -> Iterator[bytes]:
        """The bytes of a worksheet part without rows that hold no cell."""
        from kenpo_xl.ooxml.empty_rows import chunks_without_empty_rows  # few parts are so large

        for chunk, skipped in chunks_without_empty_rows(self._inflated_chunks(name)):
            self._skipped += skipped
            yield chunk

    def _inflated_chunks(self, name: str) -> Iterator[bytes]:
        info, replaced = self._member_of_part(name), self._replaced.get(normalized_part_name(name))
        try:
            with BytesIO(replaced) if replaced else self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self.inflated += len(chunk)
                    if self.inflated - self._skipped > MAX_BYTES or self.inflated > MAX_BYTES_WITH_EMPTY_ROWS:
                        raise self._too_large_error(name)
                    yield chunk
        except _DAMAGE as error:
            raise KenpoError(
                f"{self.path.name} が壊れていて読めません。控えから戻すか、Excel で保存し直してください。"
            ) from error

    def _member_of_part(self, name: str) -> zipfile.ZipInfo:
        info = self._members.get(normalized_part_name(name))
        part = self.name_in_messages(name).lstrip()
        if info is None:
            raise KenpoError(
                f"{self.path.name} はブックとして壊れています（{part}がありません）。"
                "Excel で開き直して保存してください。"
            )
        if normalized_part_name(name) in self._ambiguous:
            raise KenpoError(
                f"{self.path.name} は壊れています（{part}が 2 つあり、中身が違います）。"
                "Excel で開き直して保存してください。"
            )
        # Others can grow without bound from a few bytes, and Excel writes none.
        if info.compress_type not in _PACKINGS:
            raise KenpoError(
                f"{self.path.name} は Excel が使わない方法で圧縮されています。Excel で保存し直してください。"
            )
        return info

    def _element_within_limit(self, name: str, element: etree._Element) -> etree._Element:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise self._too_large_error(name)
        return element

    def _refuse_doctype(self, element: etree._Element) -> None:
        if has_doctype(element):
            raise KenpoError(
                f"{self.path.name} には Excel が書かない宣言（DOCTYPE）があるため開きません。"
                "提出元に確かめてください。"
            )

    def _invalid_xml_error(self, name: str) -> KenpoError:
        part = self.name_in_messages(name)
        return KenpoError(f"{self.path.name} の{part}が壊れていて読めません。Excel で保存し直してください。")

    def _too_large_error(self, name: str) -> KenpoError:
        return KenpoError(
            f"{self.path.name} は中身（{self.name_in_messages(name).strip()}）が大きすぎるため読みません。"
            "使っていない行・列・名前・書式を削除して保存し直してください。"
        )


def _free_parsed_element(element: etree._Element) -> None:
    """Free an element that was read, and what precedes it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def normalized_part_name(name: str) -> str:
    """A part name in the form in which names are compared (ECMA-376 part 2, 6.2.2): case folded, no %20."""
    return unquote(name).replace("\\", "/").lstrip("/").casefold()


def open_zip(path: Path) -> zipfile.ZipFile:
    """The zip file of a workbook, read into memory; KenpoError where it is none."""
    content = read_workbook_bytes(path)
    foreign = clause_on_unsupported_file(path.name, content)
    if foreign:
        raise KenpoError(f"{path.name} は{foreign}")
    # The directory itself is read whole: count before.
    if content.count(_RECORD_MAGIC) > MAX_MEMBERS:
        raise KenpoError(
            f"{path.name} は部品が多すぎるため開きません。不要なシートや画像を減らして保存し直してください。"
        )
    try:
        return zipfile.ZipFile(BytesIO(content))
    except _DAMAGE as error:
        raise KenpoError(
            f"{path.name} は途中で切れているか壊れています。元のファイルからもう一度写してください。"
        ) from error
