"""A consolidated period as a record for the ledger, with private values masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from kenpo_xl.domain.outputs.ledger_records import (
    FileRecord,
    FindingRecord,
    KpiRecord,
    LineRecord,
    OutputRecord,
    PeriodRecord,
    RatingRecord,
)
from kenpo_xl.domain.plan.identities import Identities
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.named_parts import named_parts
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.privacy.personal_data import Mask, is_private_number
from kenpo_xl.domain.results.assessments import BlockRating, KpiAssessment
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.pipeline.ratio_parts import ratio_parts
from kenpo_xl.tasks.masking import masked_finding
from kenpo_xl.tasks.period.consolidation import Consolidation

_NUMBER = "＊" * 12
_NUMBERS_OF_KPI = ("target", "result", "same_period", "numerator", "denominator")


def period_record(
    whole: Consolidation,
    *,
    folder: str = "",
    files: Iterable[FileRecord] = (),
    findings: Iterable[FindingRecord] = (),
    outputs: Iterable[OutputRecord] = (),
    mask: Mask | None = None,
) -> PeriodRecord:
    """The record of a period with its files, findings and outputs; private values are masked."""
    assessments, mask, names = whole.assessments, mask or Mask(), whole.plan.identities
    return PeriodRecord(
        PeriodKey.of(whole.plan),
        folder,
        files=tuple(replace(one, path=mask(one.path)) for one in files),
        facts=tuple(_stored_fact(_masked_fact(fact, mask), names) for fact in whole.facts),
        lines=tuple(_line_records(whole.submissions, mask, names)),
        ratings=(
            *(_kpi_record(assessment, mask, names) for assessment in assessments.kpis),
            *(_block_record(rating, mask, names) for rating in assessments.blocks.values()),
        ),
        findings=tuple(_masked_finding(one, mask) for one in findings),
        outputs=tuple(outputs),
        parts=named_parts(whole.plan),
        kpis=tuple(_masked_kpi(_kpi_of_comparison(one, whole), mask) for one in assessments.kpis),
    )


def _stored_fact(fact: Fact, names: Identities) -> Fact:
    identity, item = names.stored(fact.identity), names.stored_item(fact.item)
    if (identity, item) == (fact.identity, fact.item):
        return fact
    return replace(fact, identity=identity, item=item)


def _masked_fact(fact: Fact, mask: Mask) -> Fact:
    """The fact with private numbers masked, which no report prints."""
    values = (fact.typed, fact.computed, fact.value)
    if any(is_private_number(value, fact.unit) for value in values):
        fact = replace(fact, typed=None, computed=None, value=None, typed_text=_NUMBER)
    masked: dict[str, Any] = {
        "identity": mask(fact.identity),
        "entity": mask(fact.entity),
        "typed_text": mask(fact.typed_text),
        "source": _masked_source(fact.source, mask),
    }
    changed = {name: value for name, value in masked.items() if value is not getattr(fact, name)}
    return replace(fact, **changed) if changed else fact


def _masked_source(source: Source | None, mask: Mask) -> Source | None:
    workbook = mask(source.workbook) if source else ""
    return replace(source, workbook=workbook) if source and workbook != source.workbook else source


def _masked_finding(one: FindingRecord, mask: Mask) -> FindingRecord:
    found = replace(masked_finding(one.finding, mask), workbook=mask(one.finding.workbook))
    return replace(one, finding=found, reason=mask(one.reason))


def _line_records(submissions: Iterable[Submission], mask: Mask, names: Identities) -> Iterator[LineRecord]:
    """The text lines that are printed, by item and block."""
    for item in (item for submission in submissions for item in submission.items):
        count = Counter[str]()
        for line in item.lines:
            if line.kind is LineKind.TEXT and not line.left_out:
                count[line.block] += 1
                source = _masked_source(line.source, mask)
                place = names.stored_block(item.item, line.block)
                yield LineRecord(*place, count[line.block], mask(line.text), source, line.text_field)


def _kpi_record(assessment: KpiAssessment, mask: Mask, names: Identities) -> RatingRecord:
    judgement = assessment.judgement
    return RatingRecord(
        *names.stored_block(assessment.item, assessment.block),
        assessment.kpi.name,
        computed=judgement.glyph,
        explanation=mask(judgement.explanation),
    )


def _kpi_of_comparison(one: KpiAssessment, whole: Consolidation) -> KpiRecord:
    """A KPI with what a comparison of branches needs."""
    style, judged, held = one.kpi.format, one.assessment, whole.plan.scale.steps
    parts = ratio_parts(one, whole.figures)
    rating = whole.assessments.blocks.get((one.item, one.block))
    steps = [step.glyph for step in held]
    glyph = one.judgement.glyph
    return KpiRecord(
        one.kpi.name,
        one.kpi.common_key,
        *whole.plan.identities.stored_block(one.item, one.block),
        unit=style.unit_of_cell_value(style.unit),
        decimals=None if style.is_general else style.decimals,
        direction=one.kpi.direction,
        target=judged.target,
        result=judged.result,
        same_period=judged.same_period,
        numerator=parts.numerator if parts else None,
        denominator=parts.denominator if parts else None,
        last_month=one.base,
        under_way=one.under_way,
        step=steps.index(glyph) + 1 if glyph in steps else None,
        glyph=glyph,
        printed=rating.printed_glyph if rating else "",
    )


def _masked_kpi(one: KpiRecord, mask: Mask) -> KpiRecord:
    """The KPI without its numbers where one of them is private, and with typed ratings masked."""
    numbers: dict[str, Any] = {name: getattr(one, name) for name in _NUMBERS_OF_KPI}
    nothing: dict[str, Any] = dict.fromkeys(numbers)
    if any(is_private_number(value, one.unit) for value in numbers.values()):
        one = replace(one, **nothing)
    return replace(one, printed=mask(one.printed))


def _block_record(rating: BlockRating, mask: Mask, names: Identities) -> RatingRecord:
    entry = rating.entry
    return RatingRecord(
        *names.stored_block(rating.item, rating.block),
        given=mask(rating.submitted_glyph),
        computed=rating.computed,
        final=mask(rating.final),
        printed=mask(rating.printed_glyph),
        explanation=mask(rating.explanation),
        reason=mask(entry.reason) if entry else "",
        source=_masked_source(entry.source, mask) if entry else None,
    )
