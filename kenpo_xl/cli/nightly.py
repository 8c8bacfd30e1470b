"""The command of the nightly run: a line for each period, and a log with a line for each book."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kenpo_xl.cli.console import json_lines, say
from kenpo_xl.cli.exit_status import CLEAN, FAILED, FINDINGS, ExitStatus, with_exit_status
from kenpo_xl.cli.usage_errors import DAY, FILE, LEDGER, command, option
from kenpo_xl.entry import log_to_send_sentence, now, user_name
from kenpo_xl.errors import log_failure

if TYPE_CHECKING:
    from kenpo_xl.tasks.nightly import BookLogEntry, NightResult, PeriodDone

TEXT, JSON = LOG_FORMATS = ("text", "json")
JOBS = option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="同時に動かす処理の数（省略すると、すべてのコア）",
)


@command(help="フォルダーの下のすべての期を点検し、報告書、提出状況、返却するブックを作ります。")
@click.argument("root", metavar="フォルダー", type=FILE)
@JOBS
@option(
    "--log-format",
    type=click.Choice(LOG_FORMATS),
    help="ブックごとの記録の形（画面では、指定したときだけ出します）",
)
@option(
    "--scheduler",
    metavar="ADDRESS",
    help="処理を Dask のスケジューラー（tcp://…:8786）のワーカーに分けます",
)
@LEDGER
@option("--today", metavar="YYYY-MM-DD", type=DAY, help="今日とみなす日（省略すると今日）")
@with_exit_status
def nightly(
    root: Path,
    jobs: int | None,
    log_format: str | None,
    scheduler: str | None,
    ledger: str | None,
    today: datetime | None,
) -> ExitStatus:
    """Consolidate the changed periods; 1 if something is to be corrected, 3 if something failed."""
    from kenpo_xl.tasks.ledgers.place import named_ledger
    from kenpo_xl.tasks.nightly import run_nightly as task

    place, begun = named_ledger(ledger), now()
    with _opened_workers(scheduler, jobs, root) as workers, NightLog(log_format) as screen:
        result = task(
            root,
            workers.executor,
            today=(today or begun).date(),
            user=user_name(),
            since=f"{begun:%Y-%m-%d %H:%M}",
            watch=screen.show,
            ahead=2 * workers.number,
            another=workers.another,
            ledger=place,
        )
    say(*_masked_lines(_summary_lines(result)))
    if any(done.traces for done in result.periods):
        say(log_to_send_sentence(), err=True)
    if result.failed_count:
        return FAILED
    return FINDINGS if result.count_with_errors else CLEAN


class _Workers(NamedTuple):
    """The workers of a night; `another` makes an executor of its own for a period whose worker died."""

    executor: Executor
    number: int
    another: Callable[[], Executor] | None


@contextmanager
def _opened_workers(scheduler: str | None, jobs: int | None, root: Path) -> Iterator[_Workers]:
    """The workers of a scheduler, else processes of this computer."""
    if scheduler:
        from kenpo_xl.tasks.nightly.dask_workers import dask_workers

        with dask_workers(scheduler, root.absolute()) as found:
            yield _Workers(*found, None)
        return
    from kenpo_xl.tasks.nightly.workers import available_cores, worker_pool

    many = jobs or available_cores()
    with worker_pool(many) as executor:
        yield _Workers(executor, many, (lambda: worker_pool(2)) if many > 1 else None)


class NightLog:
    """Output during the run: a progress bar on a terminal; elsewhere, or if requested, a log on stderr."""

    def __init__(self, log_format: str | None) -> None:
        has_bar = log_format is None and sys.stderr.isatty()
        self.log_format = None if has_bar else log_format or TEXT
        self.bar: Any = None

    def __enter__(self) -> NightLog:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.render_finish()

    def show(self, done: PeriodDone, total: int) -> None:
        """Show that a period is done, one of `total`."""
        for trace in done.traces:
            log_failure(f"{done.folder}\n{trace}")
        if self.log_format:
            lines = _json_log_lines(done) if self.log_format == JSON else _masked_lines(_log_lines(done))
            say(*lines, err=True)
            return
        if self.bar is None:
            self.bar = click.progressbar(length=total, label="夜間処理", file=sys.stderr)
        self.bar.update(1)


def _masked_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines with private numbers masked."""
    from kenpo_xl.domain.privacy.personal_data import mask_private_parts

    return map(mask_private_parts, lines)


def _log_lines(done: PeriodDone) -> Iterator[str]:
    time = f"{now():%Y-%m-%d %H:%M:%S}"
    for book in done.books:
        yield f"{time} {done.folder}/{book.name}: {_book_state(book)}"
    yield f"{time} {done.folder}: {_period_state(done)}"
    for sentence in done.failures:
        yield f"{time} {done.folder}: {sentence}"


def _book_state(book: BookLogEntry) -> str:
    if book.failure:
        return f"{book.status}　{' '.join(book.failure.split())}"
    return f"{book.status}　誤り {book.errors} 件、注意 {book.warnings} 件、参考 {book.infos} 件"


def _json_log_lines(done: PeriodDone) -> Iterator[str]:
    """A JSON object for each book, then one for the period."""
    from kenpo_xl.domain.privacy.personal_data import entry_with_masked_texts

    time, period = now().isoformat(timespec="seconds"), _period_name(done)
    for book in done.books:
        entry = {"time": time, "event": "book", "folder": done.folder, "period": period, **asdict(book)}
        yield from json_lines(entry_with_masked_texts(entry), sys.stderr)
    entry = entry_with_masked_texts(
        {
            "time": time,
            "event": "period",
            "folder": done.folder,
            "period": period,
            "state": _period_state(done),
            "has_errors": done.outcome.has_errors,
            "written": done.written,
            "notes": done.notes,
            "failures": done.failures,
        }
    )
    yield from json_lines(entry, sys.stderr)


def _summary_lines(result: NightResult) -> Iterator[str]:
    """A line for each period with its remarks below it, then the counts."""
    if result.taken_over:
        yield f"前の夜間処理は途中で止まっていました（{result.taken_over}）。その続きから処理しました。"
    for done in result.periods:
        states = f"　{done.outcome.summary}" if done.outcome.summary else ""
        yield f"{_period_and_folder(done)}: {_period_state(done)}{states}"
        yield from (f"  {sentence}" for sentence in (*done.failures, *done.notes))
    made = len(result.periods) - result.unchanged_count - result.failed_count
    counts = f"処理 {made}、変わりなし {result.unchanged_count}、できなかったもの {result.failed_count}"
    yield f"{len(result.periods)} 期: {counts}"


def _period_and_folder(done: PeriodDone) -> str:
    """The name of a period with its folder, or one of both (ROOT itself has no relative path)."""
    folder = "" if done.folder == "." else done.folder
    if done.key:
        return _period_name(done) + (f"（{folder}）" if folder else "")
    return folder or "指定したフォルダー"


def _period_name(done: PeriodDone) -> str:
    return f"{done.key.branch} {done.key.label}" if done.key else ""


def _period_state(done: PeriodDone) -> str:
    if done.failures:
        return "一部できませんでした。" if done.written else "できませんでした。"
    if done.written:
        return f"作りました（{'、'.join(done.written)}）。"
    return "変わりありません。"
