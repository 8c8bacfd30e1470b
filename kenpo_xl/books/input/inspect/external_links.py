"""Finds external links (外部リンク): other workbooks, web addresses, DDE, connections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field

from lxml import etree

from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen, mutable
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import OutsideLink
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.parts import is_external, relations_by_id, relationships_part
from kenpo_xl.ooxml.workbook import Sheet

_QUOTED = r'"(?:[^"]|"")*"'
# [1]Sheet!A1, 'C:\\folder\\[book.xlsx]Sheet'!A1: the text in brackets before an exclamation mark.
_BOOK = LazyPattern(r"'([^'\[]*)\[([^\[\]']+)\][^']*'!|(?<![\w.\])])\[([^\[\]]+)\][\w.\s]*!", needs="[")
_ADDRESS = LazyPattern(
    r"\b(?:https?|ftps?|file)://[^\s\"']+|\\\\[\w.-]+\\[^\s\"']+", re.IGNORECASE, needs=("://", r"\\")
)
_HYPERLINK = LazyPattern(r'\bHYPERLINK\s*\(\s*"([^"#][^"]*)"', re.IGNORECASE)
_FETCHING = LazyPattern(r"\b(WEBSERVICE|RTD|IMAGE|REGISTER\.ID|CALL)\s*\(", re.IGNORECASE)
# cmd|' /C calc'!A0
_DDE = LazyPattern(r"(?:^|[^\w.])('?[A-Za-z][\w.]*\|(?:'[^']*'|[^\s!'\"()]*)'?)!", needs="|")


@frozen
class LinkTarget:
    """The target of an external link; formulas number the parts of a book from [1]."""

    target: str
    dde: bool = False


@mutable
class _NamesOfTarget:
    """The Excel names that lead to one target."""

    first: str = ""
    count: int = 0
    hidden: set[str] = field(default_factory=set)

    def add(self, name: str, *, hidden: bool) -> None:
        """Count a name."""
        self.count += 1
        if hidden:
            self.hidden.add(name)
        if not self.first or (self.first in self.hidden and not hidden):
            self.first = name


_UNKNOWN = LinkTarget("不明な外部ブック")


def external_links(package: Package, main: str, sheets: Iterable[Sheet], workbook: str) -> list[OutsideLink]:
    """The external links, one per target and sheet, at the first cell that uses it.

    Links that no cell of these sheets uses (names, validations, charts, connections) have no cell.
    """
    references = _numbered_external_targets(package, main)
    found: dict[tuple[str, str], OutsideLink] = {}
    for sheet in sheets:
        for (row, column), cell in sheet.cells.items():
            for target in _external_targets_in_formula(cell.formula, references) if cell.formula else ():
                source = Source(workbook, sheet.name, a1(row, column))
                link = OutsideLink(target.target, target.dde, source)
                found.setdefault((target.target, sheet.name), link)
    used = {target for target, _ in found}
    named = _external_targets_of_names(package, main, references)
    rest = [*references, *named, *_data_connections(package, main)]
    for target in dict.fromkeys(rest):
        if target.target not in used:
            known = named.get(target, _NamesOfTarget())
            link = OutsideLink(
                target.target, target.dde, None, known.first, known.count, known.first in known.hidden
            )
            found.setdefault((target.target, ""), link)
    return list(found.values())


def _external_targets_in_formula(formula: str, references: list[LinkTarget]) -> Iterator[LinkTarget]:
    """The external targets of a formula (without =)."""
    bare = re.sub(_QUOTED, '""', formula)
    yield from _workbooks_in_formula(bare, references)
    yield from (LinkTarget(found[1], dde=True) for found in _DDE.finditer(bare))
    addresses = [found for text in re.findall(_QUOTED, formula) for found in _ADDRESS.findall(text)]
    addresses += [found[1] for found in _HYPERLINK.finditer(formula)]
    yield from map(LinkTarget, dict.fromkeys(addresses))
    fetching = _FETCHING.search(bare)
    if fetching and not addresses:
        yield LinkTarget(f"{fetching[1].upper()} 関数")


def _workbooks_in_formula(formula: str, references: list[LinkTarget]) -> Iterator[LinkTarget]:
    """The other workbooks in a formula without texts, by name or number."""
    for found in _BOOK.finditer(formula):
        folder, book = found[1] or "", found[2] or found[3]
        if not book.isdigit():
            yield LinkTarget(f"{folder}{book}")
        elif int(book):
            yield references[int(book) - 1] if int(book) <= len(references) else _UNKNOWN


def _numbered_external_targets(package: Package, main: str) -> list[LinkTarget]:
    """The external references of a book in the order of their numbers in formulas."""
    relations = relations_by_id(package, main)
    found = []
    for element in package.elements(main, ("externalReference",)):
        identity = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
        part = relations.get(str(identity), ("", ""))[1]
        found.append(_target_of_external_part(package, part) if part in package else _UNKNOWN)
    return found


def _target_of_external_part(package: Package, part: str) -> LinkTarget:
    targets = _external_targets_of_part(package, part)
    for element in package.elements(part, ("externalBook", "ddeLink", "oleLink")):
        if etree.QName(element).localname == "ddeLink":
            return LinkTarget(f"{element.get('ddeService')}|{element.get('ddeTopic')}", dde=True)
    return LinkTarget(targets[0]) if targets else _UNKNOWN


def _external_targets_of_part(package: Package, part: str) -> list[str]:
    path = relationships_part(part)
    if path not in package:
        return []
    relations = package.elements(path, ("Relationship",))
    return [r.get("Target") or "" for r in relations if is_external(r.get("TargetMode") or "")]


def _external_targets_of_names(
    package: Package, main: str, references: list[LinkTarget]
) -> dict[LinkTarget, _NamesOfTarget]:
    """The external targets of defined names, each with its names, visible ones first."""
    found: dict[LinkTarget, _NamesOfTarget] = {}
    for element in package.elements(main, ("definedName",)):
        for target in _external_targets_in_formula(element.text or "", references):
            known = found.setdefault(target, _NamesOfTarget())
            known.add(element.get("name") or "", hidden=element.get("hidden") in ("1", "true"))
    return found


def _data_connections(package: Package, main: str) -> list[LinkTarget]:
    """The queries by which a book fetches data."""
    parts = [part for kind, part in relations_by_id(package, main).values() if kind == "connections"]
    return [
        LinkTarget(f"データ接続「{element.get('name') or ''}」")
        for part in parts
        if part in package
        for element in package.elements(part, ("connection",))
    ]
