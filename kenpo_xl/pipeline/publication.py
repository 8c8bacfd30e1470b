"""The report for the public (公表用): the printed pages without what is of use inside the office only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from kenpo_xl.domain.outputs.changes import ReportChange
from kenpo_xl.domain.outputs.report import (
    FieldLine,
    Report,
    ReportBlock,
    ReportCell,
    ReportItem,
    ReportLine,
    ReportSection,
    ReportTable,
)
from kenpo_xl.domain.outputs.summary import Summary, SummaryKpi
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.plan import ColumnText
from kenpo_xl.domain.results.adjustments import SummaryPoint
from kenpo_xl.domain.source import Source

_PARTS = (
    *(
        ReportSection,
        ReportItem,
        ReportBlock,
        ReportLine,
        ReportTable,
        ReportCell,
        Header,
        ColumnText,
        FieldLine,
    ),
    *(Summary, SummaryKpi, SummaryPoint, ReportChange),
)
# Fields with the index of a fact, which becomes a link to the sheet 数値.
_FACT_INDEXES = frozenset({"fact", "target_fact", "result_fact"})


@dataclass
class _Removed:
    """How many comments with sources, and links to 数値, are left out."""

    notes: int = 0
    links: int = 0


def public_report(report: Report) -> tuple[Report, tuple[str, ...]]:
    """The report without internal sheets, sources and links, and a phrase for each kind of them."""
    removed = _Removed()
    cleared = replace(
        report,
        sections=_without_origin(report.sections, removed),
        summary=_without_origin(report.summary, removed),
        legend_sources=_without_origin(report.legend_sources, removed),
        facts=(),
        remarks=(),
        changes=None,
        trends=(),
        books={},
        is_public=True,
    )
    return cleared, tuple(_phrases_on_removed(report, removed))


def _without_origin(value: Any, removed: _Removed) -> Any:
    """A part of the report without sources and indexes of facts, at any depth."""
    if isinstance(value, Source):
        removed.notes += 1
        return None
    if isinstance(value, tuple) and value and all(isinstance(one, Source) for one in value):
        removed.notes += 1
        return ()
    if isinstance(value, tuple):
        return tuple(_without_origin(one, removed) for one in value)
    return replace(value, **dict(_cleared_fields(value, removed))) if isinstance(value, _PARTS) else value


def _cleared_fields(value: Any, removed: _Removed) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        old = getattr(value, field.name)
        if field.name in _FACT_INDEXES:
            removed.links += old is not None
        yield field.name, None if field.name in _FACT_INDEXES else _without_origin(old, removed)


def _phrases_on_removed(report: Report, removed: _Removed) -> Iterator[str]:
    has_kpis = bool(report.assessments and report.assessments.kpis)
    counts = {
        "シート「要確認」": f"{len(report.remarks)} 件",
        "シート「変更一覧」": f"{len(report.changes.found)} 件" if report.changes else "",
        "シート「数値」": f"{len(report.facts)} 行",
        "シート「KPI一覧」のグループと調整の列": "4 列" if has_kpis else "",
        "出所のメモ": f"{removed.notes} か所" if removed.notes else "",
        "数値や元のブックへのリンク": f"{removed.links} か所" if removed.links else "",
    }
    return (f"{name}（{count}）" for name, count in counts.items() if count)
