"""The entry point of the command line, with the commands on a period folder."""

from __future__ import annotations

import kenpo_xl.isolated  # noqa: F401 - before anything that a file in the current folder could replace

# isort: split
import kenpo_xl.startup  # noqa: F401 - before anything that loads much

# isort: split
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kenpo_xl.cli import check_commands
from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, FAILED, FINDINGS, ExitStatus, with_exit_status
from kenpo_xl.cli.lines import terminal_width, width_of, wrapped
from kenpo_xl.cli.usage_errors import FILE, LEDGER, Commands, option

if TYPE_CHECKING:
    from kenpo_xl.tasks.own_forms.filled_forms import FilledForm
    from kenpo_xl.tasks.report import ReportResult

_FOLDER = click.argument("folder", metavar="期のフォルダー", type=FILE)
_ELSEWHERE = {
    "nightly": "kenpo_xl.cli.nightly",
    "watch": "kenpo_xl.cli.watch",
    "compare": "kenpo_xl.cli.compare",
    "ledger": "kenpo_xl.cli.ledger",
    "trace": "kenpo_xl.cli.trace",
    "trend": "kenpo_xl.cli.trace",
    "erase": "kenpo_xl.cli.erase",
    "doctor": "kenpo_xl.cli.doctor",
    "init": "kenpo_xl.cli.new",
    "adopt": "kenpo_xl.cli.adopt",
    "new": "kenpo_xl.cli.new",
    "close": "kenpo_xl.cli.close",
    "carry": "kenpo_xl.cli.carry",
}


def _show_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from kenpo_xl.cli.version import version_lines

        click.echo("\n".join(version_lines()))
        context.exit()


@click.group(cls=Commands, elsewhere=_ELSEWHERE, help="四半期の事業実施状況を、入力ブックから作ります。")
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="この版の番号と、変わったことを表示して終わります",
)
def main() -> None:
    """The commands of kenpo-xl."""


@main.command(help="計画ブックから読み取った内容と、直すところを表示します。")
@_FOLDER
@option("--keys", is_flag=True, help="鍵のない項とブロックに鍵を入れます（計画ブックのほかの所は変えません）")
@with_exit_status
def plan(folder: Path, keys: bool) -> ExitStatus:
    """Show the plan as read from its book, or fill its missing keys; 3 if it has errors."""
    if keys:
        return _fill_missing_keys(folder)
    from kenpo_xl.tasks.plan.listing import plan_listing

    lines, problems = plan_listing(folder)
    errors = [problem for problem in problems if problem.is_error]
    if not errors:
        say(*lines)
    for problem in problems:
        say(str(problem), err=True)
    if errors:
        say(
            f"計画ブックに直すところが {len(errors)} 件あります。直してからもう一度実行してください。",
            err=True,
        )
        return FAILED
    return FINDINGS if problems else CLEAN


def _fill_missing_keys(folder: Path) -> ExitStatus:
    from kenpo_xl.tasks.plan.keys import fill_missing_keys as task

    result = task(folder)
    if not result.is_changed:
        say(f"すべての項とブロックに鍵があります: {result.path}")
    else:
        count = (
            f"{len(result.keys)} 件の鍵（{result.keys[0]}～{result.keys[-1]}）"
            if result.keys
            else "様式図の鍵"
        )
        say(f"{count}を入れました: {result.path}")
        say(f"元のブックは {result.backup.name} にあります。")
    return CLEAN


@main.command(help="計画ブックから、グループごとの入力ブックを作ります。")
@_FOLDER
@option("--protect", is_flag=True, help="入力ブックのシートを保護し、入力するセルだけを開けておきます")
@option("--python", metavar="FILE", default="", help="計画ブックに入れる、ボタンの Python の場所")
@option(
    "--no-buttons", is_flag=True, help="マクロとボタンのないブック（.xlsx）にし、計画ブックにもそう入れます"
)
@with_exit_status
def build(folder: Path, protect: bool, python: str, no_buttons: bool) -> ExitStatus:
    """Create the missing input books; 1 if an existing one does not match the current plan."""
    from kenpo_xl.tasks.build import build_books as task
    from kenpo_xl.tasks.plan.settings import set_book_settings

    for sentence in set_book_settings(folder, python=python, has_buttons=not no_buttons):
        say(sentence)
    result = task(folder, protect=protect)
    for path in result.made:
        say(f"作りました: {path}")
    for path, older in result.older.items():
        done = "作り直しました" if path.exists() else "以前の版に移しました"
        say(f"計画が変わったため、{done}: {path}（前のブックは {older}）")
    if result.renewed:
        say(
            "足りなかったボタンやシートを加え、取りまとめのブックを新しくしました。"
            f"書いてあった調整と差戻しは移しました（前のブックは {result.renewed}）。"
        )
    _show_remarks(*result.changes)
    if result.carried:
        say(result.carried)
    _show_remarks(*result.failures)
    for path in result.kept:
        if path not in result.unfit:
            say(f"すでにあるため、そのままにしました: {path}")
    _show_unfit_books(result.unfit)
    if _are_forms_left(result.forms):
        return FAILED
    return FINDINGS if result.unfit else CLEAN


def _show_unfit_books(unfit: Mapping[Path, Iterable[str]]) -> None:
    """Show the books that do not match the current plan, each with the differences."""
    for path, facts in unfit.items():
        say(f"いまの計画と合わないブックです: {path}", err=True)
        _show_remarks(*facts, first="　・")
    if unfit:
        _show_remarks(
            "何も書き換えていません。上のブックを別のフォルダーに移してから、もう一度 build を実行すると、"
            "いまの計画のブックを作ります。"
            "入力済みの値は、kenpo-xl carry で新しいブックに写せます。"
        )


