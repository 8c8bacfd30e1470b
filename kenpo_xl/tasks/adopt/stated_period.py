"""The period that an office says its numbers are of: 令和6年度 第3四半期, 令和6年度."""

from __future__ import annotations

import re

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.adopt.years import fiscal_years_in

_YEAR = re.compile(r"^(?:令和|平成|[RH]\.?|FY)?(?:\d{1,4}|元)年?度?の?")


def stated_period(text: str) -> PeriodKey | None:
    """The period of a text, the last quarter for a year alone; None for ''. KenpoError for other texts."""
    words = normalized(text)
    if not words:
        return None
    years = fiscal_years_in(words if "年" in words else f"{words}年度")
    rest = _YEAR.sub("", words)
    if years and not rest:
        return PeriodKey("", years[0], Cycle.QUARTER.last_number)
    for cycle in (Cycle.QUARTER, Cycle.HALF, Cycle.MONTH, Cycle.YEAR):
        number = cycle.number_in(rest, years[0]) if years else None
        if number:
            return PeriodKey("", years[0], number, cycle)
    raise KenpoError(
        f"期「{text}」が読めません。"
        "「令和6年度 第3四半期」「令和6年度 上半期」「令和6年度」のように入れてください。"
    )
