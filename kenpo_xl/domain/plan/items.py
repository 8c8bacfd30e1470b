"""Sections, items (項) and blocks of a plan, and the groups that fill them in.

An item may have several owners: then each of them has a part of it in its book.
"""

from __future__ import annotations

from dataclasses import field, replace

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.identities import name_by_former_name
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.plan.targets.aggregation import Aggregation
from kenpo_xl.domain.source import Source


@frozen
class StartLine:
    """A line that a block starts with: text to keep or fill in, or the name of a table or KPI.

    `text_field` is the name of the text field (記入欄) that the text is of, '' for progress.
    """

    kind: LineKind
    text: str
    text_field: str = ""


@frozen
class ColumnText:
    """A text of 施策 in a column that the program gives no meaning: for a report column of that name."""

    header: str
    text: str
    source: Source | None


@frozen
class Block:
    """Plan sentences, the lines that answer them, and whether they are rated.

    `sources` are the cells of the sentences in the plan book, one each; `own_key` and `key_source` are as in
    `Item`. `column_texts` are texts that the report prints where its template has their columns.
    `owners` are the groups that its own rows name (`owners_of_block`). `aggregation` is how the ratings of
    its KPIs become one, None where the plan's own way counts.
    """

    name: str
    sentences: tuple[str, ...]
    rated: bool
    lines: tuple[StartLine, ...] = ()
    sources: tuple[Source, ...] = field(default=(), compare=False)
    own_key: str = ""
    key_source: Source | None = field(default=None, compare=False)
    column_texts: tuple[ColumnText, ...] = field(default=(), compare=False)
    owners: tuple[str, ...] = ()
    aggregation: Aggregation | None = None

    @property
    def key(self) -> str:
        """The key under which the block is stored: its own, else its name."""
        return self.own_key or self.name


@frozen
class Heading:
    """The title of several items between them and their section: a 項 whose 目 are the items."""

    id: str
    title: str
    source: Source


@frozen
class Item:
    """An item (項) of the plan and the group that owns it; `source` is the cell of its title.

    `owners` are the groups that its row names where these are several, `owner` the first one. `heading` is
    the 項 that it is a 目 of, None for an item that is a 項 itself.

    `id` is its number, which follows from its position. `own_key` is its key (鍵), '' where the plan gives
    none, and `key_source` the cell for it (column A in a sheet without the column 鍵).
    """

    id: str
    title: str
    owner: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    source: Source | None = field(default=None, compare=False)
    own_key: str = ""
    key_source: Source | None = field(default=None, compare=False)
    owners: tuple[str, ...] = ()
    heading: Heading | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """The key under which the item is stored: its own, else its number."""
        return self.own_key or self.id

    def block(self, name: str) -> Block | None:
        return next((block for block in self.blocks if block.name == name), None)

    def table(self, name: str) -> Table | None:
        return next((table for table in self.tables if table.name == name), None)

    def table_once_named(self, name: str) -> Table | None:
        """The table with this name, else the one that had it."""
        return self.table(name) or self.table(name_by_former_name(self.tables).get(name, ""))

    def names_of_table(self, table: Table) -> tuple[str, ...]:
        """The name of a table and its former names that are not those of another one."""
        known = name_by_former_name(self.tables)
        return table.name, *(name for name in table.former_names if known.get(name) == table.name)

    def block_of_kpi(self, name: str) -> Block | None:
        wanted = StartLine(LineKind.KPI, name)
        return next((block for block in self.blocks if wanted in block.lines), None)


@frozen
class Section:
    """A section (節): one sheet of the report; the sources are the cells of its title and its chapter's."""

    id: str
    chapter: str
    title: str
    items: tuple[Item, ...]
    source: Source | None = field(default=None, compare=False)
    chapter_source: Source | None = field(default=None, compare=False)


def groups_of_item(item: Item) -> tuple[str, ...]:
    """Every group that has a block or a table of an item in its book, the one named first before others."""
    of_blocks = (group for block in item.blocks for group in owners_of_block(item, block))
    of_tables = (owner_of_table(item, table) for table in item.tables)
    found = tuple(dict.fromkeys((*of_blocks, *of_tables)))
    return tuple(sorted(found, key=lambda group: group != item.owner))


def owners_of_block(item: Item, block: Block) -> tuple[str, ...]:
    """The groups that write about a block; the first one rates it, and has its KPIs and text fields."""
    placed = (item.table(line.text) for line in block.lines if line.kind is LineKind.TABLE)
    tables = (table.owner for table in placed if table and table.owner)
    return tuple(dict.fromkeys((*(block.owners or item.owners or (item.owner,)), *tables)))


def owner_of_table(item: Item, table: Table) -> str:
    """The group whose book has a table: the declared one, else the first owner of the block with it."""
    line = StartLine(LineKind.TABLE, table.name)
    block = next((block for block in item.blocks if line in block.lines), None)
    return table.owner or (owners_of_block(item, block)[0] if block else item.owner)


def is_shared(item: Item) -> bool:
    """Whether the plan names another group than the item's owner for the item or a part of it."""
    named = (*item.owners, *(group for block in item.blocks for group in block.owners))
    return any(
        group != item.owner for group in (*named, *(table.owner or item.owner for table in item.tables))
    )


def part_of_item(item: Item, group: str) -> Item | None:
    """What of an item is in the book of a group; the item itself where it has one owner, None for nothing."""
    if not is_shared(item):
        return item if item.owner == group else None
    blocks = tuple(
        _part_of_block(item, block, group) for block in item.blocks if group in owners_of_block(item, block)
    )
    tables = tuple(table for table in item.tables if owner_of_table(item, table) == group)
    return replace(item, blocks=blocks or item.blocks[:1], tables=tables) if blocks or tables else None


def _part_of_block(item: Item, block: Block, group: str) -> Block:
    """A block in the book of one of its owners: tables are their owner's, the rest is the first one's.

    Any other owner has an empty line to write in.
    """
    is_first = owners_of_block(item, block)[0] == group

    def is_here(line: StartLine) -> bool:
        table = item.table(line.text) if line.kind is LineKind.TABLE else None
        return owner_of_table(item, table) == group if table else is_first

    own = () if is_first else (StartLine(LineKind.TEXT, ""),)
    return replace(block, rated=block.rated and is_first, lines=(*own, *filter(is_here, block.lines)))


def with_only_owner(item: Item, group: str) -> Item:
    """The item as that of one group."""
    blocks = tuple(replace(block, owners=()) for block in item.blocks)
    tables = tuple(replace(table, owner="") for table in item.tables)
    return replace(item, owner=group, owners=(), blocks=blocks, tables=tables)


def owners_text(item: Item) -> str:
    """The groups of an item in words: 総務課、健康課."""
    return "、".join(groups_of_item(item))
