"""The command that diagnoses a PC: doctor."""

from __future__ import annotations

import os

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, FINDINGS, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import command


@command(help="ボタンがこの PC で動くかを調べます（ブックを付けると、そのブックも）。")
@click.argument("book", metavar="[ブック]", required=False)
@with_exit_status
def doctor(book: str | None) -> ExitStatus:
    """Show every diagnosis with its remedy; 1 if one needs a remedy."""
    from kenpo_xl.log_file import log_path, writable_log
    from kenpo_xl.tasks.doctor.diagnosis import BUTTONS_PYTHON
    from kenpo_xl.tasks.doctor.doctor import diagnose_pc as task

    found = task(book, log=log_path(), log_is_writable=bool(writable_log()), environment=os.environ)
    for one in found:
        say(f"{'良好　' if one.is_ok else '要対応'}　{one.subject}：{one.fact}")
        if one.remedy:
            say(f"　　　　→ {one.remedy}")
    todo = sum(not one.is_ok for one in found)
    what = "ボタンを使う" if any(one.subject == BUTTONS_PYTHON for one in found) else "使う"
    say(f"対応が必要なものが {todo} 件あります。" if todo else f"{what}用意ができています。")
    return FINDINGS if todo else CLEAN
