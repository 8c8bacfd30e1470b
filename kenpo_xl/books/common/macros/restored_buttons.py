"""Buttons that another program saved so that they are not shown any more: how they come back."""

from __future__ import annotations

import re
import tempfile
from html import escape, unescape
from itertools import count
from pathlib import Path

from kenpo_xl.books.common.macros.lost_buttons import (
    MACRO,
    NUMBER,
    SHAPE,
    drawings_of_lost_buttons,
    is_lost_button,
)
from kenpo_xl.books.common.styles import FONT, INK
from kenpo_xl.ooxml.file_extension import main_part_name
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.zip_splice import replace_parts

_ID = re.compile(rb"(<v:shape\s[^>]*?\bid=)\"(?!_x0000_s\d)[^\"]*\"")
_ANCHOR = re.compile(rb"<x:Anchor>([^<]*)<")
_DIV = re.compile(rb"<div[^>]*>(.*?)</div>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_CONTROL = re.compile(
    rb"<mc:AlternateContent[^>]*>\s*<mc:Choice[^>]*>\s*<control\s(?:(?!</control>).)*?macro=\"[^\"]*KenpoButtons\."
    rb"(?:(?!</control>).)*</control>\s*</mc:Choice>\s*</mc:AlternateContent>",
    re.DOTALL,
)
_NO_CONTROLS = re.compile(
    rb"<mc:AlternateContent[^>]*>\s*<mc:Choice[^>]*>\s*<controls>\s*</controls>\s*</mc:Choice>\s*</mc:AlternateContent>"
)
_DRAWN = re.compile(rb"<mc:AlternateContent(?:(?!</mc:AlternateContent>).)*</mc:AlternateContent>", re.DOTALL)
_NAME = re.compile(rb"\bname=\"Button \d+\" descr=\"([^\"]*)\"")
_BUTTON = (
    '<v:shape id="_x0000_s%d" type="#_x0000_t201" style="position:absolute;z-index:%d;mso-wrap-style:tight" '
    'o:button="t" fillcolor="buttonFace [67]" strokecolor="windowText [64]" o:insetmode="auto">'
    '<v:fill color2="buttonFace [67]" o:detectmouseclick="t"/><o:lock v:ext="edit" rotation="t"/>'
    '<v:textbox style="mso-direction-alt:auto" o:singleclick="f"><div style="text-align:center">'
    f'<font face="{FONT}" size="280" color="{INK}"><b>%s</b></font></div></v:textbox>'
    '<x:ClientData ObjectType="Button"><x:Anchor>%s</x:Anchor><x:PrintObject>False</x:PrintObject>'
    "<x:AutoFill>False</x:AutoFill><x:FmlaMacro>[0]!%s</x:FmlaMacro><x:TextHAlign>Center</x:TextHAlign>"
    "<x:TextVAlign>Center</x:TextVAlign></x:ClientData></v:shape>"
)


def restore_buttons(path: Path) -> bool:
    """Rewrite the buttons of a closed book that no program shows; whether there were any.

    Values, formulas and looks of cells stay as they are, and so does everything that is no button of ours.
    """
    with Package(path) as package:
        parts = _restored_parts(package)
    if parts:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            restored = Path(folder) / path.name
            replace_parts(path, restored, parts)
            restored.replace(path)
    return bool(parts)


def _restored_parts(package: Package) -> dict[str, bytes]:
    """The parts that change, with their new content; none for a book that has lost no button."""
    drawings = list(drawings_of_lost_buttons(package))
    if not drawings:
        return {}
    captions: set[bytes] = set()
    parts = {part: _with_shown_buttons(content, captions) for part, content in drawings}
    for part in package:
        if part.endswith(".xml") and "/worksheets/" in part:
            parts[part] = _NO_CONTROLS.sub(b"", _CONTROL.sub(b"", package.read(part)))
        elif part.endswith(".xml") and "/drawings/drawing" in part:
            parts[part] = _without_doubles(package.read(part), captions)
    main = main_part_name(package)
    parts[main] = _with_code_name(package.read(main))
    return {part: content for part, content in parts.items() if content != package.read(part)}


def _with_shown_buttons(content: bytes, captions: set[bytes]) -> bytes:
    """A drawing in which each of our buttons is as we make it, and each other shape has an id of its own.

    One shape without such an id is enough for LibreOffice to show none. `captions` collects theirs.
    """
    numbers = count(max(map(int, re.findall(NUMBER, content)), default=1024) + 1)

    def with_visible_button(shape: re.Match[bytes]) -> bytes:
        anchor, macro = _ANCHOR.search(shape[0]), re.search(MACRO, shape[0])
        if not is_lost_button(shape[0]) or not (anchor and macro):
            return _ID.sub(lambda found: b'%s"_x0000_s%d"' % (found[1], next(numbers)), shape[0])
        words = _DIV.search(shape[0])
        caption = unescape(_TAG.sub(b"", words[1]).decode()) if words else ""
        captions.add(escape(caption).encode())
        number = next(numbers)
        place, sub = anchor[1].decode(), macro[1].decode()
        return (_BUTTON % (number, number % 1024, escape(caption), place, sub)).encode()

    return re.sub(SHAPE, with_visible_button, content, flags=re.DOTALL)


def _without_doubles(content: bytes, captions: set[bytes]) -> bytes:
    """A drawing without the shapes of no size that LibreOffice adds for each button."""

    def without_double(drawn: re.Match[bytes]) -> bytes:
        name = _NAME.search(drawn[0])
        return b"" if name and name[1] in captions else drawn[0]

    return _DRAWN.sub(without_double, content)


def _with_code_name(content: bytes) -> bytes:
    """The workbook part with the name by which the macros ask for their book."""
    settings = re.search(rb"<workbookPr\b[^>]*>", content)
    if settings is None or b"codeName=" in settings[0]:
        return content
    at = settings.start() + len(b"<workbookPr")
    return content[:at] + b' codeName="ThisWorkbook"' + content[at:]
