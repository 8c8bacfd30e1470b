"""The months that a figure covers, and whether they are summed: a fact is known by its identity and these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kenpo_xl.domain.calendar import Month


class Kind(StrEnum):
    """How a figure covers its months."""

    MONTH = "単月"
    CUMULATIVE = "累計"
    MOMENT = "時点"
    YEAR = "年計"


@dataclass(frozen=True)
class Span:
    """First and last month of a figure (the same for 単月 and 時点) and its kind."""

    first: Month
    last: Month
    kind: Kind

    @property
    def fiscal_year(self) -> int:
        return self.last.fiscal_year
