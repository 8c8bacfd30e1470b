"""A consolidated period as what the ledger keeps of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kenpo_xl.domain.periods import PeriodKey
from kenpo_xl.domain.records import (
    FileRecord,
    FindingRecord,
    LineRecord,
    OutputRecord,
    PeriodRecord,
    RatingRecord,
)
from kenpo_xl.domain.standings import BlockRating, KpiStanding
from kenpo_xl.domain.submission import LineKind, Submission
from kenpo_xl.facts import facts
from kenpo_xl.tasks.consolidation import Consolidation


def period_record(
    whole: Consolidation,
    *,
    folder: str = "",
    files: Iterable[FileRecord] = (),
    findings: Iterable[FindingRecord] = (),
    outputs: Iterable[OutputRecord] = (),
) -> PeriodRecord:
    """The record of a period; what was seen beside it, found and written is given."""
    standings = whole.standings
    return PeriodRecord(
        PeriodKey.of(whole.plan),
        folder,
        files=tuple(files),
        facts=facts(whole.plan, whole.submissions, whole.figures, standings),
        lines=tuple(_lines(whole.submissions)),
        ratings=(*map(_of_kpi, standings.kpis), *map(_of_block, standings.blocks.values())),
        findings=tuple(findings),
        outputs=tuple(outputs),
    )


def _lines(submissions: Iterable[Submission]) -> Iterator[LineRecord]:
    """The text lines that are printed, by item and block."""
    for item in (item for submission in submissions for item in submission.items):
        count = Counter[str]()
        for line in item.lines:
            if line.kind is LineKind.TEXT and not line.left_out:
                count[line.block] += 1
                yield LineRecord(item.item, line.block, count[line.block], line.text, line.source)


def _of_kpi(standing: KpiStanding) -> RatingRecord:
    judgement = standing.judgement
    return RatingRecord(
        standing.item,
        standing.block,
        standing.kpi.name,
        computed=judgement.glyph,
        explanation=judgement.explanation,
    )


def _of_block(rating: BlockRating) -> RatingRecord:
    entry = rating.entry
    return RatingRecord(
        rating.item,
        rating.block,
        given=rating.given,
        computed=rating.computed,
        final=rating.final,
        printed=rating.printed,
        explanation=rating.explanation,
        reason=entry.reason if entry else "",
        source=entry.source if entry else None,
    )
