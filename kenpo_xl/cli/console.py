"""Output of a command: lines without control characters, on streams that may be closed or full."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TextIO

import click

from kenpo_xl.domain.control_characters import CONTROL_CHARACTERS
from kenpo_xl.domain.lazy_patterns import LazyPattern

# A file name or a cell must not move the cursor, start a line, or change the direction of a text.
_CONTROL = LazyPattern(rf"[{CONTROL_CHARACTERS}]")
_NO_READER = (errno.EPIPE, errno.ESHUTDOWN, errno.EINVAL if sys.platform == "win32" else errno.EPIPE)
"""Error numbers of a pipe without a reader (on Windows: invalid argument); the output is dropped."""
# The continuation of a sentence in further lines, as in the problems of a plan.
_CONTINUATION = "\n  "
_OUTPUT_ERRORS: list[OSError] = []


def with_visible_controls(text: str) -> str:
    r"""A text whose control characters are shown as \x1b, \n, \u202e."""
    return _with_escaped_controls(text, lambda letter: ascii(letter)[1:-1])


def _with_escaped_controls(text: str, escape: Callable[[str], str]) -> str:
    """The text with its control characters escaped; printable text is not searched."""
    is_printable = text.replace("\u3000", "").isprintable()
    return text if is_printable else _CONTROL.sub(lambda found: escape(found[0]), text)


def say(*lines: str, err: bool = False) -> None:
    """Show lines; they are dropped if the stream has no reader any more."""
    text = "\n".join(
        _CONTINUATION.join(map(with_visible_controls, line.split(_CONTINUATION))) for line in lines
    )
    try:
        click.echo(text, err=err)
    except OSError as error:
        discard_further_output(sys.stderr if err else sys.stdout, error)


def say_each(lines: Iterable[str], *, err: bool = True) -> None:
    """Show each line, on stderr by default; nothing without lines."""
    for line in lines:
        say(line, err=err)


def json_lines(value: object, stream: TextIO, *, indent: int | None = None) -> list[str]:
    """A value as JSON for a stream, with control characters and those beyond its encoding escaped."""
    import json

    is_utf8 = (getattr(stream, "encoding", None) or "").lower().replace("-", "") == "utf8"
    text = json.dumps(value, ensure_ascii=not is_utf8, indent=indent)
    return [_with_escaped_controls(line, lambda letter: f"\\u{ord(letter):04x}") for line in text.split("\n")]


def prepare_streams() -> None:
    """Prepare the standard streams for any text, and replace closed ones."""
    _OUTPUT_ERRORS.clear()
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed by the parent process: no file opened later may get its number
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def discard_further_output(stream: TextIO, error: OSError) -> None:
    """Discard all further output to a stream that failed, and record an error not caused by its reader."""
    if error.errno not in _NO_READER and stream is sys.stdout:
        _OUTPUT_ERRORS.append(error)
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


def was_output_lost() -> bool:
    """Whether some output could not be written, as on a full disk."""
    return bool(_OUTPUT_ERRORS)
