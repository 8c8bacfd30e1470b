"""The commands `init` and `new`: the first plan book of an office, and the folder of its next period."""

from __future__ import annotations

from pathlib import Path

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE, command, option
from kenpo_xl.entry import now


@command(help="新しい計画ブックを、表の描き方の見本を付けて作ります。")
@click.argument("folder", metavar="フォルダー", type=FILE)
@with_exit_status
def init(folder: Path) -> ExitStatus:
    """Write the starter plan book into a folder and print the next steps."""
    from kenpo_xl.tasks.init import make_first_plan_book as task

    made = task(folder, today=now().date())
    say(
        f"計画ブックを作りました: {made}",
        "支部、年度、グループを「基本」に入れ、見本を直して計画を書いてください。",
        f"読み取った内容を確かめます: kenpo-xl plan {folder}",
        f"入力ブックを作ります: kenpo-xl build {folder}",
    )
    return CLEAN


@command(help="次の期のフォルダーを、いまの期のフォルダーの隣に作ります。")
@click.argument("folder", metavar="期のフォルダー", type=FILE)
@option("--year", is_flag=True, help="次の四半期ではなく、次の年度の第1四半期に進みます")
@option("-o", "--output", metavar="DIR", type=FILE, help="作るフォルダー")
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
