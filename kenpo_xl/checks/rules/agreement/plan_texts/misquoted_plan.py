"""Lines that quote a sentence of the plan and change a word or a number of it (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.sense.misquotes import Misquote, misquotes
from kenpo_xl.domain.plan.plan import Item

_SHORTEST = 18


@rule(
    "CO41",
    Family.AGREEMENT,
    Severity.WARNING,
    "計画の文を引いた文で、言葉か数が計画と違います",
    why="計画の文を写した所の言葉、数、日付が計画と違うと、計画が変わったのか読み手に分かりません。",
    remedy="計画の文を確かめて直してください。計画と違うことをしたときは、そう分かるように書き直してください。",
    superseded_by=("CO17", "CO58", "WO08", "WO28", "WO31", "WO39", "WO66", "WO96"),
)
def plan_is_misquoted(context: CheckContext) -> Iterator[Violation]:
    """A line has a long part of its item's plan, with a few letters of a noun or a number changed within.

    Once a line. What the plan of the item says elsewhere is right.
    """
    plans = context.computed_once(_plan_text_by_item)
    for written in printed_lines(context):
        plan = plans[written.item.id]
        if len(written.text) < _SHORTEST or not plan:
            continue
        text, places = _text_without_blanks_and_places(written.text)
        found = next(misquotes(text, plan), None)
        if found:
            yield _violation_for_misquote(written, text, places, found)


def _plan_text_by_item(context: CheckContext) -> dict[str, str]:
    """The sentences of each item's plan, a line each, without blanks."""
    return {item.id: _plan_text_without_blanks(item) for item in context.own_items}


def _plan_text_without_blanks(item: Item) -> str:
    return "\n".join(
        _text_without_blanks_and_places(one)[0] for block in item.blocks for one in block.sentences
    )


def _text_without_blanks_and_places(text: str) -> tuple[str, list[int]]:
    """A text in half-width letters without blanks, and where each of its letters was."""
    plain = half_width(text)
    places = [at for at, letter in enumerate(plain) if not letter.isspace()]
    return "".join(plain[at] for at in places), places


def _violation_for_misquote(written: PrintedText, text: str, places: list[int], found: Misquote) -> Violation:
    stated = text[found.start : found.end]
    around = text[max(0, found.start - 8) : found.end + 8]
    return written.violation(
        places[found.start],
        f"「…{around}…」は計画の文と同じですが、計画では「{stated}」が「{found.right}」です。",
        "計画の文を確かめて直してください。",
        actual=stated,
        expected=found.right,
    )
