"""The record of a period that a run stores in the ledger, and what the ledger returns of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.named_parts import NamedPart
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.history import PastPeriod
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import Month

Kept = TypeVar("Kept")


@frozen
class FileRecord:
    """A file of a period: its path relative to the root (with /), its kind, and a SHA-256 of its content.

    `kind` is 計画, 提出, 対象外 and the like; `group` is '' for a file of no group.
    """

    path: str
    kind: str
    content: str
    group: str = ""


@frozen
class LineRecord:
    """A text line; `number` is its position among those of its block, from 1.

    `text_field` is the name of the text field (記入欄) that it is of, '' for progress.
    """

    item: str
    block: str
    number: int
    text: str
    source: Source | None = None
    text_field: str = ""


@frozen
class RatingRecord:
    """A rating of a block, or with `kpi` the computed one of a KPI: glyphs, '' for none.

    `given` is the group's, `final` the planner's, `printed` the one in the report.
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
class KpiRecord:
    """A KPI as it was reported, with what a comparison of branches needs.

    `unit` is that of its numbers, 割合 for a rate, and `decimals` are the printed places, of a rate in ％.
    `numerator` and `denominator` are the parts of a ratio, None where the result is none. `last_month` is the
    month up to which the result counts. `glyph` is the computed rating and `step` its place in the scale, 1
    for the best; `printed` is the printed rating of its block. `under_way` (途中): it is compared with its
    target at the year's end only.
    """

    name: str
    common_key: str
    item: str
    block: str
    unit: str
    decimals: int | None
    direction: Direction
    target: Decimal | None
    result: Decimal | None
    same_period: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    last_month: Month
    under_way: bool
    step: int | None
    glyph: str
    printed: str


@frozen
class FindingRecord:
    """A finding in the book of a group; `reason` is why it is accepted (確認済), '' where it is not."""

    finding: Finding
    group: str
    reason: str = ""


@frozen
class OutputRecord:
    """A written file: path relative to the root, SHA-256 of its content, and of its inputs."""

    path: str
    content: str
    input_digest: str


@frozen
class Outcome:
    """The result of a run for a period: the states of its groups in words, and whether errors are left.

    `input_digest` is the SHA-256 of all inputs, '' while running and after a partial failure; `until` is the
    day from which the period is processed again even if unchanged. `due` is the day by which its groups must
    submit, `late` are those that are late.
    """

    input_digest: str = ""
    summary: str = ""
    has_errors: bool = False
    until: date | None = None
    due: date | None = None
    late: tuple[str, ...] = ()


@frozen
class PeriodRecord:
    """A period as one run saw it; `folder` is its path relative to the root (with /).

    `root` names the root among those of a ledger that is not in it, '' for a ledger in its root. Items and
    blocks are named by their keys; `parts` are the names that were shown for them.
    """

    key: PeriodKey
    folder: str = ""
    outcome: Outcome = Outcome()
    files: tuple[FileRecord, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: tuple[LineRecord, ...] = ()
    ratings: tuple[RatingRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
    outputs: tuple[OutputRecord, ...] = ()
    parts: tuple[NamedPart, ...] = ()
    kpis: tuple[KpiRecord, ...] = ()
    root: str = ""

    @property
    def past_period(self) -> PastPeriod:
        """The parts of the period that later periods are compared with."""
        lines: dict[tuple[str, str], tuple[str, ...]] = {}
        fields: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for line in sorted(self.lines, key=lambda one: one.number):
            if line.text_field:
                place = (line.item, line.block, line.text_field)
                fields[place] = (*fields.get(place, ()), line.text)
            else:
                lines[line.item, line.block] = (*lines.get((line.item, line.block), ()), line.text)
        return PastPeriod(
            self.key.fiscal_year,
            self.key.number,
            self.key.label,
            facts=self.facts,
            lines=lines,
            branch=self.key.branch,
            ratings={
                (one.item, one.block): one.printed for one in self.ratings if one.printed and not one.kpi
            },
            parts=self.parts,
            cycle=self.key.cycle,
            field_texts=fields,
        )


@frozen
class KnownPeriod:
    """A recorded period: its folder, the days of its first and last run, and the outcome of the last."""

    key: PeriodKey
    folder: str
    first: date
    last: date
    outcome: Outcome
    root: str = ""


@frozen
class RecordVersion(Generic[Kept]):
    """A record of a period with its validity.

    `since` is the day of the first run with the same statement, even if its cell has moved since; `last` is
    the day of the last run with it; `is_current` if that is the last run of the period.
    """

    key: PeriodKey
    folder: str
    record: Kept
    since: date
    last: date
    is_current: bool
