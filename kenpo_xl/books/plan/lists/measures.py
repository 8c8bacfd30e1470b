"""Reads the sheet 施策: chapters, sections, items, sentences and blocks in order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kenpo_xl.books.plan.support.keys import KEY, KeyReader
from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.support.text_placeholders import ItemText
from kenpo_xl.books.plan.support.unused import closest_word
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Block, ColumnText, Item, Section
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.workbook import Workbook

SHEET = "施策"
_OWNER = "担当"
_REQUIRED, _OPTIONAL = ("節", _OWNER, "計画内容"), ("章", "項", "ブロック", "評価", KEY)
HEADERS = (*_REQUIRED, *_OPTIONAL)
_RATED, _NOT_RATED = "要", "不要"
_BETWEEN_GROUPS = re.compile(r"[、，,・／/＆&\n]|及び|および|と")


_Sentence = tuple[str, Source]


@dataclass
class _BlockDraft:
    name: str
    rated: bool
    key: str
    key_source: Source
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
        )


@dataclass
class _ItemDraft:
    id: str
    title: str
    owner: str
    source: Source
    key: str
    key_source: Source
    lead: list[_Sentence] = field(default_factory=list)
    lead_texts: list[ColumnText] = field(default_factory=list)
    blocks: list[_BlockDraft] = field(default_factory=list)

    def add_sentence(self, text: str, source: Source) -> None:
        (self.blocks[-1].sentences if self.blocks else self.lead).append((text, source))

    def add_column_texts(self, texts: Iterable[ColumnText]) -> None:
        (self.blocks[-1].column_texts if self.blocks else self.lead_texts).extend(texts)

    def begin_block(self, block: _BlockDraft) -> None:
        if not self.blocks:
            block.sentences, self.lead = self.lead, []
            block.column_texts, self.lead_texts = self.lead_texts, []
        self.blocks.append(block)

    def as_item(self) -> Item:
        if not self.blocks:
            self.begin_block(_BlockDraft("1", True, self.key, self.key_source))
        blocks = tuple(block.as_block() for block in self.blocks)
        key, key_source = self.key, self.key_source
        return Item(
            self.id, self.title, self.owner, blocks, source=self.source, own_key=key, key_source=key_source
        )


@dataclass
class _SectionDraft:
    id: str
    chapter: str
    title: str
    source: Source
    chapter_source: Source | None
    items: list[_ItemDraft] = field(default_factory=list)

    def as_section(self) -> Section:
        items = tuple(item.as_item() for item in self.items)
        return Section(self.id, self.chapter, self.title, items, self.source, self.chapter_source)


def read_sections_and_sentences(
    book: Workbook, groups: list[str], problems: Problems
) -> tuple[list[Section], list[ItemText]]:
    """Every section with its items and blocks, and every sentence with its cell.

    Lines and tables come from the layout sheets.
    """
    reader = _MeasuresReader(groups, book)
    for row in read_list_rows(
        book, SHEET, _REQUIRED, problems, optional=_OPTIONAL, keeps_further_columns=True
    ):
        reader.read_row(row)
    reader.keys.report_missing()
    if book.sheets.get(SHEET) and not reader.sections:
        problems.add_error(SHEET, "A1", "節が 1 つもありません。「節」の列に題を入れてください。")
    return [section.as_section() for section in reader.sections], reader.texts


class _MeasuresReader:
    """Reads rows in order; a filled cell starts a new part, an empty one continues."""

    def __init__(self, groups: list[str], book: Workbook) -> None:
        self.groups, self.book, self.keys = groups, book, KeyReader()
        self.sections: list[_SectionDraft] = []
        self.texts: list[ItemText] = []
        self.chapter = ""
        self.chapter_source: Source | None = None
        self.chapters = 0
        self.numbered = 0
        # Texts of rows above the first item of a section.
        self.waiting: list[ColumnText] = []

    def read_row(self, row: ListRow) -> None:
        if row.text("章"):
            self.chapter, self.chapter_source = row.text("章"), row.source(self.book, "章")
            self.chapters += 1
            self.numbered = 0
        self.key = self._key_of(row)
        if row.text("節"):
            self._add_section(row)
        if row.text("項"):
            self._start_item(row)
        if row.text("ブロック") or row.text("計画内容"):
            self._add_block_or_sentence(row)
        self._keep_column_texts(row)
        self._check_owner(row)
        self._check_rating(row)

    def _keep_column_texts(self, row: ListRow) -> None:
        """Adds the texts of further columns, and of 担当, to the block that the row belongs to."""
        self.waiting += [
            ColumnText(header, text, row.source(self.book, header))
            for header in row.columns
            if (header == _OWNER or header not in HEADERS) and (text := row.displayed_text(self.book, header))
        ]
        items = self.sections[-1].items if self.sections else []
        if items and (row.text("節") or not row.text("章")):
            items[-1].add_column_texts(self.waiting)
            self.waiting = []

    def _key_of(self, row: ListRow) -> str:
        """The key of the item and of the block that begin in a row."""
        if row.text("項") or row.text("ブロック") or (row.text("節") and row.text("担当")):
            return self.keys.read_key(row)
        self.keys.report_unused(row)
        return ""

    def _check_owner(self, row: ListRow) -> None:
        """Reports a second group in the rows of an item."""
        begins_item = row.text("項") or row.text("節")
        item = self.sections[-1].items[-1] if self.sections and self.sections[-1].items else None
        named = row.text("担当")
        if named and not begins_item and not (item and self._group_named(named) == item.owner):
            here = f"「{item.title}」（{item.owner}）" if item else "この行"
            row.add_error(
                "担当",
                f"担当は項の行にだけ入れます。{here}の中の「{named}」は使われません。"
                "消すか、項を分けてください（いまは 1 つの項に 1 グループです）。",
            )

    def _check_rating(self, row: ListRow) -> None:
        """Warns of 要 or 不要 in a row that begins no block."""
        word = row.text("評価")
        if not word or row.text("ブロック"):
            return
        item = self.sections[-1].items[-1] if self.sections and self.sections[-1].items else None
        rated = item.blocks[-1].rated if item and item.blocks else True
        if normalized(word) != (_RATED if rated else _NOT_RATED):
            row.add_warning(
                "評価",
                f"評価「{word}」は使われません。"
                "ブロックが始まる行（「ブロック」に 1 などを入れた行）に入れてください。",
            )

    def _group_named(self, name: str) -> str:
        """The group of 基本 with this normalized name; the name itself if there is none."""
        return next((group for group in self.groups if normalized(group) == normalized(name)), name)

    def _add_section(self, row: ListRow) -> None:
        self.numbered += 1
        chapter = max(self.chapters, 1)
        place, source = f"{chapter}-{self.numbered}", row.source(self.book, "節")
        self.sections.append(_SectionDraft(place, self.chapter, row.text("節"), source, self.chapter_source))
        if row.text("担当") and not row.text("項"):
            self._add_item(row, place, row.text("節"), source)

    def _start_item(self, row: ListRow) -> None:
        if not self.sections:
            row.add_error("項", "項の前に節がありません。「節」の列に題を入れてください。")
            return
        section = self.sections[-1]
        if any(item.id == section.id for item in section.items):
            row.add_error("項", "節に担当が付いているため項を置けません。節の行の担当を消してください。")
            return
        item_id, source = f"{section.id}-{len(section.items) + 1}", row.source(self.book, "項")
        self._add_item(row, item_id, row.text("項"), source)

    def _add_item(self, row: ListRow, item_id: str, title: str, source: Source) -> None:
        owner = self._group_named(row.text("担当"))
        if not owner:
            row.add_error("担当", f"「{title}」の担当グループを選んでください。")
        elif owner not in self.groups:
            row.add_error("担当", self._unknown_group_message(owner))
        key_source = row.source(self.book, KEY)
        self.sections[-1].items.append(_ItemDraft(item_id, title, owner, source, self.key, key_source))

    def _unknown_group_message(self, owner: str) -> str:
        parts = [part for part in _BETWEEN_GROUPS.split(owner) if part.strip()]
        if len(parts) > 1 and sum(self._group_named(part) in self.groups for part in parts) > 1:
            return (
                f"担当「{owner}」に 2 つ以上のグループがあります。いまは 1 つの項に 1 グループです。"
                "主に書くグループを 1 つ選ぶか、項を分けてください。"
            )
        likely = closest_word(owner, self.groups)
        maybe = f"「{likely}」のことではありませんか。" if likely else ""
        return f"「{owner}」はシート「基本」のグループにありません。{maybe}名前を合わせてください。"

    def _add_block_or_sentence(self, row: ListRow) -> None:
        if not self.sections:
            row.add_error("計画内容", "この計画内容の前に節がありません。")
            return
        section = self.sections[-1]
        if not section.items:
            self._add_item(row, section.id, section.title, section.source)
        item = section.items[-1]
        name = row.text("ブロック")
        if name:
            if name in {block.name for block in item.blocks}:
                row.add_error(
                    "ブロック",
                    f"ブロック「{name}」が「{item.title}」に 2 回あります。別の番号にしてください。",
                )
            rated = row.choice("評価", (_RATED, _NOT_RATED), _RATED) == _RATED
            item.begin_block(_BlockDraft(name, rated, self.key, row.source(self.book, KEY)))
        if row.text("計画内容"):
            text, place = row.text("計画内容"), row.cell_ref("計画内容")
            item.add_sentence(text, row.source(self.book, "計画内容"))
            self.texts.append(ItemText(item.id, SHEET, place, text))
