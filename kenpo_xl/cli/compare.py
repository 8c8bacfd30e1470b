"""The command that compares branches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, FINDINGS, WRONG_USE, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE, LEDGER, command, option
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

if TYPE_CHECKING:
    from kenpo_xl.domain.outputs.comparison import BranchComparison, Quarter
    from kenpo_xl.tasks.output_path import PlacedOutput

_NAME, _MONTHS = "比較.xlsx", 3
_PERIOD = re.compile(r"(\d{4})[-/]?[qQ]([1-4])")


@command(help="台帳にある支部の指標を並べた「比較.xlsx」を作ります。")
@click.argument("root", metavar="フォルダー|台帳", type=FILE, required=False)
@option("-o", "--output", metavar="FILE", type=FILE, help="書き出すファイル名（省略すると 比較.xlsx）")
@option("--quarter", metavar="YYYYQn", help="比べる四半期（2024Q3 は令和6年度第3四半期）")
@option("--publish", is_flag=True, help="支部に配る「全国平均.xlsx」（全国平均と順位）も、隣に作ります")
@LEDGER
@with_exit_status
def compare(
    root: Path | None, output: Path | None, quarter: str | None, publish: bool, ledger: str | None
) -> ExitStatus:
    """Write the comparison; 1 if a branch is late or a KPI could not be joined."""
    from kenpo_xl.tasks.branches.comparison import write_comparison as task
    from kenpo_xl.tasks.branches.comparison import write_national_figures
    from kenpo_xl.tasks.ledgers.place import ledger_at, named_ledger
    from kenpo_xl.tasks.period.folder import NATIONAL_NAME

    place = named_ledger(ledger) if ledger or root is None else ledger_at(root)
    if place is None:
        say("フォルダーか台帳を指定してください。", err=True)
        return WRONG_USE
    asked = _quarter_named(quarter)
    if quarter and asked is None:
        say("--quarter は 2024Q3 の形で指定してください。", err=True)
        return WRONG_USE
    done = task(place, output or Path(_NAME), quarter=asked)
    found = done.comparison
    say(f"比較を作りました（{_counts_sentence(found)}）: {done.output.path}")
    say(_exceptions_sentence(found))
    outputs = [done.output]
    if publish:
        outputs.append(write_national_figures(found, done.output.path.with_name(NATIONAL_NAME)))
        say(f"支部に配る全国平均を作りました: {outputs[-1].path}")
    _say_what_was_kept(outputs)
    return FINDINGS if found.late or found.unjoined else CLEAN


def _quarter_named(text: str | None) -> Quarter | None:
    """The quarter of a text such as 2024Q3, None for another text or none."""
    from kenpo_xl.domain.outputs.comparison import Quarter

    found = _PERIOD.fullmatch(text or "")
    return Quarter(FiscalYear(int(found[1])), int(found[2]) * _MONTHS) if found else None


def _counts_sentence(comparison: BranchComparison) -> str:
    quarter = comparison.quarter.label
    return f"{quarter}、{len(comparison.branches)} 支部、{len(comparison.kpis)} 指標"


def _exceptions_sentence(comparison: BranchComparison) -> str:
    outliers = sum(bool(one.outlier) for kpi in comparison.kpis for one in kpi.values)
    late, unjoined = len(comparison.late), len(comparison.unjoined)
    return f"外れ値 {outliers}、遅れている支部 {late}、比べられなかった指標 {unjoined}"


def _say_what_was_kept(outputs: Iterable[PlacedOutput]) -> None:
    for one in outputs:
        if one.kept:
            say(f"{one.kept.name} は人が変更したため残し、隣に作りました。", err=True)
