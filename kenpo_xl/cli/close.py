"""The command `close`: a period is closed, or opened again with a reason."""

from __future__ import annotations

from pathlib import Path

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE, command, option
from kenpo_xl.entry import now, user_name


@command(help="期を確定します。報告書を作り、そのあとは何も変えません。")
@click.argument("folder", metavar="期のフォルダー", type=FILE)
@option("--pdf", is_flag=True, help="PDF も作ります（LibreOffice が必要です）")
@option("--reopen", metavar="理由", help="確定を取り消します（理由が記録に残ります）")
@with_exit_status
def close(folder: Path, pdf: bool, reopen: str | None) -> ExitStatus:
    """Close a period with its final report, or reopen it."""
    from kenpo_xl.tasks import close as task

    today, person = now().date(), user_name()
    if reopen is not None:
        closing = task.reopen_period(folder, reopen, today=today, person=person)
        say(f"{closing.day} の確定を取り消しました: {folder}")
        return CLEAN
    done = task.close_period(folder, today=today, person=person, pdf=pdf)
    say(f"報告書を作りました（{done.pages} ページ）: {done.path}")
    if done.pdf:
        say(f"PDF を作りました: {done.pdf}")
    if done.pdf_failure:
        say(done.pdf_failure, err=True)
    if done.kept:
        say(
            f"{done.kept.name} は人が変更したため残しました。どちらを使うか、確かめてください。",
            err=True,
        )
    say(f"この期を確定しました: {folder}")
    return CLEAN
