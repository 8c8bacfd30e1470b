"""The shapes of notes in a drawing of the old kind (VML), which notes and form buttons share.

Excel's own drawings are not always well-formed XML (an open <br>), so they are read as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.xml_part import XmlPart

_SPACES = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_KIND = (
    '<v:shapetype%s id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BLANK = f'<xml{_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>'
_SHAPE = (
    '<v:shape%s id="_x0000_s%d" type="#_x0000_t202" style=\'position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:%dpt;height:%dpt;z-index:%d;visibility:hidden\' fillcolor="#ffffe1"'
    ' o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    "<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
_ANY_SHAPE = re.compile(rb"<v:shape\s(?:(?!<v:shape\s).)*?</v:shape\s*>", re.DOTALL)
_ROW, _COLUMN = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>"), re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>")
_ID = re.compile(rb"_x0000_s(\d+)")
_DRAWN = re.compile(rb"<v:(?:shape|rect|roundrect|oval|line|polyline|group|image|arc|curve)[\s>]")
_TYPE = re.compile(rb"<v:shapetype\s[^>]*?id=[\"']_x0000_t202[\"'].*?</v:shapetype\s*>", re.DOTALL)


@frozen
class CommentBox:
    """How large a note is drawn, in points, and where: Excel's anchor of eight numbers."""

    width: int
    height: int
    anchor: tuple[int, ...]


def empty_drawing(number: int) -> str:
    """A drawing without shapes; `number` keeps the ids of the sheets' shapes apart."""
    return _BLANK % number


def add_comment_shapes(draft: XmlPart, boxes: Iterable[tuple[CellPosition, CommentBox]]) -> None:
    """Append the shape of a note for each of these cells; KenpoError for a damaged drawing."""
    content = draft.content
    end = content.rfind(b"</xml>")
    if end < 0:
        raise KenpoError(
            f"ブックの {draft.part} が壊れているため書き換えられません。Excel で保存し直してください。"
        )
    numbers = [int(number) for number in _ID.findall(content)]
    layout = re.search(rb"<o:idmap[^>]*?\bdata=[\"']\s*(\d+)", content)
    last = max(numbers, default=1024 * int(layout[1]) if layout else 1024)
    spaces = "" if all(space.encode() in content for space in _SPACES.split()) else _SPACES
    pieces = [] if _TYPE.search(content) else [_KIND % spaces]
    for (row, column), box in boxes:
        last += 1
        anchor = ", ".join(map(str, box.anchor))
        pieces.append(
            _SHAPE % (spaces, last, box.width, box.height, last - 1023, anchor, row - 1, column - 1)
        )
    draft.insert(end, "".join(pieces))
    draft.apply_edits()


def has_shapes_after_removing_comments(draft: XmlPart, places: Collection[CellPosition]) -> bool:
    """Take the shapes of these cells' notes out; whether any shape is left."""
    draft.apply_edits()
    content = draft.content
    for found in _ANY_SHAPE.finditer(content):
        if b'ObjectType="Note"' in found[0] and _shape_cell(found[0]) in places:
            draft.replace(*found.span())
    draft.apply_edits()
    kind = _TYPE.search(draft.content)
    ours = kind and kind[0] in [(_KIND % spaces).encode() for spaces in ("", _SPACES)]
    if kind and ours and b"#_x0000_t202" not in draft.content:
        draft.replace(*kind.span())
        draft.apply_edits()
    return bool(_DRAWN.search(draft.content))


def _shape_cell(shape: bytes) -> CellPosition:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else (0, 0)
