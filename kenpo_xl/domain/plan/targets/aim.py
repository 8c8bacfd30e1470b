"""What a result is compared with: a value to reach or to stay under, or a range."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.formulas.evaluate import Node
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.differences import rounded_as_displayed
from kenpo_xl.domain.numbers.exact import NumberFormat, number_format
from kenpo_xl.domain.plan.ratings import Direction, attainment, reaches_floor

BETWEEN = "～"
_MONTHS_OF_YEAR = 12
# Decimals beyond those of a format, for two numbers that look the same in it.
_MORE_PLACES = 3


@frozen
class TargetRange:
    """A target that is a range (45％～50％), both ends included."""

    low: Decimal
    high: Decimal


@frozen
class ReferenceTarget:
    """A target that is another's value (全国平均): its name, and where the value is.

    `is_exclusive`: it is to be passed (上回る), not only reached (以上).
    """

    name: str
    source: Decimal | Node
    is_exclusive: bool = False


@frozen
class Aim:
    """A value and its direction; `upper` is the other end of a range, of which `value` is the lower one.

    `name` is that of another's value (全国平均), '' for the plan's own; `is_exclusive`: to reach it is not
    enough.
    """

    value: Decimal
    direction: Direction
    upper: Decimal | None = None
    name: str = ""
    is_exclusive: bool = False

    def nearest(self, result: Decimal) -> Aim:
        """The end of a range that a result is compared with; the aim itself where it is none."""
        if self.upper is None:
            return self
        if result > self.upper:
            return Aim(self.upper, Direction.AT_MOST)
        return Aim(self.value, Direction.AT_LEAST)

    def reaches(self, result: Decimal, floor: Decimal) -> bool:
        """Whether a result attains a floor; within a range there is nothing above 100 %."""
        if (self.upper is not None and floor > 1) or (
            self.is_exclusive and floor >= 1 and result == self.value
        ):
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
        return replace(self, value=self.value * months / _MONTHS_OF_YEAR, upper=upper)

    def format_telling_apart(self, result: Decimal, style: NumberFormat) -> NumberFormat:
        """The format, with more decimals where a result would look like the aim and is another number."""
        near = self.nearest(result).value
        if result == near or (self.upper is not None and self.is_met(result)):
            return style
        finer = style
        for _ in range(_MORE_PLACES + 1):
            if finer.displayed_text(result) != finer.displayed_text(near):
                return finer
            finer = finer.with_one_more_decimal()
        return style

    def format_of_value(self, value: Decimal, style: NumberFormat, result: Decimal | None) -> NumberFormat:
        """The format of one of the numbers that are printed side by side: the result, an end of the aim.

        A number that the format shows exactly keeps it: 296 人 beside a target of 295.7 人.
        """
        if result is None or value == rounded_as_displayed(value, style):
            return style
        return self.format_telling_apart(result, style)

    def number_format(self, style: NumberFormat, result: Decimal | None = None) -> NumberFormat:
        """The format that shows the lower end of a range as the whole range; else the one of the values.

        With a result, it has the decimals that tell them apart.
        """
        upper_style, style = (
            self.format_of_value(end or self.value, style, result) for end in (self.upper, self.value)
        )
        if self.upper is None:
            return style
        upper = upper_style.displayed_text(self.upper)
        end = f'"{BETWEEN}{upper.replace("％", "%") if style.is_percent else upper}"'
        sections = (section.code for section in style.sections)
        return number_format(";".join(f"{code}{end}" for code in sections))

    @property
    def side_text(self) -> str:
        """What is behind the number: 以上, を上回る; '' for a range."""
        if self.upper is not None:
            return ""
        if not self.is_exclusive:
            return str(self.direction)
        return "を上回る" if self.direction is Direction.AT_LEAST else "を下回る"

    def displayed_text(self, style: NumberFormat, result: Decimal | None = None) -> str:
        """51.5％, or 45.0％～50.0％; with a result, it has the decimals that tell them apart."""
        return BETWEEN.join(self.texts_of_ends(style, result))

    def texts_of_ends(self, style: NumberFormat, result: Decimal | None = None) -> list[str]:
        """51.5％, or 45.0％ and 50.0％, as by `displayed_text`."""
        ends = (self.value,) if self.upper is None else (self.value, self.upper)
        return [self.format_of_value(end, style, result).displayed_text(end) for end in ends]
