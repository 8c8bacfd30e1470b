"""The commands on the ledger itself: made on a server, moved there."""

from __future__ import annotations

from pathlib import Path

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE, LEDGER, PlainGroup
from kenpo_xl.entry import now, user_name
from kenpo_xl.errors import KenpoError


@click.group(cls=PlainGroup, help="台帳を PostgreSQL のサーバーに作るか、移します。")
def ledger() -> None:
    """The commands on the ledger itself."""


@ledger.command(help="台帳の表を作るか、新しい版に直します（台帳の所有者が実行します）。")
@LEDGER
@with_exit_status
def init(ledger: str | None) -> ExitStatus:
    """Make the tables of a ledger, or bring them up to date."""
    from kenpo_xl.tasks.ledgers.move import make_ledger as task
    from kenpo_xl.tasks.ledgers.place import named_ledger

    place = named_ledger(ledger)
    if place is None:
        raise KenpoError("台帳を --ledger か環境変数 KENPO_XL_LEDGER で指定してください。")
    task(place)
    say(f"台帳の用意ができました: {place}")
    return CLEAN


@ledger.command(help="フォルダーの台帳（.sqlite3）を、--ledger の台帳に移します。元のファイルは残ります。")
@click.argument("source", metavar="フォルダー", type=FILE)
@LEDGER
@with_exit_status
def move(source: Path, ledger: str | None) -> ExitStatus:
    """Copy a ledger file into another ledger, all or nothing."""
    from kenpo_xl.tasks.ledgers.move import move_ledger as task
    from kenpo_xl.tasks.ledgers.place import named_ledger

    place = named_ledger(ledger)
    if place is None:
        raise KenpoError("移す先の台帳を --ledger か環境変数 KENPO_XL_LEDGER で指定してください。")
    done = task(source, place, user=user_name(), since=f"{now():%Y-%m-%d %H:%M}")
    say(f"台帳を移しました（{done.periods} 期）: {done.source} → {done.target}")
    say("次の夜間処理から --ledger か KENPO_XL_LEDGER で移した先を指定してください。元のファイルは残ります。")
    return CLEAN
