"""What a line of progress can hold."""

from __future__ import annotations

from enum import StrEnum


class LineKind(StrEnum):
    """What a line of progress contains (実施状況)."""

    TEXT = "文"
    TABLE = "表"
    KPI = "KPI"
