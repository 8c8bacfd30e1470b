"""The end of a command: its exit status, an error as one sentence, the traceback of a bug in the log."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from kenpo_xl.cli.console import prepare_streams, say, was_output_lost
from kenpo_xl.entry import bug_sentence, install_log_handler
from kenpo_xl.errors import KenpoError, log_failure, no_access_sentence

ExitStatus = int
CLEAN, FINDINGS, WRONG_USE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit statuses of every command; docs/commands.md has their meaning for each."""
STOPPED = "途中で止めました。"


def with_exit_status(command: Callable[..., ExitStatus]) -> Callable[..., None]:
    """A command that exits with the status of `command`; an error becomes one sentence and status 3.

    The sentence for a bug names the log. The status is also 3 if the output could only be written in part.
    """

    @wraps(command)
    def run_and_exit(*args: Any, **options: Any) -> None:
        prepare_streams()
        install_log_handler()
        status = _run_command(command, *args, **options)
        if was_output_lost():
            say("表示する内容を書き込めませんでした。空き容量を確かめてください。", err=True)
            status = FAILED
        sys.exit(status)

    return run_and_exit


def _run_command(command: Callable[..., ExitStatus], *args: Any, **options: Any) -> ExitStatus:
    try:
        return command(*args, **options)
    except KeyboardInterrupt:
        say(STOPPED, err=True)
        return INTERRUPTED
    except KenpoError as error:
        say(str(error), err=True)
    except OSError as error:
        log_failure("no access", error)
        say(no_access_sentence(error), err=True)
    except Exception as error:  # the last resort: no traceback reaches a user
        log_failure("unexpected", error)
        say(bug_sentence(), err=True)
    return FAILED
