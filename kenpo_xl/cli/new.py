"""The command `new`: the folder of the next period."""

from __future__ import annotations

from pathlib import Path

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE


@click.command(help="次の期のフォルダーを、いまの期のフォルダーの隣に作ります。")
@click.argument("folder", metavar="期のフォルダー", type=FILE)
@click.option("--year", is_flag=True, help="次の四半期ではなく、次の年度の第1四半期に進みます")
@click.option("-o", "--output", metavar="DIR", type=FILE, help="作るフォルダー")
@with_exit_status
def new(folder: Path, year: bool, output: Path | None) -> ExitStatus:
    """Make the next period's folder and show what is to confirm before `build`."""
    from kenpo_xl.tasks.next_period.new import make_next_period as task

    made = task(folder, year=year, output=output)
    say(f"{made.key.label}のフォルダーを作りました: {made.folder}")
    if made.results:
        say(f"過去実績に前の年度の値を {made.results} 件入れました。")
    if made.failures:
        say(*made.failures, err=True)
    count = len(made.handover.open_rows)
    if count:
        say(f"引継ぎ.xlsx の {count} 行を確かめ、新しい値か「このまま」を入れて保存してください。")
        say(f"そのあと、入力ブックを作ります: kenpo-xl build {made.folder}")
    else:
        say(f"確認が必要なものはありません。入力ブックを作ります: kenpo-xl build {made.folder}")
    return CLEAN
