"""The outlook (見通し) of a KPI for the year's end, apart from its rating, and how it was computed."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.results.adjustments import OutlookAdjustment


class Outlook(StrEnum):
    """Whether a target will be reached, the worst first."""

    BEHIND = "遅れ"
    ON_TRACK = "順調"
    REACHED = "到達"

    @property
    def glyph(self) -> str:
        """A sign that differs from the others in its shape, as colours may not be printed."""
        return {Outlook.BEHIND: "▼", Outlook.ON_TRACK: "●", Outlook.REACHED: "★"}[self]


class EstimateBasis(StrEnum):
    """What the estimate of the year's end (年度末見込み) was computed from."""

    MONTHS = "月割"
    LAST_YEAR = "前年の動き"
    PRESENT = "現状"
    FINAL = "年度の実績"


@frozen
class KpiOutlook:
    """The outlook of the KPI `kpi`; `explanation` shows the numbers of the estimate.

    `is_running`: the result counts up from April, so that a share of the year is expected of it.
    `computed` is None where no target or result is known. `final` is that of the planner's `adjustment`, None
    where she drops it.
    """

    kpi: str
    is_running: bool = False
    estimate: Decimal | None = None
    basis: EstimateBasis | None = None
    computed: Outlook | None = None
    explanation: str = ""
    final: Outlook | None = None
    adjustment: OutlookAdjustment | None = None

    @property
    def printed_outlook(self) -> Outlook | None:
        """The planner's where there is one, which may be none at all; else the computed one."""
        return self.final if self.adjustment else self.computed

    @property
    def printed_estimate(self) -> Decimal | None:
        """The estimate, unless the planner dropped the outlook."""
        return None if self.adjustment and self.final is None else self.estimate
