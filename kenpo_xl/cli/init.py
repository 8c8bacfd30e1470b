"""The command `init`: the plan book of a new office."""

from __future__ import annotations

from pathlib import Path

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE
from kenpo_xl.entry import now


@click.command(help="新しい計画ブックを、表の描き方の見本を付けて作ります。")
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
