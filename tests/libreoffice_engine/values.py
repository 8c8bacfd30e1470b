"""Values on their way between Python and LibreOffice."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no time zones
DAY = timedelta(days=1)
# What Excel shows for LibreOffice's error numbers; it writes any other as #VALUE!.
ERRORS = {
    503: "#NUM!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


class CellError(int):
    """The number of the error that a cell is in."""

    @property
    def shown(self) -> str:
        """What the cell shows in Excel."""
        return ERRORS.get(int(self), "#VALUE!")


def prepared(value: Any, options: dict[str, Any]) -> Any:
    """The value as a cell takes it: "" for nothing, Python's own types for those of numpy and pandas."""
    if hasattr(value, "item") and hasattr(value, "dtype"):
        value = value.item()
    if value is None or (isinstance(value, float) and math.isnan(value)) or repr(value) in {"NaT", "<NA>"}:
        return ""
    if isinstance(value, bool | str | date | datetime):
        return value
    return float(value) if isinstance(value, numbers.Number) else str(value)


def cleaned(
    data: Any,
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Rows of values as xlwings' reader asks for them."""

    def clean(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if isinstance(value, CellError):
            return value.shown if err_to_str else None
        if isinstance(value, datetime):
            return _built(value, datetime_builder)
        if isinstance(value, float) and number_builder is not None:
            return number_builder(value)
        return value

    rows = data if isinstance(data, list | tuple) else [[data]]
    return [[clean(value) for value in row] for row in rows]


def day_number(moment: date | datetime) -> float:
    """The number that a cell holds for a date or a date with time."""
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return (whole.replace(tzinfo=None) - EPOCH) / DAY


def moment_of(number: float) -> datetime:
    """The date and time of a cell's number, to the millisecond."""
    return EPOCH + timedelta(milliseconds=round(number * 86_400_000))


def number_text(number: float) -> str:
    """The number as Excel shows it in a cell without a format."""
    return format(number, ".15g").replace("e", "E")


def _built(value: datetime, builder: Callable[..., Any]) -> Any:
    names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return builder(**{name: getattr(value, name) for name in names}, tzinfo=None)
