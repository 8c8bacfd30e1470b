"""The defined names that the product writes into workbooks."""

from __future__ import annotations

from kenpo_xl.domain.lazy_patterns import LazyPattern

PREFIX = "kx_"
"""The prefix of every defined name of the product."""
DIGITS = 12
"""How many hexadecimal digits follow in the name of a part."""
_PART = LazyPattern(f"{PREFIX}[0-9a-f]{{{DIGITS}}}")


def is_name_of_sheet_part(name: str) -> bool:
    """Whether a name is that of a part of a sheet, not one for the launcher."""
    return bool(_PART.fullmatch(name))
