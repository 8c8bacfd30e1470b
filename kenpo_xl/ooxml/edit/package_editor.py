"""The parts of one workbook under work: relationships, content types, sheets, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart, attribute_text
from kenpo_xl.ooxml.package import Package, part_name
from kenpo_xl.ooxml.parts import is_external, relationship_kind, relationships_part, target_part

TYPES = "[Content_Types].xml"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = (
    _HEADER
    + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


@frozen
class Relation:
    """A relationship of a part to another part of the book."""

    id: str
    kind: str
    target: str
    node: Node


@frozen
class SheetEntry:
    """A sheet of the book: its place among all sheets from 0, its entry, its part, worksheet or another."""

    name: str
    index: int
    id: str
    kind: str
    part: str
    node: Node


class Book:
    """A workbook by its parts; every part that is asked for as a draft may be edited."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.drafts: dict[str, XmlPart] = {}
        self.removed: dict[str, str] = {}
        # The shared strings once they were read.
        self.strings: list[str] = []
        if any(part_name(name).startswith("_xmlsignatures/") for name in package):
            raise KenpoError(
                f"{package.path.name} にはデジタル署名があり、書き込むと署名が無効になるため書き込みません。"
                "署名を外したブックで、もう一度実行してください。"
            )
        kinds = {relation.kind: relation.target for relation in self.relations("")}
        self.main = kinds.get("officeDocument", "xl/workbook.xml")
        if self.main.casefold().endswith(".bin"):
            raise KenpoError(
                f"{package.path.name} はバイナリ形式（.xlsb）です。.xlsx 形式で保存し直してください。"
            )

    @cached_property
    def strict(self) -> bool:
        """Whether the book is in the strict form of the format."""
        root = self.draft(self.main).parsed(1)
        return _STRICT_MAIN in root.attributes.values()

    @property
    def namespace(self) -> str:
        """The namespace of sheets, notes and styles."""
        return _STRICT_MAIN if self.strict else _MAIN

    @property
    def relation_namespace(self) -> str:
        return _STRICT if self.strict else _TRANSITIONAL

    def __contains__(self, part: str) -> bool:
        key = part_name(part)
        return key not in self.removed and (key in self.drafts or key in self.package)

    def draft(self, part: str) -> XmlPart:
        """The part as far as it is edited; KenpoError where it is missing."""
        key = part_name(part)
        if key not in self.drafts:
            self.drafts[key] = XmlPart(part, self.package.read(part))
        return self.drafts[key]

    def settle(self) -> None:
        """Make all edits, so that the next ones speak of what is there then."""
        for draft in self.drafts.values():
            draft.settle()

    def changes(self) -> tuple[dict[str, bytes], list[str]]:
        """The parts that are other than in the file, and those of the file that are to go."""
        self.settle()
        written = {draft.part: draft.encoded for draft in self.drafts.values() if draft.encoded != draft.raw}
        return written, [name for key, name in self.removed.items() if key in self.package]

    # Parts.

    def add(self, part: str, content: str, kind: str) -> None:
        """A new part with a content type of its own (`comments+xml`, or in full)."""
        key = part_name(part)
        self.removed.pop(key, None)
        self.drafts[key] = XmlPart(part, None, content.encode())
        if key in self.package:
            self.drafts[key].raw = self.package.read(part)
        if kind:
            full = kind if "/" in kind else _SHEET_TYPE + kind
            types = self.draft(TYPES)
            root = types.parsed(1)
            name = f"/{part}"
            types.append(
                root, f'<{root.prefix}Override PartName="{attribute_text(name)}" ContentType="{full}"/>'
            )

    def remove(self, part: str) -> None:
        """Take a part out, with its own relationships and its content type."""
        for name in (part, relationships_part(part)):
            if name in self:
                self.drafts.pop(part_name(name), None)
                self.removed[part_name(name)] = name
        types = self.draft(TYPES)
        for node in types.parsed(2).named("Override"):
            if part_name(node.get("PartName")) == part_name(part):
                types.remove(node)

    def free(self, pattern: str) -> str:
        """A name of a part that is not taken: the first number that fits into `{}`."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    # Relationships.

    def relations(self, part: str) -> list[Relation]:
        """The relationships of a part to parts of the book; '' stands for the book itself."""
        path = relationships_part(part)
        if path not in self:
            return []
        nodes = self.draft(path).parsed(2).named("Relationship")
        return [
            Relation(
                node.get("Id"),
                relationship_kind(node.get("Type")),
                target_part(part, node.get("Target")),
                node,
            )
            for node in nodes
            if not is_external(node.get("TargetMode"))
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; the id of the relationship."""
        path = relationships_part(part)
        if path not in self:
            self.add(path, _RELATIONS, "")
        draft = self.draft(path)
        draft.settle()
        root = draft.parsed(2)
        taken = {node.get("Id") for node in root.children}
        number = 1
        while f"kx{number}" in taken:
            number += 1
        kind, target = f"{self.relation_namespace}/{kind}", attribute_text(f"/{target}")
        draft.append(root, f'<{root.prefix}Relationship Id="kx{number}" Type="{kind}" Target="{target}"/>')
        draft.settle()
        return f"kx{number}"

    def unrelate(self, part: str, relation: Relation) -> None:
        """Take a relationship out, and the part of relationships where it was the only one."""
        path = relationships_part(part)
        draft = self.draft(path)
        draft.settle()
        root = draft.parsed(2)
        nodes = [node for node in root.children if node.get("Id") == relation.id]
        for node in nodes:
            draft.remove(node)
        if len(nodes) == len(root.children):
            self.drafts.pop(part_name(path))
            self.removed[part_name(path)] = path
        else:
            draft.settle()

    # Sheets.

    def sheets(self) -> list[SheetEntry]:
        """All sheets of the book in their order."""
        return list(self._sheets())

    def _sheets(self) -> Iterator[SheetEntry]:
        by_id = {relation.id: relation for relation in self.relations(self.main)}
        holder = self.draft(self.main).parsed(3).child("sheets")
        for index, node in enumerate(holder.children if holder else ()):
            relation = by_id.get(node.get("id"))
            if relation is not None:
                there = relation.target in self
                kind = relation.kind if there else "missing"
                yield SheetEntry(node.get("name"), index, node.get("sheetId"), kind, relation.target, node)

    def part_of(self, owner: str, kind: str) -> str:
        """The part that another one has of this kind, '' where there is none."""
        found = (r.target for r in self.relations(owner) if r.kind == kind and r.target in self)
        return next(found, "")
