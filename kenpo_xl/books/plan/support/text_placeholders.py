"""Placeholders in texts of a plan book: calendar words or figures of the item."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, is_placeholder


@frozen
class ItemText:
    """A text that is printed for an item, and its cell."""

    item: str
    sheet: str
    cell: str
    text: str

    def report_unknown_placeholders(self, figures: Collection[str], problems: Problems) -> None:
        """Adds an error for each placeholder that cannot be filled."""
        for message in placeholder_problems(self.text, figures):
            problems.add_error(self.sheet, self.cell, message)


def placeholder_problems(text: str, known: Collection[str]) -> Iterator[str]:
    """The errors of a text: unknown `{words}` and unpaired or full-width braces.

    `known` contains figures as table/row/column, and `table/` for a table whose figures could not be read.
    """
    for found in PLACEHOLDER.finditer(text):
        word = found[1]
        if not (is_placeholder(word) or word in known or f"{word.partition('/')[0]}/" in known):
            yield (
                f"{{{word}}} は使える言葉でも数値の名前でもありません。"
                "{年度}、{前年度}、{基準月} などに直すか、波括弧を外してください。"
            )
    rest = PLACEHOLDER.sub("", text)
    if re.search(r"[｛｝]", rest):
        yield "全角の ｛ ｝ は言葉に置き換わりません。半角の { } にしてください。"
    elif re.search(r"[{}]", rest):
        yield "波括弧が組になっていません。{年度} のように { と } を両方入れてください。"
