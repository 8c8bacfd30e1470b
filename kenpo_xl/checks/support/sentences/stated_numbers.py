"""The numbers that an item's lines state, with the words before them (文中の数)."""

from __future__ import annotations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, sentence_span
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_PAST = LazyPattern(r"前年|昨年|前回|前期|過去|参考|同期|目標|計画|見込|対象年")
_CLAUSE_ENDS = LazyPattern(r"[。、\n]")
_WINDOW = 40


@frozen
class StatedNumber:
    """A number of a line, and the words before it in its clause, normalized."""

    written: PrintedText
    number: TextNumber
    words: str
    is_past: bool

    @property
    def number_id(self) -> tuple[str, int]:
        """Its line and its place there."""
        return self.written.identity, self.number.start

    @property
    def block_name(self) -> str:
        return self.written.line.block if self.written.line else ""


def stated_numbers_of_item(context: CheckContext, item: Item) -> list[StatedNumber]:
    """Every number of an item's lines that is stated exactly."""
    found = []
    for written in printed_lines(context, item.id):
        numbers = numbers_in(written.text)
        sentences = _Sentences(written.text, context.plan.fiscal_year)
        for place, number in enumerate(numbers):
            before = numbers[place - 1] if place else None
            start = max(before.start + len(before.text) if before else 0, number.start - _WINDOW)
            words = _CLAUSE_ENDS.split(written.text[start : number.start])[-1]
            if is_stated_exactly(number, written.text):
                found.append(
                    StatedNumber(
                        written, number, normalized(words), sentences.is_of_another_time(number.start)
                    )
                )
    return found


class _Sentences:
    """The sentences of a text; each is searched once for words and dates of another time."""

    def __init__(self, text: str, year: FiscalYear) -> None:
        self._text, self._year = text, year
        self._end, self._past = 0, float("inf")

    def is_of_another_time(self, position: int) -> bool:
        """Whether the sentence at `position` is about another time; positions must not decrease."""
        if position >= self._end:
            first, self._end = sentence_span(self._text, position)
            self._past = self._end_of_first_past_word(self._text[first : self._end])
        return self._past <= position + _WINDOW

    def _end_of_first_past_word(self, sentence: str) -> float:
        """The end of the first words of another time in a sentence; infinity without any."""
        dates = (named.month_in(self._year) for named in dates_in(sentence) if named.is_possible)
        if any(not self._year.contains(month) for month in dates):
            return 0
        return min((found.end() for found in _PAST.finditer(sentence)), default=float("inf"))
