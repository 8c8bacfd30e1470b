"""What makes Excel repair a workbook on opening, as far as ECMA-376 and Excel's published limits say it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# The order of CT_Worksheet, ECMA-376 18.3.1.99.
_ORDER = [
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
    *(
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
    ),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
    "extLst",
]
_LIMITS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
_PLACE = re.compile(r"\$?([A-Z]+)\$?(\d+)")


def repairs(path: Path) -> list[str]:
    """Every rule that a workbook breaks."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
        doubled = [
            name for name, count in Counter(name.casefold() for name in book.namelist()).items() if count > 1
        ]
    trees = {
        name: etree.fromstring(text)
        for name, text in parts.items()
        if name.endswith((".xml", ".rels", ".vml"))
    }
    found = [f"{name} twice" for name in doubled]
    found += _package_problems(parts, trees)
    found += _workbook_problems(trees)
    for name, tree in trees.items():
        if tree.tag == f"{_MAIN}worksheet":
            found += [f"{name}: {one}" for one in _sheet_problems(name, tree, trees)]
    return found


def _package_problems(parts: dict[str, bytes], trees: dict[str, etree._Element]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    listed = {one.get("PartName", "").lstrip("/") for one in types.iter(f"{_TYPES}Override")}
    endings = {one.get("Extension", "").casefold() for one in types.iter(f"{_TYPES}Default")}
    for name in parts:
        if (
            name != "[Content_Types].xml"
            and name not in listed
            and name.rpartition(".")[2].casefold() not in endings
        ):
            yield f"{name} has no content type"
    yield from (f"{name} is listed and missing" for name in listed - parts.keys())
    for name, tree in trees.items():
        if name.endswith(".rels"):
            ids = Counter(one.get("Id") for one in tree)
            yield from (f"{name}: {one} twice" for one, count in ids.items() if count > 1)
            folder = posixpath.dirname(posixpath.dirname(name))
            for one in tree:
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                if one.get("TargetMode") != "External" and target not in parts:
                    yield f"{name}: {target} is missing"


def _workbook_problems(trees: dict[str, etree._Element]) -> Iterator[str]:
    tree = trees["xl/workbook.xml"]
    sheets = [one.get("name", "") for one in tree.iter(f"{_MAIN}sheet")]
    if len({one.casefold() for one in sheets}) != len(sheets):
        yield "two sheets of one name"
    for one in sheets:
        if not 0 < len(one) <= 31 or re.search(r"[\[\]:*?/\\]|^'|'$", one):
            yield f"sheet {one}"
    names = [
        (one.get("name", "").casefold(), one.get("localSheetId")) for one in tree.iter(f"{_MAIN}definedName")
    ]
    yield from (f"name {one} twice" for one, count in Counter(names).items() if count > 1)
    for one in tree.iter(f"{_MAIN}definedName"):
        if int(one.get("localSheetId", 0)) >= len(sheets) or "#REF!" in (one.text or ""):
            yield f"name {one.get('name')}"


def _sheet_problems(name: str, tree: etree._Element, trees: dict[str, etree._Element]) -> Iterator[str]:
    order = [_ORDER.index(etree.QName(one).localname) for one in tree]
    if order != sorted(order):
        yield "order of elements"
    yield from _cell_problems(tree, trees)
    yield from _merge_problems(tree)
    formats = trees["xl/styles.xml"].find(f"{_MAIN}dxfs")
    known = 0 if formats is None else len(formats)
    priorities = Counter(one.get("priority") for one in tree.iter(f"{_MAIN}cfRule"))
    yield from (f"priority {one} twice" for one, count in priorities.items() if count > 1)
    for one in tree.iter(f"{_MAIN}cfRule"):
        if int(one.get("dxfId", 0)) >= max(known, 1):
            yield f"format {one.get('dxfId')}"
    for one in tree.iter(f"{_MAIN}dataValidation"):
        yield from (f"{key} too long" for key, most in _LIMITS.items() if len(one.get(key, "")) > most)
        listed = one.findtext(f"{_MAIN}formula1") or ""
        if (one.get("type") == "list" and listed.startswith('"') and len(listed) > 257) or not one.get(
            "sqref"
        ):
            yield "list of a validation"
    relations = trees.get(
        posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")
    )
    ids = {one.get("Id") for one in (() if relations is None else relations)}
    for one in tree.iter():
        if one.get(f"{_REL}id") is not None and one.get(f"{_REL}id") not in ids:
            yield f"relation {one.get(f'{_REL}id')}"


def _cell_problems(tree: etree._Element, trees: dict[str, etree._Element]) -> Iterator[str]:
    styles = len(trees["xl/styles.xml"].find(f"{_MAIN}cellXfs"))
    texts = len(trees["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in trees else 0
    last = 0
    for row in tree.iter(f"{_MAIN}row"):
        here = int(row.get("r", 0))
        places = [_position(cell.get("r", "")) for cell in row]
        if (
            not last < here <= 1_048_576
            or places != sorted(set(places))
            or any(one[0] != here for one in places)
        ):
            yield f"row {here}"
        last = here
        for cell in row:
            if int(cell.get("s", 0)) >= styles:
                yield f"{cell.get('r')}: style"
            if cell.get("t") == "s" and int(cell.findtext(f"{_MAIN}v") or -1) not in range(texts):
                yield f"{cell.get('r')}: text"
            if len("".join(cell.itertext())) > 32_767 or len(cell.findtext(f"{_MAIN}f") or "") > 8_192:
                yield f"{cell.get('r')}: too long"


def _position(place: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(place)
    assert found, place
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _merge_problems(tree: etree._Element) -> Iterator[str]:
    taken: dict[tuple[int, int], str] = {}
    for one in tree.iter(f"{_MAIN}mergeCell"):
        area = one.get("ref", "")
        (top, left), (bottom, right) = (_position(place) for place in (*area.split(":"), area)[:2])
        for place in ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)):
            if place in taken:
                yield f"merged {taken[place]} and {area}"
                break
            taken[place] = area
