"""Which defined names of a workbook are ours, whatever they are derived from."""

from __future__ import annotations

import re

PREFIX = "kx_"
"""So begins every Excel name of ours."""
DIGITS = 12
"""How many hexadecimal digits follow in the name of a part."""
_PART = re.compile(f"{PREFIX}[0-9a-f]{{{DIGITS}}}")


def is_part(name: str) -> bool:
    """Whether a name is that of a part of a sheet, and none of those that only the launcher looks for."""
    return bool(_PART.fullmatch(name))
