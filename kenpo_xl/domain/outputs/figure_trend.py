"""The trend of a figure (推移): its months through quarters and years, with what was corrected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.numbers.differences import POINTS
from kenpo_xl.domain.numbers.exact import decimal_text, rounded
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.results.facts import Fact


@frozen
class ReportedFigure:
    """A figure as the record of a period had it; `last` is the last day of a former state, else None."""

    key: PeriodKey
    fact: Fact
    last: date | None = None

    @property
    def text(self) -> str:
        """The value with its unit, or what was typed in its place."""
        fact = self.fact
        return fact.typed_text or "数値なし" if fact.value is None else fact.value_with_unit(fact.value)


@frozen
class FigureOfMonths:
    """A figure for some months as last reported.

    `corrected` are the other values that were recorded for these months, the newest first. `last_year` is the
    figure of the same months of the year before, in the same unit.
    """

    now: ReportedFigure
    corrected: tuple[ReportedFigure, ...] = ()
    last_year: Fact | None = None

    @property
    def to_last_year_text(self) -> str:
        """The change since last year of the values as printed: +0.20ポイント, ±0 件; '' where unknown."""
        then, now = (_printed_value(one) if one else None for one in (self.last_year, self.now.fact))
        if then is None or now is None:
            return ""
        value, unit = now - then, self.now.fact.unit
        shown = decimal_text(value * 100 if unit == FRACTION else value)
        sign = "+" if value > 0 else "" if value else "±"
        return f"{sign}{shown}{POINTS}" if unit == FRACTION else f"{sign}{shown} {unit}".rstrip()


@frozen
class FigureTrend:
    """A figure of a branch, by the months that it covers, the oldest first."""

    branch: str
    identity: str
    entity: str
    times: tuple[FigureOfMonths, ...]


def _printed_value(fact: Fact) -> Decimal | None:
    """The value at the places that the figure is printed with."""
    if fact.value is None or fact.decimals is None:
        return fact.value
    return rounded(fact.value, fact.decimals + (2 if fact.unit == FRACTION else 0))
