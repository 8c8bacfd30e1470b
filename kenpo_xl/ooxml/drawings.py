"""The objects on a sheet: text boxes, pictures, charts, embedded files, form controls, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from kenpo_xl.domain.cell_reference import LAST_COLUMN, LAST_ROW, CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.parts import relations_by_id
from kenpo_xl.ooxml.safe_xml import local_name
from kenpo_xl.ooxml.workbook import Sheet

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_KINDS = {"pic": "画像", "chart": "グラフ", "relIds": "SmartArt", "contentPart": "手書き"}
_FALLBACK = "Fallback"
# The namespace in which form controls are drawn a second time, for newer programs.
_MIRROR = "a14"
# More objects of one sheet than a user draws; further ones are skipped.
_MOST = 100
_KIND = re.compile(rb"""ObjectType=["'](\w+)["']""")
_PICTURE = "Pict"
# Comments are usual, buttons contain nothing, embedded objects are reported as such.
_NO_CONTENT = {"Note", "Button", _PICTURE}
# Left, top, right and bottom of an object without an anchor.
_CORNERS = (0, 0, 0, 0)


_NOTES, _REPLIES = "comments", "threadedComment"
# More notes on one sheet than a person writes; further ones are skipped.
_MOST_NOTES = 500


@frozen
class SheetObject:
    """An object: what it is (Japanese), its text, and the cells (1-based) that it covers."""

    kind: str
    text: str
    top: int
    left: int
    bottom: int
    right: int


def objects_on_sheet(package: Package, sheet: Sheet) -> list[SheetObject]:
    """The objects of a sheet with content, without buttons, comments and bare lines.

    A drawing that cannot be read has none.
    """
    found: list[SheetObject] = []
    relations = relations_by_id(package, sheet.part)
    has_controls = any(kind == "ctrlProp" for kind, _ in relations.values())
    for kind, part in relations.values():
        if part in package and kind in ("drawing", "vmlDrawing"):
            is_old = kind == "vmlDrawing"
            objects = (
                _form_controls(package, part)
                if is_old
                else _drawing_objects(package, part, mirrored=has_controls)
            )
            try:
                found += islice(objects, _MOST)
            except (KenpoError, ValueError):
                continue
    return found


def _drawing_objects(package: Package, part: str, *, mirrored: bool) -> Iterator[SheetObject]:
    """The objects of a drawing; if `mirrored`, without its copies of form controls."""
    for anchor in package.elements(part, _ANCHORS):
        if mirrored and _is_copy_of_form_control(anchor):
            continue
        kind, text = _anchor_kind(anchor), _anchor_text(anchor)
        if kind or text:
            yield SheetObject(kind or "テキストボックスや図形", text, *_anchor_rectangle(anchor))


def _is_copy_of_form_control(anchor: etree._Element) -> bool:
    """Whether an object is the copy of a form control."""
    above = anchor.getparent()
    return above is not None and above.get("Requires") == _MIRROR


def _anchor_kind(anchor: etree._Element) -> str:
    elements = [element for element in anchor.iter() if isinstance(element.tag, str)]
    return next((_KINDS[name] for name in map(local_name, elements) if name in _KINDS), "")


def _anchor_text(anchor: etree._Element) -> str:
    """The paragraphs of all shapes of an anchor, without fallbacks for older programs."""
    texts = (
        "".join(run.text or "" for run in paragraph.iter("{*}t"))
        for paragraph in anchor.iter("{*}p")
        if not any(local_name(above) == _FALLBACK for above in paragraph.iterancestors())
    )
    return " ".join(" ".join(texts).split())


def _anchor_rectangle(anchor: etree._Element) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of an object; A1 for one without cells."""
    top, left = _corner_cell(anchor, "from") or (1, 1)
    bottom, right = _corner_cell(anchor, "to") or (top, left)
    return top, left, max(top, bottom), max(left, right)


def _corner_cell(anchor: etree._Element, corner: str) -> CellPosition | None:
    """The cell of a corner, without a last row or column that only the edge touches."""
    place = anchor.find(f"{{*}}{corner}")
    if place is None:
        return None
    row, column = (int(place.findtext(f"{{*}}{name}") or 0) for name in ("row", "col"))
    if corner == "to":
        row -= _has_no_offset(place, "rowOff") and row > 0
        column -= _has_no_offset(place, "colOff") and column > 0
    return _clamped_to_sheet(row + 1, column + 1)


def _has_no_offset(place: etree._Element, name: str) -> bool:
    return (place.findtext(f"{{*}}{name}") or "0").strip() == "0"


def first_picture_cell(package: Package, sheet: Sheet) -> CellPosition | None:
    """The cell under the first picture of an embedded object, None for no picture."""
    for kind, part in relations_by_id(package, sheet.part).values():
        if kind == "vmlDrawing" and part in package:
            try:
                found = (
                    _shape_rectangle(data)
                    for _, data in _shapes_with_client_data(package, part)
                    if data.get("ObjectType") == _PICTURE
                )
                return min((place[:2] for place in found), default=None)
            except (KenpoError, ValueError):
                return None
    return None


def _form_controls(package: Package, part: str) -> Iterator[SheetObject]:
    """The form controls of a VML drawing, without buttons."""
    kinds = {kind.decode() for kind in _KIND.findall(package.read(part))}
    if kinds <= _NO_CONTENT:
        return
    for shape, data in _shapes_with_client_data(package, part):
        if data.get("ObjectType") not in _NO_CONTENT:
            words = (text for box in shape.iter("{*}textbox") for text in box.itertext())
            yield SheetObject("フォームの部品", " ".join("".join(words).split()), *_shape_rectangle(data))


def _shapes_with_client_data(package: Package, part: str) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The shapes of objects of the sheet, each with its element ClientData."""
    for shape in package.elements(part, ("shape",)):
        data = shape.find("{*}ClientData")
        if data is not None and data.get("ObjectType"):
            yield shape, data


def _shape_rectangle(client_data: etree._Element) -> tuple[int, int, int, int]:
    numbers = [int(number) for number in re.findall(r"\d+", client_data.findtext("{*}Anchor") or "")]
    left, top, right, bottom = numbers[0::2] if len(numbers) == len(_CORNERS) * 2 else _CORNERS
    first, last = _clamped_to_sheet(top + 1, left + 1), _clamped_to_sheet(bottom + 1, right + 1)
    return *first, max(first[0], last[0]), max(first[1], last[1])


def _clamped_to_sheet(row: int, column: int) -> CellPosition:
    """The nearest cell within the sheet."""
    return min(max(row, 1), LAST_ROW), min(max(column, 1), LAST_COLUMN)


def notes_on_sheet(package: Package, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The address of each cell with a note, and its text; of a conversation the text of each reply."""
    parts = [(kind, part) for kind, part in relations_by_id(package, sheet.part).values() if part in package]
    threaded: set[str] = set()
    for kind, tag in ((_REPLIES, _REPLIES), (_NOTES, "comment")):
        found = (one for name, part in parts if name == kind for one in package.elements(part, (tag,)))
        for element in islice(found, _MOST_NOTES):
            cell = element.get("ref", "")
            if kind == _REPLIES:
                threaded.add(cell)
            # A program without conversations shows a note that repeats them.
            if kind == _REPLIES or cell not in threaded:
                yield cell, _note_text(element)


def _note_text(element: etree._Element) -> str:
    """The text of all runs of a note, without its phonetic guides."""
    pieces = (
        one.text or ""
        for one in element.iter()
        if isinstance(one.tag, str)
        and local_name(one) in ("t", "text")
        and not any(local_name(above) == "rPh" for above in one.iterancestors())
    )
    return "".join(pieces).strip()
