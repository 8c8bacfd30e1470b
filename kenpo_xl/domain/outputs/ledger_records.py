"""What a run keeps of a period, and what is known of it later: read, computed, found and written."""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.history import PastPeriod
from kenpo_xl.domain.source import Source

Kept = TypeVar("Kept")


@frozen
class FileRecord:
    """A file that was seen: its path relative to the root (with /), what it is, and a hash of its content.

    `kind` is a word of whoever looked (計画, 提出, 対象外 and the like), `group` '' where it is of none.
    """

    path: str
    kind: str
    content: str
    group: str = ""


@frozen
class LineRecord:
    """A text line of progress; `number` is its place among those of its block, from 1."""

    item: str
    block: str
    number: int
    text: str
    source: Source | None = None


@frozen
class RatingRecord:
    """A rating of a block, or with `kpi` the computed one of a KPI: glyphs, '' where there is none.

    `given` is the group's, `final` the planner's, `printed` what stands in the report.
    """

    item: str
    block: str
    kpi: str = ""
    given: str = ""
    computed: str = ""
    final: str = ""
    printed: str = ""
    explanation: str = ""
    reason: str = ""
    source: Source | None = None


@frozen
class FindingRecord:
    """A finding in the book of a group; `reason` is why it is accepted (確認済), '' where it is not."""

    finding: Finding
    group: str
    reason: str = ""


@frozen
class OutputRecord:
    """A file that was written: path relative to the root, hash of its content, and of what it was made of."""

    path: str
    content: str
    input_digest: str


@frozen
class Outcome:
    """What a run came to with a period, in words for staff; `to_mend` tells that errors stand.

    `input_digest` is a hash of all that it was made of, '' while it is made and where not all could be done;
    `until` is the day on which it is made anew in any case.
    """

    input_digest: str = ""
    words: str = ""
    to_mend: bool = False
    until: date | None = None


@frozen
class PeriodRecord:
    """A period as one run saw it; `folder` is its path relative to the root (with /)."""

    key: PeriodKey
    folder: str = ""
    outcome: Outcome = Outcome()
    files: tuple[FileRecord, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: tuple[LineRecord, ...] = ()
    ratings: tuple[RatingRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
    outputs: tuple[OutputRecord, ...] = ()

    @property
    def past(self) -> PastPeriod:
        """The period as later ones see it."""
        lines: dict[tuple[str, str], tuple[str, ...]] = {}
        for line in sorted(self.lines, key=lambda one: one.number):
            lines[line.item, line.block] = (*lines.get((line.item, line.block), ()), line.text)
        return PastPeriod(
            self.key.fiscal_year,
            self.key.quarter,
            self.key.label,
            facts=self.facts,
            lines=lines,
            branch=self.key.branch,
            ratings={
                (one.item, one.block): one.printed for one in self.ratings if one.printed and not one.kpi
            },
        )


@frozen
class KnownPeriod:
    """A period with its folder, the days of the runs that saw it first and last, and what the last made."""

    key: PeriodKey
    folder: str
    first: date
    last: date
    outcome: Outcome


@frozen
class Sighting(Generic[Kept]):
    """Something that was seen in a period, from one day to another.

    `since` is the day of the run from which it said so, also where its cell moved since; `last` is the day on
    which it was seen last, and `stands` tells that it still says so.
    """

    key: PeriodKey
    folder: str
    record: Kept
    since: date
    last: date
    stands: bool
