"""The closing of a period (確定): who closed it and when, and why it was reopened."""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.frozen import frozen


class ClosingAct(StrEnum):
    """What happened to a period."""

    CLOSED = "確定"
    REOPENED = "再開"


@frozen
class ClosingEntry:
    """One act on a period: the day (2025-01-20), the person, and the reason of a reopening.

    `content` is a hash of plan, submissions and report at that time.
    """

    act: ClosingAct
    day: str
    person: str = ""
    reason: str = ""
    content: str = ""
