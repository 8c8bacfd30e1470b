"""The command `adopt`: the plan book of an office's own form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kenpo_xl.cli.console import say, say_each
from kenpo_xl.cli.exit_status import CLEAN, FINDINGS, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE, command, option
from kenpo_xl.entry import now

if TYPE_CHECKING:
    from kenpo_xl.tasks.adopt.adopt import AdoptResult

_SHOWN = 10


@command(help="いまお使いの様式や報告書のブックから、計画ブックを作ります。元のブックは変えません。")
@click.argument("book", metavar="ブック", type=FILE)
@option("-o", "--output", metavar="DIR", type=FILE, help="計画ブックを置くフォルダー")
@option(
    "--as-period",
    metavar="期",
    default="",
    help="ブックに入っている数を、この期（令和6年度 第3四半期、令和6年度 など）の数として台帳に取り込みます",
)
@with_exit_status
def adopt(book: Path, output: Path | None, as_period: str) -> ExitStatus:
    """Write the plan book of a form; 1 if something was not read or is to be corrected."""
    from kenpo_xl.tasks.adopt.adopt import adopt_form as task

    result = task(book, today=now().date(), output=output, as_period=as_period)
    _show_book(result)
    if result.named:
        say(result.named_sentence)
    if result.imported:
        say(result.imported.sentence)
    for one in result.unread[:_SHOWN]:
        say_each([f"読めなかったところ: {one.place}　{one.shown}　{one.reason}"])
    if result.unread[_SHOWN:]:
        say(f"ほか {len(result.unread) - _SHOWN} 件は、シート「確認」にあります。", err=True)
    return FINDINGS if result.unread else CLEAN


def _show_book(result: AdoptResult) -> None:
    if result.is_unchanged:
        say(f"答えは変わっていないため、何も書き換えていません: {result.path}")
    else:
        tables = sum(len(item.tables) for item in result.form.items)
        say(
            f"{'答えを入れて、計画ブックを作り直しました' if result.is_again else '計画ブックを作りました'}"
            f"（表 {tables}、読み取ったセル {len(result.form.uses):,}）: {result.path}"
        )
    if result.edited_sheets:
        names = "、".join(f"「{name}」" for name in result.edited_sheets)
        say(
            f"前の計画ブックはシート{names}が書き換えられているため、そのまま残し、"
            f"{result.path.name} に作りました。要るところを写し、どちらか一方を計画.xlsx にしてください。",
            err=True,
        )
    if not result.is_unchanged and result.questions:
        say(
            f"シート「確認」の {len(result.questions)} 件の推測を確かめ、違うものを直して保存したら、"
            "もう一度同じコマンドを実行してください。"
        )
    if not result.is_unchanged:
        folder = result.path.parent
        say(f"よければ、支部とグループを「基本」に入れ、入力ブックを作ります: kenpo-xl build {folder}")
