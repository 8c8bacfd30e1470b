"""Edits the parts of one workbook: relationships, content types, sheets, and the changed parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart, attribute_text
from kenpo_xl.ooxml.package import Package, normalized_part_name
from kenpo_xl.ooxml.parts import (
    is_external,
    relations_by_id,
    relationship_kind,
    relationships_part,
    target_part,
)

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
class Relationship:
    """A relationship of a part to another part of the book."""

    id: str
    kind: str
    target: str
    node: Node


@frozen
class SheetEntry:
    """A sheet of the book: `index` counts all sheets from 0, `kind` is worksheet or another type."""

    name: str
    index: int
    id: str
    kind: str
    part: str
    node: Node


def _relationships_in(root: Node, part: str) -> Iterator[Relationship]:
    """The relationships of `part` to other parts, from the root of their own part."""
    for node in root.children_named("Relationship"):
        if not is_external(node.get("TargetMode")):
            kind = relationship_kind(node.get("Type"))
            yield Relationship(node.get("Id"), kind, target_part(part, node.get("Target")), node)


def _sheets_in(root: Node, relations: Iterable[Relationship]) -> Iterator[SheetEntry]:
    by_id = {relation.id: relation for relation in relations}
    holder = root.child("sheets")
    for index, node in enumerate(holder.children if holder else ()):
        if found := by_id.get(node.get("id")):
            yield SheetEntry(node.get("name"), index, node.get("sheetId"), found.kind, found.target, node)


class PackageEditor:
    """A workbook whose parts can be edited, added and removed.

    Raises KenpoError for a signed book and for a binary one (.xlsb).
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.editable_parts: dict[str, XmlPart] = {}
        self.removed: dict[str, str] = {}
        # Those of each part as parsed, with the root that they are read from.
        self._relationships: dict[str, tuple[Node, list[Relationship]]] = {}
        # The sheets, with the elements and relationships that they are read from.
        self._sheets: tuple[Node | None, list[Relationship], list[SheetEntry]] = None, [], []
        # The shared strings, once read.
        self.strings: list[str] = []
        if any(normalized_part_name(name).startswith("_xmlsignatures/") for name in package):
            raise KenpoError(
                f"{package.path.name} にはデジタル署名があり、書き込むと署名が無効になるため書き込みません。"
                "署名を外したブックで、もう一度実行してください。"
            )
        kinds = {relation.kind: relation.target for relation in self.relationships("")}
        self.main = kinds.get("officeDocument", "xl/workbook.xml")
        if self.main.casefold().endswith(".bin"):
            raise KenpoError(
                f"{package.path.name} はバイナリ形式（.xlsb）です。.xlsx 形式で保存し直してください。"
            )

    @cached_property
    def is_strict_ooxml(self) -> bool:
        """Whether the book is in the strict form (ISO/IEC 29500)."""
        root = self.editable_part(self.main).root_node(1)
        return _STRICT_MAIN in root.attributes.values()

    @property
    def namespace(self) -> str:
        """The namespace of sheets, comments and styles."""
        return _STRICT_MAIN if self.is_strict_ooxml else _MAIN

    @property
    def relation_namespace(self) -> str:
        return _STRICT if self.is_strict_ooxml else _TRANSITIONAL

    def __contains__(self, part: str) -> bool:
        key = normalized_part_name(part)
        return key not in self.removed and (key in self.editable_parts or key in self.package)

    def editable_part(self, part: str) -> XmlPart:
        """The part with its edits so far; raises KenpoError for a missing part."""
        key = normalized_part_name(part)
        if key not in self.editable_parts:
            self.editable_parts[key] = XmlPart(part, self.package.read(part))
        return self.editable_parts[key]

    def apply_edits(self) -> None:
        """Apply the pending edits of all parts; later offsets refer to the new content."""
        for draft in self.editable_parts.values():
            draft.apply_edits()

    def changed_and_removed_parts(self) -> tuple[dict[str, bytes], list[str]]:
        """The changed parts by name, and the names of parts to remove."""
        self.apply_edits()
        written = {
            draft.part: draft.encoded_content
            for draft in self.editable_parts.values()
            if draft.encoded_content != draft.raw
        }
        return written, [name for key, name in self.removed.items() if key in self.package]

    # Parts.

    def add_part(self, part: str, content: str, kind: str) -> None:
        """Add a part, with a content type (`comments+xml`, or in full) where given."""
        key = normalized_part_name(part)
        self.removed.pop(key, None)
        self.editable_parts[key] = XmlPart(part, None, content.encode())
        if key in self.package:
            self.editable_parts[key].raw = self.package.read(part)
        if kind:
            full = kind if "/" in kind else _SHEET_TYPE + kind
            types = self.editable_part(TYPES)
            root = types.root_node(1)
            name = f"/{part}"
            types.append_child(
                root, f'<{root.prefix}Override PartName="{attribute_text(name)}" ContentType="{full}"/>'
            )

    def remove_part(self, part: str) -> None:
        """Remove a part with its relationships and its content type."""
        for name in (part, relationships_part(part)):
            if name in self:
                self.editable_parts.pop(normalized_part_name(name), None)
                self.removed[normalized_part_name(name)] = name
        types = self.editable_part(TYPES)
        for node in types.root_node(2).children_named("Override"):
            if normalized_part_name(node.get("PartName")) == normalized_part_name(part):
                types.remove(node)

    def unused_part_name(self, pattern: str) -> str:
        """The first unused part name of a pattern, with a number in place of `{}`."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    # Relationships.

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of a part to other parts; '' for the package itself."""
        path = relationships_part(part)
        if path not in self:
            return []
        root = self.editable_part(path).root_node(2)
        if self._relationships.get(path, (None, []))[0] is not root:
            self._relationships[path] = root, list(_relationships_in(root, part))
        return self._relationships[path][1]

    def add_relationship(self, part: str, kind: str, target: str) -> str:
        """Add a relationship between two parts; returns its id."""
        path = relationships_part(part)
        if path not in self:
            self.add_part(path, _RELATIONS, "")
        draft = self.editable_part(path)
        draft.apply_edits()
        root = draft.root_node(2)
        taken = {node.get("Id") for node in root.children}
        number = 1
        while f"kx{number}" in taken:
            number += 1
        kind, target = f"{self.relation_namespace}/{kind}", attribute_text(f"/{target}")
        draft.append_child(
            root, f'<{root.prefix}Relationship Id="kx{number}" Type="{kind}" Target="{target}"/>'
        )
        draft.apply_edits()
        return f"kx{number}"

    def remove_relationship(self, part: str, relation: Relationship) -> None:
        """Remove a relationship, and its part where it was the only one."""
        path = relationships_part(part)
        draft = self.editable_part(path)
        draft.apply_edits()
        root = draft.root_node(2)
        nodes = [node for node in root.children if node.get("Id") == relation.id]
        for node in nodes:
            draft.remove(node)
        if len(nodes) == len(root.children):
            self.editable_parts.pop(normalized_part_name(path))
            self.removed[normalized_part_name(path)] = path
        else:
            draft.apply_edits()

    # Sheets.

    def sheets(self) -> list[SheetEntry]:
        """All sheets of the book in their order."""
        root, relations = self.editable_part(self.main).root_node(3), self.relationships(self.main)
        if self._sheets[0] is not root or self._sheets[1] is not relations:
            self._sheets = root, relations, list(_sheets_in(root, relations))
        return [one if one.part in self else replace(one, kind="missing") for one in self._sheets[2]]

    def related_part(self, owner: str, kind: str) -> str:
        """The related part of this kind, '' for none."""
        path = normalized_part_name(relationships_part(owner))
        if path in self.editable_parts or path in self.removed:
            found = [(one.kind, one.target) for one in self.relationships(owner)]
        else:
            found = [*relations_by_id(self.package, owner).values()]
        return next((target for known, target in found if known == kind and target in self), "")
