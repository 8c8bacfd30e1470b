"""Text as people compare it."""

from __future__ import annotations

import re
import unicodedata


def folded(text: str) -> str:
    """Text for comparison: half-width, without white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
