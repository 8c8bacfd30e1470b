"""A template whose column of plan text is wider or narrower than drawn, at the cost of the column beside it.

The progress column consists of many narrow columns of the sheet, in which tables are set: some of them are
taken out, or added, and the widest column of the plan text takes what they had.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from kenpo_xl.books.report.template.screen_widths import SheetColumns
from kenpo_xl.books.report.template.template import TABLE_HEADER, Pattern, Slot, Template, Zone


def with_moved_columns(template: Template, count: int) -> Template | None:
    """The template with `count` narrow columns moved from progress to plan text, or back if negative.

    None where there are not so many, or where the page would be printed in another scale.
    """
    plan, progress, _ = template.column_zones
    at = _first_of_narrow_columns(template, progress)
    widest = max(range(plan.first, plan.last + 1), key=lambda column: template.characters[column])
    characters = list(_moved_characters(template.characters, at, count))
    characters[_new_first_column(widest, at, count)] += count * template.characters[at]
    patterns = {name: _moved_pattern(pattern, at, count) for name, pattern in template.patterns.items()}
    slots = [slot for pattern in patterns.values() for slot in pattern.slots]
    if min(characters) <= 0 or not all(map(_is_slot_movable, slots)):
        return None
    columns = SheetColumns.for_characters(characters, template.default.font_size)
    setup = template.setup.scaled_to_fit(columns.width(0, len(characters) - 1).most)
    if setup.scale != template.setup.scale:
        return None
    return replace(template, patterns=patterns, characters=tuple(characters), columns=columns, setup=setup)


def _is_slot_movable(slot: Slot) -> bool:
    """False for a slot without columns, or with a formula, which may name a column on the other side."""
    return slot.first <= slot.last and all(one.condition.kind != "formula" for one in slot.conditions)


def _first_of_narrow_columns(template: Template, zone: Zone) -> int:
    """The second of the narrow columns of equal width, before which some may be taken out."""
    first = template[TABLE_HEADER].slots[0].first
    numbered = range(max(first, zone.first), zone.last + 1)
    runs = [list(run) for _, run in groupby(numbered, lambda column: template.characters[column])]
    return max(runs, key=len)[0] + 1


def _moved_characters(characters: tuple[float, ...], at: int, count: int) -> tuple[float, ...]:
    if count > 0:
        return (*characters[:at], *characters[at + count :])
    return (*characters[:at], *[characters[at]] * -count, *characters[at:])


def _moved_pattern(pattern: Pattern, at: int, count: int) -> Pattern:
    slots = tuple(
        replace(
            slot, first=_new_first_column(slot.first, at, count), last=_new_last_column(slot.last, at, count)
        )
        for slot in pattern.slots
    )
    styles = dict(pattern.painted)
    painted = {
        _new_first_column(column, at, count): style
        for column, style in pattern.painted
        if not at <= column < at + count
    }
    if at in styles:
        painted |= dict.fromkeys(range(at, at - count), styles[at])
    return replace(pattern, slots=slots, painted=tuple(sorted(painted.items(), key=lambda pair: pair[0])))


def _new_first_column(column: int, at: int, count: int) -> int:
    """Where something begins afterwards that began in this column."""
    return column if column < at else max(column - count, at)


def _new_last_column(column: int, at: int, count: int) -> int:
    """Where something ends afterwards that ended in this column."""
    return column if column < at else max(column - count, at - 1)
