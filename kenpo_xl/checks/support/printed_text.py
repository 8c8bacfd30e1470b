"""The printed texts of a book: lines of progress, reasons, and text cells of tables."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from typing import TypeVar

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import sentence_around
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.plan.table import Axis
from kenpo_xl.domain.source import Source, SourceSpan
from kenpo_xl.domain.submission.submission import LineEntry
from kenpo_xl.domain.submission.typed_texts import line_identity

Found = TypeVar("Found")
_LONGEST_QUOTE = 30
_SENTENCE = LazyPattern(r"[^。\n]+。?")
_OF_NUMBERS = "0123456789０１２３４５６７８９,.，．"


@frozen
class PrintedText:
    """A line of progress, a reason with the block that it is for, or a text cell of a table with its axes."""

    item: Item
    identity: str
    text: str
    source: Source
    line: LineEntry | None = None
    axes: tuple[Axis, ...] = ()
    reason_for: str = ""
    filled: tuple[SourceSpan, ...] = ()

    @property
    def block(self) -> str:
        """The name of the block of a line or reason, '' for others."""
        return self.line.block if self.line else self.reason_for

    def source_at(self, position: int) -> Source:
        """The cell that holds the letter at `position`: of words that a figure fills in, the figure's."""
        filled = (one.source for one in self.filled if one.start <= position < one.end)
        return next(filled, None) or (self.line.source_at(position) if self.line else None) or self.source

    def violation(
        self,
        start: int,
        message: str,
        hint: str = "",
        *,
        actual: str = "",
        expected: str = "",
        related: tuple[Source, ...] = (),
    ) -> Violation:
        """A violation at a place of the text; a bare number is expected with the unit that is there."""
        right = actual_with_words_of_expected(actual, expected)
        return Violation(self.source_at(start), self.identity, message, hint, actual, right, related)


def actual_with_words_of_expected(actual: str, expected: str) -> str:
    """A bare number with what stands around the only number of `actual`: 83 for 93人 is 83人.

    Whoever puts what is expected in the place of what is there then keeps the unit.
    """
    if not expected or expected.strip(_OF_NUMBERS):
        return expected
    start = next((place for place, letter in enumerate(actual) if letter.isdecimal()), len(actual))
    unit = actual[start:].lstrip(_OF_NUMBERS)
    # A letter of ours behind digits is one that was typed for a digit (1O, 4l).
    is_only_number = not unit.lstrip()[:1].isascii() and not any(letter.isdecimal() for letter in unit)
    return actual[:start] + expected + unit if is_only_number else expected


def printed_lines(context: CheckContext, item_id: str = "") -> Iterator[PrintedText]:
    """Every text line of the book, or of one of its items, but for those that are still last quarter's.

    Such a line is judged once staff have edited or confirmed it. Ratings of text fields are no text.
    """
    lines = context.computed_once(_lines_of_book)
    return (line for line in lines if item_id in ("", line.item.id))


def lines_of_all_books(context: CheckContext) -> tuple[PrintedText, ...]:
    """The text lines of this book, then of its neighbours."""
    return tuple(
        text_of_line(item, line, line.source)
        for submission in (context.submission, *(context.neighbours or ()))
        for entry in submission.items
        if (item := context.plan.item(entry.item))
        for line in entry.lines
        if line.kind is LineKind.TEXT and line.source is not None
    )


def _lines_of_book(context: CheckContext) -> tuple[PrintedText, ...]:
    return tuple(
        _with_quoted_figures(context, text_of_line(item, line, line.source))
        for item, line in context.text_lines_with_items
        if line.source is not None
        and line.text
        and not (line.is_unconfirmed or context.plan.scale_of_text_field(line.text_field))
    )


def _with_quoted_figures(context: CheckContext, written: PrintedText) -> PrintedText:
    """A line with the figures that it quotes as they are printed, but for blank ones, which have cells."""
    if "{" not in written.text:
        return written
    text, spans, at = "", list[SourceSpan](), 0
    for quote in PLACEHOLDER.finditer(written.text):
        text += written.text[at : quote.start()]
        shown = context.figures.text_of_figure_named(written.item.id, quote[1]) or quote[0]
        figure = context.figures.figure_named(written.item.id, quote[1])
        if figure and figure.source and figure.source.workbook == written.source.workbook:
            spans.append(SourceSpan(len(text), len(text) + len(shown), figure.source))
        text += shown
        at = quote.end()
    return replace(written, text=text + written.text[at:], filled=tuple(spans))


def lines_and_reasons(context: CheckContext) -> tuple[PrintedText, ...]:
    """Every text line as `printed_lines`, and every reason beside a rating."""
    return context.computed_once(_lines_and_reasons)


def _lines_and_reasons(context: CheckContext) -> tuple[PrintedText, ...]:
    return (*printed_lines(context), *_rating_reasons(context))


def unconfirmed_lines(context: CheckContext) -> Iterator[PrintedText]:
    """Every text line that is still last quarter's."""
    for item, line in context.text_lines_with_items:
        if line.is_unconfirmed and line.source is not None:
            yield text_of_line(item, line, line.source)


def text_of_line(item: Item, line: LineEntry, source: Source) -> PrintedText:
    """A text line; its identity is its block and its hidden mark, where it has one."""
    return PrintedText(item, line_identity(item.id, line), line.text, source, line=line)


