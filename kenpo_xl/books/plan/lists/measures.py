"""Reads the sheet 施策: chapters, sections, items, sentences and blocks in order."""

from __future__ import annotations

import re
from dataclasses import replace

from kenpo_xl.books.plan.lists.measure_drafts import BlockDraft, ItemDraft, SectionDraft
from kenpo_xl.books.plan.support.groups import group_of_normalized_name, unknown_group_message
from kenpo_xl.books.plan.support.keys import KEY, KeyReader
from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.support.text_placeholders import ItemText
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.items import Heading
from kenpo_xl.domain.plan.plan import ColumnText, Section
from kenpo_xl.domain.plan.targets.aggregation import Aggregation
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.workbook import Workbook

SHEET = "施策"
_OWNER, AGGREGATION = "担当", "まとめ方"
_REQUIRED, _OPTIONAL = ("節", _OWNER, "計画内容"), ("章", "項", "目", "ブロック", "評価", KEY, AGGREGATION)
HEADERS = (*_REQUIRED, *_OPTIONAL)
_RATED, _NOT_RATED = "要", "不要"
_BETWEEN_GROUPS = re.compile(r"[、，,・／/＆&\n]|及び|および|と")


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
    reader.report_undecided()
    reader.keys.report_missing()
    if book.sheets.get(SHEET) and not reader.sections:
        problems.add_error(SHEET, "A1", "節が 1 つもありません。「節」の列に題を入れてください。")
    return [section.as_section() for section in reader.sections], reader.texts


