"""Styles that are added at the end of a book's lists, so that every number that is there stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.sheet_xml import insert_child
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart

WRAPPED, HEADER, TITLE, LINK, PLAIN = range(5)
_NEW = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{namespace}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
# Number formats that show a text as it is, and the least red, green and blue of a light grey.
_TEXT, _LIGHT = ("0", "49"), "C0"
# What an added font takes over from the first font of the book.
_FACE = ("name", "family", "charset", "scheme")


def styles_part_or_new(book: PackageEditor) -> XmlPart:
    """The styles of the book; a book that has none gets the least that Excel wants."""
    part = book.related_part(book.main, "styles")
    if not part:
        # Some programs look for it by this name.
        part = "xl/styles.xml" if "xl/styles.xml" not in book else book.unused_part_name("xl/styles{}.xml")
        book.add_part(part, _NEW.format(namespace=book.namespace), "styles+xml")
        book.add_relationship(book.main, "styles", part)
    draft = book.editable_part(part)
    draft.apply_edits()
    return draft


def add_style_elements(draft: XmlPart, list_name: str, items: Sequence[str]) -> list[int]:
    """Add items to a list of styles; their numbers. An item that the list has already is not added again."""
    root = draft.root_node(3)
    holder = root.child(list_name)
    present = [draft.content[n.start : n.end].decode() for n in holder.children] if holder else []
    fresh = [item for item in dict.fromkeys(items) if item not in present]
    known = [*present, *fresh]
    if holder is None:
        p = root.prefix
        insert_child(draft, root, list_name, f"<{p}{list_name}>{''.join(fresh)}</{p}{list_name}>")
    elif fresh:
        draft.append_child(holder, "".join(fresh))
        if holder.get("count").isdigit():
            draft.set_attribute(holder, "count", str(int(holder.get("count")) + len(fresh)))
    draft.apply_edits()
    return [known.index(item) for item in items]


def style_with_format_of(book: PackageEditor, style: int, other: int) -> int:
    """The number of the cell style `style` with the number format of the style `other`, added if missing."""
    draft = styles_part_or_new(book)
    holder = draft.root_node(4).child("cellXfs")
    nodes = holder.children if holder else []
    if not (style < len(nodes) and other < len(nodes)):
        return style
    own, wanted = nodes[style], nodes[other].get("numFmtId")
    if own.get("numFmtId") == wanted:
        return style
    text = draft.content[own.start : own.end].decode()
    text = re.sub(r'\s(?:numFmtId|applyNumberFormat)="[^"]*"', "", text, count=2)
    name = own.name
    added = text.replace(f"<{name}", f'<{name} numFmtId="{wanted}" applyNumberFormat="1"', 1)
    return add_style_elements(draft, "cellXfs", [added])[0]


def grey_cell_style(book: PackageEditor) -> int | None:
    """The number of a cell style of the book with a light grey fill and no number format, None for none."""
    part = book.related_part(book.main, "styles")
    root = book.editable_part(part).root_node(5) if part else None
    fills, styles = (root.child(name) if root else None for name in ("fills", "cellXfs"))
    grey = {str(at) for at, fill in enumerate(fills.children if fills else ()) if _is_light_grey(fill)}
    numbered = enumerate(styles.children if styles else ())
    return next((at for at, xf in numbered if xf.get("fillId") in grey and xf.get("numFmtId") in _TEXT), None)


def _is_light_grey(fill: Node) -> bool:
    pattern = fill.child("patternFill")
    colour = pattern.child("fgColor") if pattern and pattern.get("patternType") == "solid" else None
    rgb = colour.get("rgb")[-6:] if colour else ""
    return len({rgb[:2], rgb[2:4], rgb[4:]}) == 1 and _LIGHT <= rgb[:2].upper() < "FB"


def add_styles_of_new_sheet(book: PackageEditor) -> list[int]:
    """Numbers of the styles of the sheet that we bring: in the order of their names above."""
    draft = styles_part_or_new(book)
    root = draft.root_node(4)
    p = root.prefix
    face = _font_face_xml(draft, root)
    kinds = (
        f'<{p}sz val="10"/>',
        f'<{p}b/><{p}sz val="10"/>',
        f'<{p}b/><{p}sz val="14"/>',
        f'<{p}u/><{p}sz val="10"/><{p}color rgb="FF0563C1"/>',
    )
    fonts = add_style_elements(draft, "fonts", [f"<{p}font>{kind}{face}</{p}font>" for kind in kinds])
    pattern = f'<{p}fgColor rgb="FFDCE6F5"/><{p}bgColor indexed="64"/>'
    (fill,) = add_style_elements(
        draft, "fills", [f'<{p}fill><{p}patternFill patternType="solid">{pattern}</{p}patternFill></{p}fill>']
    )
    sides = "".join(
        f'<{p}{side} style="thin"><{p}color rgb="FF8C9BB0"/></{p}{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    (border,) = add_style_elements(draft, "borders", [f"<{p}border>{sides}<{p}diagonal/></{p}border>"])
    wrap = f'<{p}alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>'
    centre = f'<{p}alignment horizontal="center" vertical="center" wrapText="1"/>'
    centred = f'<{p}alignment vertical="center"/>'
    return add_style_elements(
        draft,
        "cellXfs",
        [
            _cell_style_xml(p, (fonts[0], 0, border), wrap),
            _cell_style_xml(p, (fonts[1], fill, border), centre),
            _cell_style_xml(p, (fonts[2], 0, 0), centred),
            _cell_style_xml(p, (fonts[3], 0, border), wrap),
            _cell_style_xml(p, (fonts[0], 0, 0), centred),
        ],
    )


def _cell_style_xml(p: str, parts: tuple[int, int, int], alignment: str) -> str:
    font, fill, border = parts
    return (
        f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyFont="1" '
        f'applyFill="1" applyBorder="1" applyAlignment="1">{alignment}</{p}xf>'
    )


def _font_face_xml(draft: XmlPart, root: Node) -> str:
    fonts = root.child("fonts")
    first = fonts.children[0].children if fonts and fonts.children else []
    return "".join(draft.content[n.start : n.end].decode() for n in first if n.local in _FACE)
