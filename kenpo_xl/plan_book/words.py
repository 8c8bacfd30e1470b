"""The {words} in the texts of a plan book: the calendar's, or figures of the same item."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kenpo_xl.domain.placeholders import PLACEHOLDER, is_known
from kenpo_xl.plan_book.problems import Problems


@dataclass(frozen=True)
class Text:
    """A text that is printed for an item, and the cell that it stands in."""

    item: str
    sheet: str
    cell: str
    text: str

    def check(self, figures: Collection[str], problems: Problems) -> None:
        """Refuses what will not be filled."""
        for message in unknown_words(self.text, figures):
            problems.add(self.sheet, self.cell, message)


def unknown_words(text: str, known: Collection[str]) -> Iterator[str]:
    """What is wrong with each `{word}` that is neither the calendar's nor one of `known`."""
    for found in PLACEHOLDER.finditer(text):
        if not is_known(found[1]) and found[1] not in known:
            yield f"{{{found[1]}}} は使える言葉でも数値の名前でもありません。"
