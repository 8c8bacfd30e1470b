"""The command of a watch: a line for each book and period when it was processed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType

import click

from kenpo_xl.cli.console import say
from kenpo_xl.cli.exit_status import CLEAN, ExitStatus, with_exit_status
from kenpo_xl.cli.nightly import JOBS, LOG_FORMATS, TEXT, NightLog
from kenpo_xl.cli.usage_errors import DAY, FILE, LEDGER, command, option
from kenpo_xl.entry import now, user_name


@command(help="提出のフォルダーを見張り、保存されたブックをすぐに点検して、返却と提出状況を新しくします。")
@click.argument("root", metavar="フォルダー", type=FILE)
@JOBS
@option("--log-format", type=click.Choice(LOG_FORMATS), default=TEXT, help="記録の形")
@LEDGER
@option("--today", metavar="YYYY-MM-DD", type=DAY, help="今日とみなす日（省略すると、その日）")
@with_exit_status
def watch(
    root: Path, jobs: int | None, log_format: str, ledger: str | None, today: datetime | None
) -> ExitStatus:
    """Check submissions as they are saved, until Ctrl+C or the end of the service; 3 if another one does."""
    from kenpo_xl.tasks.ledgers.place import named_ledger
    from kenpo_xl.tasks.watch import WatchOptions, watch_periods

    day = today.date() if today else None
    options = WatchOptions(user_name(), now, jobs, named_ledger(ledger), day)
    with _stop_on_signals() as is_stopped, NightLog(log_format) as log:
        watch_periods(
            root,
            options,
            is_stopped=is_stopped,
            show=lambda done: log.show(done, 0),
            say=lambda sentence: say(sentence, err=True),
        )
    say("見張りを終わりました。", err=True)
    return CLEAN


@contextmanager
def _stop_on_signals() -> Iterator[Callable[[], bool]]:
    """Whether a signal asked for the end; a second one ends the process at once, as usual."""
    names = ("SIGINT", "SIGTERM", "SIGBREAK")
    before = {number: signal.getsignal(number) for name in names if (number := getattr(signal, name, None))}
    asked: list[int] = []

    def ask(number: int, _: FrameType | None) -> None:
        asked.append(number)
        restore()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in before:
        signal.signal(number, ask)
    try:
        yield lambda: bool(asked)
    finally:
        restore()
