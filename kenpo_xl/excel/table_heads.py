"""Whether the words of a head in a book are those of a row or column of the plan."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.domain.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan import Axis
from kenpo_xl.domain.text import folded, is_made_of


def may_be(axis: Axis, path: tuple[str, ...]) -> bool:
    """Whether a head is empty in part, or that of an axis but for the month and the like in it."""
    if not all(path):
        return True
    return fits([[parts(label)] for label in axis.labels], path)


def parts(label: str) -> list[str]:
    """What of a label is no placeholder."""
    return [folded(part) for part in PLACEHOLDER.split(label)[::2]]


def fits(forms: Sequence[Sequence[Sequence[str]]], path: tuple[str, ...]) -> bool:
    """Whether every level of a head has one of its forms."""
    return len(forms) == len(path) and all(
        any(is_made_of(parts, text) for parts in known) for known, text in zip(forms, path, strict=True)
    )
