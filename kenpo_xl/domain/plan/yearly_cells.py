"""Cells of a plan book whose content belongs to one year: targets, plan values, dates, years in texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.source import Source

CellContent = Decimal | str | date | None


class YearlyKind(StrEnum):
    """What such a cell holds."""

    TARGET = "目標"
    PLAN_VALUE = "計画値"
    DATE = "日付"
    TEXT = "年や日付のある文"
    PERIOD = "期"


@frozen
class YearlyCell:
    """One cell: `key` identifies it in any state of the plan book, `name` says to people what it is.

    The key is (KPI, header) of a target, (item, table, row, column) of a plan value, (quarter, header) of a
    date and of what else 期 says of a period, and (sheet, text) of a text. `value` is as stored (0.45 for
    45 ％), `format` its number format; `others` are more cells of the sheet with the same text.
    """

    kind: YearlyKind
    key: tuple[str, ...]
    name: str
    value: CellContent
    source: Source
    format: str = "General"
    others: tuple[Source, ...] = ()
