"""The sentences of a book that state numbers, each with its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, excerpt, sentence_span
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.numbers_in_text import TextNumber, numbers_in
from kenpo_xl.domain.text_span import TextSpan

_LONGEST = 400
_NEAR = 200


@frozen
class NumberedSentence:
    """A sentence of a text from `start` to `end`; `plain` is the whole text in half-width letters."""

    written: PrintedText
    plain: str
    start: int
    end: int
    numbers: tuple[TextNumber, ...]

    @property
    def text(self) -> str:
        """The sentence in half-width letters."""
        return self.plain[self.start : self.end]

    def between(self, one: TextNumber, other: TextNumber) -> str:
        """The words behind a number up to another one."""
        return self.plain[one.start + len(one.text) : other.start]

    def before(self, number: TextNumber) -> str:
        """The words before a number, from the number before it or the start of the sentence on."""
        at = self.numbers.index(number)
        begin = self.numbers[at - 1].start + len(self.numbers[at - 1].text) if at else self.start
        return self.plain[begin : number.start]

    def behind(self, number: TextNumber, length: int = 24) -> str:
        """The next words behind a number in its sentence."""
        begin = number.start + len(number.text)
        return self.plain[begin : min(begin + length, self.end)]

    def violation(
        self, number: TextNumber, fact: str, hint: str, *, expected: str = "", first: TextNumber | None = None
    ) -> Violation:
        """A violation at a number, with the words around quoted behind the fact."""
        begin = max(self.start, (first or number).start - 24)
        end = min(self.end, max(number.start + len(number.text), (first or number).start) + 16)
        quote = excerpt(self.written.text, begin, end).lstrip(LINE_MARKS)
        message = f"{fact}（「{quote}」）。"
        return self.written.violation(
            number.start, message, hint, actual=number.text.strip(), expected=expected
        )


def numbered_sentences(context: CheckContext) -> tuple[NumberedSentence, ...]:
    """Every sentence of the book's texts that states a number; very long ones are left out."""
    return context.computed_once(_numbered_sentences_of_book)


def _numbered_sentences_of_book(context: CheckContext) -> tuple[NumberedSentence, ...]:
    return tuple(one for written in all_printed_texts(context) for one in _sentences_of_text(written))


def _sentences_of_text(written: PrintedText) -> Iterator[NumberedSentence]:
    numbers = numbers_in(written.text)
    place = 0
    while place < len(numbers):
        start, end = sentence_span(written.text, numbers[place].start)
        last = place
        while last < len(numbers) and numbers[last].start < end:
            last += 1
        if end - start <= _LONGEST:
            yield NumberedSentence(written, half_width(written.text), start, end, numbers[place:last])
        place = last


def near_sentence(plain: str, place: int) -> TextSpan:
    """The sentence at a place, without what is far away in a long one."""
    first, end = sentence_span(plain, place)
    return max(first, place - _NEAR), min(end, place + _NEAR)


def quoted_around(written: PrintedText, *numbers: TextNumber) -> str:
    """The part of the sentence with the numbers, and what leads to them."""
    first, last = sentence_span(written.text, numbers[0].start)
    start = max(first, numbers[0].start - 40)
    end = min(last, numbers[-1].start + len(numbers[-1].text) + 16)
    return excerpt(written.text, start, end).lstrip(LINE_MARKS)
