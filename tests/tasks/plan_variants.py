"""Plan books changed after the input books were handed out: sections, items and blocks moved, added, dropped.

Whatever is moved gets the number of its new place, everywhere in the plan book, as a careful planner does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from scripts.plan_drawing import PlanDrawing

Row = dict[str, Any]
_NUMBER = re.compile(r"^([①-⑳]|（[０-９]+）)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass
class BlockRows:
    """A block: its rows in 施策 and its lines in the layout sheet."""

    rows: list[Row]
    layout: str = ""

    def sentence(self, text: str) -> None:
        """Give it one plan sentence in the place of its own."""
        self.rows = [{**self.rows[0], "計画内容": text}]


@dataclass
class ItemRows:
    """An item: its header, its blocks, and what its layout sheet holds before the first of them."""

    header: Row
    blocks: list[BlockRows]
    id: str = ""

    @property
    def title(self) -> str:
        return str(self.header.get("項") or self.header.get("節"))


@dataclass
class SectionRows:
    """A section and its items; one that is an item itself has no header of its own."""

    header: Row | None
    items: list[ItemRows]


@dataclass
class Outline:
    """A plan book as chapters of sections of items of blocks, to be changed and drawn again."""

    drawing: PlanDrawing
    chapters: list[tuple[list[Row], list[SectionRows]]] = field(default_factory=list)

    @classmethod
    def of(cls, drawing: PlanDrawing) -> Outline:
        outline = cls(drawing)
        for row in deepcopy(drawing.measures):
            outline._read(row)
        for number, item in outline._numbered():
            item.id = number
            layout = drawing.layouts.get(number, "")
            parts = [part for part in re.split(r"(?m)^(?=ブロック *\|)", layout) if part.strip()]
            for part in parts:
                name = part.splitlines()[0].partition("|")[2].strip()
                next(b for b in item.blocks if str(b.rows[0].get("ブロック", "1")) == name).layout = part
        return outline

    def _read(self, row: Row) -> None:
        if "章" in row:
            self.chapters.append(([{"章": row["章"]}], []))
            row = {key: value for key, value in row.items() if key != "章"}
        if not row:
            return
        if not self.chapters:
            self.chapters.append(([], []))
        sections = self.chapters[-1][1]
        if "節" in row:
            own = "担当" in row and "項" not in row
            sections.append(SectionRows(None, [ItemRows(row, [])]) if own else SectionRows(row, []))
        elif "項" in row:
            sections[-1].items.append(ItemRows(row, []))
        elif "ブロック" in row or not sections[-1].items[-1].blocks:
            sections[-1].items[-1].blocks.append(BlockRows([row]))
        else:
            sections[-1].items[-1].blocks[-1].rows.append(row)

    def _numbered(self) -> Iterable[tuple[str, ItemRows]]:
        for chapter, (_, sections) in enumerate(self.chapters, start=1):
            for place, section in enumerate(sections, start=1):
                for item, one in enumerate(section.items, start=1):
                    yield f"{chapter}-{place}" + (f"-{item}" if section.header else ""), one

    def item(self, number: str) -> ItemRows:
        """The item that had this number before any change."""
        return next(item for _, item in self._numbered() if item.id == number)

    def section(self, number: str) -> SectionRows:
        """The section that the item had been in before any change."""
        return next(s for _, sections in self.chapters for s in sections for i in s.items if i.id == number)

    def swap(self, one: str, other: str) -> None:
        """Let two items change places."""
        first, second = self.item(one), self.item(other)
        for _, sections in self.chapters:
            for section in sections:
                section.items = [
                    second if item is first else first if item is second else item for item in section.items
                ]

    def swap_sections(self, one: str, other: str) -> None:
        """Let the sections of two items change places."""
        first, second = self.section(one), self.section(other)
        for _, sections in self.chapters:
            sections[:] = [second if s is first else first if s is second else s for s in sections]

    def insert_before(self, number: str, title: str, owner: str, sentence: str) -> None:
        """Put a new item before another one."""
        new = ItemRows(
            {"項": title, "担当": owner}, [BlockRows([{"ブロック": "1", "評価": "要", "計画内容": sentence}])]
        )
        section = self.section(number)
        section.items.insert(section.items.index(self.item(number)), new)

    def drop(self, number: str) -> None:
        """Take an item out."""
        section, item = self.section(number), self.item(number)
        section.items.remove(item)

    def draw(self) -> PlanDrawing:
        """The plan book with everything numbered by its place."""
        numbers = {item.id: number for number, item in self._numbered() if item.id}
        measures, layouts = [], {}
        for headers, sections in self.chapters:
            measures += headers
            for place, section in enumerate(sections, start=1):
                measures += [_renumbered(section.header, "節", place)] if section.header else []
                for at, item in enumerate(section.items, start=1):
                    own = section.header is None
                    measures.append(_renumbered(item.header, "節" if own else "項", place if own else at))
                    for name, block in enumerate(item.blocks, start=1):
                        measures += [{**block.rows[0], "ブロック": str(name)}, *block.rows[1:]]
        for number, item in self._numbered():
            drawn = [
                re.sub(r"^ブロック *\|.*", f"ブロック | {name}", block.layout)
                for name, block in enumerate(item.blocks, start=1)
                if block.layout
            ]
            if drawn:
                layouts[number] = _moved("\n".join(drawn), numbers)
        return replace(
            self.drawing,
            measures=measures,
            layouts=layouts,
            kpis=[_row(row, numbers) for row in self.drawing.kpis if _is_there(row, numbers)],
            cross_checks=[_row(row, numbers) for row in self.drawing.cross_checks if _is_there(row, numbers)],
        )


def _renumbered(header: Row, key: str, place: int) -> Row:
    """A header with the number before its title, ② or （２）, that of its place."""
    title = str(header[key])
    number = _CIRCLED[place - 1] if title[0] in _CIRCLED else f"（{chr(0xFF10 + place)}）"
    return {**header, key: _NUMBER.sub(number, title)}


_REFERENCE = re.compile(r"(?<![\d-])\d+-\d+(?:-\d+)?(?![\d-])")


def _moved(text: str, numbers: dict[str, str]) -> str:
    return _REFERENCE.sub(lambda found: numbers.get(found[0], found[0]), text)


def _row(row: Row, numbers: dict[str, str]) -> Row:
    return {key: _moved(value, numbers) if isinstance(value, str) else value for key, value in row.items()}


def _is_there(row: Row, numbers: dict[str, str]) -> bool:
    """Whether a row names no item that was taken out."""
    named = {n for value in row.values() if isinstance(value, str) for n in re.findall(r"@([\d-]+)/", value)}
    return named <= numbers.keys()
