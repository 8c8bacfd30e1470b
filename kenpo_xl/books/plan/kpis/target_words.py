"""What the words in 目標 say besides numbers and earlier years: a range."""

from __future__ import annotations

import re

from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.plan.targets.aim import TargetRange

_NUMBER = r"[\d,]+(?:\.\d+)?"
_UNIT = r"[^\d,.~〜\-以か]*?"
# 45%～50%, 45～50%, 45%から50%の間, 45%以上50%以下, 45%以上、50%以内を維持
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})(?P<low_unit>{_UNIT})(?:[~〜～\-－―]|から|以上、?(?:かつ)?)"
    rf"(?P<high>{_NUMBER})(?P<high_unit>{_UNIT})"
    r"(?:以下|以内|まで)?(?:の?(?:間|範囲内?|水準))?(?:を維持|で推移|とする|にする)?"
)


def range_in_words(words: str) -> TargetRange | None:
    """The range that normalized words name, None for other words; the unit may be at its end only."""
    found = _RANGE.fullmatch(words)
    if not found or found["low_unit"] not in ("", found["high_unit"]):
        return None
    low, high = (typed_number_and_unit(found[end] + found["high_unit"]) for end in ("low", "high"))
    return TargetRange(low[0], high[0]) if low and high else None
