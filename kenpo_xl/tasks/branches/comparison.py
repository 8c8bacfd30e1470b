"""The comparison of branches (比較.xlsx) from a ledger."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.comparison import BranchComparison, Quarter
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.outputs.ledger_records import KnownPeriod
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.branches.compare import compare_branches, quarter_of
from kenpo_xl.pipeline.branches.national_figures import national_figures
from kenpo_xl.tasks.output_path import PlacedOutput, write_output

_SUFFIX = ".xlsx"


@frozen
class ComparisonResult:
    """The written workbook and what it shows."""

    output: PlacedOutput
    comparison: BranchComparison


def write_comparison(place: LedgerPlace, output: Path, *, quarter: Quarter | None = None) -> ComparisonResult:
    """Write the comparison of the branches in a ledger, of the newest quarter unless one is given.

    A workbook that a person changed is not replaced. KenpoError without a ledger or KPIs in it, and if the
    workbook cannot be written.
    """
    from kenpo_xl.books.comparison.writer import write_comparison_book

    if output.suffix.lower() != _SUFFIX:
        raise KenpoError(f"{output.name} には書けません。{_SUFFIX} で終わる名前を指定してください。")
    if not output.absolute().parent.is_dir():
        raise KenpoError(f"フォルダー {output.parent} がありません。先に作るか、別の場所を指定してください。")
    comparison = comparison_from_ledger(place, quarter)
    placed, _ = write_output(output, lambda path: write_comparison_book(comparison, path))
    return ComparisonResult(placed, comparison)


def write_national_figures(comparison: BranchComparison, output: Path) -> PlacedOutput:
    """Write what head office publishes of a comparison; a workbook that a person changed is kept."""
    from kenpo_xl.books.comparison.national_writer import write_national_book

    figures = national_figures(comparison)
    return write_output(output, lambda path: write_national_book(comparison, figures, path))[0]


def comparison_from_ledger(place: LedgerPlace, quarter: Quarter | None = None) -> BranchComparison:
    """The comparison of a quarter, by default of the newest one; KenpoError where the ledger has none."""
    from kenpo_xl.ledger import Ledger

    with Ledger.open_read_only(place) as ledger:
        periods, recorded = ledger.periods(), ledger.kpis()
    known = [one for one in periods if recorded.get(one.key)]
    return compare_branches(periods, recorded, _known_quarter(place, known, quarter))


def _known_quarter(place: LedgerPlace, known: list[KnownPeriod], asked: Quarter | None) -> Quarter:
    quarters = {quarter_of(one.key) for one in known}
    if not quarters:
        raise KenpoError(
            f"台帳 {place} に指標の記録がありません。夜間処理を一度動かしてから、もう一度実行してください。"
        )
    # Whatever the first month of its year is.
    matching = [one for one in quarters if asked and tuple(map(int, one)) == tuple(map(int, asked))]
    if asked is not None and not matching:
        names = "、".join(one.label for one in sorted(quarters)[-4:])
        raise KenpoError(f"台帳 {place} に {asked.label} の記録がありません。新しいものは、{names}です。")
    return max(matching or quarters)
