"""Earlier names (旧名) in a plan book: behind an arrow in a name frame, or in a list column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kenpo_xl.domain.plan.identities import HasFormerNames, name_by_former_name
from kenpo_xl.domain.plan.placeholders import short_name_without_year

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


def ambiguous_former_names(parts: Iterable[HasFormerNames]) -> Iterator[str]:
    """The former names of some parts that mean nothing: one is another part's name, or two parts had it."""
    listed = list(parts)
    used = name_by_former_name(listed)
    named = dict.fromkeys(name for one in listed for name in one.former_names if name != one.name)
    return (name for name in named if name not in used)


def names_as_typed_and_of_headers(name: str, former: tuple[str, ...], *, is_typed: bool) -> tuple[str, ...]:
    """Former names as typed, and as they were where a header gave them: 4～6月 was 4~6月.

    A name that is typed now (`is_typed`) may have been that of its header before.
    """
    of_headers = (short_name_without_year(one) for one in (*former, *((name,) if is_typed else ())))
    return tuple(one for one in dict.fromkeys((*former, *of_headers)) if one and one != name)
