"""Last quarter's progress lines for the blocks of a plan: each as last quarter's until confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Block, Item, Plan, StartLine
from kenpo_xl.domain.submission.starting_lines import (
    lines_in_order,
    spare_lines,
    starting_lines,
)
from kenpo_xl.domain.submission.submission import LineEntry


class CarriedLines:
    """The lines of an item: those before, by the name of the block now, and what the plan adds.

    `blocks_before` are the blocks that these lines were of, with the plan of that time. A line that the plan
    gave is the plan's own again, as it reads now and with nothing to confirm. Lines of tables and KPIs that
    the item has no more are left out. With `of_last_quarter` every other text is to be confirmed, and each
    table and KPI of the plan has a line; else the lines are as they were, and only what is new is added.
    """

    def __init__(
        self,
        plan: Plan,
        item: Item,
        plan_before: Plan,
        blocks_before: Mapping[str, Block],
        *,
        of_last_quarter: bool,
    ) -> None:
        self.plan, self.item, self.plan_before, self.blocks_before = plan, item, plan_before, blocks_before
        self.of_last_quarter = of_last_quarter
        self.placed: set[tuple[LineKind, str]] = set()

    def lines_of_item(self, before: Mapping[str, Sequence[LineEntry]]) -> Iterator[LineEntry]:
        """The lines of every block, in the order of the plan."""
        found = {block.name: list(self._lines_before(block, before)) for block in self.item.blocks}
        for block in self.item.blocks:
            new = self._new_lines_of_plan(block, found[block.name])
            yield from lines_in_order(block, [*found[block.name], *new, *spare_lines(block)])

    def _new_lines_of_plan(self, block: Block, found: Sequence[LineEntry]) -> Iterator[LineEntry]:
        """The lines of the plan that a block has no place for yet."""
        came_back = block.name not in self.blocks_before
        for line in self._lines_of_plan_without_place(block):
            texts = (one.text for one in found if one.text and one.text_field == line.text_field)
            if not any(_is_same_line(line.text, text, or_filled=came_back) for text in texts):
                yield line

    def _lines_before(self, block: Block, before: Mapping[str, Sequence[LineEntry]]) -> Iterator[LineEntry]:
        then = self.blocks_before.get(block.name)
        given = _text_starts(self.plan_before, then) if then else {}
        now = dict(zip(block.lines, starting_lines(self.plan, block), strict=True))
        for line in before.get(block.name, ()):
            if self.of_last_quarter and self.plan.scale_of_text_field(line.text_field):
                continue  # each period is rated again
            if line.kind is not LineKind.TEXT:
                if self._place_part(line):
                    yield LineEntry(block.name, line.kind, line.text, line.mark)
                continue
            start = given.get((line.text_field, normalized(line.text)))
            if start is None:
                yield self._text_line(block, line)
            elif start in now:
                yield replace(now[start], mark=now[start].mark or line.mark)

    def _text_line(self, block: Block, line: LineEntry) -> LineEntry:
        if self.of_last_quarter:
            return LineEntry(
                block.name,
                line.kind,
                line.text,
                line.mark,
                line.source,
                carried=line.text,
                text_field=line.text_field,
            )
        return replace(line, block=block.name)

    def _place_part(self, line: LineEntry) -> bool:
        """Whether the line of a table or KPI is placed: the item has that, and no line of it yet."""
        key = line.kind, line.text
        is_known = (
            self.item.table(line.text) if line.kind is LineKind.TABLE else self.item.block_of_kpi(line.text)
        )
        if is_known is None or key in self.placed:
            return False
        self.placed.add(key)
        return True

    def _lines_of_plan_without_place(self, block: Block) -> Iterator[LineEntry]:
        """The texts that the plan gives a block only now, and tables and KPIs without a line."""
        then = self.blocks_before.get(block.name)
        given = set(then.lines) if then else set()
        for start, line in zip(block.lines, starting_lines(self.plan, block), strict=True):
            is_part = start.kind is not LineKind.TEXT
            if is_part and (start.kind, start.text) in self.placed:
                continue
            if start not in given or (is_part and self.of_last_quarter):
                yield line


def _is_same_line(start: str, text: str, *, or_filled: bool) -> bool:
    """Whether a text is a starting line, or with `or_filled` one whose gaps staff filled."""
    if normalized(start) == normalized(text):
        return True
    parts = start.split()
    pattern = ".*".join(re.escape(normalized(part)) for part in parts)
    return or_filled and bool(parts) and re.fullmatch(f"{pattern}.*", normalized(text)) is not None


def _text_starts(plan: Plan, block: Block) -> dict[tuple[str, str], StartLine]:
    """The starting lines of text of a block, by text field and what they read in a book of that plan."""
    pairs = zip(block.lines, starting_lines(plan, block), strict=True)
    return {
        (line.text_field, normalized(line.text)): start
        for start, line in pairs
        if start.kind is LineKind.TEXT
    }
