"""A readable copy of a damaged workbook, with all parts and cells that can still be read.

A part that is cut off keeps what precedes the cut; parts that only name others are made again. What is
lost is reported.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.file_type import read_workbook_bytes
from kenpo_xl.ooxml.package import MAX_ELEMENTS, MAX_TREE_BYTES
from kenpo_xl.ooxml.parts import relationships_part
from kenpo_xl.ooxml.safe_xml import has_doctype, local_name, parse_xml, parse_xml_before_damage
from kenpo_xl.ooxml.salvage.damaged_zip import members_of_damaged_zip

LOST_TEXT = "\ufffc\ufffc"
"""The text in the copy of a cell whose text is lost."""
_MAIN, _STRINGS, _TYPES = "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# More texts than a workbook has that is read; a damaged index may be any number.
_MOST_TEXTS = MAX_ELEMENTS
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
# What may be open at the damage and stays, with what it holds by then.
_CONTAINERS = ("worksheet", "sheetData", "row", "cols", "mergeCells", "sst", "workbook", "sheets")
_MORE_CONTAINERS = ("definedNames", "Relationships", "styleSheet", "cellXfs", "numFmts")


@frozen
class Salvage:
    """What is lost of a workbook, a Japanese sentence each; the names of sheets whose cells may be wrong."""

    losses: tuple[str, ...]
    doubtful_sheets: frozenset[str]


def write_readable_copy(path: Path, copy: Path) -> Salvage:
    """Write what can be read of a damaged workbook to `copy`; KenpoError where no sheet is left."""
    members = {
        name: member
        for name, member in members_of_damaged_zip(read_workbook_bytes(path)).items()
        if name.casefold().endswith((".xml", ".rels")) and name.startswith(("xl/", "_rels/", _TYPES))
    }
    repair = _Repair(path.name, {name: one.content for name, one in members.items()})
    repair.repair_all()
    doubtful = repair.report_doubtful_parts(name for name, one in members.items() if one.is_doubtful)
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in repair.parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content, zipfile.ZIP_DEFLATED)
    return Salvage(tuple(repair.losses), doubtful)


class _Repair:
    """The parts of a package while they are repaired."""

    def __init__(self, workbook: str, parts: dict[str, bytes]) -> None:
        self.workbook, self.parts = workbook, parts
        self.losses: list[str] = []

    @property
    def _sheet_parts(self) -> list[str]:
        return [name for name in self.parts if _SHEET_PART.fullmatch(name)]

    def repair_all(self) -> None:
        """Repair every part that is needed to read the cells."""
        cut = [name for name in list(self.parts) if self._cut_off_damage(name)]
        if not self._sheet_parts:
            raise KenpoError(
                f"{self.workbook} は壊れていて、読み取れるシートが 1 枚も残っていません。"
                "控えか、前に提出したブックを指定してください。"
            )
        if {_MAIN, relationships_part(_MAIN)} - self.parts.keys():
            self._make_main_parts()
        self.losses += [self._cut_sentence(name) for name in cut if _SHEET_PART.fullmatch(name)]
        self._replace_lost_sheets()
        self._complete_strings()
        self.parts[_TYPES] = _content_types(self.parts)
        self.parts[relationships_part("")] = _relationships_xml({"rId1": ("officeDocument", _MAIN)})

    def _cut_off_damage(self, name: str) -> bool:
        """Replace a part that is no whole XML by what precedes its damage; whether anything is left of it."""
        content = self.parts[name]
        if len(content) > MAX_TREE_BYTES:
            return False
        root = _parsed_root(content)
        if root is None:
            found = parse_xml_before_damage(content, (*_CONTAINERS, *_MORE_CONTAINERS))
            self.parts[name] = b"" if found is None else _serialized_xml(found)
            # What is left may name a namespace that is none.
            if _parsed_root(self.parts[name]) is None:
                del self.parts[name]
            return name in self.parts
        if has_doctype(root):
            raise KenpoError(
                f"{self.workbook} には Excel が書かない宣言（DOCTYPE）があるため開きません。"
                "提出元に確かめてください。"
            )
        return False

    def _cut_sentence(self, name: str) -> str:
        rows = [one.get("r") or "" for one in parse_xml(self.parts[name]).iter() if local_name(one) == "row"]
        last = next((row for row in reversed(rows) if row.isdigit()), "")
        rest = f"{last} 行目の途中から後が" if last else "すべてのセルが"
        return f"シート「{self._title_of_part(name)}」は壊れていて、{rest}読めません。"

    def report_doubtful_parts(self, parts: Iterable[str]) -> frozenset[str]:
        """Report the sheets of which any cell may be wrong; all of them if the texts may be. Their names."""
        doubtful = list(parts)
        sheets = self._sheet_parts if _STRINGS in doubtful else [one for one in doubtful if one in self.parts]
        found = frozenset(self._title_of_part(name) for name in sheets if _SHEET_PART.fullmatch(name))
        if found:
            names = "、".join(sorted(found))
            self.losses.append(f"シート（{names}）は壊れていて、読めた値も違っているかもしれません。")
        return found

    def _title_of_part(self, part: str) -> str:
        """The name of a sheet by its part, else that of the part."""
        targets = {one: target for one, (_, target) in self._main_relations().items()}
        found = (title for title, one in self._sheets_of_workbook() if targets.get(one) == part)
        return next(found, Path(part).stem)

    def _main_relations(self) -> dict[str, tuple[str, str]]:
        """Kind and target of each relationship of the workbook, by id."""
        return {
            one.get("Id") or "": (
                (one.get("Type") or "").rpartition("/")[2],
                f"xl/{(one.get('Target') or '').removeprefix('/xl/').removeprefix('/')}",
            )
            for one in parse_xml(self.parts[relationships_part(_MAIN)])
        }

    def _sheets_of_workbook(self) -> list[tuple[str, str]]:
        """Title and relationship of each sheet that the workbook names."""
        sheets = (one for one in parse_xml(self.parts[_MAIN]).iter() if local_name(one) == "sheet")
        return [(one.get("name") or "", one.get(f"{{{_OFFICE}}}id") or "") for one in sheets]

    def _make_main_parts(self) -> None:
        """Make the workbook part, and its relationships, from the worksheets that are left."""
        self.losses.append("シートの名前と、表の場所の記録が失われています。")
        order = sorted(self._sheet_parts, key=lambda name: (len(name), name))
        relations = {f"rId{number}": ("worksheet", name) for number, name in enumerate(order, start=1)}
        rows = "".join(
            f'<sheet name="{Path(name).stem}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in enumerate(order, start=1)
        )
        for kind, name in (("styles", "xl/styles.xml"), ("sharedStrings", _STRINGS)):
            relations[f"rId{len(relations) + 1}"] = kind, name
        root = f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>{rows}</sheets></workbook>'
        self.parts[_MAIN] = root.encode()
        self.parts[relationships_part(_MAIN)] = _relationships_xml(relations)

    def _replace_lost_sheets(self) -> None:
        """Give every sheet that the workbook names and that is lost an empty part."""
        relations = self._main_relations()
        for title, one in self._sheets_of_workbook():
            kind, target = relations.get(one, ("worksheet", ""))
            if kind == "worksheet" and target not in self.parts:
                self.losses.append(f"シート「{title}」は失われています。")
                if target:
                    self.parts[target] = f'<worksheet xmlns="{_SPREADSHEET}"/>'.encode()

    def _complete_strings(self) -> None:
        """Give every cell whose text is lost the same mark: its index must be that of a text."""
        content = self.parts.get(_STRINGS)
        root = parse_xml(content) if content else etree.Element(f"{{{_SPREADSHEET}}}sst")
        there = sum(local_name(one) == "si" for one in root)
        indexes = [index for name in self._sheet_parts for index in self._string_indexes(name, there)]
        lost = sum(index >= there for index in indexes)
        if lost:
            self.losses.append(f"文字の入ったセル {lost} か所の文字が失われています。")
        for _ in range(there, max(indexes, default=-1) + 1):
            item = etree.SubElement(root, f"{{{_SPREADSHEET}}}si")
            etree.SubElement(item, f"{{{_SPREADSHEET}}}t").text = LOST_TEXT
        self.parts[_STRINGS] = _serialized_xml(root)

    def _string_indexes(self, name: str, lost: int) -> list[int]:
        """The indexes of the shared texts in the cells of a sheet; one that no book has becomes `lost`."""
        content = self.parts[name]
        if len(content) > MAX_TREE_BYTES:
            return []
        root = parse_xml(content)
        values = list(_values_of_texts(root))
        wrong = [one for one in values if not _is_index(one.text or "")]
        for one in wrong:
            one.text = str(lost)
        if wrong:
            self.parts[name] = _serialized_xml(root)
        return [int(one.text or "") for one in values]


def _values_of_texts(sheet: etree._Element) -> Iterator[etree._Element]:
    """The elements with the index of a shared text in the cells of a sheet."""
    for cell in sheet.iter():
        if local_name(cell) == "c" and cell.get("t") == "s":
            yield from (value for value in cell if local_name(value) == "v" and value.text)


def _is_index(text: str) -> bool:
    return text.isdecimal() and len(text) <= len(str(_MOST_TEXTS)) and int(text) <= _MOST_TEXTS


def _parsed_root(content: bytes) -> etree._Element | None:
    """The root of a part, None for no whole XML."""
    try:
        return parse_xml(content)
    except etree.XMLSyntaxError:
        return None


def _serialized_xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _relationships_xml(targets: Mapping[str, tuple[str, str]]) -> bytes:
    rows = "".join(
        f'<Relationship Id="{one}" Type="{_OFFICE}/{kind}" Target="/{name}"/>'
        for one, (kind, name) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'.encode()


def _content_types(parts: Mapping[str, bytes]) -> bytes:
    """The content types of the parts that are read."""
    prefix = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = {_MAIN: "sheet.main", "xl/styles.xml": "styles", _STRINGS: "sharedStrings"}
    kinds |= {name: "worksheet" for name in parts if _SHEET_PART.fullmatch(name)}
    rows = "".join(
        f'<Override PartName="/{name}" ContentType="{prefix}.{kind}+xml"/>'
        for name, kind in kinds.items()
        if name in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    ).encode()
