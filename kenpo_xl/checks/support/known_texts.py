"""The texts that a book is compared with, word by word: plan, earlier reports, other groups, other lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.printed_text import (
    Found,
    PrintedText,
    all_printed_texts,
    digest_of_texts,
    quoted_with_neighbors,
)
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.known_words import BookWords, KnownWords
from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.domain.language.usual_phrases import USUAL_PHRASES
from kenpo_xl.domain.language.vocabulary import joined_vocabulary, vocabulary_of_text
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.submission.typed_texts import typed_texts

USUALLY = "ふつう"
"""Where a word is written that none of the office's own texts has."""


@frozen
class Proofread:
    """A printed text with its tokens and with the words of all other texts."""

    written: PrintedText
    tokens: tuple[Token, ...]
    known: KnownWords
    tokenizer: Tokenizer


def proofread_texts(context: CheckContext) -> tuple[Proofread, ...]:
    """Every printed text of the book, computed once; none without a dictionary."""
    return context.computed_once(_proofread_texts)


def _proofread_texts(context: CheckContext) -> tuple[Proofread, ...]:
    tokenizer = context.tokenizer
    if tokenizer is None:
        return ()
    written = all_printed_texts(context)
    tokens = {one.text: context.tokens(one.text) for one in written}
    line = {text: vocabulary_of_text(text, tokenizer) for text in tokens}
    parts = [context.make_vocabulary(texts, tokenizer) for _, texts in known_texts(context)]
    words = BookWords.of(parts, joined_vocabulary([*line.values()]))
    return tuple(
        Proofread(one, tokens[one.text], KnownWords(words, line[one.text]), tokenizer) for one in written
    )


def found_in_texts(
    context: CheckContext, question: str, find: Callable[[Proofread], Iterator[Found]]
) -> Iterator[tuple[PrintedText, Sequence[Found]]]:
    """Every printed text of the book with what a function finds in it.

    It may have found that in an earlier check of the same texts beside the same known ones.
    """
    found = context.remember(
        question,
        digest_of_own_and_known_texts(context),
        lambda: [tuple(find(text)) for text in proofread_texts(context)],
    )
    return zip(all_printed_texts(context), found, strict=True)


def digest_of_own_and_known_texts(context: CheckContext) -> str:
    """The digest of all texts that decide on the words of the book: its own and the known ones."""
    return context.computed_once(_digest_of_own_and_known_texts)


def _digest_of_own_and_known_texts(context: CheckContext) -> str:
    return digest_of_texts(([one.text for one in all_printed_texts(context)], known_texts(context)))


def known_texts(context: CheckContext) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The texts beside the book's own, with the name of the place they are in."""
    return context.computed_once(_known_texts)


def _known_texts(context: CheckContext) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(_places_with_texts(context))


def _places_with_texts(context: CheckContext) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "計画", tuple(_texts_of_plan(context.plan))
    for other in context.neighbours or ():
        yield f"{other.group}のブック", tuple(_texts_of_book(other))
    past = context.history.periods_before(context.plan).periods if context.history else ()
    for period in past:
        yield f"{period.label}の報告", tuple(period.all_texts)
    yield USUALLY, tuple(USUAL_PHRASES.splitlines())


def are_words_in_plan(context: CheckContext, words: str) -> bool:
    """Whether the plan writes some words itself: the office means them so."""
    return words in context.computed_once(_plan_as_text)


def has_in_plan(context: CheckContext, words: str, find: Callable[[str], Iterator[Misuse]]) -> bool:
    """Whether the plan has a misuse of the same words: not 実施し、 for 実施し。."""
    if not are_words_in_plan(context, words):
        return False
    lines = (line for line in context.computed_once(_plan_as_text).split("\n") if words in line)
    return any(one.words == words for line in lines for one in find(line))


def _plan_as_text(context: CheckContext) -> str:
    return "\n".join(_texts_of_plan(context.plan))


def place_of_other_text_with_words(context: CheckContext, words: str, besides: PrintedText) -> str:
    """Where else these words are written: a cell of the book, or the name of other texts; '' for nowhere."""
    for other in all_printed_texts(context):
        if other is not besides and words in other.text:
            return f"{other.source.sheet} の {other.source.cell}"
    return next((name for name, texts in known_texts(context) if any(words in text for text in texts)), "")


def _texts_of_plan(plan: Plan) -> Iterator[str]:
    yield from (plan.branch, plan.title, *plan.groups, *(term.preferred for term in plan.terms))
    for section in plan.sections:
        yield from (section.chapter, section.title)
    yield from (kpi.name for kpi in plan.kpis)
    for item in plan.items:
        yield item.title
        for block in item.blocks:
            yield from block.sentences
            yield from (line.text for line in block.lines)
        for table in item.tables:
            yield from (table.name, table.caption, *table.notes)
            yield from (text for axis in (*table.rows, *table.columns) for text in axis.labels)


def _texts_of_book(book: Submission) -> Iterator[str]:
    return (text for text, _ in typed_texts(book) if text)


def misuse_violation(written: PrintedText, start: int, misuse: Misuse, fact: str) -> Violation:
    """The violation at a misuse that begins at `start` of its text; without a hint where nothing is meant."""
    quote = quoted_with_neighbors(written.text, start, start + misuse.end - misuse.start)
    return written.violation(
        start,
        f"{quote}の「{misuse.words}」{fact.format(meant=misuse.meant)}",
        f"「{misuse.meant}」のことなら、直してください。" if misuse.meant else "",
        actual=misuse.words,
        expected=misuse.meant,
    )
