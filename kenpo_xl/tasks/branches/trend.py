"""A figure through quarters and years, from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.figure_trend import FigureTrend, ReportedFigure
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.pipeline.trend import figure_trends
from kenpo_xl.tasks.ledgers.place import ledger_at
from kenpo_xl.tasks.trace import trace_in_ledger


@frozen
class TrendResult:
    """The trend of one figure in each branch, or the candidates if the words match several identities."""

    trends: tuple[FigureTrend, ...] = ()
    candidates: tuple[str, ...] = ()


def trend_of_figure(
    path: Path, words: Sequence[str], *, branch: str = "", ledger: LedgerPlace | None = None
) -> TrendResult:
    """The trend of the figure with this identity, or with these words in its identity.

    `path` is a ledger, or a folder that contains one or is below one; `ledger` is asked in its place.
    KenpoError where the ledger does not know the figure.
    """
    found = trace_in_ledger(ledger or ledger_at(path), words, branch)
    reported = (
        ReportedFigure(one.key, one.record, None if one.is_current else one.last) for one in found.versions
    )
    return TrendResult(figure_trends(reported), found.candidates)
