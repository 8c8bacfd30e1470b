"""The option that names a ledger."""

from __future__ import annotations

import click

LEDGER = click.option(
    "--ledger",
    metavar="URL|FILE",
    help="台帳（省略すると環境変数 KENPO_XL_LEDGER、それもなければフォルダーの台帳.sqlite3）",
)