def all_printed_texts(context: CheckContext) -> tuple[PrintedText, ...]:
    """Every text line, every reason beside a rating and every text cell of a table."""
    return context.computed_once(_printed_texts_of_book)


@frozen
class JoinedTexts:
    """All printed texts of a book, a line each, and where each begins: to be searched as one."""

    texts: tuple[PrintedText, ...]
    text: str
    starts: tuple[int, ...]

    def place(self, position: int) -> tuple[PrintedText, int]:
        """The printed text that holds a position, and the position within it."""
        number = bisect(self.starts, position) - 1
        return self.texts[number], position - self.starts[number]


def joined_texts(context: CheckContext) -> JoinedTexts:
    """All printed texts of the book as one, computed once."""
    return context.computed_once(_joined_texts)


def _joined_texts(context: CheckContext) -> JoinedTexts:
    texts = all_printed_texts(context)
    starts = accumulate((len(one.text) + 1 for one in texts), initial=0)
    return JoinedTexts(texts, "\n".join(one.text for one in texts), tuple(starts))


def found_in_each(
    context: CheckContext, find: Callable[..., Iterable[Found]], *about: Hashable
) -> Iterator[tuple[PrintedText, Sequence[Found]]]:
    """Every printed text with what a function of a module finds in it.

    It may have found that in an earlier check of the same texts. `about` are its further arguments, which
    `str` tells apart.
    """
    texts = all_printed_texts(context)
    found = _result_remembered_between_runs(
        context, find, lambda: [_found_in(find, one.text, *about) for one in texts], *about
    )
    return zip(texts, found, strict=True)


@lru_cache(maxsize=16_384)
def _found_in(find: Callable[..., Iterable[Found]], text: str, *about: Hashable) -> tuple[Found, ...]:
    """What a function finds in a text, which may be one of several books of a night."""
    return tuple(find(text, *about))


def found_in_all(context: CheckContext, find: Callable[[str], Iterable[Found]]) -> Sequence[Found]:
    """What a function of a module finds in all printed texts as one, likewise."""
    return _result_remembered_between_runs(context, find, lambda: tuple(find(joined_texts(context).text)))


def _result_remembered_between_runs(
    context: CheckContext, find: Callable[..., object], make: Callable[[], Found], *about: Hashable
) -> Found:
    question = " ".join((f"{find.__module__}.{find.__qualname__}", *map(str, about)))
    return context.remember(question, context.computed_once(_digest_of_printed_texts), make)


def _digest_of_printed_texts(context: CheckContext) -> str:
    return digest_of_texts([one.text for one in all_printed_texts(context)])


def digest_of_texts(texts: object) -> str:
    """A digest of texts in lists, which no other texts have."""
    return sha256(repr(texts).encode()).hexdigest()


def _printed_texts_of_book(context: CheckContext) -> tuple[PrintedText, ...]:
    return tuple(_iterate_printed_texts(context))


def _iterate_printed_texts(context: CheckContext) -> Iterator[PrintedText]:
    yield from lines_and_reasons(context)
    items = {item.id: item for item in context.own_items}
    for table in context.own_tables:
        for row in table.rows:
            for place, figure in enumerate(row.figures):
                if (
                    isinstance(figure.printed_value, str)
                    and figure.printed_value
                    and figure.source is not None
                ):
                    axes = (table.table.rows[row.index], table.table.columns[place])
                    identity = "/".join(filter(None, (str(figure.id), row.entity)))
                    yield PrintedText(
                        items[figure.id.item], identity, figure.printed_value, figure.source, axes=axes
                    )


def _rating_reasons(context: CheckContext) -> Iterator[PrintedText]:
    for item in context.own_items:
        entry = context.entries_by_item.get(item.id)
        for rating in entry.ratings if entry else ():
            if rating.reason and rating.reason_source:
                identity = f"{item.id}/ブロック {rating.block}/評価の理由"
                yield PrintedText(
                    item, identity, rating.reason, rating.reason_source, reason_for=rating.block
                )


def quoted(text: str) -> str:
    """Words within a message: 「…」, at most 30 letters of them, on one line."""
    words = " ".join(text.split())
    return f"「{words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + '…'}」"


def excerpt(text: str, first: int, end: int) -> str:
    """A part of a text on one line, with … where the text goes on."""
    words = " ".join(text[first:end].split())
    return f"{'…' if first else ''}{words}{'…' if end < len(text) else ''}"


def quoted_with_neighbors(text: str, start: int, end: int, *, letters: int = 8) -> str:
    """A part of a text in 「…」 with some letters on both sides, on one line."""
    words = text[max(start - letters, 0) : min(end, start + _LONGEST_QUOTE) + letters]
    before = "…" if start > letters else ""
    behind = "…" if max(start - letters, 0) + len(words) < len(text) else ""
    return f"「{before}{' '.join(words.split())}{behind}」"


def sentence_at(text: str, start: int) -> str:
    """The sentence that holds a place of the text."""
    first, end = sentence_span(text, start)
    return text[first:end]


def sentence_span(text: str, start: int) -> tuple[int, int]:
    """Where the sentence that holds a place of the text begins and ends."""
    first, end = sentence_around(text, start, start)
    return first, end + 1


def sentences_with_start(text: str) -> Iterator[tuple[str, int]]:
    """The sentences of a text, each with the place where it begins."""
    for found in _SENTENCE.finditer(text):
        yield found[0], found.start()
