"""Lines that say the plan, of another item or of their own, in place of what was done (整合)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Item

_SHORTEST = 20
_SHORT, _SHORTEST_END = 8, 25
_PIECE = 10
_MOST_OWN = 0.5
_LEAST_FOREIGN = 0.85
_TO_DO = ("る", "う", "く", "す", "つ", "む", "ぶ", "ぐ")
_MARKS = "・•●■※◆◇○-0123456789()（）.）"


@rule(
    "CO58",
    Family.AGREEMENT,
    Severity.WARNING,
    "別の項の計画の文が、実施状況になっています",
    why="別の項の計画の文を貼り付けたままだと、この項で実施したことが報告書から抜けます。",
    remedy="この項で実施したことに書き直してください。",
    superseded_by=("WO20",),
)
def line_is_the_plan_of_another_item(context: CheckContext) -> Iterator[Violation]:
    """Nearly all of a line is in the plan of another item, and less than half of it in its own.

    The last letters may differ (推進する, 推進した). Lines that a start of the plan gives are skipped.
    """
    plans = context.computed_once(_plan_text_by_item)
    for written in printed_lines(context):
        words = normalized(written.text).strip(_MARKS)
        if len(words) < _SHORTEST:
            continue
        other = _other_item_whose_plan_has_words(plans, words, written.item)
        own = plans[written.item.id]
        if (
            other is not None
            and _share_of_words_in_text(words, own) < _MOST_OWN
            and not _is_line_given_by_plan(written)
        ):
            yield written.violation(
                0,
                f"{quoted(written.text)}は、{other}の計画の文です。",
                "この項で実施したことに書き直してください。",
                actual=written.text[:30],
            )


def _plan_text_by_item(context: CheckContext) -> dict[str, str]:
    """The plan of each item as one normalized text."""
    return {
        item.id: normalized("|".join(text for block in item.blocks for text in block.sentences))
        for section in context.plan.sections
        for item in section.items
    }


def _other_item_whose_plan_has_words(plans: dict[str, str], words: str, own: Item) -> str | None:
    """The item whose plan has nearly all of some words, None without one."""
    half = len(words) // 2
    probes = (words[:_PIECE], words[half - _PIECE // 2 : half + _PIECE // 2])
    for item, text in plans.items():
        if (
            item != own.id
            and any(probe in text for probe in probes)
            and _share_of_words_in_text(words, text) >= _LEAST_FOREIGN
        ):
            return item
    return None


def _share_of_words_in_text(words: str, text: str) -> float:
    """The share of words that a text has, in pieces of some letters."""
    pieces = [words[at : at + _PIECE] for at in range(0, max(len(words) - _PIECE, 1), 3)]
    return sum(piece in text for piece in pieces) / len(pieces)


def _is_line_given_by_plan(written: PrintedText) -> bool:
    """Whether the plan itself starts the block with the line."""
    text = normalized(written.text)
    return any(normalized(line.text) == text for block in written.item.blocks for line in block.lines)


@rule(
    "CO102",
    Family.AGREEMENT,
    Severity.WARNING,
    "この項の計画の文が、そのまま実施状況になっています",
    why="「…を推進する。」という計画の文のままでは、何をしたのか読み手に分かりません。",
    remedy="実施したことに書き直してください。",
    superseded_by=("WO20", "CO58"),
)
def line_is_the_plan_of_its_item(context: CheckContext) -> Iterator[Violation]:
    """A line has a whole sentence of its item's plan that says what is to be done, and not as a quote.

    So is a line that is nothing but the end of a long sentence, or a short one.

    Lines that a start of the plan gives are skipped.
    """
    for item in context.own_items:
        sentences, short = (
            list(_planned_sentences_of_work(item)),
            frozenset(_planned_sentences_of_work(item, _SHORT)),
        )
        for written in printed_lines(context, item.id) if short else ():
            words = normalized(written.text)
            found = next((one for one in sentences if one in words and f"「{one}" not in words), None)
            found = (
                found
                or _words_if_end_of_sentence(words.strip(_MARKS), sentences)
                or _words_if_short_sentence(words, short)
            )
            if found and not _is_line_given_by_plan(written):
                yield written.violation(
                    0,
                    f"{quoted(found)}は、この項の計画の文のままです。",
                    "実施したことに書き直してください。",
                    actual=found[:30],
                )


def _words_if_end_of_sentence(words: str, sentences: Iterable[str]) -> str | None:
    """The words of a line if they are the end of a sentence of the plan, and long; None if not."""
    is_end = len(words) >= _SHORTEST_END and any(one.endswith(words) for one in sentences)
    return words if is_end else None


def _words_if_short_sentence(words: str, short: frozenset[str]) -> str | None:
    """The words of a line if they are a whole short sentence of the plan, None if not."""
    plain = f"{words.strip(_MARKS).rstrip('。')}。"
    return plain if plain in short else None


def _planned_sentences_of_work(item: Item, shortest: int = _SHORTEST) -> Iterator[str]:
    """The sentences of an item's plan that say what is to be done, normalized, without their marks."""
    for block in item.blocks:
        for text in block.sentences:
            for sentence in normalized(text).split("。")[:-1]:
                words = sentence.strip(_MARKS)
                if len(words) >= shortest and words.endswith(_TO_DO):
                    yield f"{words}。"
