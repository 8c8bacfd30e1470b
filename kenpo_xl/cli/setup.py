"""The command that looks at a PC: doctor."""

from __future__ import annotations

import os

import click

from kenpo_xl.cli.guard import CLEAN, FINDINGS, guarded
from kenpo_xl.doors import LOG


@click.command(help="ボタンがこの PC で動くかを調べます（BOOK を付けると、そのブックも）。")
@click.argument("book", metavar="[BOOK]", required=False)
@guarded
def doctor(book: str | None) -> int:
    """Show what every look says, with a remedy where one is needed; 1 where one is."""
    from kenpo_xl.tasks.doctor import doctor as task

    found = task(book, log=LOG, environment=os.environ)
    for one in found:
        click.echo(f"{'良好　' if one.is_well else '要対応'}　{one.subject}：{one.fact}")
        if one.remedy:
            click.echo(f"　　　　→ {one.remedy}")
    todo = sum(not one.is_well for one in found)
    click.echo(f"対応が必要なものが {todo} 件あります。" if todo else "ボタンを使う用意ができています。")
    return FINDINGS if todo else CLEAN
