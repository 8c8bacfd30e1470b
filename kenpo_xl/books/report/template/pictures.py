"""Reads the pictures of a sheet of the template, with their bytes and their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kenpo_xl.books.report.template.drawn_sheet import Picture
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.ooxml.parts import relations_by_id
from kenpo_xl.ooxml.safe_xml import local_name
from kenpo_xl.ooxml.workbook import Workbook

# English Metric Units of a pixel of 1/96 inch.
_EMU = 9_525
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
# The kinds that XlsxWriter writes, by the extension of the part.
_KINDS = frozenset({"png", "jpg", "jpeg", "gif", "bmp", "wmf", "emf"})

_Corner = tuple[int, int, int, int]
"""Column, pixels into it, row, pixels into it; counted from 0."""


@frozen
class PlacedOnGrid:
    """A picture by the cell of its top left corner, and by that of the lower right one or its size."""

    content: bytes
    name: str
    start: _Corner
    end: _Corner | None
    size: tuple[int, int]

    @property
    def row(self) -> int:
        return self.start[2]

    @property
    def column(self) -> int:
        return self.start[0]

    def picture(
        self,
        columns: Sequence[int],
        row_height: Callable[[int], int],
        column_shift: int = 0,
        row_top: int | None = None,
    ) -> Picture:
        """The picture in pixels, on columns of these widths; `row_top` replaces the top of its row."""

        def across(corner: _Corner) -> int:
            return sum(columns[: corner[0] + column_shift]) + corner[1]

        def down(corner: _Corner) -> int:
            return sum(map(row_height, range(corner[2]))) + corner[3]

        left, top = across(self.start), down(self.start)
        width, height = (across(self.end) - left, down(self.end) - top) if self.end else self.size
        if row_top is not None:
            top = row_top + self.start[3]
        return Picture(self.content, left, top, max(width, 1), max(height, 1), self.name)


def read_pictures(book: Workbook, sheet_name: str) -> tuple[list[PlacedOnGrid], list[str]]:
    """The pictures of a sheet, and a phrase for each that cannot be copied, or not as it is shown."""
    found: list[PlacedOnGrid] = []
    losses: list[str] = []
    sheet = book.sheets.get(sheet_name)
    relations = relations_by_id(book.package, sheet.part).values() if sheet else ()
    for kind, part in relations:
        if kind == "drawing" and part in book.package:
            targets = relations_by_id(book.package, part)
            for anchor in book.package.elements(part, _ANCHORS):
                for picture in anchor.iter("{*}pic"):
                    _read_picture(book, anchor, picture, targets, found, losses)
    return found, losses


def _read_picture(
    book: Workbook, anchor: Any, picture: Any, targets: Any, found: list[PlacedOnGrid], losses: list[str]
) -> None:
    target = targets.get(_relation_of_image(picture.find(".//{*}blip")), ("", ""))[1]
    if target not in book.package or target.rpartition(".")[2].lower() not in _KINDS:
        losses.append("画像（PNG、JPEG などとして貼り直してください）")
        return
    if _is_cropped_or_turned(picture):
        losses.append("画像の切り抜きや回転（画像は元の形で写します）")
    start, end = (_corner_of_anchor(anchor.find(f"{{*}}{name}")) for name in ("from", "to"))
    position = anchor.find("{*}pos")
    if start is None:
        start = (0, _attribute_in_pixels(position, "x"), 0, _attribute_in_pixels(position, "y"))
    properties = picture.find(".//{*}cNvPr")
    name = properties.get("descr") or "" if properties is not None else ""
    content = book.package.read(target)
    found.append(PlacedOnGrid(content, name, start, end, _width_and_height(anchor, picture)))


def _is_cropped_or_turned(picture: Any) -> bool:
    crop, shape = picture.find(".//{*}srcRect"), picture.find(".//{*}xfrm")
    return bool(crop is not None and crop.attrib) or (shape is not None and shape.get("rot", "0") != "0")


def _relation_of_image(blip: Any) -> str:
    """The relation of the image of a picture, '' for none."""
    return "" if blip is None else next((value for key, value in blip.items() if key.endswith("}embed")), "")


def _width_and_height(anchor: Any, picture: Any) -> tuple[int, int]:
    """Width and height in pixels, of the anchor or else of the picture itself."""
    size = anchor.find("{*}ext")
    if size is None:
        size = picture.find(".//{*}xfrm/{*}ext")
    return _attribute_in_pixels(size, "cx"), _attribute_in_pixels(size, "cy")


def _corner_of_anchor(element: Any) -> _Corner | None:
    if element is None:
        return None
    values = {local_name(child): int(child.text or 0) for child in element}
    return (
        values.get("col", 0),
        values.get("colOff", 0) // _EMU,
        values.get("row", 0),
        values.get("rowOff", 0) // _EMU,
    )


def _attribute_in_pixels(element: Any, name: str) -> int:
    return int(element.get(name) or 0) // _EMU if element is not None else 0
