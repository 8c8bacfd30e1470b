"""Sections, items and blocks of the sheet 施策 while its rows are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kenpo_xl.domain.plan.items import Heading
from kenpo_xl.domain.plan.plan import Block, ColumnText, Item, Section
from kenpo_xl.domain.plan.targets.aggregation import Aggregation
from kenpo_xl.domain.source import Source

_Sentence = tuple[str, Source]


@dataclass
class BlockDraft:
    """A block whose rows are being read."""

    name: str
    rated: bool
    key: str
    key_source: Source
    owners: tuple[str, ...] = ()
    aggregation: Aggregation | None = None
    sentences: list[_Sentence] = field(default_factory=list)
    column_texts: list[ColumnText] = field(default_factory=list)

    def as_block(self) -> Block:
        texts, sources = zip(*self.sentences, strict=True) if self.sentences else ((), ())
        return Block(
            self.name,
            texts,
            self.rated,
            sources=sources,
            own_key=self.key,
            key_source=self.key_source,
            column_texts=tuple(self.column_texts),
            owners=self.owners,
            aggregation=self.aggregation,
        )


@dataclass
class ItemDraft:
    """An item whose rows are being read; `lead` is what precedes its first block."""

    id: str
    title: str
    owners: tuple[str, ...]
    source: Source
    key: str
    key_source: Source
    heading: Heading | None = None
    lead: list[_Sentence] = field(default_factory=list)
    lead_texts: list[ColumnText] = field(default_factory=list)
    blocks: list[BlockDraft] = field(default_factory=list)

    def add_sentence(self, text: str, source: Source) -> None:
        (self.blocks[-1].sentences if self.blocks else self.lead).append((text, source))

    def add_column_texts(self, texts: Iterable[ColumnText]) -> None:
        (self.blocks[-1].column_texts if self.blocks else self.lead_texts).extend(texts)

    def begin_block(self, block: BlockDraft) -> None:
        if not self.blocks:
            block.sentences, self.lead = self.lead, []
            block.column_texts, self.lead_texts = self.lead_texts, []
        self.blocks.append(block)

    def as_item(self) -> Item:
        if not self.blocks:
            self.begin_block(BlockDraft("1", True, self.key, self.key_source))
        blocks = tuple(block.as_block() for block in self.blocks)
        return Item(
            self.id,
            self.title,
            self.owners[0] if self.owners else "",
            blocks,
            source=self.source,
            own_key=self.key,
            key_source=self.key_source,
            owners=self.owners if len(self.owners) > 1 else (),
            heading=self.heading,
        )


@dataclass
class SectionDraft:
    """A section whose items are being read."""

    id: str
    chapter: str
    title: str
    source: Source
    chapter_source: Source | None
    items: list[ItemDraft] = field(default_factory=list)

    def next_number(self) -> int:
        """The number of the next 項: those that are items, and those that are titles of their 目."""
        return len({item.heading.id if item.heading else item.id for item in self.items}) + 1

    def as_section(self) -> Section:
        items = tuple(item.as_item() for item in self.items)
        return Section(self.id, self.chapter, self.title, items, self.source, self.chapter_source)
