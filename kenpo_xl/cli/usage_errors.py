"""Usage errors of the command line, reported in Japanese."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kenpo_xl.cli.console import discard_further_output, prepare_streams, say
from kenpo_xl.cli.exit_status import FAILED, INTERRUPTED, STOPPED, WRONG_USE
from kenpo_xl.cli.help_texts import DETAILS
from kenpo_xl.cli.lines import JapaneseHelp
from kenpo_xl.startup import end_without_freeing

PROGRAM = "kenpo-xl"
DAY = click.DateTime(("%Y-%m-%d",))
FILE = click.Path(path_type=Path, readable=False)
"""Any path; the tasks report whether it can be read or written."""


class _Option(click.Option):
    """An option whose help is one line: to strip it, click would load a large module of Python."""

    def __init__(self, *names: Any, **settings: Any) -> None:
        text = settings.pop("help", None)
        super().__init__(*names, **settings)
        self.help = text


option = partial(click.option, cls=_Option)
_HELP = click.help_option(cls=_Option, help="この説明を表示して終わります")
LEDGER = option(
    "--ledger",
    metavar="URL|FILE",
    help="台帳（省略すると環境変数 KENPO_XL_LEDGER、それもなければフォルダーの台帳.sqlite3）",
)
"""The option that names a ledger."""
click.Context.formatter_class = JapaneseHelp


class _NoSuchCommand(click.UsageError):
    """A command that does not exist; `name` is what was typed."""

    def __init__(self, name: str, ctx: click.Context) -> None:
        super().__init__(name, ctx)
        self.name = name


class _Command(click.Command):
    """A command with the option --help of this program."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.add_help_option = False
        _HELP(self)


command = partial(click.command, cls=_Command)


class PlainGroup(_Command, click.Group):
    """A group of such commands."""

    command_class = _Command


class Commands(PlainGroup):
    """A group of commands that reports a usage error in one sentence and exits with status 2.

    `elsewhere` has commands by name with their module, which is imported when one is used.
    """

    def __init__(self, *args: Any, elsewhere: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in order."""
        return sorted({*super().list_commands(ctx), *self._elsewhere})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name, None without one."""
        if name in self._elsewhere and name not in self.commands:
            self.add_command(getattr(import_module(self._elsewhere[name]), name))
        command = super().get_command(ctx, name)
        if command and name in DETAILS and not command.short_help:
            # The list of commands shows the first sentence alone.
            command.short_help, command.help = command.help, f"{command.help}\n\n{DETAILS[name]}"
        return command

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Run the command of this process, or of the given arguments."""
        try:
            return self.main(*args, **options)
        except SystemExit as end:
            if not args and isinstance(end.code, int):
                end_without_freeing(end.code)
            raise

    def main(self, *args: Any, **options: Any) -> Any:
        prepare_streams()
        try:
            return super().main(*args, **{**options, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            say(*error.format_message().split("\n"), err=True)
            sys.exit(WRONG_USE)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else PROGRAM
            say(f"{self._usage_error_sentence(error)}{command} --help で使い方を確かめてください。", err=True)
            sys.exit(WRONG_USE)
        except click.Abort:
            say(STOPPED, err=True)
            sys.exit(INTERRUPTED)
        except OSError as error:  # click itself could not show a help text
            discard_further_output(sys.stdout, error)
            sys.exit(FAILED)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first argument with the rest, as click expects; _NoSuchCommand for none."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise _NoSuchCommand(args[0], ctx)
        return super().resolve_command(ctx, args)

    def _usage_error_sentence(self, error: click.UsageError) -> str:
        if isinstance(error, _NoSuchCommand):
            from difflib import get_close_matches

            assert error.ctx is not None
            alike = get_close_matches(error.name, self.list_commands(error.ctx))
            return f"{error.name} というコマンドはありません。{_did_you_mean(alike)}"
        if isinstance(error, click.MissingParameter):
            return f"{_parameter_name(error)}を指定してください。"
        if isinstance(error, click.NoSuchOption):
            return f"{error.option_name} という指定はありません。{_did_you_mean(error.possibilities)}"
        if isinstance(error, click.BadOptionUsage):
            is_flag = self._is_flag_option(error.option_name)
            return (
                f"{error.option_name} {'には値を付けません' if is_flag else 'の後に値を指定してください'}。"
            )
        if isinstance(error, click.BadParameter):
            return f"{_parameter_name(error)}には{_accepted_values(error)}を指定してください。"
        # The remaining case is superfluous arguments, which click names in brackets.
        extra = re.search(r"\((.+)\)", error.message, re.DOTALL)
        return f"余分な指定があります（{extra[1]}）。" if extra else "余分な指定があります。"

    def _is_flag_option(self, name: str) -> bool:
        """Whether the option of this name takes no value."""
        every = (one for command in self.commands.values() for one in command.params if name in one.opts)
        return any(isinstance(one, click.Option) and one.is_flag for one in every)


def _did_you_mean(alike: Any) -> str:
    """A question with the closest existing name, '' without one."""
    return f"もしかして {alike[0]} ですか。" if alike else ""


def _accepted_values(error: click.BadParameter) -> str:
    """The values that a parameter accepts, in words."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f" {'、'.join(map(str, kind.choices))} のどれか"
    if isinstance(kind, click.IntRange):
        return f" {kind.min} 以上の整数"
    if isinstance(kind, click.DateTime):
        return " 2025-01-31 のような日付"
    return "別の値"


def _parameter_name(error: click.BadParameter) -> str:
    """The name of a parameter on the command line, followed by a space."""
    if error.param is None or error.ctx is None:
        return "指定"
    named = (
        error.param.opts[-1]
        if error.param.param_type_name == "option"
        else error.param.make_metavar(error.ctx)
    )
    return f"{named} "
