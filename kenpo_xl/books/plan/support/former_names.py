"""Earlier names (旧名) in a plan book: behind an arrow in a name frame, or in a list column."""

from __future__ import annotations

import re

ARROW = "←"
_BETWEEN = re.compile(r"[、,，\n]")


def name_and_former_names(frame: str) -> tuple[str, tuple[str, ...]]:
    """The text of a name frame before its first ←, and the names behind it: 決定達成 ← 決定、決定件数."""
    name, *former = frame.split(ARROW)
    return name.strip(), former_names_in(ARROW.join(former).replace(ARROW, "\n"))


def former_names_in(text: str) -> tuple[str, ...]:
    """The names in a text, by line or separated by 、; a whole line is one too, as names contain 、."""
    lines = text.splitlines()
    names = [*lines, *(part for line in lines for part in _BETWEEN.split(line))]
    return tuple(dict.fromkeys(name.strip().replace("/", "・") for name in names if name.strip()))
