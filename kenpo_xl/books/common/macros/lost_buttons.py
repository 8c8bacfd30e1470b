"""Buttons that another program saved so that they are not shown any more: how they are recognized.

LibreOffice 7 saves every button under one id (`shape_0`), without the font of its caption, and the book
without the code name that the macros ask for: no program shows the buttons when the book is opened again, and
a macro would not find its book. Macros, captions, places and names are still there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.ooxml.package import Package

_OURS = b"KenpoButtons."
SHAPE = rb"<v:shape\s(?:(?!<v:shape\s).)*?</v:shape\s*>"
"""A shape of a drawing in VML, over lines (`re.DOTALL`)."""
MACRO = rb"<x:FmlaMacro>[^<]*?(KenpoButtons\.\w+)<"
NUMBER = rb"\bid=\"_x0000_s(\d+)"


def has_lost_buttons(package: Package) -> bool:
    """Whether a book contains buttons of ours that no program shows."""
    return any(True for _ in drawings_of_lost_buttons(package))


def drawings_of_lost_buttons(package: Package) -> Iterator[tuple[str, bytes]]:
    """The name and content of each drawing in VML that contains one."""
    for part in package:
        if part.endswith(".vml"):
            content = package.read(part)
            # Excel gives each shape such an id: then nothing else is compared.
            has_strange = content.count(b"<v:shape ") > content.count(b' id="_x0000_s')
            if has_strange and _OURS in content and _has_lost_shape(content):
                yield part, content


def _has_lost_shape(content: bytes) -> bool:
    return any(is_lost_button(shape[0]) for shape in re.finditer(SHAPE, content, re.DOTALL))


def is_lost_button(shape: bytes) -> bool:
    """Whether a shape is a button of ours without an id by which it is shown."""
    return re.search(MACRO, shape) is not None and re.search(NUMBER, shape) is None
