"""Thresholds of rules that an office may set in its plan book (規則, しきい値)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.frozen import frozen


@frozen
class Threshold:
    """From where on a rule reports: `usual` in `unit` where the office sets none.

    An office sets a value from `least` to `most`; `meaning` says in Japanese what the value decides.
    """

    meaning: str
    usual: Decimal
    unit: str
    least: Decimal
    most: Decimal

    def is_allowed(self, value: Decimal) -> bool:
        """Whether an office may set the value."""
        return self.least <= value <= self.most

    def text_with_unit(self, value: Decimal) -> str:
        """A value with the unit."""
        return f"{value.normalize():f} {self.unit}"

    @property
    def range_text(self) -> str:
        """The values that an office may set."""
        return f"{self.text_with_unit(self.least)} から {self.text_with_unit(self.most)} まで"


_SMALLER_AMOUNT = Threshold(
    "金額の累計が、何 ％ を超えて減ったら指摘するか", Decimal(5), "％", Decimal(0), Decimal(50)
)
THRESHOLDS: Mapping[str, Threshold] = {
    rule_codes.RATE_FAR_FROM_USUAL: Threshold(
        "率が、横や前年の値の何倍（何分の 1）から指摘するか", Decimal(30), "倍", Decimal(30), Decimal(200)
    ),
    rule_codes.ODD_SIZE: Threshold(
        "数が、前年などの何倍（何分の 1）から指摘するか", Decimal(6), "倍", Decimal(6), Decimal(500)
    ),
    rule_codes.FALL_SINCE_REPORT: _SMALLER_AMOUNT,
    rule_codes.FALL_WITHIN_TABLE: _SMALLER_AMOUNT,
    rule_codes.REPEATED_TEXT: Threshold(
        "2 つの行にある同じ文を、何文字から指摘するか", Decimal(25), "文字", Decimal(12), Decimal(500)
    ),
}
"""By the code of the rule."""
