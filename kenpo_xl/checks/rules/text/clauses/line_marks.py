"""Marks and headings at the beginning of a line that its item does not have so (表記)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Item

_BULLETS, _ODD = "・•", "*＊●○◯◎-－−▪☆★"
_SENTENCE_LENGTH, _FEWEST = 10, 2
_BRACKETS = {"〔": "〕", "【": "】", "［": "］", "[": "]", "＜": "＞", "<": ">", "《": "》"}


@rule(
    "WO76",
    Family.WORDING,
    Severity.WARNING,
    "行の始めの記号が、ほかの行と違います",
    why="「・」の行が並ぶ中に「●」や「-」の行が 1 つだけあると、別の段落や注に見えます。",
    remedy="ほかの行と同じ記号に直してください。",
    superseded_by=("WO20", "WO22", "WO69"),
)
def mark_is_unlike_others(context: CheckContext) -> Iterator[Violation]:
    """A sentence behind ●, ○, ＊ or - where every other marked line of the item has ・.

    Not what the plan gives so, nor where the book has another such line.
    """
    lines = list(printed_lines(context))
    marks = [_mark_at_start(one.text) for one in lines]
    for item, group in groupby(lines, lambda written: written.item):
        own = list(group)
        usual = _lines_with_marks(own, _BULLETS)
        odd = [one for one in _lines_with_marks(own, _ODD) if marks.count(_mark_at_start(one.text)) == 1]
        if len(usual) < _FEWEST or len(odd) != 1:
            continue
        mark = _mark_at_start(odd[0].text)
        right = max(_BULLETS, key=[_mark_at_start(one.text) for one in usual].count)
        if _is_sentence(odd[0].text) and not _is_mark_given_by_plan(item, mark):
            yield odd[0].violation(
                0,
                f"{quoted(odd[0].text)}は「{mark}」で始まり、この項のほかの行は「{right}」で始まります。",
                f"「{right}」に直してください。",
                actual=mark,
                expected=right,
                related=(usual[0].source,),
            )


def _lines_with_marks(lines: Sequence[PrintedText], signs: str) -> list[PrintedText]:
    return [one for one in lines if _mark_at_start(one.text) in tuple(signs)]


def _is_mark_given_by_plan(item: Item, mark: str) -> bool:
    """Whether the plan begins a line of an item with a mark."""
    return any(_mark_at_start(line.text) == mark for block in item.blocks for line in block.lines)


def _mark_at_start(text: str) -> str:
    """The sign that a text begins with, '' for a letter or a minus before a number."""
    first = text.lstrip(" \u3000")[:2]
    return "" if first[1:].isdecimal() or first[:1] not in tuple(_BULLETS + _ODD) else first[:1]


def _is_sentence(text: str) -> bool:
    return len(text) >= _SENTENCE_LENGTH and text.count("*") + text.count("＊") < _FEWEST


@rule(
    "WO77",
    Family.WORDING,
    Severity.WARNING,
    "見出しが、計画のこのブロックのものと違います",
    why="「〔被扶養者〕」の所に「〔被保険者〕」とあると、続く行が別の対象のことに読めます。",
    remedy="計画にあるこのブロックの見出しに直してください。",
)
def heading_is_of_another_block(context: CheckContext) -> Iterator[Violation]:
    """A line that is a heading in brackets, which the plan has in another block of the item only.

    The plan of its own block has another heading, and the item has the written one elsewhere too; or the two
    differ in a word and its opposite alone (被保険者 for 被扶養者).
    """
    for item, group in groupby(printed_lines(context), lambda written: written.item):
        headings = {block.name: _headings_by_normalized_text(block.sentences) for block in item.blocks}
        own = [one for one in group if _is_heading(one.text)]
        for written in own:
            right = _planned_heading(written, headings)
            twice = _other_lines_with_same_text(written, own)
            if right and (twice or _is_with_opposite_word(written.text, right)):
                yield written.violation(
                    0,
                    f"{quoted(written.text)}は、計画のこのブロックでは「{right}」です。",
                    f"「{right}」に直してください。",
                    actual=written.text.strip(),
                    expected=right,
                    related=tuple(one.source for one in twice),
                )


def _planned_heading(written: PrintedText, headings: Mapping[str, Mapping[str, str]]) -> str:
    """The heading of the block of one that the plan has in other blocks only, '' for none."""
    name, own = normalized(written.text), headings.get(written.block, {})
    if not own or name in own:
        return ""
    opposite = next((own[one] for one in own if _is_with_opposite_word(name, one)), "")
    is_planned = any(name in found for found in headings.values())
    return opposite or (next(iter(own.values())) if is_planned else "")


_OPPOSITES = (
    ("被保険者", "被扶養者"),
    ("新規", "既存"),
    ("事業主", "加入者"),
    ("上期", "下期"),
    ("男性", "女性"),
)


def _is_with_opposite_word(name: str, other: str) -> bool:
    """Whether two headings differ in a word and its opposite alone: 〔被保険者（特定健診）〕."""
    one, two = normalized(name), normalized(other)
    return any(
        one.replace(first, then) == two or one.replace(then, first) == two
        for first, then in _OPPOSITES
        if one != two
    )


def _other_lines_with_same_text(written: PrintedText, lines: Sequence[PrintedText]) -> list[PrintedText]:
    """The other lines that have the text of one."""
    name = normalized(written.text)
    return [one for one in lines if one is not written and normalized(one.text) == name]


def _headings_by_normalized_text(sentences: Sequence[str]) -> dict[str, str]:
    """The headings in brackets of some sentences, by their normalized text."""
    return {normalized(one): one.strip() for one in sentences if _is_heading(one)}


def _is_heading(text: str) -> bool:
    plain = text.strip()
    end = _BRACKETS.get(plain[:1], "")
    return bool(end) and plain.endswith(end) and plain.count(plain[0]) == 1
