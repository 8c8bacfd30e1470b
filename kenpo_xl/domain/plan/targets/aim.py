"""What a result is compared with: a value to reach or to stay under, or a range."""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import NumberFormat, number_format
from kenpo_xl.domain.plan.ratings import Direction, attainment, reaches_floor

BETWEEN = "～"
_MONTHS_OF_YEAR = 12


@frozen
class TargetRange:
    """A target that is a range (45％～50％), both ends included."""

    low: Decimal
    high: Decimal


@frozen
class Aim:
    """A value and its direction; `upper` is the other end of a range, of which `value` is the lower one."""

    value: Decimal
    direction: Direction
    upper: Decimal | None = None

    def nearest(self, result: Decimal) -> Aim:
        """The end of a range that a result is compared with; the aim itself where it is none."""
        if self.upper is None:
            return self
        if result > self.upper:
            return Aim(self.upper, Direction.AT_MOST)
        return Aim(self.value, Direction.AT_LEAST)

    def reaches(self, result: Decimal, floor: Decimal) -> bool:
        """Whether a result attains a floor; within a range there is nothing above 100 %."""
        if self.upper is not None and floor > 1:
            return False
        near = self.nearest(result)
        return reaches_floor(result, near.value, floor, near.direction)

    def is_met(self, result: Decimal) -> bool:
        """Whether a result reaches the aim, or is within the range."""
        return self.reaches(result, Decimal(1))

    def attainment(self, result: Decimal | None) -> Decimal | None:
        """The highest floor that a result reaches, within a range 1; None where that cannot be said."""
        if result is None or self.upper is None:
            return attainment(result, self.value, self.direction)
        near = self.nearest(result)
        return Decimal(1) if self.is_met(result) else attainment(result, near.value, near.direction)

    def share(self, value: Decimal | None) -> Decimal | None:
        """A value ÷ the aim, within a range 1, else ÷ its nearest end; None where it cannot be said."""
        if value is None:
            return None
        near = self.nearest(value).value
        if near <= 0:
            return None
        return Decimal(1) if self.upper is not None and self.is_met(value) else value / near

    def share_of_upper_end(self, value: Decimal | None) -> Decimal | None:
        """A value ÷ the aim, ÷ the upper end of a range; None where that cannot be said."""
        end = self.value if self.upper is None else self.upper
        return None if value is None or end <= 0 else value / end

    def up_to_month(self, months: int) -> Aim:
        """The aim for the first months of the year (経過月割)."""
        upper = None if self.upper is None else self.upper * months / _MONTHS_OF_YEAR
        return Aim(self.value * months / _MONTHS_OF_YEAR, self.direction, upper)

    def number_format(self, style: NumberFormat) -> NumberFormat:
        """The format that shows the lower end of a range as the whole range; else the one of the values."""
        if self.upper is None:
            return style
        upper = style.displayed_text(self.upper)
        end = f'"{BETWEEN}{upper.replace("％", "%") if style.is_percent else upper}"'
        sections = (section.code for section in style.sections)
        return number_format(";".join(f"{code}{end}" for code in sections))

    def displayed_text(self, style: NumberFormat) -> str:
        """51.5％, or 45.0％～50.0％."""
        ends = (self.value,) if self.upper is None else (self.value, self.upper)
        return BETWEEN.join(map(style.displayed_text, ends))
