"""A cell as the element of a worksheet's part."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.ooxml.edit.xml_part import cell_text

LONGEST = 32_000
"""How many characters of a text are written into a cell; Excel takes a few more."""


@frozen
class CellXml:
    """A cell to write: a text, or a value of a kind (`t`) as stored; `formula` is without =."""

    value: str = ""
    kind: str = "inlineStr"
    formula: str = ""

    def xml(self, reference: str, style: str, p: str) -> str:
        """The element of the cell in a part whose names have the prefix `p`."""
        look = f' s="{style}"' if style else ""
        if not self.value and not self.formula:
            return f'<{p}c r="{reference}"{look}/>'
        if self.kind == "inlineStr":
            words = cell_text(self.value[:LONGEST])
            inside = f'<{p}is><{p}t xml:space="preserve">{words}</{p}t></{p}is>'
        else:
            inside = f"<{p}f>{cell_text(self.formula)}</{p}f>" if self.formula else ""
            inside += f"<{p}v>{cell_text(self.value)}</{p}v>"
        return f'<{p}c r="{reference}"{look} t="{self.kind}">{inside}</{p}c>'
