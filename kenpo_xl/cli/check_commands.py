"""The commands on books: check, flag, unflag, fix, and explain for the rules."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kenpo_xl.cli.console import json_lines, say, say_each
from kenpo_xl.cli.exit_status import CLEAN, FAILED, FINDINGS, ExitStatus, with_exit_status
from kenpo_xl.cli.lines import terminal_width
from kenpo_xl.cli.usage_errors import DAY, FILE, LEDGER, command, option
from kenpo_xl.entry import log_to_send_sentence, now, user_name

if TYPE_CHECKING:
    from kenpo_xl.tasks.check import CheckResult
    from kenpo_xl.tasks.fix import FixedBook

SEVERITIES = ("error", "warning", "info")
_FILES = click.argument("files", metavar="ブック...", nargs=-1, required=True, type=FILE)
_PLAN = option(
    "--plan",
    "plan_book",
    metavar="FILE",
    type=FILE,
    help="計画ブック（省略すると、提出・入力の上のフォルダーの 計画.xlsx）",
)
HISTORY = option(
    "--history",
    "past",
    metavar="DIR",
    type=FILE,
    help="前の期のフォルダー（をまとめたフォルダー）か台帳",
)
_FAIL_ON = option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="error",
    help="終了状態を 1 にする指摘の重さ（誤り、注意以上、参考以上。省略すると誤り）",
)

_TODAY = option("--today", metavar="YYYY-MM-DD", type=DAY, help="確認記録に入れる日（省略すると今日）")


@command(help="入力ブックを点検します。ブックは書き換えません。")
@_FILES
@_PLAN
@HISTORY
@LEDGER
@option("--format", "form", type=click.Choice(("text", "json")), default="text", help="表示の形")
@_FAIL_ON
@with_exit_status
def check(
    files: tuple[Path, ...],
    plan_book: Path | None,
    past: Path | None,
    ledger: str | None,
    form: str,
    fail_on: str,
) -> ExitStatus:
    """Show the findings; 1 for one as severe as `fail_on`, 3 if a book or a rule failed."""
    from kenpo_xl.cli.render import result_lines, result_object
    from kenpo_xl.domain.findings.finding import Severity
    from kenpo_xl.tasks.check import check_books as task
    from kenpo_xl.tasks.ledgers.place import named_ledger

    history = past or (named_ledger(ledger) if ledger else None)
    result = task(files, plan=plan_book, history=history, counts_repairs=form == "text")
    if form == "json":
        say(*json_lines(result_object(result), sys.stdout, indent=2))
    elif any(not book.failure for book in result.books):
        say(*result_lines(result, terminal_width()))
    _show_failures(result)
    if not result.has_no_failures:
        return FAILED
    return FINDINGS if result.has_finding(Severity[fail_on.upper()]) else CLEAN


@command(help="入力ブックを点検し、指摘のあるセルに色と注記を付けます（元のブックは .bak に残します）。")
@_FILES
@_PLAN
@HISTORY
@_FAIL_ON
@_TODAY
@with_exit_status
def flag(
    files: tuple[Path, ...],
    plan_book: Path | None,
    past: Path | None,
    fail_on: str,
    today: datetime | None,
) -> ExitStatus:
    """Mark the findings in their cells; one line for each book, the status as for `check`."""
    from kenpo_xl.cli.render import counts_in_words, failure_sentences, proofreading_sentences
    from kenpo_xl.domain.findings.finding import Severity
    from kenpo_xl.tasks.flag import flag_books as task

    result = task(files, plan=plan_book, history=past, today=_day_or_today(today), person=user_name())
    for book, written in zip(result.checked.books, result.written, strict=True):
        if not written.failure:
            state = "印を付けました" if written.changed else "変わりありません"
            say(f"{state}（{counts_in_words(book)}）: {book.path}")
    say_each(proofreading_sentences(result.checked), err=False)
    _show_failures(result.checked)
    reported = {"", *failure_sentences(result.checked)}
    sentences = dict.fromkeys(one.failure for one in result.written)
    say_each(sentence for sentence in sentences if sentence not in reported)
    _show_bug_log(one.bug for one in result.written)
    if not result.has_no_failures:
        return FAILED
    return FINDINGS if result.checked.has_finding(Severity[fail_on.upper()]) else CLEAN


@command(help="flag が付けた色と注記を消します。その後に入力したものは残ります。")
@_FILES
@_TODAY
@with_exit_status
def unflag(files: tuple[Path, ...], today: datetime | None) -> ExitStatus:
    """Remove the marks; one line for each book, 3 if one failed."""
    from kenpo_xl.tasks.flag import unflag_books as task

    written = task(files, today=_day_or_today(today), person=user_name())
    for one in written:
        if one.failure:
            say(one.failure, err=True)
        else:
            say(f"{'印を消しました' if one.changed else '印はありません'}: {one.path}")
    _show_bug_log(one.bug for one in written)
    return FAILED if any(one.failure for one in written) else CLEAN


@command(help="文字で入った数や消えた算式などを、値を変えずに直します（元のブックは .bak に残します）。")
@_FILES
@_PLAN
@option("--dry-run", is_flag=True, help="直すところを表示するだけで、書き換えません")
@option("--recomputed", is_flag=True, help="違う値で上書きされた計算のセルも算式に戻します")
@with_exit_status
def fix(files: tuple[Path, ...], plan_book: Path | None, dry_run: bool, recomputed: bool) -> ExitStatus:
    """Repair what is certain, one line for each change; 3 if a book could not be repaired."""
    from kenpo_xl.tasks.fix import fix_books as task

    done = task(files, plan=plan_book, dry_run=dry_run, recomputed=recomputed)
    for book in done:
        say_each(_lines_on_repairs(book), err=False)
    say_each(dict.fromkeys(book.failure for book in done if book.failure))
    _show_bug_log(book.bug for book in done)
    return FAILED if any(book.failure for book in done) else CLEAN


def _lines_on_repairs(book: FixedBook) -> Iterator[str]:
    """The lines for a book: a summary, its repairs, then the cells left; none for one that failed."""
    if book.failure:
        return
    state = "直しました" if book.written else "直せます（書き換えていません）"
    summary = f"{len(book.repairs)} か所{state}" if book.repairs else "直すところはありません"
    yield f"{summary}: {book.path}"
    if book.buttons:
        yield f"  表示されなくなっていたボタン{'を元に戻しました' if book.written else 'も元に戻せます'}"
    for one in book.repairs:
        code = f"（{one.code}）" if one.code else ""
        yield f"  {one.edit.sheet}!{one.edit.cell}  {one.before} → {one.after}{code}"
    for kept in book.left:
        yield f"  {kept.source.sheet}!{kept.source.cell}  {kept.before} はそのままです（{kept.reason}）"


@command(help="点検の規則の理由と直し方を説明します（コードを省くと一覧）。")
@click.argument("code", metavar="[コード]", required=False)
@with_exit_status
def explain(code: str | None) -> ExitStatus:
    """Show why a rule exists and what to do, or the list of all rules."""
    from kenpo_xl.cli.render import catalogue_lines, rule_lines
    from kenpo_xl.tasks.explain import all_rules
    from kenpo_xl.tasks.explain import rule_with_code as task

    width = terminal_width()
    lines = rule_lines(task(code), width) if code else catalogue_lines(all_rules(), width)
    say(*lines)
    return CLEAN


def _show_failures(result: CheckResult) -> None:
    """Show which books could not be read and which rules failed."""
    from kenpo_xl.cli.render import failure_sentences

    say_each(failure_sentences(result))
    _show_bug_log(bool(book.failed_rules) or book.is_program_error for book in result.books)


def _show_bug_log(have_bugs: Iterable[bool]) -> None:
    """Show which log to send to IT if there are bugs."""
    if any(have_bugs):
        say(f"プログラムの誤りです。{log_to_send_sentence()}", err=True)


def _day_or_today(given: datetime | None) -> date:
    """The given day, else today."""
    return (given or now()).date()
