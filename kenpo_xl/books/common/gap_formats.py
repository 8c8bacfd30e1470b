"""Number formats of differences between two figures."""

from __future__ import annotations

from kenpo_xl.domain.numbers.differences import difference_unit
from kenpo_xl.domain.numbers.exact import NumberFormat

# Full-width: at the size of lists a screen may draw nothing of the thin stroke of another minus.
_MINUS = "－"


def difference_format_without_unit(show: NumberFormat) -> str:
    """The number format of a difference: signed (△ would be a rating), percents in points, without unit."""
    digits = "General"
    if not show.is_general:
        digits = "#,##0" if show.has_thousands_separators else "0"
        digits += "." + "0" * show.decimals if show.decimals else ""
        digits += "," * show.scaling_comma_count
    return f'+{digits};"{_MINUS}"{digits};{digits}'


def difference_format_with_unit(show: NumberFormat) -> str:
    """The number format of a difference, followed by its unit."""
    unit = f'" {difference_unit(show)}"' if difference_unit(show) else ""
    return ";".join(f"{part}{unit}" for part in difference_format_without_unit(show).split(";"))
