"""The command `carry`: what a damaged, copied or older book holds, in a fresh input book."""

from __future__ import annotations

from pathlib import Path

import click

from kenpo_xl.cli.console import say, say_each
from kenpo_xl.cli.exit_status import CLEAN, FINDINGS, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE, command, option


@command(help="壊れたブックや古いブックに入力してあるものを、新しい入力ブックに写します。")
@click.argument("book", metavar="ブック", type=FILE)
@click.argument("folder", metavar="期のフォルダー", type=FILE)
@option("-o", "--output", metavar="FILE", type=FILE, help="写した入力ブックのファイル名")
@with_exit_status
def carry(book: Path, folder: Path, output: Path | None) -> ExitStatus:
    """Write fresh input books; 1 if something is to confirm, or could not be carried."""
    from kenpo_xl.tasks.carry.rescue import carry_book as task

    result = task(book, folder, output=output)
    say_each(result.losses)
    for one in result.books:
        done, *rest = one.sentences()
        say(done)
        say_each(rest)
    return CLEAN if result.is_complete else FINDINGS
