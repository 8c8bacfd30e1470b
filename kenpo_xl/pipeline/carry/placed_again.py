"""What an earlier change of the plan left without a place, where the plan has one again."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.numbers.scales import value_in_other_unit
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Block, Plan
from kenpo_xl.domain.plan.plan_changes import PlanChanges, PlanPart
from kenpo_xl.domain.plan.table import CellKind, FigureId, Table
from kenpo_xl.domain.results.carried import UnplacedValue
from kenpo_xl.domain.submission.submission import Entry, LineEntry, RatingEntry
from kenpo_xl.domain.submission.typed_texts import LINE_END, RATING_END, value_text
from kenpo_xl.pipeline.carry.moved_content import MovedContent

_BLOCK = "ブロック "
_RATING_PARTS = 3


class PlacesAgain:
    """Puts values back into the parts of a plan that the plan before it did not have.

    Only a part of the very name takes one, and a number only in a unit of its scale.
    """

    def __init__(self, content: MovedContent) -> None:
        self.content, self.new, self.changes = content, content.new, content.changes

    def restore_value(self, one: UnplacedValue) -> bool:
        """Put a value into its place, if there is one again and it is empty."""
        parts = one.identity.split("/")
        text = value_text(one.value)
        if len(parts) == len(FigureId._fields):
            return self._takes_figure(FigureId(*parts), text)
        if len(parts) == _RATING_PARTS and parts[1].startswith(_BLOCK):
            key = parts[0], parts[1].removeprefix(_BLOCK)
            return self._is_new(PlanPart.BLOCK, key) and self._takes_in_block(key, parts[2], text)
        return False

    def _is_new(self, part: PlanPart, path: tuple[str, ...]) -> bool:
        """Whether a part of the plan continues none of the plan before."""
        return path not in _new_paths_of_parts(self.changes, part)

    def _takes_figure(self, identity: FigureId, text: str) -> bool:
        table = self.new.tables.get((identity.item, identity.table))
        position = table.positions.get(identity) if table else None
        if table is None or position is None or position[0] == table.repeating:
            return False
        parts = ((PlanPart.TABLE, identity[:2]), (PlanPart.ROW, identity[:3]))
        column = (PlanPart.COLUMN, (*identity[:2], identity.column))
        if not any(self._is_new(part, path) for part, path in (*parts, column)):
            return False
        value = _value_for_cell(table, position, text)
        return value is not None and self.content.tables.fill_if_empty(table, position, Entry(value))

    def _takes_in_block(self, key: tuple[str, str], kind: str, text: str) -> bool:
        block = _block_with_name(self.new, key)
        if block is None:
            return False
        fields = {line.text_field for line in block.lines} - {""}
        if kind == LINE_END or kind in fields:
            line = LineEntry(key[1], LineKind.TEXT, text, text_field="" if kind == LINE_END else kind)
            self.content.lines.setdefault(key, []).append(line)
            return True
        words = text.split("　")
        is_whole = len(words) in (1, _RATING_PARTS)
        if kind != RATING_END or not block.rated or key in self.content.ratings or not is_whole:
            return False
        glyph, reason, as_of = (*words, "", "")[:_RATING_PARTS]
        self.content.ratings[key] = RatingEntry(key[1], glyph, reason, as_of)
        return True


def _new_paths_of_parts(changes: PlanChanges, part: PlanPart) -> Collection[tuple[str, ...]]:
    return changes.pairs.get(part, {}).values()


def _block_with_name(plan: Plan, key: tuple[str, str]) -> Block | None:
    item = plan.item(key[0])
    return next((one for one in item.blocks if one.name == key[1]), None) if item else None


def _value_for_cell(table: Table, at: tuple[int, int], text: str) -> Decimal | str | None:
    """What a cell takes of a text that was written with its unit; None if that is another scale or kind."""
    cell = table.cells[at[0]][at[1]]
    if cell.kind is not CellKind.TYPED:
        return None
    if cell.format.is_text:
        return text
    found, now = typed_number_and_unit(text), table.unit_of_cell_value(*at)
    if found is None:
        return None
    number, unit = found
    return value_in_other_unit(number, FRACTION if unit == "％" else unit, now)
