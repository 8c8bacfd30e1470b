"""Targets that are met by doing something by a day: 令和7年3月までに策定."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.ratings import Scale
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, date_text

DONE, NOT_DONE = "済", "未"
CHOICES = (NOT_DONE, DONE)
"""What staff can choose beside a milestone; a day means that it was done on that day."""
_NOT_YET = ("未", "まだ", "予定", "見込", "検討中", "準備中", "作成中", "調整中")
_DONE_WORDS = ("済", "完了", "達成", "した")


@frozen
class Milestone:
    """What is to be done (`deed`: 策定, 改定, 達成), and the last day for it."""

    deed: str
    due: date

    def __str__(self) -> str:
        """令和7年3月31日までに策定"""
        return f"{date_text(self.due)}までに{self.deed}"


class Progress(StrEnum):
    """How far a milestone is at the as-of date."""

    IN_TIME = "達成"
    LATE = "遅れて達成"
    NOT_DUE = "期日前"
    OVERDUE = "期日を過ぎて未達成"


@frozen
class Completion:
    """What staff gave for a milestone: whether it is done, and the day, None where none was given."""

    is_done: bool
    day: date | None = None

    def __str__(self) -> str:
        """令和7年2月10日済, 済 or 未."""
        if not self.is_done:
            return NOT_DONE
        return f"{date_text(self.day) if self.day else ''}{DONE}"


def completion_in(text: str, fiscal_year: FiscalYear) -> Completion | None:
    """What an entry says: 未, 済, 策定済, 令和7年2月10日, 済（2月10日）; None where it cannot be read.

    A month alone is its last day; a day without year is of the fiscal year.
    """
    plain = normalized(text)
    if any(word in plain for word in _NOT_YET):
        return Completion(is_done=False)
    days = [one for one in dates_in(plain) if one.is_possible]
    if len(days) == 1:
        day = days[0].day_in(fiscal_year) or days[0].month_in(fiscal_year).last_day
        return Completion(is_done=True, day=day)
    is_done = not days and any(word in plain for word in _DONE_WORDS)
    return Completion(is_done=True) if is_done else None


@frozen
class MilestoneState:
    """A milestone at the as-of date, with what staff gave; None where nothing that can be read."""

    milestone: Milestone
    as_of: date
    completion: Completion | None = None

    @property
    def is_done(self) -> bool:
        """Whether it is done at the as-of date."""
        given = self.completion
        return given is not None and given.is_done and (given.day is None or given.day <= self.as_of)

    @property
    def progress(self) -> Progress | None:
        """How far it is, None where nothing was given."""
        if self.completion is None:
            return None
        if self.is_done:
            day = self.completion.day
            return Progress.LATE if day is not None and day > self.milestone.due else Progress.IN_TIME
        return Progress.OVERDUE if self.milestone.due <= self.as_of else Progress.NOT_DUE

    def glyph(self, scale: Scale) -> str:
        """The step of the scale: in time that of the target, late the one below, overdue the lowest.

        Before the day that of what is still going on; '' where the scale has none.
        """
        steps = [step for step in scale.computable_steps if step.floor is not None and step.floor <= 1]
        match self.progress:
            case Progress.IN_TIME if steps:
                return steps[0].glyph
            case Progress.LATE if steps:
                return steps[min(1, len(steps) - 1)].glyph
            case Progress.OVERDUE if steps:
                return steps[-1].glyph
            case Progress.NOT_DUE if scale.interim_step:
                return scale.interim_step.glyph
        return ""

    @property
    def explanation(self) -> str:
        """The state in one sentence without end, for the rating and for the summary."""
        due, deed = self.milestone.due, self.milestone.deed
        match self.progress:
            case None:
                return "済・未が未入力のため判定していません"
            case Progress.IN_TIME:
                return f"{self._done_text}（期日は{date_text(due)}）"
            case Progress.LATE:
                return f"{self._done_text}。期日の{date_text(due)}より {self.days_late} 日遅い"
            case Progress.OVERDUE:
                return f"期日の{date_text(due)}を過ぎて未{deed}"
        later = self.completion.day if self.completion else None
        ahead = f"（{date_text(later)}は基準日より後です）" if later else ""
        return f"未{deed}{ahead}。期日の{date_text(due)}まで {self.days_left} 日"

    @property
    def _done_text(self) -> str:
        day = self.completion.day if self.completion else None
        return f"{date_text(day)}に{self.milestone.deed}" if day else f"{self.milestone.deed}済"

    @property
    def days_left(self) -> int:
        """The days from the as-of date to the last day, below 0 behind it."""
        return (self.milestone.due - self.as_of).days

    @property
    def days_late(self) -> int:
        """The days behind the last day on which it was done; 0 where it was in time."""
        day = self.completion.day if self.completion else None
        return max((day - self.milestone.due).days, 0) if day else 0
