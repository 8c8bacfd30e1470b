"""The command that erases personal data from the files that the program keeps."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, FAILED, FINDINGS, WRONG_USE, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import FILE, LEDGER, command, option
from kenpo_xl.entry import now, user_name
from kenpo_xl.errors import KenpoError

if TYPE_CHECKING:
    from kenpo_xl.tasks.erase import EraseResult, FoundFile

_ASKED = "消す番号や言葉（表示されません）"


@command(help="マイナンバーなどを、台帳、キャッシュ、記録から消します。残っているブックも挙げます。")
@click.argument("root", metavar="ROOT", type=FILE)
@option("--flagged", is_flag=True, help="個人情報の指摘になるものをすべて消します")
@option(
    "--from", "source", type=FILE, help="消す番号や言葉を 1 行に 1 つ書いたファイル（省略すると尋ねます）"
)
@option("--copies", is_flag=True, help="写し（.bak、以前の版、返却）と台帳の控えからも消します")
@option("--dry-run", is_flag=True, help="どこにあるかを調べるだけで、何も変えません")
@LEDGER
@with_exit_status
def erase(
    root: Path, flagged: bool, source: Path | None, copies: bool, dry_run: bool, ledger: str | None
) -> ExitStatus:
    """Erase values; 1 if one remains somewhere, 3 if a file could not be searched."""
    from kenpo_xl.log_file import existing_logs
    from kenpo_xl.tasks.erase import erase_values as task
    from kenpo_xl.tasks.ledgers.place import named_ledger

    if flagged and source:
        say("--flagged と --from は、どちらか一方だけを指定してください。", err=True)
        return WRONG_USE
    result = task(
        root,
        None if flagged else _values_to_erase(source),
        user=user_name(),
        since=f"{now():%Y-%m-%d %H:%M}",
        dry_run=dry_run,
        copies=copies,
        logs=existing_logs(),
        ledger=named_ledger(ledger),
    )
    say(*_result_lines(result, dry_run=dry_run))
    for name, reason in result.unread:
        say(f"{name}: 調べられませんでした。{reason}", err=True)
    if result.unread:
        return FAILED
    return FINDINGS if result.has_remaining_values or result.not_searched else CLEAN


def _values_to_erase(source: Path | None) -> list[str]:
    """The values to erase; never from an argument, which the history of a shell would keep.

    KenpoError if `source` cannot be read as UTF-8.
    """
    if source is not None:
        try:
            return source.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise KenpoError(
                f"{source} を読めません。UTF-8 で保存したファイルを指定してください。"
            ) from error
    if sys.stdin.isatty():
        return [str(click.prompt(_ASKED, hide_input=True, err=True))]
    return sys.stdin.read().splitlines()


def _result_lines(result: EraseResult, *, dry_run: bool) -> Iterator[str]:
    for one in result.found:
        yield f"{one.name}: {_file_result_text(one, dry_run=dry_run)}"
    for name in result.not_searched:
        yield f"{name}: 中を調べられません。開いて確かめるか、要らなければ消してください。"
    if not result.found:
        yield "見つかりませんでした。"
        return
    erased = sum(one.erased for one in result.found)
    yield f"消したもの {erased}、残っているもの {len(result.found) - erased}"


def _file_result_text(one: FoundFile, *, dry_run: bool) -> str:
    """What was done with a file, or what staff can do."""
    from kenpo_xl.tasks.erase import FileKind

    rows = f"{one.rows} 行" if one.kind in (FileKind.LEDGER, FileKind.BACKUP) else f"{one.rows} 件"
    if one.erased:
        return {
            FileKind.LEDGER: f"{rows}を「＊」にしました。",
            FileKind.BACKUP: f"{rows}を「＊」にしました。",
            FileKind.LOG: "「＊」にしました。",
            FileKind.CACHE: f"{rows}を消しました。",
        }.get(one.kind, "ファイルを消しました。")
    where = f"（{'、'.join(one.cells)}）" if one.cells else ""
    if one.kind in (FileKind.LEDGER, FileKind.LOG):
        return "あります。--dry-run を付けずに実行すると「＊」にします。"
    if one.kind in (FileKind.COPY, FileKind.BACKUP):
        act = "--copies を付けて実行すると消します。"
        return f"あります{where}。{act}" if dry_run else f"残っています{where}。{act}"
    if one.kind is FileKind.OUTPUT:
        return "残っています。ブックから消したあと、作り直すか、このファイルを消してください。"
    return f"残っています{where}。開いて消し、保存してください。"
