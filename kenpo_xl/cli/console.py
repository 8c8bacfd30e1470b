"""What a command shows: lines without control characters, on streams that may be closed, left or full."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

import click

from kenpo_xl.domain.lazy_patterns import LazyPattern

# A file name or a cell must neither move the cursor, nor begin a line, nor turn the direction of a text.
_CONTROL = LazyPattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LEFT = (errno.EPIPE, errno.ESHUTDOWN, errno.EINVAL if sys.platform == "win32" else errno.EPIPE)
"""What writing raises where the reader went away: the rest is not wanted (Windows says invalid argument)."""
# How a sentence goes on in further lines: those of a plan's problems.
_NEXT = "\n  "
_LOST: list[OSError] = []


def visible(text: str) -> str:
    r"""A text whose control characters are shown as \x1b, \n, \u202e."""
    return _escaped(text, lambda letter: ascii(letter)[1:-1])


def _escaped(text: str, escape: Callable[[str], str]) -> str:
    """The text with its control characters escaped; most have none, and are not searched for them."""
    is_printable = text.replace("\u3000", "").isprintable()
    return text if is_printable else _CONTROL.sub(lambda found: escape(found[0]), text)


def say(*lines: str, err: bool = False) -> None:
    """Show lines; where the reader went away they are dropped."""
    shown = "\n".join(_NEXT.join(map(visible, line.split(_NEXT))) for line in lines)
    try:
        click.echo(shown, err=err)
    except OSError as error:
        give_up(sys.stderr if err else sys.stdout, error)


def json_lines(value: object, stream: TextIO, *, indent: int | None = None) -> list[str]:
    """A value as JSON for a stream, with escapes for control characters and for what it cannot show."""
    import json

    is_utf8 = (getattr(stream, "encoding", None) or "").lower().replace("-", "") == "utf8"
    text = json.dumps(value, ensure_ascii=not is_utf8, indent=indent)
    return [_escaped(line, lambda letter: f"\\u{ord(letter):04x}") for line in text.split("\n")]


def begin() -> None:
    """Prepare the standard streams for every text and every way to be started."""
    _LOST.clear()
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed by what started us: no file that is opened later may get its number
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def give_up(stream: TextIO, error: OSError) -> None:
    """Let nothing more reach a stream that failed; remember it where that was no reader's doing."""
    if error.errno not in _LEFT and stream is sys.stdout:
        _LOST.append(error)
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


def is_lost() -> bool:
    """Whether something that was shown could not be written, as on a full disk."""
    return bool(_LOST)
