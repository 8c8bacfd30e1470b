"""Conditional formats of the pattern rows: those of each slot, and phrases on those of no slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kenpo_xl.books.report.template.conditions import PlacedCondition, has_fixed_row, read_conditions
from kenpo_xl.books.report.template.style import Palette
from kenpo_xl.books.report.template.template import BODY, PATTERNS, Pattern, Slot, SlotCondition


def with_conditions(
    patterns: Mapping[str, Pattern], body: Any, palette: Palette
) -> tuple[dict[str, Pattern], list[str]]:
    """The patterns with the conditional formats of their slots, and phrases on those that no cell takes."""
    placed, unknown = read_conditions(body, palette)
    rows = _pattern_rows(body)
    usable = [one for one in placed if not has_fixed_row(one.condition)]
    found = {
        name: replace(
            pattern, slots=tuple(_slot_with_conditions(slot, rows[name], usable) for slot in pattern.slots)
        )
        for name, pattern in patterns.items()
    }
    slots = [slot for pattern in found.values() for slot in pattern.slots]
    taken = {one.condition for slot in slots for one in slot.conditions}
    lost = [*unknown, *(one.place for one in placed if one.condition not in taken)]
    return found, [f"「{BODY}」の条件付き書式（{'、'.join(lost)}）"] if lost else []


def _pattern_rows(body: Any) -> dict[str, int]:
    """The row of each pattern, by its name."""
    names = ((str(cell.value or "").strip(), cell.row) for cell in body["A"])
    return {name: row for name, row in names if name in PATTERNS}


def _slot_with_conditions(slot: Slot, row: int, placed: list[PlacedCondition]) -> Slot:
    """The slot with the formats whose area has its first cell; columns of the sheet are one higher there."""
    column = slot.first + 2
    found = [
        SlotCondition(one.condition, *one.areas[0][:2])
        for one in placed
        for top, left, bottom, right in one.areas
        if top <= row <= bottom and left <= column <= right
    ]
    return replace(slot, conditions=tuple(found))
