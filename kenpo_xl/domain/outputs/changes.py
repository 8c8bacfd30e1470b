"""Changes (変更): what a report says otherwise than the report before it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.differences import displayed_difference
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.source import Source


class ChangeKind(StrEnum):
    """What changed, in the order in which it is listed: first what a council asks for."""

    RATING = "評価"
    KPI = "指標"
    CORRECTED = "訂正"
    TEXT = "文"
    FIGURE = "数値"


@frozen
class ReportChange:
    """One change; `before` and `now` are None or '' where there was or is nothing.

    A correction (訂正) is another value for the same months; `report` is the label of the report that gave
    the old one. `format` shows numbers, `source` is the cell of the present value.
    """

    kind: ChangeKind
    place: str
    report: str
    before: Decimal | str | None
    now: Decimal | str | None
    months: str = ""
    format: NumberFormat | None = None
    source: Source | None = None

    @property
    def difference(self) -> Decimal | None:
        """How far a number rose; percents in points."""
        if self.format is None or not (isinstance(self.now, Decimal) and isinstance(self.before, Decimal)):
            return None
        return displayed_difference(self.now, self.before, self.format)


COUNCIL_KINDS = (ChangeKind.RATING, ChangeKind.KPI, ChangeKind.CORRECTED)
"""What is printed for the council; texts and new figures are listed behind it."""


@frozen
class Changes:
    """What changed since the report called `since`, '' where the fiscal year has no earlier one."""

    since: str
    found: tuple[ReportChange, ...] = ()

    def __str__(self) -> str:
        """How many there are of each kind: 評価 1 件、訂正 2 件."""
        counts = {kind: sum(one.kind is kind for one in self.found) for kind in ChangeKind}
        return "、".join(f"{kind} {count} 件" for kind, count in counts.items() if count)
