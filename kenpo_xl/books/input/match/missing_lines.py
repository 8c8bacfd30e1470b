"""Tables, KPIs and starting lines of the plan that a book does not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kenpo_xl.books.common.item_marks import item_label, start_line_hash
from kenpo_xl.books.input.match.changed_items import ItemChanges
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Block, Item, StartLine
from kenpo_xl.domain.submission.plan_match import BlockMark
from kenpo_xl.domain.submission.submission import NOT_REPORTED, ItemEntry, Mismatch, MismatchKind

_LONGEST = 30


@frozen
class MissingLines:
    """An item that was read, and the marks of its blocks by the plan's numbers."""

    items: ItemChanges
    item: Item
    number: str
    marks: dict[str, BlockMark]
    entry: ItemEntry

    def mismatches(self, new_tables: Sequence[str]) -> Iterator[Mismatch]:
        """The differences of the item; parts that a user added by hand count as present."""
        there = {table.table for table in self.entry.tables}
        missing = [name for name in new_tables if name not in there]
        for name in missing:
            yield self._added_mismatch(f"{self.item.id}/{name}", f"表「{name}」")
        for block in self.item.blocks:
            if block.name in self.marks:
                lines = [
                    line for line in block.lines if (line.kind, line.text) not in _table_line_keys(missing)
                ]
                yield from self._line_mismatches(block, lines, self.marks[block.name].starts)

        yield from self._dropped_kpis()

    def _dropped_kpis(self) -> Iterator[Mismatch]:
        """The lines of KPIs that the plan dropped here; tables are reported elsewhere."""
        for line in self.entry.lines:
            if line.left_out and line.kind is LineKind.KPI and line.source:
                there = (one for one in self.items.plan.items if one.block_of_kpi(line.text))
                where = next((f"では項 {item_label(one)}の KPI です" for one in there), "にありません")
                what = f"{self.items.issued.sheet_label(self.number)}の KPI「{line.text}」"
                fact = f"{what}は、いまの計画{where}。{NOT_REPORTED}"
                yield Mismatch(MismatchKind.DROPPED, f"KPI/{line.text}", fact, line.source)

    def _line_mismatches(
        self, block: Block, lines: Sequence[StartLine], starts: tuple[str, ...]
    ) -> Iterator[Mismatch]:
        """Differences of a block's starting lines; `starts` are hashes of issued lines."""
        before = Counter(starts)
        new = list(_new_lines(lines, before))
        for line in new:
            if line.kind is not LineKind.TEXT:
                yield from self._moved_or_added_line(block, line)
        yield from self._added_fields(block, new)
        texts = [line for line in new if self._is_missing_text(line, block.name)]
        gone = before - Counter(map(start_line_hash, lines))
        is_reworded = len(texts) <= sum(gone[key] for key in gone if key.startswith(LineKind.TEXT))
        for line in texts:
            yield (
                self._reworded_mismatch(block, line)
                if is_reworded
                else self._added_text_mismatch(block, line)
            )

    def _added_fields(self, block: Block, lines: Iterable[StartLine]) -> Iterator[Mismatch]:
        """The text fields of new lines that the book does not have."""
        for line in lines:
            if line.text_field and not self._has_field(line.text_field, block.name):
                what = f"ブロック {block.name} の記入欄「{line.text_field}」"
                yield self._added_mismatch(self._block_identity(block), what)

    def _reworded_mismatch(self, block: Block, line: StartLine) -> Mismatch:
        quoted = self._quoted_text(line)
        rest = f"のブロック {block.name} の始めの文が、計画では{quoted}に変わりました。"
        return self._block_mismatch(MismatchKind.CHANGED, block, rest)

    def _added_text_mismatch(self, block: Block, line: StartLine) -> Mismatch:
        what = f"ブロック {block.name} の文{self._quoted_text(line)}"
        return self._added_mismatch(self._block_identity(block), what)

    def _has_field(self, name: str, block: str) -> bool:
        """Whether a block has a line of a text field, filled or empty."""
        lines = (*self.entry.lines, *self.entry.blank_lines)
        return any((line.block, line.text_field) == (block, name) for line in lines)

    def _is_missing_text(self, line: StartLine, block: str) -> bool:
        is_text = line.kind is LineKind.TEXT and not line.text_field and bool(line.text)
        return is_text and not self._is_in_block(line, block)

    def _moved_or_added_line(self, block: Block, line: StartLine) -> Iterator[Mismatch]:
        """The difference of a new table or KPI line: added, or moved between blocks."""
        if self._is_in_block(line, block.name):
            return
        before = (name for name, mark in self.marks.items() if start_line_hash(line) in mark.starts)
        moved = next((name for name in before if self._is_in_block(line, name)), None)
        what = " KPI" if line.kind is LineKind.KPI else "表"
        if moved is not None:
            rest = f"の{what}「{line.text}」の行は、いまの計画ではブロック {block.name} です。"
            yield self._block_mismatch(MismatchKind.EXCHANGED, block, rest)
        else:
            yield self._added_mismatch(
                self._block_identity(block), f"ブロック {block.name} の{what}「{line.text}」の行"
            )

    def _is_in_block(self, line: StartLine, block: str) -> bool:
        """Whether the line is in a block as it is now."""
        text = normalized(self._text_without_placeholders(line))
        return any(
            one.block == block and one.kind is line.kind and normalized(one.text) == text
            for one in self.entry.lines
        )

    def _text_without_placeholders(self, line: StartLine) -> str:
        return fill_placeholders(line.text, self.items.plan.placeholder_context())

    def _quoted_text(self, line: StartLine) -> str:
        text = " ".join(self._text_without_placeholders(line).split())
        return f"「{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}」"

    def _block_identity(self, block: Block) -> str:
        return f"{self.item.id}/ブロック {block.name}"

    def _added_mismatch(self, identity: str, what: str) -> Mismatch:
        rest = f"に、計画に加わった {item_label(self.item)}の{what}がありません。"
        return self.items.issued.mismatch_at_title(MismatchKind.ADDED, identity, self.number, rest)

    def _block_mismatch(self, kind: MismatchKind, block: Block, rest: str) -> Mismatch:
        issued = self.items.issued
        place = issued.block_source(self.number, self.marks[block.name].name)
        fact = f"{issued.sheet_label(self.number)}{rest}"
        return Mismatch(kind, self._block_identity(block), fact, place)


def _new_lines(lines: Iterable[StartLine], before: Counter[str]) -> Iterator[StartLine]:
    """The lines that occur more often than before."""
    left = before.copy()
    for line in lines:
        key = start_line_hash(line)
        if left[key] > 0:
            left[key] -= 1
        else:
            yield line


def _table_line_keys(names: Iterable[str]) -> set[tuple[LineKind, str]]:
    return {(LineKind.TABLE, name) for name in names}
