"""Pairs the items and the blocks of two plans: by key, else by title and plan text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized, title_without_number
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Block, Item, Plan, StartLine
from kenpo_xl.domain.submission.plan_match import ALIKE
from kenpo_xl.pipeline.plan_changes.pairing import Decided, Pairing, text_likeness


@frozen
class PlacedItem:
    """An item and the title of its section."""

    item: Item
    section: str

    @property
    def path(self) -> tuple[str]:
        return (self.item.id,)

    @property
    def title(self) -> str:
        return normalized(title_without_number(self.item.title))

    @property
    def text(self) -> str:
        return "\n".join(filter(None, map(block_text, self.item.blocks)))

    @property
    def table_and_row_names(self) -> set[tuple[str, ...]]:
        """Its tables by the names of them and of their rows."""
        return {(table.name, *(row.name for row in table.rows)) for table in self.item.tables}


@frozen
class PlacedBlock:
    """A block, and the number of its item."""

    item: str
    block: Block

    @property
    def path(self) -> tuple[str, str]:
        return self.item, self.block.name

    @property
    def text(self) -> str:
        return block_text(self.block)

    @property
    def table_and_kpi_lines(self) -> tuple[StartLine, ...]:
        """Its lines that are a table or a KPI."""
        return tuple(line for line in self.block.lines if line.kind is not LineKind.TEXT)


def block_text(block: Block) -> str:
    """The plan text of a block, normalized; '' without any."""
    return "\n".join(map(normalized, block.sentences))


def pair_items(old: Plan, new: Plan, decided: Decided) -> Pairing[PlacedItem]:
    """The pairs of items.

    Equal words go before an equal key, which may have been left behind when words were moved.
    """
    pairing = Pairing(_placed_items(old), _placed_items(new), key=lambda one: one.item.own_key)
    pairing.decide(lambda one: one.path, lambda one: one.path, decided)
    pairing.pair_equal(lambda one: [(one.item.own_key, one.title, one.text)] if one.item.own_key else [])
    pairing.pair_equal(lambda one: [(one.title, one.text)] if one.text else [])
    pairing.pair_by_key()
    pairing.pair_equal(lambda one: [(one.title, one.text)])
    pairing.pair_equal(lambda one: [(normalized(title_without_number(one.section)), one.title)])
    pairing.pair_equal(lambda one: [one.title])
    pairing.pair_equal(lambda one: [one.text] if one.text else [], certain=False)
    pairing.pair_alike(_likeness_of_items)
    return pairing


def _placed_items(plan: Plan) -> Iterator[PlacedItem]:
    return (PlacedItem(item, section.title) for section in plan.sections for item in section.items)


def _likeness_of_items(one: PlacedItem, other: PlacedItem) -> float:
    """The likeness of two titles, or the share of tables that both items have, whichever is more."""
    tables = one.table_and_row_names | other.table_and_row_names
    shared = len(one.table_and_row_names & other.table_and_row_names) / len(tables) if tables else 0.0
    return max(text_likeness(one.title, other.title), shared)


def pair_blocks(old: Plan, new: Plan, items: Mapping[str, str], decided: Decided) -> Pairing[PlacedBlock]:
    """The pairs of blocks; `items` are those of the old plan with the ones that continue them."""
    pairing = Pairing(_placed_blocks(old), _placed_blocks(new), key=lambda one: one.block.own_key)

    def of_item(one: PlacedBlock, *key: str) -> list[tuple[str, ...]]:
        return [(items[one.item], *key)] if one.item in items and all(key) else []

    pairing.decide(lambda one: one.path, lambda one: one.path, decided)
    pairing.pair_equal(lambda one: [(one.block.own_key, one.text)] if one.block.own_key else [])
    pairing.pair_equal(lambda one: of_item(one, one.text), lambda one: [(one.item, one.text)])
    pairing.pair_by_key()
    pairing.pair_equal(lambda one: [one.text] if one.text else [])
    pairing.pair_equal(
        lambda one: [one.table_and_kpi_lines] if one.table_and_kpi_lines and not one.text else []
    )
    _pair_namesakes(pairing, items)
    pairing.pair_alike(
        lambda one, other: text_likeness(one.text, other.text) * (items.get(one.item) == other.item)
    )
    pairing.pair_in_same_gap(lambda one, other: items.get(one.item) == other.item)
    return pairing


def _placed_blocks(plan: Plan) -> Iterator[PlacedBlock]:
    return (PlacedBlock(item.id, block) for item in plan.items for block in item.blocks)


def _pair_namesakes(pairing: Pairing[PlacedBlock], items: Mapping[str, str]) -> None:
    """Pair blocks of one item with the same number, where both have no text or much the same."""
    now = {one.path: one for one in pairing.added}

    def namesake(one: PlacedBlock) -> PlacedBlock | None:
        return now.get((items.get(one.item, ""), one.block.name))

    def is_alike(one: PlacedBlock) -> bool:
        other = namesake(one)
        return other is not None and (one.text == other.text or text_likeness(one.text, other.text) >= ALIKE)

    same = {one.path: (items[one.item], one.block.name) for one in pairing.gone if is_alike(one)}
    pairing.pair_equal(lambda one: [same[one.path]] if one.path in same else [], lambda one: [one.path])