class _MeasuresReader:
    """Reads rows in order; a filled cell starts a new part, an empty one continues."""

    def __init__(self, groups: list[str], book: Workbook) -> None:
        self.groups, self.book, self.keys = groups, book, KeyReader()
        self.sections: list[SectionDraft] = []
        self.texts: list[ItemText] = []
        self.chapter = ""
        self.chapter_source: Source | None = None
        self.chapters = 0
        self.numbered = 0
        # Texts of rows above the first item of a section.
        self.waiting: list[ColumnText] = []
        # The 項 whose 目 are the items, and the row of one that has neither 担当 nor 目 yet.
        self.heading: Heading | None = None
        self.undecided: ListRow | None = None

    def read_row(self, row: ListRow) -> None:
        if row.text("章"):
            self.chapter, self.chapter_source = row.text("章"), row.source(self.book, "章")
            self.chapters += 1
            self.numbered = 0
        self.key = self._key_of(row)
        if row.text("章") or row.text("節") or row.text("項"):
            self.report_undecided()
        if row.text("節"):
            self.heading = None
            self._add_section(row)
        if row.text("項"):
            self._start_item_or_heading(row)
        if row.text("目"):
            self._start_item_of_heading(row)
        if row.text("ブロック") or row.text("計画内容"):
            self._add_block_or_sentence(row)
        self._keep_column_texts(row)
        self._check_owner(row)
        self._warn_of_ignored_rating(row)

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
        begins_item = row.text("項") and (row.text("担当") or "目" not in row.columns)
        if begins_item or row.text("目") or row.text("ブロック") or (row.text("節") and row.text("担当")):
            return self.keys.read_key(row)
        self.keys.report_unused(row)
        return ""

    def _check_owner(self, row: ListRow) -> None:
        """Reports another group in a row that begins neither an item nor a block."""
        if not row.text("担当") or any(row.text(header) for header in ("目", "項", "節", "ブロック")):
            return
        item = self.sections[-1].items[-1] if self.sections and self.sections[-1].items else None
        if not item or self._groups_in(row) != item.owners:
            row.add_error(
                "担当",
                f"担当は、項の行か、ブロックが始まる行に入れます。この行の「{row.text('担当')}」は使われません。"
                "ブロックの始めの行に移すか、消してください。",
            )

    def _warn_of_ignored_rating(self, row: ListRow) -> None:
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

    def _groups_in(self, row: ListRow) -> tuple[str, ...]:
        """The groups of 基本 that 担当 of a row names (総務課、健康課); an error for any other name."""
        text = row.text("担当")
        whole = group_of_normalized_name(self.groups, text)
        names = [whole] if whole else [part.strip() for part in _BETWEEN_GROUPS.split(text) if part.strip()]
        found = [group_of_normalized_name(self.groups, name) or name for name in names]
        for name in dict.fromkeys(found):
            if name not in self.groups:
                row.add_error("担当", unknown_group_message(self.groups, name))
        return tuple(dict.fromkeys(found))

    def _add_section(self, row: ListRow) -> None:
        self.numbered += 1
        chapter = max(self.chapters, 1)
        place, source = f"{chapter}-{self.numbered}", row.source(self.book, "節")
        self.sections.append(SectionDraft(place, self.chapter, row.text("節"), source, self.chapter_source))
        if row.text("担当") and not row.text("項"):
            self._add_item(row, place, row.text("節"), source)

    def _start_item_or_heading(self, row: ListRow) -> None:
        """A 項 with 担当 is an item; without, in a sheet with the column 目, it is the title of its 目."""
        if not self.sections:
            row.add_error("項", "項の前に節がありません。「節」の列に題を入れてください。")
            return
        section, self.heading = self.sections[-1], None
        if any(item.id == section.id for item in section.items):
            row.add_error("項", "節に担当が付いているため項を置けません。節の行の担当を消してください。")
            return
        source, number = row.source(self.book, "項"), section.next_number()
        if "目" in row.columns and not row.text("担当") and not row.text("ブロック"):
            self.heading = Heading(f"{section.id}-{number}", row.text("項"), source)
            self.undecided = None if row.text("目") else row
            return
        self._add_item(row, f"{section.id}-{number}", row.text("項"), source)

    def _start_item_of_heading(self, row: ListRow) -> None:
        """An item of the fourth level (目), below a 項 without 担当."""
        self.undecided = None
        if self.heading is None:
            row.add_error(
                "目", "この目の前に、担当のない項がありません。項の行の担当は目の行に移してください。"
            )
            return
        items = [item for item in self.sections[-1].items if item.heading == self.heading]
        item_id = f"{self.heading.id}-{len(items) + 1}"
        self._add_item(row, item_id, row.text("目"), row.source(self.book, "目"))
        self.sections[-1].items[-1].heading = self.heading

    def _add_item(self, row: ListRow, item_id: str, title: str, source: Source) -> None:
        owners = self._groups_in(row)
        if not owners:
            row.add_error("担当", f"「{title}」の担当グループを選んでください。")
        key_source = row.source(self.book, KEY)
        self.sections[-1].items.append(ItemDraft(item_id, title, owners, source, self.key, key_source))

    def report_undecided(self) -> None:
        """Reports a 項 that is followed by no 目 and has no 担当."""
        if self.undecided is not None:
            title = self.undecided.text("項")
            message = f"「{title}」の担当グループを選ぶか、その下に目の行を作ってください。"
            self.undecided.add_error("担当", message)
            self.undecided = self.heading = None

    def _add_item_without_owner(self, row: ListRow, heading: Heading) -> None:
        """An item for what follows a 項 whose missing 担当 is reported."""
        key_source = row.source(self.book, KEY)
        draft = ItemDraft(heading.id, heading.title, (), heading.source, self.key, key_source)
        self.sections[-1].items.append(draft)

    def _begin_block(self, row: ListRow, item: ItemDraft) -> None:
        """Begin the block that a row names; a name that the item has already is an error."""
        name = row.text("ブロック")
        if name in {block.name for block in item.blocks}:
            row.add_error(
                "ブロック",
                f"ブロック「{name}」が「{item.title}」に 2 回あります。別の番号にしてください。",
            )
        rated = row.choice("評価", (_RATED, _NOT_RATED), _RATED) == _RATED
        begins_item = row.text("目") or row.text("項") or row.text("節")
        owners = () if begins_item else self._groups_in(row)
        block = BlockDraft(name, rated, self.key, row.source(self.book, KEY), owners)
        rule = row.choice(AGGREGATION, tuple(Aggregation), "")
        item.begin_block(replace(block, aggregation=Aggregation(rule) if rule else None))

    def _add_block_or_sentence(self, row: ListRow) -> None:
        if not self.sections:
            row.add_error("計画内容", "この計画内容の前に節がありません。")
            return
        section = self.sections[-1]
        heading = self.heading
        if self.undecided is not None:
            self.report_undecided()
            assert heading is not None
            self._add_item_without_owner(row, heading)
        if not section.items:
            self._add_item(row, section.id, section.title, section.source)
        item = section.items[-1]
        if row.text("ブロック"):
            self._begin_block(row, item)
        if row.text("計画内容"):
            text, place = row.text("計画内容"), row.cell_ref("計画内容")
            item.add_sentence(text, row.source(self.book, "計画内容"))
            self.texts.append(ItemText(item.id, SHEET, place, text))
