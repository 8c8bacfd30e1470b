"""Numbers as sentences say them, and how they follow the figures of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kenpo_xl.domain.results.figures import Figure, Figures


def with_new_numbers(text: str, item: str, before: Figures, after: Figures) -> str:
    """A text whose numbers with a unit, as the tables of its item held them, are those of now."""
    return with_digits(text, changed_numbers(item, before, after))


def changed_numbers(item: str, before: Figures, after: Figures) -> dict[tuple[str, str], str]:
    """For each number of an item with its unit, as it was, the digits that it has now."""
    changed = {}
    for figure in before:
        if figure.id.item != item:
            continue
        found = [one for one in after.with_identity(figure.id) if one.entity == figure.entity]
        old, new = digits_of(figure), digits_of(found[0]) if found else ""
        if old and new:
            table = before.plan.tables[item, figure.id.table]
            changed[old, table.unit_at(*table.positions[figure.id])] = new
    return changed


def digits_of(figure: Figure) -> str:
    """The number of a figure as a sentence says it, without its unit; '' for none."""
    return figure.number_text_without_unit


def with_digits(text: str, changed: Mapping[tuple[str, str], str]) -> str:
    """The text with numbers replaced that stand before their unit."""

    def replaced(found: re.Match[str]) -> str:
        new = changed.get((found[1], found[3]))
        return found[0] if new is None else f"{new}{found[2]}{found[3]}"

    units = "|".join(sorted({re.escape(unit) for _, unit in changed if unit}, key=len, reverse=True))
    return re.sub(rf"(?<![\d,.])(\d[\d,]*(?:\.\d+)?)(\s*)({units})", replaced, text) if units else text
