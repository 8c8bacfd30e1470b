"""Marks of notes (※1) without a note, and abbreviations that are defined and then not kept to (表記)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.known_texts import known_texts
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    found_in_each,
    printed_lines,
    quoted_with_neighbors,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.language.sense.abbreviations import (
    Definition,
    abbreviation_definitions,
    places_of_abbreviation,
    words_one_letter_off,
    wrong_explanations,
)
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item

_MARKS = LazyPattern(
    r"(?<=[^\s。、・:(])(?:\((?P<mark>[※注*]\s*\d{0,2})\s*\)|(?P<bare>[※*]\s?\d{1,2})(?=[^\s\d.)点]))"
    r"|(?<![^\W\x00-ん])(?P<named>(?:脚注|注|※)\s*\d{1,2})\s*(?=の(?:とお|通)り|(?:を)?参照|に(?:示|記載))",
    needs=(
        "(※",
        "(注",
        "(*",
        "注",
        *(f"{mark}{number}" for mark in ("※", "※ ", "*", "* ") for number in range(1, 10)),
    ),
)
_DOCUMENTS = ("様式", "要領", "要綱", "通知", "手引", "リーフレット", "案内に", "裏面")


@rule(
    "WO78",
    Family.WORDING,
    Severity.WARNING,
    "注の印がありますが、注がありません",
    why="「（※2）」「（注3）」の印があると、読み手はその注を探します。",
    remedy="注を書くか、印を消してください。",
    superseded_by=("WO13", "WO20", "WO21", "CO57"),
)
def note_is_missing(context: CheckContext) -> Iterator[Violation]:
    """（※2）, 注3 or ※1 behind a word, where the item has no other such mark, nor its plan or its tables."""
    for written in printed_lines(context):
        plain = half_width(written.text)
        for found in _MARKS.finditer(plain):
            mark = "".join((found["mark"] or found["bare"] or found["named"]).split())
            before = plain[: found.start()].rpartition("。")[2]
            is_quoted = before.rfind("「") > before.rfind("」") or before.rfind("『") > before.rfind("』")
            if (
                is_quoted
                or any(word in before for word in _DOCUMENTS)
                or _texts_of_item(context, written.item).count(mark) > 1
            ):
                continue
            quote = quoted_with_neighbors(written.text, *found.span())
            yield written.violation(
                found.start(),
                f"{quote}に印「{mark}」がありますが、この項に「{mark}」の注がありません。",
                "注を書くか、印を消してください。",
                actual=mark,
            )


def _texts_of_item(context: CheckContext, item: Item) -> str:
    """All texts of an item as one without blanks: lines, reasons, cells, and what its plan says."""
    texts = context.computed_once(_texts_by_item)
    return texts.get(item.id, "")


def _texts_by_item(context: CheckContext) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for item, line in context.text_lines_with_items:
        found.setdefault(item.id, []).append(line.text)
    for written in all_printed_texts(context):
        if written.line is None:
            found.setdefault(written.item.id, []).append(written.text)
    for item in context.own_items:
        for block in item.blocks:
            found.setdefault(item.id, []).extend(block.sentences)
        for table in item.tables:
            found.setdefault(item.id, []).extend((table.name, table.caption))
    return {name: "".join(half_width("|".join(texts)).split()) for name, texts in found.items()}


@rule(
    "WO79",
    Family.WORDING,
    Severity.WARNING,
    "略した名前が、決めたとおりに使われていません",
    why="「（以下「WG」という。）」の前に「WG」があったり、後に「WT」とあったりすると、別のものに見えます。",
    remedy="略した名前を初めに出る所で決め、後は同じ名前にしてください。",
    superseded_by=("WO08", "WO20", "WO28", "WO39", "WO66"),
)
def abbreviation_is_not_kept(context: CheckContext) -> Iterator[Violation]:
    """An abbreviation used before 以下「…」 defines it in its item, or with another letter behind it.

    Also one that is explained as something else: BMI（体脂肪率）.
    """
    for _, group in groupby(printed_lines(context), lambda written: written.item.id):
        lines = list(group)
        for place, written in enumerate(lines):
            for one in abbreviation_definitions(written.text):
                yield from _violations_for_use_before_definition(lines[: place + 1], one)
                yield from _violations_for_changed_abbreviation(context, lines[place:], one)
    for written, explanations in found_in_each(context, wrong_explanations):
        for start, name, words in explanations if written.line else ():
            yield written.violation(
                start,
                f"「{name}（{words}）」とありますが、「{name}」はそのことではありません。",
                "かっこの中の言葉を確かめて直してください。",
                actual=words,
            )


def _violations_for_use_before_definition(
    lines: Sequence[PrintedText], one: Definition
) -> Iterator[Violation]:
    """The first use of a name in the lines up to the one that defines it; a short name may be any word."""
    if (len(one.name) < _SHORTEST and not one.name.isascii()) or one.name[0] in "本当同各":
        return
    for written in lines:
        for at in places_of_abbreviation(written.text, one.name):
            if written is lines[-1] and at + len(one.name) >= one.start:
                return
            quote = quoted_with_neighbors(written.text, at, at + len(one.name))
            yield written.violation(
                at,
                f"{quote}の「{one.name}」は、後で「以下「{one.name}」」と決めている名前です。",
                "初めに出る所に元の名前を書き、そこで略した名前を決めてください。",
                actual=one.name,
                related=() if written is lines[-1] else (lines[-1].source,),
            )
            return


_SHORTEST, _LONG_ENOUGH = 3, 4


def _violations_for_changed_abbreviation(
    context: CheckContext, lines: Sequence[PrintedText], one: Definition
) -> Iterator[Violation]:
    """A word in the text behind a definition that has one letter other, where the name itself is not used."""
    if not one.name.isascii() and len(one.name) < _LONG_ENOUGH:
        return
    first, *others = lines
    behind = first.text[one.end :]
    if any(
        True
        for text in (behind, *(other.text for other in others))
        for _ in places_of_abbreviation(text, one.name)
    ):
        return
    for at, word in words_one_letter_off(behind, one.name):
        known = context.computed_once(_all_texts).count(normalized(word))
        if known == normalized(first.text).count(normalized(word)):
            yield first.violation(
                one.end + at,
                f"「以下「{one.name}」」と決めていますが、後に「{word}」とあります。",
                f"同じもののことなら、「{one.name}」に直してください。",
                actual=word,
                expected=one.name,
            )


def _all_texts(context: CheckContext) -> str:
    others = (text for _, texts in known_texts(context) for text in texts)
    return normalized("\n".join((*(one.text for one in all_printed_texts(context)), *others)))
