"""The objects that lie on a sheet: text boxes, pictures, charts, embedded files, form controls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from kenpo_xl.domain.cell_reference import LAST_COLUMN, LAST_ROW
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.parts import relations_of
from kenpo_xl.ooxml.workbook import Sheet

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_KINDS = {"pic": "画像", "chart": "グラフ", "relIds": "SmartArt", "contentPart": "手書き"}
_FALLBACK = "Fallback"
# So are form controls drawn a second time, for newer programs.
_MIRROR = "a14"
# More of one sheet than a person puts there; the rest is not looked at.
_MOST = 100
_KIND = re.compile(rb"""ObjectType=["'](\w+)["']""")
_PICTURE = "Pict"
# Notes are a usual way to talk, buttons hold nothing, embedded objects are reported as such.
_NO_CONTENT = {"Note", "Button", _PICTURE}
# Left, top, right and bottom of an object that says none.
_CORNERS = (0, 0, 0, 0)


@frozen
class Drawn:
    """An object: what it is (Japanese), its text, and the cells (1-based) that it covers."""

    kind: str
    text: str
    top: int
    left: int
    bottom: int
    right: int


def drawn_on(package: Package, sheet: Sheet) -> list[Drawn]:
    """The objects of a sheet that hold something; our buttons, notes and bare lines are none.

    A drawing that cannot be read holds nothing.
    """
    found: list[Drawn] = []
    relations = relations_of(package, sheet.part)
    has_controls = any(kind == "ctrlProp" for kind, _ in relations.values())
    for kind, part in relations.values():
        if part in package and kind in ("drawing", "vmlDrawing"):
            is_old = kind == "vmlDrawing"
            objects = _controls(package, part) if is_old else _drawing(package, part, mirrored=has_controls)
            try:
                found += islice(objects, _MOST)
            except (KenpoError, ValueError):
                continue
    return found


def _drawing(package: Package, part: str, *, mirrored: bool) -> Iterator[Drawn]:
    """The objects of a drawing; not the form controls that it shows where it has some (`mirrored`)."""
    for anchor in package.elements(part, _ANCHORS):
        above = anchor.getparent()
        if mirrored and above is not None and above.get("Requires") == _MIRROR:
            continue
        elements = [element for element in anchor.iter() if isinstance(element.tag, str)]
        kind = next((_KINDS[name] for name in map(_name, elements) if name in _KINDS), "")
        text = _text(anchor)
        if kind or text:
            yield Drawn(kind or "テキストボックスや図形", text, *_corners(anchor))


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(anchor: etree._Element) -> str:
    """The paragraphs of all shapes of an anchor; of what is there for older programs too, the first only."""
    texts = (
        "".join(run.text or "" for run in paragraph.iter("{*}t"))
        for paragraph in anchor.iter("{*}p")
        if not any(_name(above) == _FALLBACK for above in paragraph.iterancestors())
    )
    return " ".join(" ".join(texts).split())


def _corners(anchor: etree._Element) -> tuple[int, int, int, int]:
    """Top, left, bottom and right cell; A1 for an object that lies by no cell."""
    top, left = _cell(anchor, "from") or (1, 1)
    bottom, right = _cell(anchor, "to") or (top, left)
    return top, left, max(top, bottom), max(left, right)


def _cell(anchor: etree._Element, corner: str) -> tuple[int, int] | None:
    """The cell of a corner; one that only its edge touches is not covered."""
    place = anchor.find(f"{{*}}{corner}")
    if place is None:
        return None
    row, column = (int(place.findtext(f"{{*}}{name}") or 0) for name in ("row", "col"))
    if corner == "to":
        row -= _touches(place, "rowOff") and row > 0
        column -= _touches(place, "colOff") and column > 0
    return _on_sheet(row + 1, column + 1)


def _touches(place: etree._Element, name: str) -> bool:
    return (place.findtext(f"{{*}}{name}") or "0").strip() == "0"


def first_picture(package: Package, sheet: Sheet) -> tuple[int, int] | None:
    """The cell under the first picture of an embedded object, None where no drawing tells."""
    for kind, part in relations_of(package, sheet.part).values():
        if kind == "vmlDrawing" and part in package:
            try:
                found = (
                    _place(data) for _, data in _shapes(package, part) if data.get("ObjectType") == _PICTURE
                )
                return min((place[:2] for place in found), default=None)
            except (KenpoError, ValueError):
                return None
    return None


def _controls(package: Package, part: str) -> Iterator[Drawn]:
    """Form controls in the older language for drawings; a button holds nothing."""
    kinds = {kind.decode() for kind in _KIND.findall(package.read(part))}
    if kinds <= _NO_CONTENT:
        return
    for shape, data in _shapes(package, part):
        if data.get("ObjectType") not in _NO_CONTENT:
            words = (text for box in shape.iter("{*}textbox") for text in box.itertext())
            yield Drawn("フォームの部品", " ".join("".join(words).split()), *_place(data))


def _shapes(package: Package, part: str) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The shapes that stand for something in the sheet, each with what says for what."""
    for shape in package.elements(part, ("shape",)):
        data = shape.find("{*}ClientData")
        if data is not None and data.get("ObjectType"):
            yield shape, data


def _place(data: etree._Element) -> tuple[int, int, int, int]:
    numbers = [int(number) for number in re.findall(r"\d+", data.findtext("{*}Anchor") or "")]
    left, top, right, bottom = numbers[0::2] if len(numbers) == len(_CORNERS) * 2 else _CORNERS
    first, last = _on_sheet(top + 1, left + 1), _on_sheet(bottom + 1, right + 1)
    return *first, max(first[0], last[0]), max(first[1], last[1])


def _on_sheet(row: int, column: int) -> tuple[int, int]:
    """The nearest cell that a sheet has."""
    return min(max(row, 1), LAST_ROW), min(max(column, 1), LAST_COLUMN)
