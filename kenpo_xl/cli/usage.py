"""Wrong use of the command line, told in the language of those who typed it."""

from __future__ import annotations

import sys
from typing import Any

import click

from kenpo_xl.cli.guard import FAILED, WRONG_USE

PROGRAM = "kenpo-xl"


class Commands(click.Group):
    """A group of commands that tells wrong use in one sentence and ends with 2."""

    def main(self, *args: Any, **options: Any) -> Any:
        try:
            return super().main(*args, **{**options, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(WRONG_USE)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else PROGRAM
            click.echo(f"{_fact(error)}{command} --help で使い方を確かめてください。", err=True)
            sys.exit(WRONG_USE)
        except click.Abort:
            click.echo("途中で止めました。", err=True)
            sys.exit(FAILED)


def _fact(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return f"{_name(error)}を指定してください。"
    if isinstance(error, click.NoSuchOption):
        return f"{error.option_name} という指定はありません。"
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name} の指定のしかたが違います。"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)}に使えない値が指定されています。"
    return "コマンドの名前か、指定したものの数が違います。"


def _name(error: click.BadParameter) -> str:
    """What a parameter is called on the command line, with a blank behind it."""
    if error.param is None or error.ctx is None:
        return "指定"
    named = (
        error.param.opts[-1]
        if error.param.param_type_name == "option"
        else error.param.make_metavar(error.ctx)
    )
    return f"{named} "
