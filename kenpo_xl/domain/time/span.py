"""The months that a figure covers, and whether they are summed: a fact is known by its identity and these."""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.time.fiscal_calendar import Month, fiscal_year_text


class Accumulation(StrEnum):
    """How a figure covers its months."""

    MONTH = "単月"
    CUMULATIVE = "累計"
    MOMENT = "時点"
    YEAR = "年計"


@frozen
class Years:
    """The first and last year that a header names by number; `calendar`: they begin in January."""

    first: int
    last: int
    calendar: bool = False

    def __str__(self) -> str:
        """令和3年度, 令和3年度～令和5年度, or 令和3年."""
        texts = dict.fromkeys(map(fiscal_year_text, (self.first, self.last)))
        return "～".join(text.removesuffix("度") if self.calendar else text for text in texts)


@frozen
class Span:
    """First and last month of a figure (the same for 単月 and 時点) and its kind."""

    first: Month
    last: Month
    kind: Accumulation

    def __str__(self) -> str:
        """令和6年4月～9月, 令和6年9月, or 令和6年9月末."""
        if self.first == self.last:
            return f"{self.last}末" if self.kind is Accumulation.MOMENT else str(self.last)
        year_goes_on = self.first.year == self.last.year
        return f"{self.first}～{self.last.number}月" if year_goes_on else f"{self.first}～{self.last}"
