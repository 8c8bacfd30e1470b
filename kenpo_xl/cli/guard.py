"""How a command ends: its exit status, trouble in one sentence, bugs in a log."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from kenpo_xl.doors import BUG, log_to_file
from kenpo_xl.errors import KenpoError

CLEAN, FINDINGS, WRONG_USE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit statuses of every command; the table in README.md says what each means for each command."""


def guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Ends with the command's exit status; trouble becomes one sentence and 3, a bug a sentence and a log."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        log_to_file()
        try:
            status = command(*args, **options)
        except KenpoError as error:
            click.echo(str(error), err=True)
            status = FAILED
        except Exception:  # the last door: no traceback reaches a user
            logging.exception("unexpected")
            click.echo(BUG, err=True)
            status = FAILED
        sys.exit(status)

    return run
