"""The command that compares branches."""

from __future__ import annotations

import re
from pathlib import Path

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, FINDINGS, WRONG_USE, ExitStatus, with_exit_status
from kenpo_xl.cli.ledger_option import LEDGER
from kenpo_xl.cli.usage_errors import FILE
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_NAME, _MONTHS = "比較.xlsx", 3
_PERIOD = re.compile(r"(\d{4})[-/]?[qQ]([1-4])")


@click.command(help="台帳にある支部の指標を並べた「比較.xlsx」を作ります。")
@click.argument("root", metavar="フォルダー|台帳", type=FILE, required=False)
@click.option("-o", "--output", metavar="FILE", type=FILE, help="書き出すファイル名（省略すると 比較.xlsx）")
@click.option("--quarter", metavar="YYYYQn", help="比べる四半期（2024Q3 は令和6年度第3四半期）")
@click.option("--publish", is_flag=True, help="支部に配る「全国平均.xlsx」（全国平均と順位）も、隣に作ります")
@LEDGER
@with_exit_status
def compare(
    root: Path | None, output: Path | None, quarter: str | None, publish: bool, ledger: str | None
) -> ExitStatus:
    """Write the comparison; 1 if a branch is late or a KPI could not be joined."""
    from kenpo_xl.domain.outputs.comparison import Quarter
    from kenpo_xl.tasks.branches.comparison import write_comparison as task
    from kenpo_xl.tasks.branches.comparison import write_national_figures
    from kenpo_xl.tasks.ledgers.place import ledger_at, named_ledger
    from kenpo_xl.tasks.period.folder import NATIONAL_NAME

    asked = _PERIOD.fullmatch(quarter) if quarter else None
    place = named_ledger(ledger) if ledger or root is None else ledger_at(root)
    if place is None or (quarter and not asked):
        what = "--quarter は 2024Q3 の形で" if place else "フォルダーか台帳を"
        say(f"{what}指定してください。", err=True)
        return WRONG_USE
    done = task(
        place,
        output or Path(_NAME),
        quarter=Quarter(FiscalYear(int(asked[1])), int(asked[2]) * _MONTHS) if asked else None,
    )
    found = done.comparison
    outliers = sum(bool(one.outlier) for kpi in found.kpis for one in kpi.values)
    counts = f"{len(found.branches)} 支部、{len(found.kpis)} 指標"
    say(f"比較を作りました（{found.quarter.label}、{counts}）: {done.output.path}")
    say(f"外れ値 {outliers}、遅れている支部 {len(found.late)}、比べられなかった指標 {len(found.unjoined)}")
    outputs = [done.output]
    if publish:
        outputs.append(write_national_figures(found, done.output.path.with_name(NATIONAL_NAME)))
        say(f"支部に配る全国平均を作りました: {outputs[-1].path}")
    for one in outputs:
        if one.kept:
            say(f"{one.kept.name} は人が変更したため残し、隣に作りました。", err=True)
    return FINDINGS if found.late or found.unjoined else CLEAN