def _are_forms_left(forms: Iterable[FilledForm]) -> bool:
    """Whether an office's own form could not be filled; shows what was made of each."""
    left = [form for form in forms if form.problems]
    for form in forms:
        say(form.sentence, err=form in left)
    return bool(left)


def _show_kept_file(kept: Path, what: str, path: Path) -> None:
    _show_remarks(
        f"{kept.name} は作成した後に変更されたか、ほかで作られたもののため、そのまま残し、"
        f"新しい{what}を {path.name} に作りました。"
    )


def _show_remarks(*sentences: str, first: str = "") -> None:
    """Show sentences on stderr, each wrapped to the width of the terminal."""
    width = terminal_width() if sys.stderr.isatty() else None
    indent = " " * (width_of(first) or 2)
    for sentence in sentences:
        say(*wrapped(sentence, width, indent, first), err=True)


@main.command(help="提出されたブックから事業実施状況を作ります。")
@_FOLDER
@option("-o", "--output", metavar="FILE", type=FILE, help="報告書のファイル名")
@option("--template", metavar="NAME|FILE", type=FILE, help="報告書のひな形の名前かファイル")
@option("--pdf", is_flag=True, help="PDF も作ります（LibreOffice が必要です）")
@option("--recomputed", is_flag=True, help="上書きされた計算セルも、計算した値で印字します")
@option("--public", is_flag=True, help="公表用に、数値・要確認・変更一覧・メモ・リンクを除きます")
@option(
    "--form",
    "forms",
    metavar="BOOK",
    type=FILE,
    multiple=True,
    help="数を入れる、お使いの様式（名前の定義「表_…」のあるブック。何冊でも）",
)
@option("--trend", is_flag=True, help="シート「推移」に、指標の実績を四半期・年度ごとに並べます")
@option("--strict", is_flag=True, help="直すものが残っていれば終了状態 1 で終わります")
@check_commands.HISTORY
@LEDGER
@with_exit_status
def report(
    folder: Path,
    output: Path | None,
    template: Path | None,
    pdf: bool,
    recomputed: bool,
    public: bool,
    forms: tuple[Path, ...],
    trend: bool,
    strict: bool,
    past: Path | None,
    ledger: str | None,
) -> ExitStatus:
    """Make the status report, a draft (案) while errors are open; 1 for these with `strict`."""
    from kenpo_xl.tasks.ledgers.place import named_ledger
    from kenpo_xl.tasks.report import make_report as task

    history = past or (named_ledger(ledger) if ledger else None)
    if pdf and sys.stderr.isatty():
        say("報告書と PDF を作っています。PDF には 1 分ほどかかることがあります…", err=True)
    to = {"output": output, "template": template}
    result = task(
        folder, **to, history=history, recomputed=recomputed, pdf=pdf, public=public, forms=forms, trend=trend
    )
    _show_report(result)
    _show_pdf(result)
    if _are_forms_left(result.forms) or result.pdf_failure:
        return FAILED
    return FINDINGS if strict and result.error_count else CLEAN


def _show_report(result: ReportResult) -> None:
    """Show where the report is, with its remarks and what happened to an earlier file."""
    from kenpo_xl.tasks.output_path import replaced_damaged_sentence

    _show_remarks(*result.failures, *map(str, result.remarks))
    if result.error_count:
        _show_remarks(f"直すものが {result.error_count} 件あるため、各ページに「案」と入れました。")
    if result.kept:
        _show_kept_file(result.kept, "報告書", result.path)
    if result.damaged:
        _show_remarks(replaced_damaged_sentence(result.path))
    say(f"報告書を作りました（{result.pages} ページ）: {result.path}")
    if result.removed:
        say(result.removed_sentence)
    if result.changes:
        say(f"シート「変更一覧」: {str(result.changes) or '変わったところはありません'}")
    if result.outdated:
        _show_remarks(f"前に作った {result.outdated.name} は古いままです。不要なら消してください。")


def _show_pdf(result: ReportResult) -> None:
    """Show where the PDF is, or why there is none; nothing if none was requested."""
    if result.kept_pdf and result.pdf:
        _show_kept_file(result.kept_pdf, "PDF", result.pdf)
    if result.pdf:
        say(f"PDF を作りました: {result.pdf}")
    if result.pdf_failure:
        _show_remarks(result.pdf_failure)


@main.command(help="報告書の数値を、出どころとともに CSV または Parquet に書き出します。")
@_FOLDER
@option(
    "--format", "file_format", type=click.Choice(("csv", "parquet")), default="csv", help="ファイルの種類"
)
@option("-o", "--output", metavar="FILE", type=FILE, help="書き出すファイル名")
@option("--recomputed", is_flag=True, help="上書きされた計算セルも、計算した値を印字値とします")
@with_exit_status
def export(folder: Path, file_format: str, output: Path | None, recomputed: bool) -> ExitStatus:
    """Write every number of the report with its source cell, for other programs; 1 if a book was not used."""
    from kenpo_xl.tasks.export import export_facts as task

    result = task(folder, file_format=file_format, output=output, recomputed=recomputed)
    _show_remarks(*result.failures)
    if result.kept:
        _show_kept_file(result.kept, "一覧", result.path)
    _show_remarks(*(f"使っていません: {one.name}　{one.reason}" for one in result.rejected))
    _show_remarks(
        *(f"重複: {choice.unused.path.name}　{choice.choice_sentence}" for choice in result.duplicates)
    )
    say(f"書き出しました（{result.rows:,} 行）: {result.path}")
    return FINDINGS if result.rejected or result.duplicates else CLEAN


for _command in (
    check_commands.check,
    check_commands.flag,
    check_commands.unflag,
    check_commands.fix,
    check_commands.explain,
):
    main.add_command(_command)
