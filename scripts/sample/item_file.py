"""Reads the text file of one item into its parts.

    項 ② サービス水準の向上      (章, 節, 項 where they begin, and 担当)
    === 計画内容
    --- 1 要                     (a block and whether it is rated, then its plan sentences, a line each)
    === 様式図                   (the layout sheet, see scripts/drawing_text.py)
    === 実施状況
    --- 1 △                      (a block and its rating as printed, then its lines: 文, 表 or KPI)
    === 数値
    --- 決定達成 基準月 10       (a table and its as-of months, then its body as printed, see values.py)

A line that begins with # is a remark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SECTIONS = ("計画内容", "様式図", "実施状況", "数値")
HEADERS = ("章", "節", "項", "担当")


@dataclass(frozen=True)
class Part:
    """What stands below a line `--- words`: the words of that line and the lines that follow."""

    words: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ItemFile:
    """One item: what its file says, by sections."""

    id: str
    headers: dict[str, str]
    plan: tuple[Part, ...]
    layout: str
    progress: tuple[Part, ...]
    figures: tuple[Part, ...]

    @property
    def owner(self) -> str:
        """The group that owns the item."""
        return self.headers["担当"]

    def measures(self) -> Iterator[dict[str, Any]]:
        """The item's rows of the sheet 施策."""
        titles = [(header, self.headers[header]) for header in HEADERS[:3] if header in self.headers]
        for header, title in titles:
            yield {header: title} | ({"担当": self.owner} if header == titles[-1][0] else {})
        for part in self.plan:
            block = {"ブロック": part.words[0], "評価": part.words[1]}
            for sentence in part.lines or ("",):
                yield block | {"計画内容": sentence}
                block = {}


def read_item(item_id: str, text: str) -> ItemFile:
    """The item that a text file describes."""
    header, *rest = text.split("\n=== ")
    sections = {part.partition("\n")[0].strip(): part.partition("\n")[2] for part in rest}
    unknown = set(sections) - set(SECTIONS)
    if unknown:
        raise ValueError(f"{item_id}: no such part: {unknown}")
    return ItemFile(
        id=item_id,
        headers=dict(line.split(" ", 1) for line in _lines(header)),
        plan=tuple(_parts(sections["計画内容"])),
        layout=sections.get("様式図", ""),
        progress=tuple(_parts(sections.get("実施状況", ""))),
        figures=tuple(_parts(sections.get("数値", ""))),
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _parts(text: str) -> Iterator[Part]:
    words: tuple[str, ...] = ()
    lines: list[str] = []
    for line in [*_lines(text), "--- "]:
        if line.startswith("--- "):
            if words:
                yield Part(words, tuple(lines))
            words, lines = tuple(line[4:].split()), []
        else:
            lines.append(line)
