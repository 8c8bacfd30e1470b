"""The regular expressions that earlier processes compiled, in the user's cache folder.

A check needs two hundred, and Python compiles each again in every process, which takes a seventh of a check.
An expression compiles to a list of numbers: it is stored with the expression, and Python verifies it
before it is used. Where this Python compiles in another way, nothing is stored.
"""

from __future__ import annotations

import atexit
import marshal
import re
import sys
from array import array
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.storage.private_files import cache_folder, read_private_file, write_private_file

_sre: Any
try:  # what `re.compile` itself calls
    _sre, _parser, _compiler = map(import_module, ("_sre", "re._parser", "re._compiler"))
except ImportError:
    _sre = None

_LARGEST, _MOST = 4 * 2**20, 2_000
_NUMBERS = "I"
"""The type of the numbers in an array, of four bytes."""
_Key = tuple[str, int]
_Code = tuple[int, bytes, int, Mapping[str, int], tuple[str | None, ...]]
"""Flags, numbers, number of groups, groups by name, name of each group."""


class CompiledPatterns:
    """Compiles expressions, those of earlier processes from a file that only the user can have written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stored = _stored_code_by_key(path)
        self._new: dict[_Key, _Code] = {}

    def compile(self, pattern: str, flags: int = 0) -> re.Pattern[str]:
        """The compiled expression, as `re.compile` returns it."""
        key = pattern, int(flags)
        try:
            if (code := self._stored.get(key) or self._new.get(key)) is None:
                code = self._new[key] = _compiled_code(*key)
            return _pattern_from_code(pattern, code)
        except Exception:  # another Python, or damaged numbers: the usual way, with the usual error
            return re.compile(pattern, flags)

    def store_new(self) -> None:
        """Store the expressions that no earlier process compiled; an error of the disk is ignored."""
        if not self._new:
            return
        kept = self._stored if len(self._stored) < _MOST else {}
        try:
            write_private_file(self._path, marshal.dumps({**kept, **self._new}))
        except OSError:
            return


@cache
def use_stored_patterns() -> None:
    """Take expressions from earlier processes from now on, and store further ones when this one ends."""
    try:
        version = f"{sys.implementation.name}-{sys.hexversion:x}-{_sre.MAGIC}-{sys.byteorder}"
        patterns = CompiledPatterns(cache_folder() / f"{version}.patterns")
    except (AttributeError, OSError, RuntimeError):  # another Python, or no folder of the user
        return
    LazyPattern.compile_with(patterns.compile)
    atexit.register(patterns.store_new)


def _compiled_code(pattern: str, flags: int) -> _Code:
    parsed = _parser.parse(pattern, flags)
    numbers = array(_NUMBERS, _compiler._code(parsed, flags))
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    return flags | state.flags, numbers.tobytes(), state.groups - 1, dict(state.groupdict), tuple(names)


def _pattern_from_code(pattern: str, code: _Code) -> re.Pattern[str]:
    flags, numbers, groups, by_name, names = code
    found = array(_NUMBERS)
    found.frombytes(numbers)
    compiled: re.Pattern[str] = _sre.compile(pattern, flags, found.tolist(), groups, by_name, names)
    return compiled


def _stored_code_by_key(path: Path) -> dict[_Key, _Code]:
    """The stored expressions, none if the file is missing, damaged or may be of others."""
    try:
        found = marshal.loads(read_private_file(path, _LARGEST))
    except Exception:  # damaged bytes raise nearly anything
        return {}
    return found if isinstance(found, dict) else {}
