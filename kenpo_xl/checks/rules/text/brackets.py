"""Brackets and quotes (かっこ) that do not pair."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.form.brackets import UnpairedBracket, unpaired_brackets


@rule(
    "WO16",
    Family.WORDING,
    Severity.WARNING,
    "かっこが組になっていません",
    why="片方だけのかっこは、文を直したときに消えたもので、どこまでがかっこの中か分かりません。",
    remedy="足りないかっこを入れるか、余分なかっこを消してください。",
    superseded_by=("WO20", "WO22"),
)
def bracket_is_unpaired(context: CheckContext) -> Iterator[Violation]:
    """An opening or closing bracket without its counterpart, once a cell; a sentence may go over lines.

    （ pairs with ), 「 with 」 only. List markers such as 1） and ア） are no brackets.
    """
    for _, group in groupby(all_printed_texts(context), _paragraph_key):
        texts = list(group)
        for written, faults in _texts_with_unpaired_brackets(texts):
            first = faults[0]
            other = next((one for one in faults[1:2] if first.opens and not one.opens), None)
            yield written.violation(
                first.start,
                _message_on_bracket(written.text, first, other),
                f"「{first.lacks}」を入れるか、余分な「{first.letter}」を消してください。",
                actual=first.letter,
            )


def _paragraph_key(written: PrintedText) -> object:
    """Lines of one block belong together; any other text is alone."""
    return (written.item.id, written.line.block) if written.line else id(written)


def _texts_with_unpaired_brackets(
    texts: list[PrintedText],
) -> Iterator[tuple[PrintedText, list[UnpairedBracket]]]:
    """The unpaired brackets of each text that has some, with places within it."""
    unpaired = unpaired_brackets("\n".join(written.text for written in texts))
    first = 0
    for written in texts:
        end = first + len(written.text)
        own = [one.moved(-first) for one in unpaired if first <= one.start < end]
        if own:
            yield written, own
        first = end + 1


def _message_on_bracket(text: str, first: UnpairedBracket, other: UnpairedBracket | None) -> str:
    if other:
        quote = quoted_with_neighbors(text, first.start, other.start + 1)
        return f"{quote}は、「{first.letter}」が「{other.letter}」で閉じられています。"
    quote = quoted_with_neighbors(text, first.start, first.start + 1, letters=14)
    missing = "を閉じるかっこ" if first.opens else "に対応する始めのかっこ"
    return f"{quote}の「{first.letter}」{missing}がありません。"
