"""The commands that look into books: check, explain."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from kenpo_xl.cli.guard import CLEAN, FAILED, FINDINGS, LOG, guarded

SEVERITIES = ("error", "warning", "info")
_FILES = click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
_PLAN = click.option(
    "--plan",
    "plan_book",
    type=click.Path(path_type=Path, dir_okay=False),
    help="計画ブック（省略すると、提出・入力の上のフォルダーの 計画.xlsx）",
)
_HISTORY = click.option(
    "--history",
    "past",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="前の期のフォルダー（をまとめたフォルダー）",
)
_FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="error",
    show_default=True,
    help="この重さ以上の指摘があれば終了状態 1（誤り、注意、参考）",
)


@click.command(help="入力ブックを点検します。ブックは書き換えません。")
@_FILES
@_PLAN
@_HISTORY
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="表示の形")
@_FAIL_ON
@guarded
def check(files: tuple[Path, ...], plan_book: Path | None, past: Path | None, form: str, fail_on: str) -> int:
    """Show what the rules find; 1 where it is as bad as `fail_on`, 3 where a book or a rule failed."""
    from kenpo_xl.cli.show import as_json, text_lines, troubles
    from kenpo_xl.domain.findings import Severity
    from kenpo_xl.tasks.check import check as task

    result = task(files, plan=plan_book, history=past)
    if form == "json":
        utf8 = sys.stdout.encoding.lower().replace("-", "") == "utf8"
        click.echo(as_json(result, ascii_only=not utf8))
    elif any(not book.trouble for book in result.books):
        click.echo("\n".join(text_lines(result, terminal_width())))
    for sentence in troubles(result):
        click.echo(sentence, err=True)
    if any(book.failed for book in result.books):
        click.echo(f"プログラムの誤りです。{LOG} を IT 担当へ渡してください。", err=True)
    if not result.is_whole:
        return FAILED
    return FINDINGS if result.stands(Severity[fail_on.upper()]) else CLEAN


@click.command(help="点検の規則の理由と直し方を説明します（CODE を省くと一覧）。")
@click.argument("code", required=False)
@guarded
def explain(code: str | None) -> int:
    """Show why a rule exists and what to do, or the list of all."""
    from kenpo_xl.cli.show import catalogue_lines, rule_lines
    from kenpo_xl.tasks.explain import explain as task
    from kenpo_xl.tasks.explain import rules

    width = terminal_width()
    lines = rule_lines(task(code), width) if code else catalogue_lines(rules(), width)
    click.echo("\n".join(lines))
    return CLEAN


def terminal_width() -> int | None:
    """The columns of the terminal; None where the output goes elsewhere, which is not parted into lines."""
    columns = shutil.get_terminal_size((0, 0)).columns
    # A console of Windows begins a new line by itself behind the last column.
    return columns - 1 if columns else None
