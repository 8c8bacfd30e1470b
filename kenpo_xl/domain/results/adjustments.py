"""Adjustments (調整): the planner's last word on ratings, wording and typed-over figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source

# What the planner types for `WordingAdjustment.new` to leave a line out.
LEAVE_OUT = "（削除）"
# What the planner types for `OutlookAdjustment.final` to show none.
LEAVE_OUT_OUTLOOK = "載せない"


@frozen
class RatingAdjustment:
    """The final rating of a block; `group` and `computed` are the ratings that the planner saw, or ''.

    `moved` of this and the other adjustments says that the plan gave the number to another item or block
    since the planner's book was made; '' where it did not.
    """

    item: str
    block: str
    final: str
    reason: str = ""
    group: str = ""
    computed: str = ""
    source: Source | None = None
    moved: str = ""


@frozen
class WordingAdjustment:
    """Words of a block's progress and the words to print instead, both as typed.

    （削除） for `new` leaves the whole line out; '' is reported, not applied.
    """

    item: str
    block: str
    old: str
    new: str
    reason: str = ""
    source: Source | None = None
    moved: str = ""


class Choice(StrEnum):
    """Which value of a typed-over computed cell is printed."""

    TYPED = "入力値"
    COMPUTED = "計算値"


# What is to be printed in typed-over cells, by identity and entity.
Choices = Mapping[tuple[FigureId, str], Choice]


@frozen
class FigureAdjustment:
    """Which value of a typed-over figure is printed. `typed` is the value that the planner saw, as shown.

    `choice` is None where another word than these two was typed.
    """

    identity: str
    choice: Choice | None
    entity: str = ""
    typed: str = ""
    reason: str = ""
    source: Source | None = None
    moved: str = ""


@frozen
class OutlookAdjustment:
    """The outlook (見通し) of a KPI that replaces the computed one; `final` is as typed, 載せない for none.

    `computed` is the outlook that the planner saw, or ''.
    """

    kpi: str
    final: str
    reason: str = ""
    computed: str = ""
    source: Source | None = None


@frozen
class SummaryPoint:
    """A line of the planner's own words for the summary page (概要)."""

    text: str
    source: Source | None = None


@frozen
class Adjustments:
    """Everything that the planner's book (取りまとめ.xlsm) says."""

    ratings: tuple[RatingAdjustment, ...] = ()
    wordings: tuple[WordingAdjustment, ...] = ()
    figures: tuple[FigureAdjustment, ...] = ()
    outlooks: tuple[OutlookAdjustment, ...] = ()
    points: tuple[SummaryPoint, ...] = ()

    @property
    def has_any(self) -> bool:
        return bool(self.ratings or self.wordings or self.figures or self.outlooks or self.points)

    @property
    def typed_texts(self) -> Iterator[str]:
        """Every text that the planner may have typed, or that was taken over from a group's book."""
        yield from (text for one in self.ratings for text in (one.final, one.reason))
        yield from (text for one in self.wordings for text in (one.old, one.new, one.reason))
        yield from (text for one in self.figures for text in (one.entity, one.typed, one.reason))
        yield from (text for one in self.outlooks for text in (one.final, one.reason))
        yield from (point.text for point in self.points)
